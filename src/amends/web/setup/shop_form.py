"""A shop as its form has it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.http import QueryDict

from amends.desk.settings.gate import UnableToSet
from amends.facts.shops import KeptShop, ReturnAddress, ShopLook

UNITS: Final = {"minutes": 1, "hours": 60}


def typed_shop(post: QueryDict, shop: KeptShop) -> KeptShop:
    """The shop with what a person typed. Raises `UnableToSet` for what is no number, naming the field."""
    look = ShopLook(
        title=post.get("title", "").strip(),
        contact_mail=post.get("contact_mail", "").strip(),
        colour="" if post.get("own_colour") != "yes" else post.get("colour", "").strip(),
        logo_sha256="" if post.get("no_logo") == "yes" else shop.look.logo_sha256,
        return_addresses=_addresses(post),
    )
    minutes = _number(post.get("answer_within", ""), "answer_within")
    calendar = _number(post.get("calendar", ""), "calendar")
    return replace(
        shop,
        market=post.get("market", ""),
        currency=post.get("currency", "").strip().upper(),
        labels=tuple(sorted(post.getlist("labels"))),
        automatic=post.get("automatic") == "yes",
        undo_seconds=_number(post.get("undo_seconds", ""), "undo_seconds") or 0,
        answer_within_minutes=None if minutes is None else minutes * UNITS.get(post.get("unit", ""), 1),
        settle_within_hours=_number(post.get("settle_within", ""), "settle_within"),
        calendar=calendar,
        look=look,
    )


def _number(text: str, field: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise UnableToSet("Write a whole number.", "请填写整数。", field)
    return int(text)


def _addresses(post: QueryDict) -> tuple[ReturnAddress, ...]:
    """Rows without any word are left out."""
    columns = [post.getlist(f"address_{name}")[:20] for name in ("name", "lines", "phone")]
    found = []
    for name, lines, phone in zip(*columns, strict=False):
        told = tuple(line.strip() for line in lines.splitlines() if line.strip())
        if name.strip() or told or phone.strip():
            found.append(ReturnAddress(name.strip(), told, phone.strip()))
    return tuple(found)


def answer_within(shop: KeptShop) -> tuple[int | None, str]:
    """The promise of a first answer in whole hours where it is that, else in minutes."""
    minutes = shop.answer_within_minutes
    if minutes is not None and minutes % UNITS["hours"]:
        return minutes, "minutes"
    return None if minutes is None else minutes // UNITS["hours"], "hours"
