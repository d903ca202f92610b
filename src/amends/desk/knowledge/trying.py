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
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return self._params[name]

    def on(self, moment: datetime, name: str) -> Any:
        """The value on the local day of another moment."""
        self.read.add(name)
        return self._params.on(moment, name)


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


def _judged(books: Rulebooks, case: Case, at: datetime) -> Iterable[tuple[Finding, set[str]]]:
    purchase, request = local(bought_at(case), case.market).date(), local(case.request.requested_at, case.market).date()
    now = local(at, case.market).date()
    for bench in [bench for benches in books.concerning(case) for bench in benches]:
        for judge, view in bench.active(purchase, request, now, case.market):
            numbers = Noting(view)
            finding = judge(case, numbers, at)
            if finding is not None:
                yield finding, numbers.read


def _joined(known: Learnt, case: Case, finding: Finding, read: set[str]) -> Learnt:
    given = [one.remedies for one in finding.claims if isinstance(one, Grant | Cap)]
    return Learnt(
        known.kinds | {case.request.kind},
        known.reasons | {case.request.reason},
        known.remedies.union(*given),
        known.looks_at.union(finding.facts),
        known.wants.union(finding.missing),
        known.clocks | {SetClock(one.who, one.action, one.if_missed, one.on_accept) for one in finding.dues},
        known.numbers | read,
    )
