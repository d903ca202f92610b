"""Signals about waybills that do not count any more: found wrong by a person, or outdated by what was told since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.redecide import redecide
from amends.desk.freight.desk import FreightDesk
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.waybill_signals import CHANGES, WaybillSignal, WithdrawnSignal, signal_of
from amends.facts.work import CaseState, Change

SIGNAL: Final = "waybill_signal"
"""The exception of a case about whose waybills something does not fit."""
_SHORTEST: Final = 4
_LONGEST: Final = 300
_HOUSE: Final = Actor("system", "amends")


def withdraw_signal(desk: FreightDesk, number: int, person: Person, told: Mapping[str, str], why: str) -> CaseState:
    """Have a signal of a case count no more, for a reason that stays in the log. It is not raised again. Raises `UnableToWork`.

    `told`: code, waybill, case, place, at, as the case file has them.
    """
    words = " ".join(why.split())
    if not _SHORTEST <= len(words) <= _LONGEST:
        raise bad_value(
            "why", f"why this signal is wrong, {_SHORTEST} to {_LONGEST} characters", "请填写撤销理由（4–300 字）"
        )
    with desk.cases.hold(number, person, "work") as held:
        wrong, now = signal_of(told), desk.now()
        before = signals_in(held.state)
        if wrong not in before:
            raise UnableToWork("not_possible", "this case has no such signal", "该售后单没有此提示，或已撤销")
        desk.book.withdraw_signal(number, WithdrawnSignal(wrong, words, person.name, now))
        data = _data(wrong)
        entry = Entry("waybill_signal_wrong", actor(person), now, words, data=data)
        held.write(entry, without(held.state, [one for one in before if one != wrong]))
        decide_anew(desk, held)
        return held.state


def outdate(desk: FreightDesk, held: HeldCase, gone: Sequence[WaybillSignal], left: Sequence[WaybillSignal]) -> None:
    """Withdraw signals that what was told since contradicts; `left`: those that still count."""
    change = without(held.state, left)
    for one in gone:
        changed, now = CHANGES[one.code], desk.now()
        desk.book.withdraw_signal(held.state.number, WithdrawnSignal(one, changed, "", now))
        held.write(Entry("waybill_signal_outdated", _HOUSE, now, data={**_data(one), "changed": changed}), change)
        change = Change()


def signals_in(state: CaseState) -> tuple[WaybillSignal, ...]:
    """The signals that count, as a case's file has them."""
    return tuple([signal_of(one) for one in state.case.get("waybill_signals") or ()])


def found_wrong(desk: FreightDesk, number: int) -> frozenset[WaybillSignal]:
    """The signals that a person found wrong."""
    return frozenset([one.signal for one in desk.book.withdrawn_signals(number) if one.by])


def no_longer_counting(desk: FreightDesk, state: CaseState) -> tuple[WithdrawnSignal, ...]:
    """The signals of a case that were withdrawn and do not count, the newest first."""
    counts = set(signals_in(state))
    return tuple([one for one in desk.book.withdrawn_signals(state.number) if one.signal not in counts])


def without(state: CaseState, left: Iterable[WaybillSignal]) -> Change:
    """The change that leaves a case these signals; with the last one its mark goes too."""
    plain = [one.plain() for one in left]
    calm = "" if not plain and state.exception == SIGNAL else None
    return Change(facts={"waybill_signals": plain}, exception=calm)


def decide_anew(desk: FreightDesk, held: Any) -> None:
    """Decide the case on what counts now, where it can be decided."""
    try:
        redecide(desk.cases, held)
    except UnableToWork:
        return


def _data(one: WaybillSignal) -> dict[str, str]:
    return {name: value for name, value in one.plain().items() if name in ("code", "waybill", "case")}
