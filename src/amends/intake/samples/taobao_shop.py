"""山野鲜集, a fresh-food shop on Taobao: its 退款管理 export (CSV in GBK, 42 columns, ids padded with tabs)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from amends.basics.money import write_minor
from amends.intake.samples.chance import Chance

HEADER: Final = (
    "订单编号 退款编号 支付宝交易号 订单付款时间 商品编码 退款完结时间 买家实际支付金额 宝贝标题 买家退款金额 "
    "手工退款/系统退款 是否需要退货 退款的申请时间 超时时间 退款状态 货物状态 退货物流信息 发货物流信息 "
    "客服介入状态 卖家真实姓名 卖家真实姓名新 卖家退货地址 卖家邮编 卖家电话 卖家手机 退货物流单号 退货物流公司 "
    "买家退款原因 买家退款说明 买家退货时间 责任方 售中或售后 商家备注 完结时间 部分退款/全部退款 审核操作人 "
    "举证超时 是否零秒响应 退款操作人 退款原因标签 业务类型 是否帮他退款 帮他退款操作账号"
).split()
_BEIJING: Final = ZoneInfo("Asia/Shanghai")
_GOODS: Final = (
    ("SY-XC-01", "阳澄湖大闸蟹鲜活 公4两母3两 4对8只礼盒", 39800),
    ("SY-CL-02", "海南贵妃芒果 5斤装 单果200g起", 4590),
    ("SY-CM-03", "丹东99草莓 3斤顺丰空运 新鲜水果", 8800),
    ("SY-NR-04", "内蒙古原切牛腱子肉 2斤 冷冻生鲜", 9900),
    ("SY-JD-05", "散养土鸡蛋 40枚 泡沫箱防震", 5280),
    ("SY-CC-06", "四川耙耙柑 带箱9斤 当季水果", 4980),
    ("SY-XH-07", "云南鲜花饼 现烤玫瑰 20枚", 3990),
    ("SY-SY-08", "挪威冰鲜三文鱼刺身 中段 500g", 12800),
    ("SY-PG-09", "陕西洛川苹果 80mm 净重10斤", 6990),
    ("SY-ST-10", "广西百香果 大果 5斤", 2980),
    ("SY-DZ-11", "北海活冻九节虾 1.5kg 整箱", 118000),
)


@dataclass(frozen=True)
class _Plot:
    weight: int
    back: bool
    status: str
    goods: str
    reason: str
    says: tuple[str, ...]
    part: tuple[int, ...] = (100,)
    cells: Mapping[str, str] | None = None


_WAIT: Final = "买家已经申请退款，等待卖家同意"
_BAD: Final = (
    "有三分之一是坏的，已拍照",
    "好几个发霉了",
    "到货就化冻了，有异味",
    "一箱坏了6个，申请部分退款",
    "开箱都软了",
)
_PLOTS: Final = (
    _Plot(16, False, _WAIT, "买家已收到货", "坏果/变质", _BAD, (10, 20, 30, 40, 60, 100)),
    _Plot(5, False, _WAIT, "买家已收到货", "死蟹/死亡", ("8只死了3只，死的没绑绳拍照了", "收到全死了"), (38, 100)),
    _Plot(
        5, False, _WAIT, "买家已收到货", "大小/重量与描述不符", ("说5斤称了只有4斤2两", "个头比详情小很多"), (10, 20)
    ),
    _Plot(4, False, _WAIT, "买家已收到货", "少件/漏发", ("少了一盒", "赠品没给"), (10, 25)),
    _Plot(4, False, _WAIT, "买家已收到货", "收到商品破损", ("鸡蛋碎了11个", "箱子压扁了汁水全出来"), (28, 50)),
    _Plot(6, False, _WAIT, "买家未收到货", "未收到货", ("显示签收但是没收到", "驿站说没有我的件"), (100,)),
    _Plot(5, False, _WAIT, "买家未收到货", "快递一直未送到", ("走了五天了还没到，肯定坏了",), (100,)),
    _Plot(8, False, _WAIT, "未发货", "多拍/错拍/不想要", ("拍错规格了", "不想要了", "地址写错重新拍"), (100,)),
    _Plot(4, False, _WAIT, "未发货", "缺货", ("客服说没货了",), (100,)),
    _Plot(3, False, _WAIT, "未发货", "未按约定时间发货", ("承诺48小时发货，四天没动静",), (100,)),
    _Plot(3, True, _WAIT, "买家已收到货", "不喜欢/效果不好", ("不好吃，想退", "口味不喜欢，没拆封"), (100,)),
    _Plot(2, True, "卖家已经同意退款，等待买家退货", "买家已收到货", "不喜欢/效果不好", ("没拆过",), (100,)),
    _Plot(2, True, "买家已经退货，等待卖家确认收货", "买家已退货", "卖家发错货", ("发成芒果了",), (100,)),
    _Plot(4, False, "卖家拒绝退款", "买家已收到货", "坏果/变质", _BAD, (100,), {"客服介入状态": "客服介入中"}),
    _Plot(
        3,
        False,
        _WAIT,
        "买家已收到货",
        "生产日期/保质期问题",
        ("到货只剩两天过期",),
        (100,),
        {"客服介入状态": "待举证"},
    ),
    _Plot(5, False, "退款成功", "未发货", "多拍/错拍/不想要", ("",), (100,), {"是否零秒响应": "是"}),
    _Plot(4, False, "退款成功", "买家已收到货", "坏果/变质", _BAD, (20, 30)),
    _Plot(2, False, "退款关闭", "买家已收到货", "其他", ("已协商好",), (10,)),
    _Plot(1, False, _WAIT, "买家已收到货", "说不清的原因", ("就是想退",), (100,)),
)


def taobao_export(seed: int, anchor: datetime, count: int) -> bytes:
    """The CSV file: `count` refunds around `anchor`."""
    chance = Chance.of(seed, "taobao", anchor)
    deck = [plot for plot in _PLOTS for _ in range(plot.weight)]
    rows = [_row(chance, chance.one(deck)) for _ in range(count)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([row.get(name, "") for name in HEADER] for row in rows)
    return text.getvalue().encode("gb18030")


def _row(chance: Chance, plot: _Plot) -> dict[str, str]:
    sku, title, price = chance.one(_GOODS)
    due = chance.due()
    gone = timedelta(days=6) if plot.back and plot.status != _WAIT else timedelta(hours=36)
    requested = min(due - gone, chance.ago(0, 4))
    paid = requested - timedelta(hours=chance.number(2, 6) if plot.goods == "未发货" else chance.number(50, 140))
    asked = price * chance.one(plot.part) // 100
    ended = plot.status in {"退款成功", "退款关闭"}
    row = {
        "订单编号": f"\t{chance.digits(19, '48')}",
        "退款编号": f"\t{chance.digits(18, '3')}",
        "支付宝交易号": f"\t{_beijing(paid)[:10].replace('-', '')}{chance.digits(20, '2200')}",
        "订单付款时间": _beijing(paid),
        "商品编码": sku,
        "买家实际支付金额": _yuan(price),
        "宝贝标题": title,
        "买家退款金额": _yuan(asked),
        "手工退款/系统退款": "手工退款",
        "是否需要退货": "需要退货" if plot.back else "不需要退货",
        "退款的申请时间": _beijing(requested),
        "超时时间": "" if ended else _beijing(due),
        "退款状态": plot.status,
        "货物状态": plot.goods,
        "发货物流信息": "" if plot.goods == "未发货" else f"顺丰速运 SF{chance.digits(13)}",
        "客服介入状态": "未介入",
        "买家退款原因": plot.reason,
        "买家退款说明": chance.one(plot.says),
        "售中或售后": "售中" if chance.happens(70) else "售后",
        "完结时间": _beijing(min(due, chance.ago(1, 60))) if ended else "",
        "部分退款/全部退款": "全部退款" if asked == price else "部分退款",
        "举证超时": "否",
        "是否零秒响应": "否",
    }
    if plot.goods == "买家已退货":
        sent = min(requested + timedelta(hours=30), chance.ago(10, 30))
        row |= {"退货物流单号": f"\t75{chance.digits(12)}", "退货物流公司": "中通快递", "买家退货时间": _beijing(sent)}
    return row | dict(plot.cells or {})


def _yuan(minor: int) -> str:
    text = write_minor(minor, 2)
    return f"{text[:-6]},{text[-6:]}" if len(text) > 6 else text


def _beijing(moment: datetime) -> str:
    return f"{moment.astimezone(_BEIJING):%Y-%m-%d %H:%M:%S}"
