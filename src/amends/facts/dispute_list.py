"""The list of disputes: what is asked for, and what a page of it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amends.basics.money import Minor
from amends.facts.disputes import KeptDispute

VIEWS: Final = ("ours", "open", "over", "loose", "all")
"""`ours`: they wait for our word; `open`: their money may still move; `over`: decided; `loose`: no case was found for them."""


@dataclass(frozen=True, slots=True)
class DisputeQuery:
    """What is asked for. `words`: part of a number of the dispute, the order, the payment or the case."""

    view: str = "ours"
    sort: str = ""
    forum: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Money:
    """An amount."""

    amount: Minor
    currency: str


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute in the list."""

    dispute: KeptDispute
    fresh: bool


@dataclass(frozen=True, slots=True)
class DisputePage:
    """A page. `at_risk`: the money of all open ones within the wall, by currency; `counts`: by view."""

    lines: Sequence[DisputeLine]
    total: int
    counts: Mapping[str, int]
    at_risk: Sequence[Money]
