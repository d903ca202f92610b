"""What does not fit about a case's waybills: signals with what they were seen by, never a verdict. The same uses give the same signals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.facts.freight import WaybillUse

SIGNALS: Final = (
    "same_as_outbound",
    "outbound_elsewhere",
    "used_elsewhere",
    "delivered_before",
    "delivered_away",
    "signed_after_stop",
)
_STRANGERS: Final = frozenset({"buyer", "family", "neighbour", "guard", "locker", "station", "other"})


CHANGES: Final = {
    "same_as_outbound": "turned",
    "delivered_before": "time",
    "delivered_away": "place",
    "signed_after_stop": "carrier",
}
"""The signals that are withdrawn by themselves once what they were seen by is told otherwise, and what changed then: the carrier turned
the parcel round, the moment or the place of the signature, who signed. That a number is in use elsewhere is not among them: whoever
uses one parcel twice could change it afterwards, so a person looks."""


@dataclass(frozen=True, slots=True)
class WaybillSignal:
    """A reason to look. `waybill`: by which number; `case`: the key of the other case it was seen in; `place`, `at`: of the signature."""

    code: str
    waybill: str
    case: str = ""
    place: str = ""
    at: str = ""

    def plain(self) -> dict[str, str]:
        """As a case file has it."""
        told = {"code": self.code, "waybill": self.waybill, "case": self.case, "place": self.place, "at": self.at}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class WithdrawnSignal:
    """A signal that no longer counts. `why`: a person's words, or a value of `CHANGES`; `by`: "" for the house itself."""

    signal: WaybillSignal
    why: str
    by: str
    at: datetime


def signal_of(told: Mapping[str, str]) -> WaybillSignal:
    """The signal that a case file has so."""
    return WaybillSignal(**{name: str(told.get(name) or "") for name in WaybillSignal.__slots__})


def outdated(
    before: Iterable[WaybillSignal], found: Iterable[WaybillSignal], mine: Iterable[WaybillUse]
) -> tuple[WaybillSignal, ...]:
    """The signals of a file that do not hold any more because what they were seen by is told otherwise.

    One whose waybill the case does not use any more stays: a waybill that is changed afterwards wipes nothing out.
    """
    holds, own = set(found), list(mine)
    back = {one.waybill for one in own if one.part == "back"}
    out = {one.waybill for one in own if one.part != "back"}
    return tuple(
        [
            one
            for one in before
            if one.code in CHANGES
            and one not in holds
            and one.waybill in (out if one.code == "signed_after_stop" else back)
            and (one.code in ("signed_after_stop", "same_as_outbound") or one.waybill not in out)
        ]
    )


def signals_of(
    mine: Iterable[WaybillUse],
    others: Iterable[WaybillUse],
    cities: Sequence[str],
    asked_at: datetime | None,
    stopped: frozenset[str],
) -> tuple[WaybillSignal, ...]:
    """The signals of one case. `others`: uses of the same numbers in the merchant's other cases; `stopped`: numbers whose interception
    was said to have succeeded; `asked_at`: when the buyer asked.
    """
    own, elsewhere = list(mine), list(others)
    orders = {one.order for one in own if one.order}
    found: set[WaybillSignal] = set()
    out = {one.waybill: one for one in own if one.part != "back"}
    for one in own:
        if one.part == "back":
            found |= set(_of_return(one, out, elsewhere, cities, asked_at, orders))
        elif one.waybill in stopped and one.delivered_at and _with_another(one, cities):
            found.add(WaybillSignal("signed_after_stop", one.waybill, place=one.place, at=one.delivered_at.isoformat()))
    return tuple(sorted(found, key=lambda one: (SIGNALS.index(one.code), one.waybill, one.case)))


def _of_return(
    one: WaybillUse,
    out: dict[str, WaybillUse],
    elsewhere: Sequence[WaybillUse],
    cities: Sequence[str],
    asked_at: datetime | None,
    orders: set[str],
) -> Iterable[WaybillSignal]:
    sent = out.get(one.waybill)
    if sent is not None and not sent.turned:  # what the carrier itself brings back keeps its number
        yield WaybillSignal("same_as_outbound", one.waybill)
    for other in elsewhere:
        if other.waybill == one.waybill and other.order not in orders:
            code = "used_elsewhere" if other.part == "back" else "outbound_elsewhere"
            yield WaybillSignal(code, one.waybill, other.key)
    if one.delivered_at is None or sent is not None:
        return
    at = one.delivered_at.isoformat()
    if asked_at is not None and one.delivered_at < asked_at:
        yield WaybillSignal("delivered_before", one.waybill, place=one.place, at=at)
    if cities and one.place and not any(city in one.place for city in cities):
        yield WaybillSignal("delivered_away", one.waybill, place=one.place, at=at)


def _with_another(one: WaybillUse, cities: Sequence[str]) -> bool:
    """Whether what was to come back was signed for by somebody who is not the sender."""
    if cities and one.place:
        return not any(city in one.place for city in cities)
    return one.signed_by in _STRANGERS
