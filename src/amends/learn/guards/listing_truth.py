"""What listings promise, held against the reasons that buyers give: a subject that is complained about more than elsewhere in the shop."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amends.facts.guard_shops import Complaints
from amends.facts.listings import Listing

FEWEST: Final = 5
"""Complaints about a subject that a SKU needs before anything is said of it."""
ENOUGH: Final = 50
"""Cases that the like of a SKU need together to be compared with."""
FALSE: Final = 0.05
"""How often all that is said of a shop together would be chance alone."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a listing can promise: the reasons that speak of it, and words by which an attribute does."""

    code: str
    reasons: frozenset[str]
    words: tuple[str, ...]


SUBJECTS: Final = (
    Subject(
        "size",
        frozenset({"wrong_size"}),
        ("size", "measure", "length", "width", "fit", "尺码", "尺寸", "身长", "胸围", "版型"),
    ),
    Subject(
        "look",
        frozenset({"not_as_described"}),
        ("colour", "color", "material", "pattern", "颜色", "材质", "面料", "成分", "图案"),
    ),
    Subject(
        "quality",
        frozenset({"quality"}),
        ("material", "quality", "warranty", "strength", "材质", "质量", "保修", "工艺"),
    ),
    Subject(
        "parts", frozenset({"missing_item"}), ("includ", "content", "pieces", "set", "包装清单", "配件", "件数", "套装")
    ),
    Subject(
        "freshness",
        frozenset({"expired", "allergy"}),
        ("shelf", "best before", "ingredient", "allerg", "保质期", "配料", "过敏"),
    ),
    Subject("origin", frozenset({"counterfeit"}), ("brand", "origin", "authentic", "品牌", "产地", "正品", "授权")),
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A listing that may not tell the truth about a subject. `many` of the SKU's `cases` complain of it, `others` of `rest` like it.

    `promised`: what the listing says of the subject, name and words; empty where it says nothing. `chance`: how likely so many
    are by chance.
    """

    sku: str
    title: str
    subject: str
    many: int
    cases: int
    others: int
    rest: int
    chance: float
    promised: tuple[tuple[str, str], ...]
    told: bool


def doubts(complaints: Complaints, listings: Mapping[str, Listing]) -> tuple[Doubt, ...]:
    """Every listing of a shop that is in doubt, the least likely by chance first.

    Each SKU is held against what is like it in its shop by an exact binomial tail; the bound is divided by the number of
    comparisons (Bonferroni).
    """
    totals = {sku: sum(reasons.values()) for sku, reasons in complaints.by_sku.items()}
    about = {
        subject: {
            sku: sum(reasons.get(one, 0) for one in subject.reasons) for sku, reasons in complaints.by_sku.items()
        }
        for subject in SUBJECTS
    }
    compared = [(sku, one, many) for one in SUBJECTS for sku, many in about[one].items() if many >= FEWEST]
    found = []
    for sku, subject, many in compared:
        others, rest = _elsewhere(sku, about[subject], totals)
        usual = (others + 1) / (rest + 2)
        chance = tail(many, totals[sku], usual)
        if chance <= FALSE / len(compared):
            listing = listings.get(sku)
            promised = _promised(subject, listing) if listing else ()
            title = listing.title if listing else complaints.titles.get(sku, "")
            found.append(
                Doubt(sku, title, subject.code, many, totals[sku], others, rest, chance, promised, listing is not None)
            )
    return tuple(sorted(found, key=lambda one: (one.chance, one.sku, one.subject)))


def _elsewhere(sku: str, about: Mapping[str, int], totals: Mapping[str, int]) -> tuple[int, int]:
    """Complaints about a subject, and cases, of the goods a SKU is held against.

    Those are the others that anybody complains of so at all (a lamp has no size), or all others where such are too few.
    """
    like = [one for one, many in about.items() if many and one != sku]
    if sum(totals[one] for one in like) < ENOUGH:
        like = [one for one in totals if one != sku]
    return sum(about[one] for one in like), sum(totals[one] for one in like)


def _promised(subject: Subject, listing: Listing) -> tuple[tuple[str, str], ...]:
    told: Sequence[tuple[str, str]] = sorted(listing.attributes.items())
    return tuple((name, text) for name, text in told if any(word in f"{name} {text}".lower() for word in subject.words))


def tail(least: int, tries: int, chance: float) -> float:
    """How likely at least so many of so many tries are, each with this chance: the upper tail of the binomial, exactly."""
    if least <= 0:
        return 1.0
    if chance <= 0:
        return 0.0
    if chance >= 1:
        return 1.0
    return min(1.0, math.fsum(_exactly(many, tries, chance) for many in range(least, tries + 1)))


def _exactly(many: int, tries: int, chance: float) -> float:
    ways = math.lgamma(tries + 1) - math.lgamma(many + 1) - math.lgamma(tries - many + 1)
    return math.exp(ways + many * math.log(chance) + (tries - many) * math.log1p(-chance))
