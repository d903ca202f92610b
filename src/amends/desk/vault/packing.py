"""Packing videos and weighing photos: what a file's name says, whose parcel it is, and keeping it before there is any case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.desk.vault.desk import VaultDesk
from amends.facts.evidence import BIGGEST, MEGABYTE, UnableToKeep, Upload
from amends.facts.log import Actor
from amends.facts.people import Person
from amends.facts.vault import PURPOSES, GoodsOf, GoodsProof
from amends.facts.waybills import carrier_of

ROOM: Final = {**BIGGEST, "video": 2048 * MEGABYTE, "photo": 40 * MEGABYTE}
"""A parcel's whole packing may be filmed."""
HEAVIEST: Final = 1_000_000
_WEIGHT: Final = re.compile(
    r"(?:weight|weigh|重量|称重)?[-: ]?(\d{1,7}(?:\.\d{1,3})?)(kg|g|克|千克|公斤)", re.IGNORECASE
)
_WORDS: Final = {
    "packing": ("pack", "packing", "打包", "装箱", "發貨", "发货"),
    "weighing": ("weight", "weigh", "weighing", "称重", "重量", "秤"),
    "unpacking": ("unpack", "unboxing", "unpacking", "开箱", "拆包", "入库"),
}
_NUMBER: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z#./-]{4,79}")


@dataclass(frozen=True, slots=True)
class Named:
    """What a file's name says."""

    number: str
    purpose: str
    grams: int | None


def read_name(name: str) -> Named:
    """What a name such as `SF1234567890123.mp4` or `A-1001_weight-412g.jpg` says. Raises `UnableToWork`."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    first, *words = [one.strip() for one in stem.split("_") if one.strip()] or [""]
    if not _NUMBER.fullmatch(first):
        raise bad_value(
            "name",
            f"{name}: the name begins with the order's number or the waybill, at least five letters and digits",
            f"{name}：文件名须以订单号或运单号开头（至少 5 位字母或数字）",
        )
    grams = next((found for word in words if (found := _grams(word)) is not None), None)
    told = next((which for which, all_words in _WORDS.items() for word in words if _begins(word, all_words)), "")
    video = name.lower().endswith((".mp4", ".mov", ".webm"))
    return Named(first, told or ("weighing" if grams is not None else "packing" if video else "other"), grams)


def _begins(word: str, known: Sequence[str]) -> bool:
    return any(word.lower().startswith(one) for one in known)


def _grams(word: str) -> int | None:
    found = _WEIGHT.fullmatch(word)
    if found is None:
        return None
    times = 1000 if found[2].lower() in ("kg", "千克", "公斤") else 1
    grams = int(Decimal(found[1]) * times)
    return grams if 0 < grams <= HEAVIEST else None


def parcel_of(desk: VaultDesk, named: Named, folder: str = "") -> GoodsOf:
    """Whose parcel a name is about. `folder`: the shop's name, where the file lay in its folder. Raises `UnableToWork`."""
    shops = [name for name, _ in desk.goods.shops()]
    by_order, by_waybill = desk.goods.shops_of_order(named.number), desk.goods.shops_of_waybill(named.number)
    if folder:
        if folder not in shops:
            raise bad_value("shop", f"there is no shop {folder}", f"没有名为 {folder} 的店铺")
        shop = folder
    else:
        fits = sorted({*by_order, *by_waybill}) or (shops if len(shops) == 1 else [])
        if len(fits) != 1:
            raise bad_value(
                "shop",
                f"{named.number} fits {len(fits)} shops; put the file into a folder with the shop's name",
                f"{named.number} 对应 {len(fits)} 家店铺，请放入以店铺名命名的文件夹",
            )
        shop = fits[0]
    made = GoodsOf(shop, purpose=named.purpose, grams=named.grams)
    if shop in by_order:
        return replace(made, order=named.number)
    if shop in by_waybill or carrier_of(named.number):
        return replace(made, waybill=named.number)
    return replace(made, order=named.number, waybill=named.number)


def keep_goods_file(
    desk: VaultDesk, parcel: GoodsOf, upload: Upload, by: Actor, source: str
) -> tuple[GoodsProof, bool]:
    """Keep a file under an order or a waybill, and whether it is new there. Raises `UnableToWork`; the same again changes nothing."""
    if parcel.purpose not in PURPOSES:
        raise bad_value("purpose", f"one of {', '.join(PURPOSES)}", f"用途须为 {'、'.join(PURPOSES)} 之一")
    if not parcel.order and not parcel.waybill:
        raise bad_value("order", "an order's number or a waybill is wanted", "请提供订单号或运单号")
    if parcel.grams is not None and not 0 < parcel.grams <= HEAVIEST:
        raise bad_value("grams", f"from 1 to {HEAVIEST}", f"重量须为 1 到 {HEAVIEST} 克")
    try:
        with desk.evidence.shelf.receiving([upload], ROOM) as received:
            fresh = received.keep_for_goods(parcel, by, desk.now(), source)
            sha = received.pieces[0].sha256
    except UnableToKeep as fault:
        raise UnableToWork("bad_value", fault.says.en, fault.says.zh, "file") from fault
    except KeyError as fault:
        raise UnableToWork("not_found", f"there is no shop {parcel.shop}", f"没有店铺 {parcel.shop}", "shop") from fault
    kept = desk.goods.of_parcel(parcel.shop, parcel.order, parcel.waybill)
    return next(one for one in kept if one.sha256 == sha), bool(fresh)


def check_shop(desk: VaultDesk, shop: str, person: Person, duty: str) -> None:
    """Raises `UnableToWork` where a shop is not the person's, or the duty is not."""
    merchant = dict(desk.goods.shops()).get(shop)
    if merchant is None or not person.may_see(merchant):
        raise UnableToWork("not_found", f"there is no shop {shop}", f"没有店铺 {shop}")
    if not person.may(duty):
        raise not_allowed(person.role, duty)
