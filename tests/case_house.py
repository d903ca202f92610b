"""The desk of cases over a test's database, and people of each role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from amends.desk.cases.desk import CaseDesk
from amends.facts.log import Actor
from amends.facts.people import Person
from amends.facts.work import CaseState
from tests.django_house import NOW
from tests.money_house import desk_of, house_of

AGENT = Person("lin", "agent")
LEAD = Person("mei", "lead")
FINANCE = Person("fin", "finance")
MANAGER = Person("boss", "manager")
WAREHOUSE = Person("wu", "warehouse")
STRANGER = Person("else", "manager", frozenset({"another"}))
BUYER = Actor("buyer", "Anna")


class Clock:
    """A clock that a test moves."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **much: float) -> None:
        self.at += timedelta(**much)


def letters(event: str, state: CaseState, values: Mapping[str, str]) -> tuple[str, str]:
    return event, f"{event}: {state.key}"


def case_desk(now: Callable[[], datetime] = lambda: NOW) -> CaseDesk:
    """The verbs on cases, over the shop and the policy of `tests.money_house`."""
    from dataclasses import replace

    from amends.store.casework import DatabaseCasework

    house = replace(house_of(), now=now)
    money = replace(desk_of(), house=house)
    return CaseDesk(
        house,
        DatabaseCasework(),
        money,
        letters,
        lambda shop, at, minutes: at + timedelta(minutes=minutes),
        lambda shop, since, until: int((until - since).total_seconds()) // 60,
    )
