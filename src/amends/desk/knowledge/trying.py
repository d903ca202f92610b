"""What rules do, found by letting them judge examples: so that nobody has to write it down a second time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from amends.basics.zones import local
from amends.decide.judge import Rulebooks
from amends.facts.case import Case, Defect, Goods
from amends.facts.knowledge import Example, Learnt, SetClock
from amends.facts.rulebook import Cap, Finding, Grant, Params
from amends.facts.stage import bought_at


class Noting:
    """A pack's numbers that note which of them were read (`Params`)."""

    def __init__(self, params: Params) -> None:
        self._params = params
        self.read: dict[str, set[str]] = {}

    def __getitem__(self, name: str) -> Any:
        return self._note(name, self._params[name])

    def on(self, moment: datetime, name: str) -> Any:
        """The value on the local day of another moment."""
        return self._note(name, self._params.on(moment, name))

    def _note(self, name: str, value: Any) -> Any:
        self.read.setdefault(name, set()).add(str(value))
        return value


def try_out(books: Rulebooks, examples: Iterable[Example]) -> Mapping[str, Learnt]:
    """Will let every rule in force judge every example that concerns its pack; what was seen of each, by its id."""
    seen: dict[str, Learnt] = {}
    for example in examples:
        for finding, read in _judged(books, example.case, example.at):
            one = finding.rule.id
            seen[one] = _joined(seen.get(one, Learnt()), example.case, finding, read)
        for less in _with_less(example.case):
            for finding, _ in _judged(books, less, example.at):
                known = seen.get(finding.rule.id, Learnt())
                seen[finding.rule.id] = replace(known, wants=known.wants.union(finding.missing))
    return seen


def _with_less(case: Case) -> Iterable[Case]:
    """The same case with something not told: then a rule that needs it says so."""
    unsigned = tuple([replace(one, delivered_at=None) for one in case.shipments])
    yield replace(case, goods=Goods(), inspection=None)
    yield replace(case, defect=Defect())
    yield replace(case, defect=Defect(), goods=Goods(), evidence=(), inspection=None)
    yield replace(case, shipments=unsigned)
    yield replace(case, shipments=tuple([replace(one, trace=None) for one in unsigned]), evidence=())


def _judged(books: Rulebooks, case: Case, at: datetime) -> Iterable[tuple[Finding, dict[str, set[str]]]]:
    purchase, request = local(bought_at(case), case.market).date(), local(case.request.requested_at, case.market).date()
    now = local(at, case.market).date()
    for bench in [bench for benches in books.concerning(case) for bench in benches]:
        for judge, view in bench.active(purchase, request, now, case.market):
            numbers = Noting(view)
            finding = judge(case, numbers, at)
            if finding is not None:
                yield finding, numbers.read


def _joined(known: Learnt, case: Case, finding: Finding, read: dict[str, set[str]]) -> Learnt:
    given = [one.remedies for one in finding.claims if isinstance(one, Grant | Cap)]
    told = {(name, str(value)) for name, value in finding.facts.items() if isinstance(value, int | str)}
    return Learnt(
        known.kinds | {case.request.kind},
        known.reasons | {case.request.reason},
        known.remedies.union(*given),
        known.looks_at.union(finding.facts),
        known.wants.union(finding.missing),
        known.clocks | {SetClock(one.who, one.action, one.if_missed, one.on_accept) for one in finding.dues},
        known.numbers.union(read),
        known.values | {one for one in told if _is_number(one, read)},
    )


def _is_number(told: tuple[str, str], read: Mapping[str, set[str]]) -> bool:
    """Whether a fact is a number of the pack: `days` is `no_reason.days`, where both have the same value."""
    name, value = told
    return any(value in values and number.endswith((f".{name}", f"_{name}")) for number, values in read.items())
