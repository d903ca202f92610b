"""The sheet that an inspector fills in: how many pieces of each line are good, defective, missing or wrong, and what follows in money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from amends.basics.money import Minor, share
from amends.facts.case import Case, RequestedLine
from amends.facts.codes import REASON_FAULTS
from amends.facts.decision import Decision
from amends.facts.rubrics import Rubric, Rubrics

KINDS: Final = ("diminished_value", "not_returned")
"""What an inspection can take off a refund."""


@dataclass(frozen=True, slots=True)
class LineFound:
    """What was found of one line. `percent`: what the inspector takes off the defective pieces; None: what the schedule says."""

    line: str
    good: int = 0
    defective: int = 0
    missing: int = 0
    wrong: int = 0
    grade: str = "A"
    states: frozenset[str] = frozenset()
    percent: int | None = None
    serials: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    note: str = ""

    @property
    def counted(self) -> int:
        """All pieces, also those that are not there."""
        return self.good + self.defective + self.missing + self.wrong

    @property
    def here(self) -> int:
        """The pieces that are here."""
        return self.good + self.defective + self.wrong

    def told(self) -> dict[str, Any]:
        """As the log keeps it."""
        return {
            "line": self.line,
            "good": self.good,
            "defective": self.defective,
            "missing": self.missing,
            "wrong": self.wrong,
            "grade": self.grade,
            "states": sorted(self.states),
            "percent": self.percent,
            "serials": list(self.serials),
            "lots": list(self.lots),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole inspection. `why`: why the counts are not what was announced. `grams`: what the parcel weighed."""

    lines: tuple[LineFound, ...]
    why: str = ""
    grams: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def grade(self) -> str:
        """The lowest grade of any line."""
        return max([one.grade for one in self.lines], default="A")

    @property
    def states(self) -> frozenset[str]:
        """Every state that was seen on any line."""
        return frozenset().union(*[one.states for one in self.lines])

    @property
    def nothing_came(self) -> bool:
        """Not one piece is here."""
        return not any(one.here for one in self.lines)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a sheet would take off, line by line, before the law's ceiling."""

    loss: Minor
    not_returned: Minor


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that may be taken off, and the rule that says so. `by_agreement`: nothing is owed by right, so only what the buyer agrees to
    is paid back at all."""

    loss: Minor
    not_returned: Minor
    rules: tuple[str, ...] = ()
    by_agreement: bool = False

    def cut(self, claimed: Claimed) -> Claimed:
        """What is claimed, as far as it is allowed."""
        return Claimed(min(claimed.loss, self.loss), min(claimed.not_returned, self.not_returned))


def price_of(item: RequestedLine, pieces: int) -> Minor:
    """What was paid for so many pieces of a line: never more than for all of them."""
    line = item.line
    return line.paid if pieces >= line.quantity else share(line.paid, max(pieces, 0), line.quantity)


def rubric_of(rubrics: Rubrics, item: RequestedLine) -> Rubric:
    """The rubric for a line."""
    return rubrics.of(item.line.category)


def claimed(case: Case, sheet: Sheet, rubrics: Rubrics) -> Claimed:
    """What the schedule, or the inspector's own percent, takes off for what was found."""
    return Claimed(
        sum(
            [share(price_of(item, one.defective), _percent(rubrics, item, one), 100) for item, one in _met(case, sheet)]
        ),
        _gone(case, sheet),
    )


def most_claimed(case: Case, sheet: Sheet) -> Claimed:
    """The most that could be claimed for what was found: the whole price of every piece that is not good."""
    return Claimed(sum([price_of(item, one.defective) for item, one in _met(case, sheet)]), _gone(case, sheet))


def ceiling_of(case: Case, trial: Decision, most: Claimed) -> Ceiling:
    """What law, platform and policy let be taken off, where `trial` was decided with `most` as what was found."""
    if trial.refund is not None:
        taken = {one.kind: one for one in trial.refund.deductions if one.kind in KINDS}
        loss, gone = [taken[kind].amount if kind in taken else 0 for kind in KINDS]
        return Ceiling(loss, gone, tuple(dict.fromkeys([one.rule for one in taken.values()])))
    if (
        trial.entitled
        or trial.outcome in ("accept", "offer")
        or REASON_FAULTS[case.request.reason] in ("seller", "carrier")
    ):
        return Ceiling(0, 0)
    rules = [one.rule.id for one in trial.because if one.verdict == "fails" and one.rule.effect == "requires"]
    void = [one.rule.id for one in trial.because if one.verdict == "holds" and one.rule.effect == "excludes"]
    return Ceiling(most.loss, most.not_returned, tuple(rules + void), by_agreement=True)


def _percent(rubrics: Rubrics, item: RequestedLine, one: LineFound) -> int:
    scheduled = rubric_of(rubrics, item).percent(one.grade, one.states)
    return scheduled if one.percent is None else max(0, min(100, one.percent))


def _gone(case: Case, sheet: Sheet) -> Minor:
    return sum([price_of(item, one.missing + one.wrong) for item, one in _met(case, sheet)])


def _met(case: Case, sheet: Sheet) -> Iterable[tuple[RequestedLine, LineFound]]:
    found = {one.line: one for one in sheet.lines}
    return [(item, found[item.line.id]) for item in case.request.lines if item.line.id in found]


def miscounted(asked: Mapping[str, int], sheet: Sheet) -> list[tuple[str, int, int]]:
    """The lines whose counts do not add up to what was announced: line, announced, counted."""
    found = {one.line: one.counted for one in sheet.lines}
    return [(line, many, found.get(line, 0)) for line, many in asked.items() if found.get(line, 0) != many]


def misplaced(sheet: Sheet, asked: Iterable[str]) -> Sequence[str]:
    """Lines of the sheet that nobody announced."""
    known = set(asked)
    return [one.line for one in sheet.lines if one.line not in known]
