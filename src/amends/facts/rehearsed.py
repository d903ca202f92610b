"""What a rehearsal over a case history found: how often which answer becomes which other, the money, conflicts and examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amends.facts.rulebook import Says


@dataclass(frozen=True, slots=True)
class Side:
    """What is decided on one side. `conflict`: law or platform gave the buyer more than the rule proposed, and that stood."""

    rule: str
    outcome: str
    remedy: str
    handling: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Cases of one currency with the same answers before and after. `changed`: how many of them change at all, money included.

    `money_before`, `money_after`: refunds and compensation, in minor units.
    """

    currency: str
    before: Side
    after: Side
    cases: int
    changed: int
    money_before: int
    money_after: int


@dataclass(frozen=True, slots=True)
class ExampleSide:
    """One side of an example: the answer, its money (minor units) and the rule's own reason with the facts put in."""

    side: Side
    money: int
    reason: Says


@dataclass(frozen=True, slots=True)
class Example:
    """One case that changes. `number`: the house's own number of the case."""

    number: int
    shop: str
    currency: str
    before: ExampleSide
    after: ExampleSide


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cases have something before and after."""

    name: str
    before: int
    after: int

    @property
    def more(self) -> int:
        """How many more after than before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Move:
    """Cases whose outcome goes from one to another, or stays. `money`: currency, money before and money after, in minor units."""

    before: str
    after: str
    cases: int
    changed: int
    money: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A whole rehearsal. `changed`: cases whose outcome, remedy, money or handling differ."""

    flows: tuple[Flow, ...]
    examples: tuple[Example, ...]

    @property
    def cases(self) -> int:
        """How many cases were looked at."""
        return sum([flow.cases for flow in self.flows])

    @property
    def changed(self) -> int:
        """How many cases change."""
        return sum([flow.changed for flow in self.flows])

    @property
    def outcomes(self) -> tuple[Counted, ...]:
        """Cases by outcome."""
        return self._counted(lambda side: side.outcome)

    @property
    def remedies(self) -> tuple[Counted, ...]:
        """Cases by remedy."""
        return self._counted(lambda side: side.remedy)

    @property
    def handlings(self) -> tuple[Counted, ...]:
        """Cases by whether a person looks."""
        return self._counted(lambda side: side.handling)

    @property
    def rules(self) -> tuple[Counted, ...]:
        """Cases by the rule that speaks."""
        return self._counted(lambda side: side.rule)

    @property
    def conflicts(self) -> tuple[Counted, ...]:
        """Cases in which law or platform overrule, by the rule that is overruled; the most after first."""
        found = self._counted(lambda side: side.rule if side.conflict else None)
        return tuple(sorted(found, key=lambda one: (-one.after, -one.before, one.name)))

    @property
    def money(self) -> tuple[tuple[str, int, int], ...]:
        """Currency, money before and money after, in minor units."""
        return _sums(self.flows)

    @property
    def moves(self) -> tuple[tuple[str, str, int], ...]:
        """Outcome before, outcome after and number of cases, where they differ; the most first."""
        found: dict[tuple[str, str], int] = {}
        for flow in self.flows:
            if flow.before.outcome != flow.after.outcome:
                key = flow.before.outcome, flow.after.outcome
                found[key] = found.get(key, 0) + flow.cases
        return tuple([(*key, many) for key, many in sorted(found.items(), key=lambda item: (-item[1], item[0]))])

    @property
    def matrix(self) -> tuple[Move, ...]:
        """Every outcome before with every outcome after that occurs, those that stay included."""
        found: dict[tuple[str, str], list[Flow]] = {}
        for flow in self.flows:
            found.setdefault((flow.before.outcome, flow.after.outcome), []).append(flow)
        return tuple([_move(*key, flows) for key, flows in sorted(found.items())])

    def _counted(self, named: Callable[[Side], str | None]) -> tuple[Counted, ...]:
        found: dict[str, list[int]] = {}
        for flow in self.flows:
            for place, side in enumerate((flow.before, flow.after)):
                if (name := named(side)) is not None:
                    found.setdefault(name, [0, 0])[place] += flow.cases
        return tuple([Counted(name, *counts) for name, counts in sorted(found.items())])


def _move(before: str, after: str, flows: Sequence[Flow]) -> Move:
    cases, changed = sum([flow.cases for flow in flows]), sum([flow.changed for flow in flows])
    return Move(before, after, cases, changed, _sums(flows))


def _sums(flows: Sequence[Flow]) -> tuple[tuple[str, int, int], ...]:
    """Currency, money before and money after."""
    found: dict[str, tuple[int, int]] = {}
    for flow in flows:
        before, after = found.get(flow.currency, (0, 0))
        found[flow.currency] = before + flow.money_before, after + flow.money_after
    return tuple([(name, *sums) for name, sums in sorted(found.items())])
