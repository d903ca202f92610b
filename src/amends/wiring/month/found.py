"""What the house found of a month, held against what was planted in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amends.desk.guards.desk import GuardDesk
from amends.desk.prevention.desk import PreventionDesk
from amends.facts.month import CauseFound
from amends.fakes.month.causes import DESCRIPTOR, PICTURE, RING
from amends.fakes.month.orders import SHOP
from amends.wiring.month.play import AGENT

_LOOK: Final = "not_as_described"


@dataclass(frozen=True, slots=True)
class Looked:
    """What one part of the product says: the values it names, and a sentence with figures for each."""

    by: str
    named: Mapping[str, str]


def listings_of(guards: GuardDesk) -> Looked:
    """The listings that the check of listings doubts."""
    named = {}
    for shop, doubts in guards.doubtful(AGENT):
        for one in doubts if shop.name == SHOP else ():
            said = f"{one.many} of {one.cases} cases about its {one.subject}, elsewhere {one.others} of {one.rest}"
            named[one.sku] = f"{said}; by chance {one.chance:.1g}"
    return Looked("guards: listings", named)


def statement_of(guards: GuardDesk) -> Looked:
    """The name on statements, where it has flaws and buyers say that they do not know it."""
    named = {}
    for one in guards.on_statements(AGENT):
        if one.shop.name == SHOP and one.flaws and one.unknown.unknown:
            share = one.unknown.unknown / one.unknown.all
            flaws = ", ".join([flaw.code for flaw in one.flaws])
            said = f"{one.unknown.unknown} of {one.unknown.all} card disputes ({share:.0%}) do not know the charge"
            named[one.told.descriptor] = f"{said}; {flaws}"
    return Looked("guards: statements", named)


def tasks_of(prevention: PreventionDesk) -> Looked:
    """The tasks that the prevention loop made of what it found, each with the day of its first sight."""
    named = {}
    for task in prevention.tasks(AGENT):
        one = task.cause.cluster
        named[one.value] = (
            f"{one.reason} of {one.place}: {one.cases} of {one.exposure} orders ({one.rate:.1%}), elsewhere {one.usual:.1%}; "
            f"seen on {task.at:%Y-%m-%d}"
        )
    return Looked("prevention", named)


def rings_of(guards: GuardDesk, planted: frozenset[str]) -> Looked:
    """The rings of buyers; one that holds orders of the planted ring alone goes by its name."""
    named = {}
    for merchant, found in guards.rings(AGENT):
        for one in found:
            whose = (
                RING.value
                if set(one.numbers) <= planted
                else f"{one.buyers} buyers of {merchant} (case {one.cases[0]})"
            )
            shared = ", ".join([f"{many} share one {kind}" for kind, many in one.shared])
            said = (
                f"{one.buyers} buyers, {len(one.cases)} claims about {one.orders} orders, of all orders {one.usual:.1%}"
            )
            named[whose] = f"{said}; {shared}; by chance {one.chance:.1g}"
    return Looked("guards: rings of buyers", named)


def judged(looked: Sequence[Looked], planted: Mapping[str, str]) -> tuple[CauseFound, ...]:
    """Every cause that was planted, found or not, and after them all that was named and never planted.

    `planted`: the code of each cause, and the value by which it is known.
    """
    told = []
    for name, value in planted.items():
        hit = next((one for one in looked if value in one.named), None)
        told.append(CauseFound(name, value, hit.by if hit else "", hit.named[value] if hit else "", planted=True))
    for one in looked:
        for value, says in one.named.items():
            if not _belongs(value, planted.values()):
                told.append(CauseFound("", value, one.by, says, planted=False))
    return tuple(told)


def _belongs(value: str, planted: Iterable[str]) -> bool:
    """Whether it is a planted value, or the SKU of a planted batch."""
    return any(one == value or one.startswith(f"{value}-") for one in planted)


SEEN_BY: Final = {PICTURE.name: listings_of, DESCRIPTOR.name: statement_of}
