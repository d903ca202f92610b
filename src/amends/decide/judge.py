"""Running every rule of every pack that concerns a case."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.decision import PackUsed
from amends.facts.rulebook import Finding, Judge, Pack
from amends.facts.stage import bought_at

Active = tuple[tuple[Judge, "View"], ...]
_MOST_KEPT: Final = 4096


class View:
    """A pack's numbers as they stand on one local day (`Params`)."""

    __slots__ = ("_market", "_pack", "_table")

    def __init__(self, pack: Pack, day: date, market: str) -> None:
        self._pack = pack
        self._market = market
        self._table: Mapping[str, Any] = pack.table(day)

    def __getitem__(self, name: str) -> Any:
        return self._table[name]

    def on(self, moment: datetime, name: str) -> Any:
        """The value on the local day of `moment`."""
        return self._pack.table(local(moment, self._market).date())[name]


class Bench:
    """One pack, ready to judge: which rules are in force between the days on which something changes is worked out once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        days = {day for rule in pack.rules for day in (rule.since, rule.until)} | set(pack.breaks)
        self._breaks = sorted(days)
        self._active: dict[tuple[int, int, int, str], Active] = {}

    def active(self, purchase: date, request: date, now: date, market: str) -> Active:
        """The functions of the rules in force, each with the numbers of its governing day, in declared order."""
        breaks = self._breaks
        key = (bisect_right(breaks, purchase), bisect_right(breaks, request), bisect_right(breaks, now), market)
        found = self._active.get(key)
        if found is None:
            found = self._work_out({"purchase": purchase, "request": request, "now": now}, market)
            if len(self._active) < _MOST_KEPT:
                self._active[key] = found
        return found

    def _work_out(self, days: Mapping[str, date], market: str) -> Active:
        views = {day: View(self.pack, day, market) for day in set(days.values())}
        return tuple(
            [
                (rule.judge, views[days[rule.governs]])
                for rule in self.pack.rules
                if rule.judge and rule.since <= days[rule.governs] < rule.until
            ]
        )


@dataclass(slots=True)
class Rulebooks:
    """The packs of each layer, in the order in which they speak."""

    law: tuple[Pack, ...]
    platform: tuple[Pack, ...]
    risk: tuple[Pack, ...]
    _chosen: dict[tuple[str, str, bool], tuple[tuple[Bench, ...], tuple[Bench, ...]]] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Pack, ...]:
        """Every pack."""
        return (*self.law, *self.platform, *self.risk)

    def concerning(self, case: Case) -> tuple[tuple[Bench, ...], tuple[Bench, ...]]:
        """The packs that concern a case: those of law and platform, and those of risk."""
        key = (case.market, case.shop.channel, case.consumer)
        found = self._chosen.get(key)
        if found is None:
            rights = tuple([Bench(pack) for pack in (*self.law, *self.platform) if pack.concerns(case)])
            risks = tuple([Bench(pack) for pack in self.risk if pack.concerns(case)])
            found = (rights, risks)
            if len(self._chosen) < _MOST_KEPT:
                self._chosen[key] = found
        return found


def judge_packs(benches: Sequence[Bench], case: Case, at: datetime) -> tuple[list[Finding], list[PackUsed]]:
    """What every rule in force says, in pack and rule order, and the packs that took part.

    A rule's version is the one of its governing day: the purchase, the request or now, on the market's own calendar.
    """
    market = case.market
    purchase = local(bought_at(case), market).date()
    request = local(case.request.requested_at, market).date()
    now = local(at, market).date()
    findings: list[Finding] = []
    for bench in benches:
        for judge, view in bench.active(purchase, request, now, market):
            finding = judge(case, view, at)
            if finding is not None:
                findings.append(finding)
    return findings, [PackUsed(bench.pack.id, bench.pack.version, now) for bench in benches]
