"""Deciding as a person or both sides have agreed: a policy of one rule that grants one remedy. Law and platform still stand above it."""

from __future__ import annotations

from functools import cache
from typing import Final

from amends.basics.money import Minor
from amends.decide.policy.compiled import CompiledPolicy, compile_policy
from amends.decide.policy.read_policy import read_policy
from amends.facts.remedy_terms import RemedyTerms
from amends.facts.rulebook import Finding
from amends.facts.situation import Policy, Proposal, Situation

GRANTABLE: Final = ("refund_only", "return_refund", "exchange", "resend", "repair", "price_adjustment")
_TEXT: Final = """
policy: agreed
version: 1
rules:
  - id: {remedy}
    then: {{outcome: accept, remedy: {remedy}, handling: review}}
    say: {{en: "A person decided this, or both sides agreed on it", zh: "由人工决定，或经双方协商一致"}}
"""


class Granted:
    """A granted remedy under the approval limits of the shop's own policy (`amends.facts.situation.Policy`)."""

    def __init__(self, granting: CompiledPolicy, limits: Policy) -> None:
        self._granting = granting
        self._limits = limits

    @property
    def id(self) -> str:
        """The name under which the grant speaks."""
        return self._granting.id

    @property
    def version(self) -> str:
        """The version of the policy whose limits hold."""
        return self._limits.version

    @property
    def answer_before_hours(self) -> int | None:
        """What was agreed is carried out by itself."""
        return None

    @property
    def remedy_terms(self) -> RemedyTerms:
        """What is promised and allowed, as the shop's policy has it."""
        return self._limits.remedy_terms

    def propose(self, situation: Situation) -> tuple[Proposal, list[Finding]]:
        """The granted remedy, always."""
        return self._granting.propose(situation)

    def approver(self, total: Minor, currency: str) -> str | None:
        """The lowest role that may say yes, as the shop's policy has it."""
        return self._limits.approver(total, currency)


@cache
def _granting(remedy: str) -> CompiledPolicy:
    return compile_policy(read_policy(_TEXT.format(remedy=remedy)))


def granting(remedy: str, limits: Policy) -> Granted:
    """The policy that grants `remedy` (one of `GRANTABLE`) under the limits of the shop's policy."""
    if remedy not in GRANTABLE:
        raise ValueError(f"{remedy!r} cannot be granted; one of {', '.join(GRANTABLE)}")
    return Granted(_granting(remedy), limits)
