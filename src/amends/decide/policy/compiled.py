"""A policy compiled once to closures: the first rule that matches proposes, and every rule looked at says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from amends.basics.money import Minor
from amends.decide.policy.conditions import Check, Shown, Values, compile_condition
from amends.decide.policy.explain import matched, other_currency, unmatched
from amends.decide.policy.model import Condition, PolicyRule, PolicyText, Test, Then, tests
from amends.facts.remedy_terms import RemedyTerms
from amends.facts.rulebook import Finding, Rule, Says, Verdict
from amends.facts.situation import Proposal, Situation

_SINCE: Final = date(2026, 11, 1)
GAP: Final = Says(
    "No rule of the policy covers this case and it has no otherwise: a person decides.",
    "店铺政策没有规则适用于此情况，也没有 otherwise：由人工决定。",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One top-level condition of a rule, compiled. `told` and `open` are the rule as it reads when this one fails or is unknown.

    `facts`: those to show when this condition decides: its own and those of the ones before it.
    """

    check: Check
    told: Rule
    open: Rule
    name: str | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One rule, compiled."""

    currencies: frozenset[str]
    elsewhere: Rule
    steps: tuple[Step, ...]
    held: Rule
    facts: tuple[str, ...]
    proposal: Proposal


class CompiledPolicy:
    """A merchant's policy, ready to be asked (`facts.situation.Policy`)."""

    def __init__(self, text: PolicyText) -> None:
        self.text = text
        self._rules = tuple([_rule(text, rule) for rule in text.rules])
        self._gap_rule = _heading(f"policy.{text.id}.gap", text, "holds", GAP)
        self._gap_proposal = Proposal(self._gap_rule.id, "ask")

    @property
    def id(self) -> str:
        """The policy's name."""
        return self.text.id

    @property
    def version(self) -> str:
        """The policy's version."""
        return self.text.version

    @property
    def answer_before_hours(self) -> int | None:
        """How many hours before an answer is due the house gives the suggested one, where nobody did; None: never."""
        return self.text.answer_before_hours

    @property
    def remedy_terms(self) -> RemedyTerms:
        """What is promised and allowed about remedies."""
        return self.text.remedy_terms

    def concerns(self, shop: str | None, market: str, channel: str) -> bool:
        """Whether the policy applies to a shop (by name), market and channel at all."""
        text = self.text
        return (
            (not text.shops or shop in text.shops)
            and (not text.markets or market in text.markets)
            and (not text.channels or channel in text.channels)
        )

    def propose(self, situation: Situation) -> tuple[Proposal, list[Finding]]:
        """The first rule that matches, and a finding for every rule that was looked at, in order."""
        values, shown = Values(situation), Shown(situation)
        currency = situation.case.order.currency
        findings: list[Finding] = []
        for rule in self._rules:
            if rule.currencies and rule.currencies != {currency}:
                findings.append(Finding(rule.elsewhere, "fails", {"currency": currency}))
                continue
            for step in rule.steps:
                if not step.check(values):
                    unknown = step.name is not None and values[step.name] is None
                    verdict: Verdict = "unknown" if unknown else "fails"
                    said = step.open if unknown else step.told
                    findings.append(Finding(said, verdict, {name: shown[name] for name in step.facts}))
                    break
            else:
                findings.append(Finding(rule.held, "holds", {name: shown[name] for name in rule.facts}))
                return rule.proposal, findings
        findings.append(Finding(self._gap_rule, "holds", {}))
        return self._gap_proposal, findings

    def approver(self, total: Minor, currency: str) -> str | None:
        """The lowest role that may say yes to paying `total`; None where the policy sets no limit for it."""
        for item in self.text.approvals:
            if item.up_to is None or (item.currency == currency and total <= item.up_to):
                return item.role
        return None


def compile_policy(text: PolicyText) -> CompiledPolicy:
    """The policy, ready to be asked. Compiling a policy of 30 rules takes a few milliseconds."""
    return CompiledPolicy(text)


def proposal_of(rule: str, then: Then) -> Proposal:
    """What a rule's `then` proposes."""
    return Proposal(
        rule=rule,
        outcome=then.outcome,
        remedy=then.remedy,
        handling=then.handling,
        approver=then.approver,
        shipping_paid_by=then.shipping_paid_by,
        refund_percent=then.refund_percent,
        refund_amount=then.refund_amount,
        deduct_kind=then.deduct_kind,
        deduct_percent=then.deduct_percent,
        deduct_amount=then.deduct_amount,
        compensation=then.compensation,
        waive=then.waive,
        ask=then.ask,
    )


def _heading(name: str, text: PolicyText, verdict: Verdict, says: Says) -> Rule:
    source = f"{text.id} version {text.version}"
    return Rule(name, "policy", "proposes", source, {verdict: says}, since=_SINCE, checked_on=_SINCE, title=says)


def _rule(text: PolicyText, rule: PolicyRule) -> CompiledRule:
    name = f"policy.{text.id}.{rule.id}"
    steps = []
    for index, condition in enumerate(rule.when):
        looked_at = _names(rule.when[: index + 1])
        told = _heading(name, text, "fails", unmatched(rule.when, index, False))
        unknown = (
            _heading(name, text, "unknown", unmatched(rule.when, index, None)) if isinstance(condition, Test) else told
        )
        fact = condition.fact.name if isinstance(condition, Test) and condition.operator != "known" else None
        steps.append(Step(compile_condition(condition), told, unknown, fact, looked_at))
    return CompiledRule(
        currencies=rule.currencies,
        elsewhere=_heading(name, text, "fails", other_currency(rule.currencies)),
        steps=tuple(steps),
        held=_heading(name, text, "holds", matched(rule.when, rule.say)),
        facts=_names(rule.when),
        proposal=proposal_of(name, rule.then),
    )


def _names(conditions: tuple[Condition, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([test.fact.name for test in tests(conditions)]))
