"""What buyers of the month ask for and what their banks dispute: by chance, and because of what is planted."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from amends.fakes.month.causes import BATCH, BY_CHANCE, DISPUTED, NOT_KNOWN, PICTURE, RING, STATION
from amends.fakes.month.orders import Sold

_KINDS: Final[Mapping[str, str]] = {
    "not_received": "refund_only",
    "delivery_delayed": "refund_only",
    "missing_item": "refund_only",
    "damaged": "refund_only",
}
_SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "changed_mind": ("I changed my mind and would like to send it back.", "Not for me after all."),
    "ordered_by_mistake": ("I ordered this twice by mistake.",),
    "wrong_size": ("Too small, I need one size up.", "It is far too large."),
    "quality": ("The seam came apart on the first day.", "It stopped working after two days."),
    "damaged": ("The box was crushed and the inside is broken.", "Arrived with a dent."),
    "not_as_described": ("It is not what the page says.", "The material differs from the text."),
    "missing_item": ("One piece is missing.",),
    "wrong_item": ("You sent me something else.",),
    "not_received": ("My parcel never came.",),
    "delivery_delayed": ("It has been stuck for days.",),
    "other": ("I have a question about my order.",),
}
_PICTURE: Final = ("The colour is green, the picture shows blue.", "In the picture it is blue, mine is green.")


@dataclass(frozen=True, slots=True)
class Claim:
    """A buyer's request. `cause`: the code of what was planted, or "" for chance; the product never sees it."""

    order: Sold
    at: datetime
    kind: str
    reason: str
    message: str
    evidence: tuple[Mapping[str, Any], ...]
    cause: str


@dataclass(frozen=True, slots=True)
class Charge:
    """A dispute of a payment at the bank: Visa's reason, and why it came."""

    order: Sold
    at: datetime
    reason: str
    cause: str


def claims(seed: int, sold: Iterable[Sold]) -> Iterator[Claim]:
    """Will give the requests about orders, one at most for each, in the order of the orders."""
    dice = random.Random(f"{seed}/claims")
    for one in sold:
        reason, cause = _why(dice, one)
        if not reason:
            continue
        words = _PICTURE if cause == PICTURE.name else _SAID[reason]
        at = one.delivered + timedelta(hours=dice.uniform(1, 96))
        photo = {"kind": "photo", "by": "buyer", "at": at.isoformat()}
        shown = (photo,) if reason in ("quality", "damaged", "not_as_described", "wrong_item") else ()
        yield Claim(one, at, _KINDS.get(reason, "return_refund"), reason, dice.choice(words), shown, cause)


def _why(dice: random.Random, one: Sold) -> tuple[str, str]:
    for planted, here in (
        (RING, one.ring),
        (BATCH, one.batch == BATCH.value),
        (STATION, one.station == STATION.value),
        (PICTURE, one.sku == PICTURE.value),
    ):
        if here and dice.random() < planted.share:
            return planted.reason, planted.name
    mark = dice.random()
    for reason, share in BY_CHANCE.items():
        if reason == "wrong_size" and not _sized(one):
            continue
        mark -= share
        if mark < 0:
            return reason, ""
    return "", ""


def _sized(one: Sold) -> bool:
    return one.file["order"]["lines"][0]["category"] in ("apparel", "shoes")


def charges(seed: int, sold: Iterable[Sold]) -> Iterator[Charge]:
    """Will give the disputes that banks open, a week or two after the purchase."""
    dice = random.Random(f"{seed}/charges")
    for one in sold:
        at = one.placed + timedelta(days=dice.uniform(5, 16))
        mark = dice.random()
        if mark < NOT_KNOWN:
            yield Charge(one, at, "unrecognized", "unclear_descriptor")
        elif mark < NOT_KNOWN + DISPUTED:
            yield Charge(one, at, dice.choice(("13.1", "13.3", "13.6", "10.4")), "")
