"""Running every rule of every pack that concerns a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.decision import PackUsed
from amends.facts.rulebook import Finding, Pack
from amends.facts.stage import bought_at


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


def judge_packs(packs: Sequence[Pack], case: Case, at: datetime) -> tuple[list[Finding], list[PackUsed]]:
    """What every rule in force says, in pack and rule order, and the packs that took part.

    A rule's version is the one of its governing day: the purchase, the request or now, on the market's own calendar.
    """
    market = case.market
    days = {
        "purchase": local(bought_at(case), market).date(),
        "request": local(case.request.requested_at, market).date(),
        "now": local(at, market).date(),
    }
    findings: list[Finding] = []
    used: list[PackUsed] = []
    for pack in packs:
        if not pack.concerns(case):
            continue
        views = {day: View(pack, day, market) for day in set(days.values())}
        used.append(PackUsed(pack.id, pack.version, days["now"]))
        for rule in pack.rules:
            day = days[rule.governs]
            if rule.since <= day < rule.until and rule.judge:
                finding = rule.judge(case, views[day], at)
                if finding:
                    findings.append(finding)
    return findings, used
