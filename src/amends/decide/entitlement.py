"""From findings to what the buyer may demand: grants, what voids them, caps and deductions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amends.basics.money import Minor
from amends.facts.case import Case
from amends.facts.codes import DEFECT
from amends.facts.rulebook import Cap, Deduct, ExcludeLines, Finding, Grant, Owed, OwnForm, Permit
from amends.facts.stage import delivered_at, is_received, needs_goods_back

SIGN_OFF_TIME: Final = "shipments[].delivered_at"
_REMEDY: Final = {"cancel": "refund_only"}
_EMPTY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """A grant that nothing voids, the rule that gives it, and the lines it does not cover."""

    grant: Grant
    rule: str
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What law and platform say, added up."""

    asked: str
    standing: tuple[Standing, ...]
    doubtful: tuple[Standing, ...]
    missing: tuple[str, ...]
    caps: tuple[tuple[str, Cap], ...]
    deductions: tuple[tuple[str, Deduct], ...]
    owed: tuple[tuple[str, Owed], ...]
    own_form: frozenset[str]
    permits: frozenset[str]
    sign_off_unknown: bool

    @property
    def in_doubt(self) -> bool:
        """Whether a right to what was asked hangs on facts that are not known."""
        return self.sign_off_unknown or any(self.asked in item.grant.remedies for item in self.doubtful)

    @property
    def remedies(self) -> frozenset[str]:
        """Every remedy that a standing grant gives."""
        return frozenset().union(*[item.grant.remedies for item in self.standing]) if self.standing else _EMPTY

    def granting(self, remedy: str) -> list[Standing]:
        """The standing grants that give `remedy`."""
        return [item for item in self.standing if remedy in item.grant.remedies]

    def cap(self, remedy: str) -> tuple[str, Minor] | None:
        """The lowest cap on `remedy`, with its rule."""
        bounds = [(cap.amount, rule) for rule, cap in self.caps if remedy in cap.remedies]
        if not bounds:
            return None
        amount, rule = min(bounds)
        return rule, amount


def asked_remedy(kind: str) -> str:
    """The remedy that a kind of request means: cancelling before dispatch is money back without goods."""
    return _REMEDY.get(kind, kind)


def resolve(case: Case, findings: Sequence[Finding]) -> Entitlement:
    """Add the findings of law and platform up."""
    standing, doubtful, missing = _grants(case, findings)
    caps: list[tuple[str, Cap]] = []
    deductions: list[tuple[str, Deduct]] = []
    owed: list[tuple[str, Owed]] = []
    own_form: frozenset[str] = _EMPTY
    permits: set[str] = set()
    for finding in findings:
        if not finding.claims or finding.verdict != "holds":
            continue
        for claim in finding.claims:
            if type(claim) is Cap:
                caps.append((finding.rule.id, claim))
            elif type(claim) is Deduct:
                deductions.append((finding.rule.id, claim))
            elif type(claim) is Owed:
                owed.append((finding.rule.id, claim))
            elif type(claim) is OwnForm:
                own_form |= claim.methods
            elif type(claim) is Permit:
                permits.add(claim.name)
    unsigned = not standing and lacks_sign_off_time(case)
    if unsigned:
        missing.append(SIGN_OFF_TIME)
    return Entitlement(
        asked=asked_remedy(case.request.kind),
        standing=tuple(standing),
        doubtful=tuple(doubtful),
        missing=tuple(dict.fromkeys(missing)),
        caps=tuple(caps),
        deductions=tuple(deductions),
        owed=tuple(owed),
        own_form=own_form,
        permits=frozenset(permits),
        sign_off_unknown=unsigned,
    )


def lacks_sign_off_time(case: Case) -> bool:
    """The buyer has the goods and asks for something whose period runs from sign-off, of which the time is not given."""
    if delivered_at(case) is not None or not is_received(case):
        return False
    return case.consumer and (case.request.reason in DEFECT or needs_goods_back(case.request.kind))


def _grants(case: Case, findings: Sequence[Finding]) -> tuple[list[Standing], list[Standing], list[str]]:
    """The grants that stand, those that hang on missing facts, and the names of these facts."""
    barred, excluded = _voids(findings)
    standing: list[Standing] = []
    doubtful: list[Standing] = []
    missing: list[str] = []
    requested = frozenset([item.line.id for item in case.request.lines])
    for finding in findings:
        for claim in finding.claims:
            if type(claim) is not Grant:
                continue
            names = (finding.rule.id, claim.ground)
            without = _left_out(excluded, names, requested)
            if not claim.final and (not barred.isdisjoint(names) or without == requested):
                continue
            item = Standing(claim, finding.rule.id, _EMPTY if claim.final else without)
            if finding.verdict == "holds":
                standing.append(item)
            elif finding.verdict == "unknown":
                doubtful.append(item)
                missing += finding.missing
    return standing, doubtful, missing


def _voids(findings: Sequence[Finding]) -> tuple[set[str], dict[str, frozenset[str]]]:
    """Rules and grounds that are void altogether, and the lines left out of others."""
    barred: set[str] = set()
    excluded: dict[str, frozenset[str]] = {}
    for finding in findings:
        rule = finding.rule
        if not rule.of:
            continue
        if rule.effect == "requires" and finding.verdict == "fails":
            barred |= rule.of
        elif rule.effect == "excludes" and finding.verdict == "holds":
            lines = [claim.lines for claim in finding.claims if type(claim) is ExcludeLines]
            if not lines:
                barred |= rule.of
            for name in rule.of if lines else ():
                excluded[name] = excluded.get(name, _EMPTY).union(*lines)
    return barred, excluded


def _left_out(
    excluded: Mapping[str, frozenset[str]], names: Sequence[str], requested: frozenset[str]
) -> frozenset[str]:
    found = _EMPTY
    for name in names if excluded else ():
        found |= excluded.get(name, _EMPTY)
    return found & requested
