"""From findings to what the buyer may demand: grants, what voids them, caps and deductions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from amends.basics.money import Minor
from amends.facts.case import Case
from amends.facts.rulebook import Cap, Deduct, ExcludeLines, Finding, Grant, Owed, OwnForm, Permit

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
            without = frozenset().union(*[excluded[name] for name in names if name in excluded]) & requested
            if not claim.final and (not barred.isdisjoint(names) or without == requested):
                continue
            item = Standing(claim, finding.rule.id, _EMPTY if claim.final else without)
            if finding.verdict == "holds":
                standing.append(item)
            elif finding.verdict == "unknown":
                doubtful.append(item)
                missing += finding.missing
    return Entitlement(
        asked=asked_remedy(case.request.kind),
        standing=tuple(standing),
        doubtful=tuple(doubtful),
        missing=tuple(dict.fromkeys(missing)),
        caps=tuple([(rule, claim) for rule, claim in _claims(findings) if type(claim) is Cap]),
        deductions=tuple([(rule, claim) for rule, claim in _claims(findings) if type(claim) is Deduct]),
        owed=tuple([(rule, claim) for rule, claim in _claims(findings) if type(claim) is Owed]),
        own_form=frozenset().union(*[claim.methods for _, claim in _claims(findings) if type(claim) is OwnForm]),
        permits=frozenset([claim.name for _, claim in _claims(findings) if type(claim) is Permit]),
    )


def _claims(findings: Iterable[Finding]) -> Iterable[tuple[str, object]]:
    for finding in findings:
        if finding.claims and finding.verdict == "holds":
            for claim in finding.claims:
                yield finding.rule.id, claim


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
