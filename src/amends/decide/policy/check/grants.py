"""What law and platform give in a world that is chosen in part, one granting rule at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from amends.basics.zones import local
from amends.decide.entitlement import SIGN_OFF_TIME, asked_remedy, lacks_sign_off_time
from amends.decide.house import SIGN_OFF
from amends.decide.policy.check.lazy_case import lazy_case
from amends.decide.policy.check.space import Space
from amends.decide.policy.check.world import Undecided, World
from amends.facts.case import Case
from amends.facts.rulebook import ExcludeLines, Finding, Grant, Pack, Rule
from amends.facts.stage import bought_at


class Giver(Protocol):
    """A rule that may give the buyer something."""

    @property
    def rule(self) -> Rule:
        """The rule."""

    def judge(self, world: World) -> Finding | None:
        """What the rule says; None where it does not concern the case. `Undecided` where that hangs on an axis."""


class SignOff:
    """The house's own rule: nothing is refused while the goods are with the buyer and nobody says since when."""

    rule = SIGN_OFF

    def judge(self, world: World) -> Finding | None:
        """A doubtful right to what was asked that nothing voids."""
        case = lazy_case(world)
        if not lacks_sign_off_time(case):
            return None
        right = Grant("sign_off", frozenset({asked_remedy(case.request.kind)}), final=True)
        return SIGN_OFF.unknown({}, SIGN_OFF_TIME, claims=(right,))


@dataclass(frozen=True, slots=True)
class Dated:
    """A rule, its pack, and the span of days within which its numbers are looked up."""

    pack: Pack
    rule: Rule
    earliest: date
    latest: date

    def judge(self, world: World) -> Finding | None:
        """What the rule says; None where it does not concern the case or is not in force. `Undecided` where that hangs on an axis."""
        case = lazy_case(world)
        if not self.pack.concerns(case):
            return None
        rule, at = self.rule, world.space.at
        if not (rule.since <= self.earliest and rule.until > self.latest):
            day = self.day(case, at)
            if not rule.since <= day < rule.until:
                return None
        return rule.judge(case, LazyView(self, case, at), at) if rule.judge else None

    def day(self, case: Case, at: datetime) -> date:
        """The local day that governs the rule's version."""
        if self.rule.governs == "now":
            moment = at
        else:
            moment = bought_at(case) if self.rule.governs == "purchase" else case.request.requested_at
        return local(moment, case.market).date()


class LazyView:
    """A pack's numbers: those that never change in the span are read without looking at the case's dates."""

    __slots__ = ("_at", "_case", "_dated")

    def __init__(self, dated: Dated, case: Case, at: datetime) -> None:
        self._dated = dated
        self._case = case
        self._at = at

    def __getitem__(self, name: str) -> Any:
        dated = self._dated
        values = dated.pack.parameters[name].values
        if len(values) == 1 and values[0].since <= dated.earliest and values[0].until > dated.latest:
            return values[0].value
        return dated.pack.table(dated.day(self._case, self._at))[name]

    def on(self, moment: datetime, name: str) -> Any:
        """The value on the local day of `moment`."""
        return self._dated.pack.table(local(moment, self._case.market).date())[name]


@dataclass(frozen=True, slots=True)
class Given:
    """One grant of one finding: standing where the rule holds, else doubtful."""

    grant: Grant
    rule: str
    standing: bool


@dataclass(slots=True)
class Giving:
    """The granting rules of a market, what may void them, and what may cap amounts."""

    rules: tuple[Giver, ...]
    voiding: tuple[Dated, ...]
    capping: tuple[Dated, ...] = ()

    def voids(self, given: Given, world: World) -> bool | str:
        """Whether something voids the grant; the axis where that hangs on one."""
        if given.grant.final:
            return False
        names = {given.rule, given.grant.ground}
        waiting: bool | str = False
        for dated in self.voiding:
            if dated.rule.of.isdisjoint(names):
                continue
            try:
                finding = dated.judge(world)
            except Undecided as undecided:
                waiting = waiting or undecided.axis
                continue
            if finding is not None and _is_void(finding):
                return True
        return waiting


def _is_void(finding: Finding) -> bool:
    """An order of one line: what leaves out its line voids the grant."""
    if finding.rule.effect == "requires":
        return finding.verdict == "fails"
    if finding.rule.effect != "excludes" or finding.verdict != "holds":
        return False
    lines = [claim.lines for claim in finding.claims if isinstance(claim, ExcludeLines)]
    return not lines or any(lines)


def grants_of(finding: Finding) -> Iterator[Given]:
    """The grants in a finding that holds or hangs on missing facts."""
    if finding.verdict == "fails":
        return
    for claim in finding.claims:
        if isinstance(claim, Grant):
            yield Given(claim, finding.rule.id, finding.verdict == "holds")


def giving(space: Space, market: str) -> Giving:
    """The granting and the voiding rules of law and platform that may concern a market."""
    earliest, latest = space.earliest().date(), space.at.date()
    packs = [pack for pack in space.packs_of(market) if pack.layer in ("law", "platform")]
    wanted = space.text.channels
    packs = [pack for pack in packs if not pack.channels or not wanted or pack.channels & wanted]
    dated = [Dated(pack, rule, earliest, latest) for pack in packs for rule in pack.rules]
    return Giving(
        (*[item for item in dated if item.rule.effect == "entitles"], SignOff()),
        tuple([item for item in dated if item.rule.of and item.rule.effect in ("requires", "excludes")]),
        tuple([item for item in dated if item.rule.effect == "limits"]),
    )
