"""What an agent presses because of a flag: a photo, a look at the goods first, a lead's look. Nothing of it touches what is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from amends.desk.cases.ask import ask
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.take import escalate
from amends.desk.flags.desk import FlagDesk
from amends.facts.flags import FRICTIONS, Flag
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.work import CaseState

ASKED_FOR: Final = ("evidence",)
"""What is asked of the buyer, in the words of every other case: no reason and no points are told."""


def apply(desk: FlagDesk, number: int, person: Person, friction: str) -> CaseState:
    """Press one of `FRICTIONS` because of a case's flag. Raises `UnableToWork`: no reasons, pressed already, lifted, not possible now."""
    if friction not in FRICTIONS:
        raise bad_value("friction", f"one of {', '.join(FRICTIONS)}", "请选择处理方式")
    with desk.book.transaction():
        found = _check(desk.book.flag(number))
        follow = _FOLLOWS.get(friction)
        seen = follow(desk.cases, number, person).version if follow else None
        with desk.cases.hold(number, person, version=seen) as held:
            told = {"friction": friction, "points": found.points, "reason_codes": [one.code for one in found.reasons]}
            desk.book.put_friction(number, friction, person.name)
            return held.write(Entry("friction_applied", actor(person), desk.now(), data=told))


def take_off(desk: FlagDesk, number: int, person: Person) -> CaseState:
    """Take the friction off again; not while the buyer waits for another look. Raises `UnableToWork`."""
    with desk.book.transaction(), desk.cases.hold(number, person) as held:
        found = desk.book.flag(number)
        if found is None or not found.friction:
            raise UnableToWork("not_possible", "there is nothing to take off", "没有可撤销的处理")
        if found.appeal == "asked":
            raise UnableToWork(
                "not_possible", "the buyer waits for another person's look; answer that", "买家正等待复核，请先答复"
            )
        desk.book.put_friction(number, "", "")
        return held.write(Entry("friction_taken_off", actor(person), desk.now(), data={"friction": found.friction}))


def _check(flag: Flag | None) -> Flag:
    if flag is None or not flag.reasons:
        raise UnableToWork("not_possible", "this case has no reasons for a closer look", "该售后单没有需要核查的依据")
    if flag.friction:
        raise UnableToWork("not_possible", "this was pressed already", "已采取核查措施")
    if flag.appeal in ("lifted", "lapsed"):
        raise UnableToWork("not_possible", "the buyer objected and the check was taken off", "买家提出异议后核查已解除")
    return flag


def _ask(cases: CaseDesk, number: int, person: Person) -> CaseState:
    return ask(cases, number, person, ASKED_FOR, "")


def _hand_up(cases: CaseDesk, number: int, person: Person) -> CaseState:
    return escalate(cases, number, person, "lead", "需主管核查 / a closer look")


_FOLLOWS: Final[Mapping[str, Callable[[CaseDesk, int, Person], CaseState]]] = {"photo": _ask, "review": _hand_up}
