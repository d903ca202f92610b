"""Which waybills a case uses, kept where every other case finds them, and what does not fit about them told to the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from amends.desk.cases.ports import HeldCase
from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.withdraw import SIGNAL, decide_anew, found_wrong, outdate, signals_in
from amends.facts.freight import WaybillUse
from amends.facts.log import Actor, Entry
from amends.facts.traces import Scan
from amends.facts.waybill_signals import WaybillSignal, outdated, signals_of
from amends.facts.work import CaseState, Change

MARK: Final = "waybills"
_MOST_ENTRIES: Final = 500
_HOUSE: Final = Actor("system", "amends")
_CHANGED: Final = frozenset(
    {
        "opened",
        "imported",
        "platform_told",
        "goods_sent",
        "goods_received",
        "parcel_followed",
        "parcel_told",
        "replacement_shipped",
        "interception_succeeded",
        "reopened",
    }
)
_TURNED: Final = frozenset({"intercepted", "returning", "returned", "refused"})
_TURNED_TRACES: Final = frozenset({"returned_to_sender", "refused"})


def look_at_waybills(desk: FreightDesk) -> int:
    """Take in the waybills of cases that changed since the last look, and tell what does not fit; how many entries were read."""
    book = desk.tracking.book
    events = desk.tracking.feed.events(book.mark(MARK), _MOST_ENTRIES, None)
    for case in dict.fromkeys([one.case for one in events if one.what in _CHANGED]):
        examine(desk, case)
    if events:
        book.set_mark(MARK, events[-1].number)
    return len(events)


def examine(desk: FreightDesk, number: int) -> tuple[WaybillSignal, ...]:
    """Keep a case's waybills and tell it, and the cases it shares one with, what does not fit."""
    state = desk.cases.casework.look(number)
    if state is None:
        return ()
    uses = uses_of(desk, state)
    desk.book.index(number, state.merchant, uses)
    others = desk.book.elsewhere(number, state.merchant, [one.waybill for one in uses])
    found = _tell(desk, number, uses, others)
    for other in dict.fromkeys([one.case for one in others]):
        there = desk.cases.casework.look(other)
        if there is not None:
            own = uses_of(desk, there)
            _tell(desk, other, own, desk.book.elsewhere(other, there.merchant, [one.waybill for one in own]))
    return found


def uses_of(desk: FreightDesk, state: CaseState) -> list[WaybillUse]:
    """Every waybill of a case, as its file and its carriers tell."""
    order = str((state.case.get("order") or {}).get("id") or "")
    found: dict[tuple[str, str], WaybillUse] = {}
    for one in state.case.get("shipments") or ():
        number = _plain(one.get("waybill") or one.get("tracking_number"))
        if number:
            turned = one.get("trace") in _TURNED_TRACES
            found["out", number] = WaybillUse(state.number, state.key, order, "out", number, turned=turned)
    back = state.case.get("return_parcel") or {}
    if number := _plain(back.get("waybill")):
        found["back", number] = WaybillUse(state.number, state.key, order, "back", number, _time(back.get("signed_at")))
    for link in desk.tracking.book.of_case(state.number):
        if not link.live and link.part != "back":
            continue
        number = link.parcel.waybill.number
        told = _told(desk.tracking.book.scans(link.parcel.number))
        there = found.get((link.part, number))
        found[link.part, number] = WaybillUse(
            state.number,
            state.key,
            order,
            link.part,
            number,
            told.get("at") or (there.delivered_at if there else None),
            told.get("place", ""),
            told.get("signed_by", ""),
            bool(told.get("turned")) or bool(there and there.turned),
        )
    return list(found.values())


def _told(scans: Iterable[Scan]) -> dict[str, Any]:
    """The last signature, and whether the parcel was turned round before it."""
    found: dict[str, Any] = {}
    for one in scans:
        if one.kind in _TURNED:
            found["turned"] = True
        elif one.kind == "delivered":
            found |= {"at": one.at, "place": one.place, "signed_by": one.signed_by}
    return found


def _tell(
    desk: FreightDesk, number: int, uses: list[WaybillUse], others: Iterable[WaybillUse]
) -> tuple[WaybillSignal, ...]:
    with desk.cases.casework.holding(number) as held:
        if held is None:
            return ()
        state = held.state
        asked = _time((state.case.get("request") or {}).get("requested_at"))
        stopped = frozenset(
            [_plain(one.waybill) for one in desk.book.interceptions(number) if one.state == "succeeded" and one.waybill]
        )
        wrong, before = found_wrong(desk, number), signals_in(state)
        found = tuple([one for one in signals_of(uses, others, desk.terms.cities, asked, stopped) if one not in wrong])
        gone = outdated(before, found, uses)
        left = [one for one in before if one not in gone]
        if gone:
            outdate(desk, held, gone, left)
        fresh = [one for one in found if one not in before]
        if fresh:
            _raise(desk, held, fresh, left)
        if gone or fresh:
            decide_anew(desk, held)
        return found  # what was seen once stays: a waybill that is changed afterwards does not wipe it out


def _raise(desk: FreightDesk, held: HeldCase, fresh: Sequence[WaybillSignal], left: Sequence[WaybillSignal]) -> None:
    plain = [one.plain() for one in (*left, *fresh)]
    mark = None if held.state.tracks.desk == "closed" else held.state.exception or SIGNAL
    change = Change(facts={"waybill_signals": plain}, exception=mark)
    for one in fresh:
        held.write(Entry(SIGNAL, _HOUSE, desk.now(), data=one.plain()), change)
        change = Change()


def _plain(told: object) -> str:
    return "".join(str(told or "").split()).upper()[:60]


def _time(told: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(told)) if told else None
    except ValueError:
        return None
