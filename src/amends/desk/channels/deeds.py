"""Deeds at the desk: their logs are told what came of them, tasks are closed by what the platform shows, people answer for the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from amends.desk.cases.deeds import TASK, can_on, deed_key
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork, bad_value, not_found
from amends.desk.cases.ports import HeldCase
from amends.desk.settings.gate import check_may_set
from amends.facts.deed_work import OPEN_DEEDS, DeedNews, DeedView
from amends.facts.deeds import PlatformReason
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.work import CaseState, Change

MOST: Final = 100
_LONGEST: Final = 80
TROUBLE: Final = "platform_trouble"
"""The exception of a case of which something could not be done on its platform."""
_HOUSE: Final = Actor("system", "amends")
_FOR_PEOPLE: Final = ("person", "failed", "unknown")
"""States in which a person, who has looked there, may say what became of a deed."""
_OURS: Final = frozenset({TASK, TROUBLE})


class DeedRounds:
    """One round tells logs what became of deeds and closes tasks; called again and again by the runner, each case on its own."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk

    def look(self) -> int:
        """Do what is due; how much there was."""
        casework = self._desk.casework
        told = [self._each(one, _tell) for one in casework.deed_news(MOST)]
        return sum(told) + sum([self._each(one, _close) for one in casework.tasks_seen(MOST)])

    def _each(self, news: DeedNews, work: Callable[[CaseDesk, HeldCase, DeedNews], None]) -> int:
        try:
            with self._desk.casework.holding(news.case) as held:
                if held is not None:
                    work(self._desk, held, news)
        except Exception:
            logging.getLogger("amends.cases").exception("deed %s could not be told of; it is tried again", news.number)
            return 0
        return 1


def done_there(desk: CaseDesk, number: int, person: Person, deed: int, note: str = "") -> CaseState:
    """A person has done a task on the platform's console, or found it done there. Raises `UnableToWork`."""
    with desk.hold(number, person) as held:
        one = _deed(held, deed, _FOR_PEOPLE)
        data = {"action": one.action, "how": "said"}
        held.write(Entry("platform_done", actor(person), desk.now(), note.strip()[:500], data=data))
        held.deed_told(deed, "done", desk.now(), settle=True)
        _calm(desk, held)
        return held.state


def not_needed(desk: CaseDesk, number: int, person: Person, deed: int, note: str = "") -> CaseState:
    """A task, or what went wrong, is not to be done any more. Raises `UnableToWork`."""
    with desk.hold(number, person) as held:
        one = _deed(held, deed, _FOR_PEOPLE)
        data = {"action": one.action, "how": "dropped"}
        held.write(Entry("platform_dropped", actor(person), desk.now(), note.strip()[:500], data=data))
        held.deed_told(deed, "cancelled", desk.now(), settle=True)
        _calm(desk, held)
        return held.state


def again(desk: CaseDesk, number: int, person: Person, deed: int) -> CaseState:
    """Have something that went wrong, or waits for a person, tried once more by the house, on the case as it stands there now.

    It is a deed of its own with a key of its own: what went wrong before surely was not done. Raises `UnableToWork`.
    """
    with desk.hold(number, person) as held:
        one = _deed(held, deed, ("person", "failed"))
        side = held.platform()
        channel = desk.channels.get(side.channel) if side else None
        if side is None or channel is None or not side.on or not side.may_act or one.action not in channel.can.actions:
            raise UnableToWork(
                "not_possible",
                "the house may not do this on the platform; do it on its console",
                "系统不能在平台上执行此操作，请到平台后台处理",
            )
        now, before = desk.now(), held.wanted_deed(deed)
        held.deed_told(deed, "cancelled", now, settle=True)
        held.write(Entry("platform_again", actor(person), now, data={"action": one.action}))
        address = side.address or before.deed.address
        fresh = replace(
            before.deed, key=deed_key(held.state, one.action), version=side.version,
            address=address if one.action == "agree_return" else "",
        )  # fmt: skip
        held.put_deed(replace(before, deed=fresh, state="wanted", due=now, by=person.name, at=now), side.connection)
        _calm(desk, held)
        return held.state


def set_return_address(desk: CaseDesk, number: int, person: Person, address: str) -> None:
    """Keep the platform's id of the address to which goods go back, for all cases of the shop.

    Raises `UnableToWork`, and `UnableToSet` for whoever does not keep the merchant's settings.
    """
    state, side = desk.casework.look(number), desk.casework.platform(number)
    if state is None or not person.may_see(state.merchant):
        raise not_found(number)
    if side is None:
        raise UnableToWork("not_possible", "this shop is not connected to its platform", "该店铺尚未连接平台")
    check_may_set(person, state.merchant)
    text = address.strip()
    if len(text) > _LONGEST or any(letter.isspace() for letter in text):
        raise bad_value(
            "address", f"the platform's id of the address, at most {_LONGEST} characters", "请填写平台的退货地址编号"
        )
    desk.casework.keep_return_address(side.connection, text)


@dataclass(frozen=True, slots=True)
class RefusalList:
    """The platform's own reasons to refuse a case. `away`: the list is there, but could not be read now."""

    reasons: tuple[PlatformReason, ...] = ()
    away: bool = False


def refusal_list(desk: CaseDesk, number: int) -> RefusalList:
    """The platform's reasons to refuse a case, asked for now; empty where the platform has no list, or nobody refuses there by calls."""
    side = desk.casework.platform(number)
    can = can_on(desk, side)
    if side is None or can is None or "refuse" not in can.actions or not side.on:
        return RefusalList()
    try:
        return RefusalList(desk.ask_reasons(side.connection, side.number))
    except Exception:
        logging.getLogger("amends.cases").exception(
            "the platform's reasons to refuse case %s could not be read", number
        )
        return RefusalList(away=True)


def _deed(held: HeldCase, number: int, states: tuple[str, ...]) -> DeedView:
    found = next((one for one in held.deeds() if one.number == number), None)
    if found is None or found.state not in states:
        raise UnableToWork("not_possible", "there is no such task any more", "没有这项待办，或已处理")
    return found


def _tell(desk: CaseDesk, held: HeldCase, news: DeedNews) -> None:
    """Write what became of a deed, once."""
    if held.deed_was_told(news.number, news.state):
        return
    data = {
        "action": news.action,
        "how": "call",
        "reference": news.reference,
        "code": news.code,
        "message": news.message,
    }
    plain = {name: value for name, value in data.items() if value}
    now = desk.now()
    if news.state == "done":
        held.write(Entry("platform_done", _HOUSE, now, data=plain))
        _calm(desk, held)
    elif news.state == "person":
        held.write(Entry("platform_task", _HOUSE, now, data=plain), Change(exception=TASK))
    elif news.state == "failed":
        what = "platform_changed" if news.code == "stale" else "platform_failed"
        held.write(Entry(what, _HOUSE, now, data=plain), Change(exception=TROUBLE))
    else:
        held.write(Entry("platform_unsure", _HOUSE, now, data=plain), Change(exception=TROUBLE))
    held.deed_told(news.number, news.state, now)


def _close(desk: CaseDesk, held: HeldCase, news: DeedNews) -> None:
    """A reading of the platform shows what became of a task."""
    if not any(one.number == news.number and one.state == "person" for one in held.deeds()):
        return
    done = news.seen == "done"
    data = {"action": news.action, "how": "seen" if done else "over"}
    held.write(Entry("platform_done" if done else "platform_dropped", _HOUSE, desk.now(), data=data))
    held.deed_told(news.number, "done" if done else "cancelled", desk.now(), settle=True)
    _calm(desk, held)


def _calm(desk: CaseDesk, held: HeldCase) -> None:
    """Take the mark off a case of which nothing on its platform waits for a person any more."""
    waits = any(one.state in ("person", "failed") or (one.alarm and one.state in OPEN_DEEDS) for one in held.deeds())
    if held.state.exception in _OURS and not waits:
        held.refresh(Change(exception=""), desk.now())
