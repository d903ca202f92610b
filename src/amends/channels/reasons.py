"""What buyers and platforms write as the reason, and the reason it is for us (contract, section 4).

The lists below hold the reasons that 抖店 and 淘宝/天猫 offer to buyers, and the words that merchants put into order
notes and tags. They are looked through from the top: the first code one of whose phrases is in the text is the reason.
So narrower reasons stand above wider ones: 尺寸与描述不符 is not a matter of size.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ZH: Final[tuple[tuple[str, str], ...]] = (
    ("unrecognised_charge", "不认识的扣款 非本人支付 非本人下单 盗刷"),
    ("duplicate_charge", "重复扣款 重复支付 多扣款 多付款"),
    ("invoice", "发票"),
    ("out_of_stock", "缺货 无货 断货 没货"),
    (
        "late_shipment",
        "未按约定时间发货 未按时发货 延迟发货 发货慢 发货太慢 迟迟不发货 虚假发货 长时间未发货 一直未发货",
    ),
    ("false_delivery", "虚假签收 假签收 显示签收 未经同意签收 非本人签收 签收但未收到 未收到货但已签收"),
    (
        "delivery_delayed",
        "物流停滞 物流一直未更新 物流异常 快递一直未送到 物流一直未送到 物流无更新 未按时送达 无快递信息 没有物流信息",
    ),
    ("not_received", "未收到货 没收到货 没有收到货 未收到商品 丢件 快递丢失 包裹丢失 少收到包裹"),
    ("refused_delivery", "拒收 拒签"),
    ("empty_parcel", "空包"),
    ("missing_item", "少件 漏发 少发 缺件 缺少配件 配件缺失 少收"),
    ("wrong_item", "发错货 错发 发错 款式不对 收到商品与订单不符"),
    ("counterfeit", "假冒 假货 盗版 非正品 不是正品 仿品 侵权"),
    ("expired", "过期 临期 保质期 生产日期"),
    ("allergy", "过敏"),
    ("damaged", "破损 压坏 碎了 漏液 磕碰 包装损坏 变形"),
    ("not_as_described", "描述不符 与描述不一致 不符 货不对板 虚假宣传 材质不对 色差"),
    (
        "quality",
        "质量 瑕疵 做工 开线 脱线 起球 掉色 褪色 缩水 变质 腐烂 腐败 腐坏 "
        "坏果 烂果 坏了 发霉 不新鲜 死蟹 死亡 异味 异物 故障 无法使用 不能用 口感",
    ),
    ("better_price", "差价 价保 保价 降价 买贵 价格更低 更便宜"),
    ("ordered_by_mistake", "拍错 多拍 错拍 误拍 重复拍 买错 买多 下错单"),
    ("wrong_address", "地址 电话填错 电话错 收货人信息 信息填错"),
    ("wrong_size", "尺码 尺寸 大小不合适 不合身 偏大 偏小 太大 太小 不合适"),
    ("changed_mind", "无理由 不想要 不喜欢 不想买 不需要 没用 效果不好 后悔 冲动 计划有变 不满意"),
    ("service", "服务态度 态度差 态度恶劣 客服"),
    ("other", "其他 其它 协商一致 商家协商"),
)
_EN: Final[tuple[tuple[str, str], ...]] = (
    ("unrecognised_charge", "unrecognised charge|unrecognized charge|unauthorised|unauthorized|fraud"),
    ("duplicate_charge", "duplicate charge|charged twice|double charge"),
    ("false_delivery", "marked as delivered|marked delivered|says delivered|false delivery"),
    ("not_received", "not received|never arrived|did not arrive|lost in transit|missing parcel"),
    ("delivery_delayed", "delivery delayed|late delivery|stuck in transit"),
    ("late_shipment", "late shipment|not shipped|slow dispatch"),
    ("out_of_stock", "out of stock|inventory|unavailable"),
    ("refused_delivery", "refused delivery|refused parcel"),
    ("empty_parcel", "empty parcel|empty box"),
    ("missing_item", "missing item|missing part|incomplete"),
    ("wrong_item", "wrong item|wrong colour|wrong color|wrong product"),
    ("counterfeit", "counterfeit|fake"),
    ("expired", "expired"),
    ("allergy", "allergic|allergy"),
    ("damaged", "damaged|broken|cracked"),
    ("not_as_described", "not as described|different from|misleading"),
    ("quality", "defective|faulty|quality|defect|stopped working|does not work"),
    ("better_price", "better price|cheaper|price match"),
    ("ordered_by_mistake", "by mistake|accidental|ordered twice"),
    ("wrong_address", "wrong address"),
    ("wrong_size", "too small|too large|too big|wrong size|size|does not fit"),
    (
        "changed_mind",
        "changed mind|changed my mind|unwanted|no longer|do not want|withdrawal|withdraw|customer request",
    ),
    ("other", "other"),
)
REASON_PHRASES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    *((code, tuple(words.split())) for code, words in _ZH),
    *((code, tuple(words.split("|"))) for code, words in _EN),
)
_NOISE: Final = re.compile(r"[\s/、，,。.;；:：()\-_]+")


@lru_cache(maxsize=4096)
def reason_of(text: str | None) -> str | None:
    """Our code of a reason in words; None where no phrase of the table is in it."""
    if not text:
        return None
    plain = unicodedata.normalize("NFKC", text).casefold()
    spaced = f" {_NOISE.sub(' ', plain).strip()} "
    for code, phrases in REASON_PHRASES:
        for phrase in phrases:
            if (f" {phrase} " in spaced) if phrase.isascii() else (phrase in plain):
                return code
    return None
