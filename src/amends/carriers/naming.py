"""The carrier that people name, as our code."""

from __future__ import annotations

from typing import Final

from amends.carriers.codes import CARRIERS
from amends.carriers.recognise import surely

_ALSO: Final[dict[str, str]] = {
    "shunfeng": "sf",
    "顺丰": "sf",
    "圆通": "yto",
    "yuantong": "yto",
    "中通": "zto",
    "zhongtong": "zto",
    "申通": "sto",
    "shentong": "sto",
    "韵达": "yunda",
    "极兔": "jtexpress",
    "京东": "jd",
    "德邦": "deppon",
    "debang": "deppon",
    "丹鸟": "danniao",
    "菜鸟": "danniao",
    "中国邮政": "chinapost",
    "邮政": "chinapost",
    "deutsche post": "dhl_parcel_de",
    "dhl paket": "dhl_parcel_de",
    "evri": "hermes",
    "hermes": "hermes",
    "黑猫": "yamato",
    "colissimo": "laposte",
}


def carrier_code(told: str, waybill: str) -> str:
    """Our code: by what the number itself says for certain, else by the name that was told; "" where neither says."""
    certain = surely(waybill)
    if certain:
        return certain
    name = " ".join(told.lower().split())
    if not name:
        return ""
    if name in CARRIERS:
        return name
    names = {alias.lower(): code for code, both in CARRIERS.items() for alias in both} | _ALSO
    if name in names:
        return names[name]
    found = [(len(alias), code) for alias, code in names.items() if alias in name]
    return max(found)[1] if found else ""
