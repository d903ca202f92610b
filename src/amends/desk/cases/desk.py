"""The desk of cases: what its verbs are handed, how they hold a case, and how a case is decided as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from amends.basics.moves import UnableToMove
from amends.decide.decide import decide
from amends.decide.policy.grant import granting
from amends.desk.cases.faults import UnableToWork, not_allowed, not_found
from amends.desk.cases.ports import Casework, HeldCase
from amends.desk.house import House
from amends.desk.money_desk import MoneyDesk
from amends.facts.case import Case
from amends.facts.channels import Channel
from amends.facts.decision import Decision
from amends.facts.deeds import PlatformReason
from amends.facts.fields import UnableToReadCase
from amends.facts.log import Actor
from amends.facts.people import Person
from amends.facts.read_case import read_case
from amends.facts.rulebook import Says
from amends.facts.situation import Policy
from amends.facts.told import as_agreed
from amends.facts.words import words
from amends.facts.work import CaseState, WantedDeadline

Letters = Callable[[str, CaseState, Mapping[str, str]], tuple[str, str]]
"""Takes an event, the case and values to fill in; gives a message's subject and text in the buyer's language."""


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """What verbs on cases are handed. `working_due` takes a shop, an instant and working minutes, and gives when those have passed;
    `working_left` takes a shop and two instants, and gives the working minutes between them.

    `seen`: the versions in which a person looked at cases, by number. `channels`: what platforms there are, by name.
    `ask_reasons` takes a connection and the platform's number of a case, and gives the platform's own reasons to refuse it.
    """

    house: House
    casework: Casework
    money: MoneyDesk
    letters: Letters
    working_due: Callable[[str, datetime, int], datetime]
    working_left: Callable[[str, datetime, datetime], int]
    seen: Mapping[int, int] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    ask_reasons: Callable[[int, str], tuple[PlatformReason, ...]] = lambda connection, case: ()

    def as_seen(self, number: int, version: int | None) -> CaseDesk:
        """The same desk for a person who looked at a case in this version: no verb is done on another one. None: whichever it is."""
        return self if version is None else replace(self, seen={**self.seen, number: version})

    def now(self) -> datetime:
        """The present instant."""
        return self.house.now()

    @contextmanager
    def hold(self, number: int, person: Person, duty: str = "work", version: int | None = None) -> Iterator[HeldCase]:
        """Hold a case for a verb. Raises `UnableToWork`: not found, not allowed, stale, or a move that is not possible."""
        with self.casework.holding(number) as held:
            if held is None or not person.may_see(held.state.merchant):
                raise not_found(number)
            if not person.may(duty):
                raise not_allowed(person.role, duty)
            looked_at = self.seen.get(number) if version is None else version
            if looked_at is not None and looked_at != held.state.version:
                raise UnableToWork(
                    "stale",
                    f"the case has changed since you looked at it (version {held.state.version}, not {looked_at}); look again",
                    "售后单在你查看之后已有变化，请刷新后再操作",
                )
            try:
                yield held
            except UnableToMove as fault:
                raise UnableToWork(
                    "not_possible", f"not possible now: {fault}", f"当前状态不支持此操作（{fault.state}）"
                ) from fault


def drop_waiting(desk: CaseDesk, held: HeldCase, person: Person) -> None:
    """Take back what waits for a second person, because the case is answered otherwise; nothing where nothing waits."""
    if held.waiting() is not None:
        held.settle_approval("taken_back", person.name, desk.now(), "")


def actor(person: Person) -> Actor:
    """The person as the log names them."""
    return Actor(person.kind, person.name)


def case_of(state: CaseState) -> Case:
    """The case as it is decided: what is known, read as both sides agreed. Raises `UnableToWork` for a file that cannot be read."""
    try:
        return read_case(as_agreed(state.case, state.agreed))
    except UnableToReadCase as fault:
        raise UnableToWork(
            "bad_value", f"the case file cannot be read: {fault}", f"售后单文件无法读取：{fault}", fault.path
        ) from fault


def policy_of(house: House, shop: str, case: Case, agreed: Mapping[str, Any] | None) -> Policy:
    """The policy that speaks: the shop's own, or a grant of what was agreed, under the shop's limits."""
    own = house.policy_for(shop, case.market, case.shop.channel)
    remedy = (agreed or {}).get("remedy")
    return granting(str(remedy), own) if remedy else own


def decided(desk: CaseDesk, state: CaseState) -> tuple[Case, Decision]:
    """The case as it stands, and the decision on it as of now."""
    case = case_of(state)
    policy = policy_of(desk.house, state.shop, case, state.agreed)
    return case, decide(case, desk.now(), desk.house.rulebooks, policy)


def wanted_deadlines(case: Case, decision: Decision) -> list[WantedDeadline]:
    """The deadlines that run by the decision. What runs only once the request is agreed to, runs only then."""
    found: dict[tuple[str, str], WantedDeadline] = {}
    for item in sorted(decision.deadlines, key=lambda one: one.due.due):
        due = item.due
        if due.on_accept and case.request.agreed_at is None:
            continue
        named = words("if_missed", due.if_missed)
        missed = Says(named.en, named.zh) if named else Says(due.if_missed, due.if_missed)
        if due.if_missed == "unknown":
            missed = Says("", "")
        found.setdefault(
            (due.who, due.action), WantedDeadline("decision", due.who, due.action, due.due, item.rule, missed)
        )
    return list(found.values())
