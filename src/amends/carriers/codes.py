"""The carriers there are to us: a code, and their names for people. Which code a network has for each stands with the network."""

from __future__ import annotations

from typing import Final

CARRIERS: Final[dict[str, tuple[str, str]]] = {
    "sf": ("顺丰速运", "SF Express"),
    "yto": ("圆通速递", "YTO"),
    "zto": ("中通快递", "ZTO"),
    "sto": ("申通快递", "STO"),
    "yunda": ("韵达快递", "Yunda"),
    "jtexpress": ("极兔速递", "J&T Express"),
    "jd": ("京东物流", "JD Logistics"),
    "ems": ("EMS", "EMS China"),
    "chinapost": ("邮政快递包裹", "China Post"),
    "deppon": ("德邦快递", "Deppon"),
    "danniao": ("菜鸟速递（丹鸟）", "Cainiao Express"),
    "ups": ("UPS", "UPS"),
    "fedex": ("FedEx", "FedEx"),
    "usps": ("美国邮政 USPS", "USPS"),
    "dhl": ("DHL 快递", "DHL Express"),
    "dhl_parcel_de": ("DHL 德国包裹", "DHL Parcel Germany"),
    "royalmail": ("英国皇家邮政", "Royal Mail"),
    "laposte": ("法国邮政 La Poste", "La Poste"),
    "dpd": ("DPD", "DPD"),
    "gls": ("GLS", "GLS"),
    "hermes": ("Hermes / Evri", "Hermes / Evri"),
    "japanpost": ("日本邮便", "Japan Post"),
    "yamato": ("雅玛多（黑猫）", "Yamato"),
    "cjlogistics": ("CJ 大韩通运", "CJ Logistics"),
    "auspost": ("澳大利亚邮政", "Australia Post"),
    "singpost": ("新加坡邮政", "SingPost"),
    "hkpost": ("香港邮政", "Hongkong Post"),
}


def ours_of(codes: dict[str, str]) -> dict[str, str]:
    """A network's codes turned round: theirs, in small letters, to ours."""
    return {theirs.lower(): ours for ours, theirs in codes.items()}
