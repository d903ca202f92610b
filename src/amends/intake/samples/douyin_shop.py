"""暖屿服饰, an apparel shop on 抖店: its 售后单 export (xlsx, 50 columns, ids padded with tabs)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import xlsxwriter  # type: ignore[import-untyped]

from amends.basics.money import write_minor
from amends.intake.samples.chance import Chance
from amends.intake.samples.douyin_goods import CARRIERS, COLOURS, GOODS, MESSAGES, SIZES

HEADER: Final = (
    "售后单号 订单号 商品单号 商品名称 商品ID 应付金额（元） 商品运费（元） 支付优惠（元） 商品税费（元） "
    "商品发货状态 售后类型 退商品金额（元） 退运费金额（元） 退支付优惠（元） 退税费金额（元） 售后状态 "
    "售后申请时间 退款方式 是否已上传退款凭证 售后原因 售后原因标签 退货物流单号 退货异常 退货发货时间 "
    "退货物流公司 自动处理截止时间 同意售后申请时间 商家退款时间 用户到账时间 售后关闭时间 商家退货地址 "
    "商家退货联系人姓名 商家退货联系人电话 仲裁状态 纠纷责任方 是否极速退款 是否拒签后退款 发货物流单号 "
    "发货物流状态 换货物流单号 退货物流状态 售后完结时间 订单备注 用户售后说明 售后备注 操作人 协商记录 "
    "换货商品信息 商家编码 门店名称"
).split()
_BEIJING: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class _Plot:
    """One kind of case: how often, its words on the export, and which parts of the way it has gone."""

    weight: int
    kind: str
    status: str
    reason: str
    says: str
    trace: str = "已签收"
    going_back: bool = False
    cells: Mapping[str, str] | None = None
    part: int = 100


_PLOTS: Final = (
    _Plot(12, "未发货退款", "待商家处理", "多拍/错拍/不想要", "unpaid_back", ""),
    _Plot(5, "未发货退款", "待商家处理", "未按约定时间发货", "late", ""),
    _Plot(7, "已发货退款", "待商家处理", "快递一直未送到", "stuck", "运输中"),
    _Plot(4, "已发货退款", "待商家处理", "质量问题", "quality", part=30),
    _Plot(3, "已发货退款", "待商家处理", "少件/漏发", "missing", part=33),
    _Plot(3, "已发货退款", "待商家处理", "拒收", "refused", "拒签", cells={"是否拒签后退款": "是"}),
    _Plot(12, "退货退款", "待商家处理", "7天无理由退货", "changed_mind", cells={"售后原因标签": "七天无理由;运费险"}),
    _Plot(7, "退货退款", "待商家处理", "尺码不合适", "size", cells={"售后原因标签": "七天无理由"}),
    _Plot(7, "退货退款", "待商家处理", "质量问题", "quality"),
    _Plot(3, "退货退款", "待商家处理", "颜色/款式/图案与描述不符", "described"),
    _Plot(3, "退货退款", "待商家处理", "商家发错货", "wrong"),
    _Plot(7, "退货退款", "待买家退货", "7天无理由退货", "changed_mind"),
    _Plot(9, "退货退款", "待商家收货", "7天无理由退货", "changed_mind", going_back=True),
    _Plot(4, "退货退款", "待商家收货", "质量问题", "quality", going_back=True),
    _Plot(4, "换货", "待商家处理", "尺码不合适", "size"),
    _Plot(2, "换货", "待商家发货", "商家发错货", "wrong", going_back=True),
    _Plot(3, "补寄", "待商家处理", "少件/漏发", "missing"),
    _Plot(2, "价保", "待商家处理", "价格降价", "price", part=12),
    _Plot(4, "退货退款", "待商家处理", "质量问题", "quality", cells={"仲裁状态": "待商家举证"}),
    _Plot(2, "已发货退款", "商家一次拒绝", "质量问题", "quality", cells={"仲裁状态": "仲裁中"}),
    _Plot(5, "未发货退款", "同意退款，退款成功", "不想要了", "unpaid_back", "", cells={"是否极速退款": "是"}),
    _Plot(5, "退货退款", "同意退款，退款成功", "7天无理由退货", "changed_mind", going_back=True),
    _Plot(2, "退货退款", "售后关闭", "7天无理由退货", "changed_mind"),
    _Plot(1, "换货", "换货成功", "尺码不合适", "size", going_back=True),
)


def douyin_export(seed: int, anchor: datetime, count: int) -> bytes:
    """The workbook: `count` cases around `anchor`."""
    chance = Chance.of(seed, "douyin", anchor)
    deck = [plot for plot in _PLOTS for _ in range(plot.weight)]
    rows = [_row(chance, chance.one(deck)) for _ in range(count)]
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("售后单")
    sheet.write_row(0, 0, HEADER)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, [row.get(name, "-") for name in HEADER])
    book.close()
    return content.getvalue()


def _row(chance: Chance, plot: _Plot) -> dict[str, str]:
    sku, title, price = chance.one(GOODS)
    shipped = plot.kind != "未发货退款"
    freight = 0 if chance.happens(85) else 600
    asked = price * plot.part // 100
    due, requested = _times(chance, plot)
    row = {
        "售后单号": f"\t{chance.digits(19, '14')}",
        "订单号": f"\t{chance.digits(19, '69')}",
        "商品单号": f"\t{chance.digits(19, '69')}",
        "商品名称": f"{title} {chance.one(COLOURS)} {chance.one(SIZES)}",
        "商品ID": f"\t{chance.digits(19, '36')}",
        "商家编码": sku,
        "应付金额（元）": _yuan(price),
        "商品运费（元）": _yuan(freight),
        "支付优惠（元）": _yuan(300 if chance.happens(8) and plot.part == 100 else 0),
        "商品发货状态": "已发货" if shipped else "未发货",
        "售后类型": plot.kind,
        "退商品金额（元）": _yuan(asked) if plot.kind not in {"换货", "补寄"} else "0",
        "退运费金额（元）": _yuan(freight) if plot.part == 100 and plot.kind != "换货" else "0",
        "售后状态": plot.status,
        "售后申请时间": _beijing(requested),
        "退款方式": "原路退回" if plot.kind not in {"换货", "补寄"} else "无需退款",
        "售后原因": plot.reason,
        "用户售后说明": chance.one(MESSAGES[plot.says]),
        "是否极速退款": "否",
        "是否拒签后退款": "否",
        "仲裁状态": "未介入",
        "门店名称": "暖屿服饰旗舰店",
    }
    row["退支付优惠（元）"] = row["支付优惠（元）"]
    if shipped:
        start = chance.one(CARRIERS)[1]
        row |= {"发货物流单号": f"\t{start}{chance.digits(13)}", "发货物流状态": plot.trace}
    return row | _later(chance, plot, requested, due) | dict(plot.cells or {})


def _times(chance: Chance, plot: _Plot) -> tuple[datetime, datetime]:
    """When the platform's countdown ends, and when the buyer asked."""
    due = chance.due()
    gone = timedelta(hours=24 if plot.kind == "未发货退款" else 48)
    if plot.going_back or plot.status == "待买家退货":
        gone = timedelta(days=chance.number(7, 9))
    requested = min(due - gone, chance.ago(0, 3))
    return due, min(requested, chance.ago(96, 100)) if plot.going_back else requested


def _later(chance: Chance, plot: _Plot, requested: datetime, due: datetime) -> dict[str, str]:
    """What has happened since the request."""
    cells: dict[str, str] = {}
    ended = plot.status in {"同意退款，退款成功", "售后关闭", "换货成功"}
    if plot.going_back or plot.status == "待买家退货" or "成功" in plot.status:
        cells["同意售后申请时间"] = _beijing(requested + timedelta(hours=chance.number(1, 20)))
    if plot.going_back:
        carrier, start = chance.one(CARRIERS)
        sent = min(requested + timedelta(hours=chance.number(24, 70)), chance.ago(8, 20))
        cells |= {
            "退货物流单号": f"\t{start}{chance.digits(13)}",
            "退货物流公司": carrier,
            "退货发货时间": _beijing(sent),
            "退货物流状态": "已签收" if ended else chance.one(("运输中", "派送中", "已签收")),
        }
    if ended:
        end = _beijing(min(due, chance.ago(1, 90)))
        cells["售后完结时间"] = end
        cells["售后关闭时间" if plot.status == "售后关闭" else "商家退款时间"] = end
    else:
        cells["自动处理截止时间"] = _beijing(due)
    return cells


def _yuan(minor: int) -> str:
    return write_minor(minor, 2).removesuffix(".00") if minor % 100 == 0 else f"¥{write_minor(minor, 2)}"


def _beijing(moment: datetime) -> str:
    return f"{moment.astimezone(_BEIJING):%Y-%m-%d %H:%M:%S}"
