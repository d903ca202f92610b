"""快递100's codes: carriers, and what became of a parcel."""

from __future__ import annotations

from typing import Final

from amends.facts.traces import ScanKind

CODES: Final[dict[str, str]] = {
    "sf": "shunfeng",
    "yto": "yuantong",
    "zto": "zhongtong",
    "sto": "shentong",
    "yunda": "yunda",
    "jtexpress": "jtexpress",
    "jd": "jd",
    "ems": "ems",
    "chinapost": "youzhengguonei",
    "deppon": "debangkuaidi",
    "danniao": "danniao",
    "ups": "ups",
    "fedex": "fedex",
    "usps": "usps",
    "dhl": "dhl",
    "royalmail": "royalmail",
    "japanpost": "japanposten",
}
PHONE_FOR: Final = frozenset({"sf", "zto"})

STATES: Final[dict[str, tuple[ScanKind, str]]] = {
    "0": ("in_transit", ""),
    "1": ("picked_up", ""),
    "101": ("announced", ""),
    "102": ("announced", ""),
    "103": ("picked_up", ""),
    "1001": ("in_transit", ""),
    "1002": ("in_transit", ""),
    "1003": ("in_transit", ""),
    "2": ("attempted", ""),
    "201": ("attempted", ""),
    "202": ("attempted", ""),
    "203": ("attempted", ""),
    "204": ("refused", ""),
    "205": ("attempted", ""),
    "206": ("attempted", ""),
    "207": ("attempted", ""),
    "208": ("attempted", ""),
    "209": ("attempted", ""),
    "210": ("attempted", ""),
    "3": ("delivered", ""),
    "301": ("delivered", "buyer"),
    "302": ("delivered", ""),
    "303": ("delivered", "other"),
    "304": ("delivered", "station"),
    "4": ("returned", ""),
    "401": ("note", ""),
    "5": ("out_for_delivery", ""),
    "501": ("at_station", ""),
    "6": ("returning", ""),
    "7": ("in_transit", ""),
    "8": ("in_transit", ""),
    "10": ("in_transit", ""),
    "11": ("in_transit", ""),
    "12": ("in_transit", ""),
    "13": ("attempted", ""),
    "14": ("refused", ""),
}
"""What each state code says, and who signed where it tells. The basic ones are 0 to 14; those of three and four figures refine them."""
NAMES: Final[dict[str, str]] = {
    "在途": "0", "揽收": "1", "疑难": "2", "签收": "3", "退签": "4", "派件": "5", "派送": "5", "退回": "6", "转投": "7", "清关": "8",
    "转单": "7", "拒签": "14", "投柜或驿站": "501", "投柜或站签收": "304", "本人签收": "301", "代签": "303",
}  # fmt: skip
"""The words of ``status`` in each entry, for entries without ``statusCode``."""
STOPPED: Final = ("拦截成功", "拦截退回", "已拦截")
LOST: Final = ("丢失", "遗失")
