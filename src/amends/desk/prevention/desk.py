"""The verbs of prevention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from amends.desk.prevention.ports import PreventionBook, same_cause
from amends.facts.audit import Deed
from amends.facts.codes import REASONS
from amends.facts.guard_shops import ShopThere
from amends.facts.people import Person
from amends.facts.prevention import PLACES, Cause, Cluster, Effect, Task
from amends.learn.metrics.ask import Facts
from amends.learn.metrics.rows import day_of
from amends.learn.prevention.counts import around, behind, seen
from amends.learn.prevention.effect import BEFORE, LONGEST, effect
from amends.learn.prevention.search import causes, clusters

MADE_DAYS: Final = 90
"""Days behind a task that a person makes."""
_ZERO: Final = date(1970, 1, 1)
_LONGEST: Final = 500


class UnableToPrevent(PermissionError):
    """There is no such task or shop for this person, or their role may not do this."""


class UnableToReadTask(ValueError):
    """What was told of a task cannot be kept; `field` names what is wrong: owner, due, change, day, place or reason."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Looked:
    """A task as its page shows it. `cases`: number, own number, title."""

    task: Task
    cases: Sequence[tuple[int, str, str]]
    people: Sequence[str]
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class PreventionDesk:
    """The ports of prevention."""

    facts: Facts
    book: PreventionBook
    now: Callable[[], datetime]

    @property
    def today(self) -> int:
        """Today in China, in days since 1970."""
        return day_of(self.now(), "CN")

    def run(self) -> int:
        """Will look through every shop that was not looked through today; how many tasks that made."""
        day = _ZERO + timedelta(days=self.today)
        return sum(
            [
                self.book.keep_run(shop.name, day, self._causes(shop), self.now())
                for shop in self.book.shops(None)
                if not self.book.ran(shop.name, day)
            ]
        )

    def _causes(self, shop: ShopThere) -> list[Cause]:
        """What stands out and is no task yet. What was closed counts anew from the day after."""
        found = clusters(seen(self.facts, shop.name, self.today))
        there = self.book.tasks(None, shop.name)
        fresh = []
        for cause in causes(found, lambda one: behind(self.facts, shop.name, one)):
            same = [task for task in there if same_cause(cause, task)]
            if not any(task.live or cause.cluster.first <= _closed(task) for task in same):
                fresh.append(cause)
        return fresh

    def tasks(self, person: Person) -> Sequence[Task]:
        """The tasks of a person's shops, those still to do first."""
        return sorted(self.book.tasks(person.merchants), key=lambda one: (not one.live, -one.number))

    def look(self, person: Person, number: int) -> Looked:
        """One task with its cases, and its effect where something was changed. Raises `UnableToPrevent`."""
        task = self._task(person, number, "see")
        return Looked(task, self.book.cases(task.cause.cases), self.book.people(task.merchant), self._effect(task))

    def _effect(self, task: Task) -> Effect | None:
        if task.changed_on is None:
            return None
        changed, at = (task.changed_on - _ZERO).days, task.cause.cluster
        last = max(changed, min(self.today - 1, changed + LONGEST))
        before = around(self.facts, task.shop, *at.key, (changed - BEFORE, changed - 1))
        return effect(before, around(self.facts, task.shop, *at.key, (changed + 1, last)))

    def make(self, person: Person, shop: str, place: str, value: str, reason: str) -> int:
        """Will make a task of what a person saw; its number. Raises `UnableToPrevent`, `UnableToReadTask`."""
        there = next((one for one in self.book.shops(person.merchants) if one.name == shop), None)
        if there is None or not person.may("assign"):
            raise UnableToPrevent(shop)
        if place not in PLACES or not value or len(value) > 200:
            raise UnableToReadTask("place")
        if reason not in REASONS:
            raise UnableToReadTask("reason")
        found: Cluster = around(self.facts, shop, place, value, reason, (self.today - MADE_DAYS, self.today))
        cause = Cause(found, tuple(sorted(behind(self.facts, shop, found))))
        return self.book.make(
            shop, cause, Deed(person.name, "cause_made", there.merchant, f"{value} {reason}"), self.now()
        )

    def assign(self, person: Person, number: int, owner: str, due: str) -> None:
        """Will give a task to somebody by a day. Raises `UnableToPrevent`, `UnableToReadTask`."""
        task = self._task(person, number, "assign")
        if owner not in self.book.people(task.merchant):
            raise UnableToReadTask("owner")
        day = _day(due, "due")
        if day < self.now().date():
            raise UnableToReadTask("due")
        self._keep(person, task, "cause_assigned", owner=owner, due=day)

    def change(self, person: Person, number: int, what: str, on: str) -> None:
        """Will write down what was changed and when; from then on its effect is measured."""
        task, what = self._task(person, number, "work"), " ".join(what.split())
        if not what or len(what) > _LONGEST:
            raise UnableToReadTask("change")
        day = _day(on, "day")
        if day > _ZERO + timedelta(days=self.today) or day.year < 2000:
            raise UnableToReadTask("day")
        self._keep(person, task, "cause_changed", change=what, changed_on=day, state="changed")

    def close(self, person: Person, number: int, *, found: bool, note: str = "") -> None:
        """Will close a task: done, or nothing was found."""
        task = self._task(person, number, "work")
        self._keep(
            person, task, "cause_closed", state="done" if found else "dropped", note=" ".join(note.split())[:_LONGEST]
        )

    def _keep(self, person: Person, task: Task, deed: str, **told: object) -> None:
        if not task.live:
            raise UnableToPrevent(str(task.number))
        about = f"{task.cause.cluster.value} {task.cause.cluster.reason}"
        self.book.change(task.number, told, Deed(person.name, deed, task.merchant, about), self.now())

    def _task(self, person: Person, number: int, duty: str) -> Task:
        found = next((one for one in self.book.tasks(person.merchants) if one.number == number), None)
        if found is None or not person.may(duty):
            raise UnableToPrevent(str(number))
        return found


def _day(told: str, field: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError as fault:
        raise UnableToReadTask(field) from fault


def _closed(task: Task) -> int:
    """The day until which the cases of a task that is closed were known."""
    return ((task.closed or task.at.date()) - _ZERO).days
