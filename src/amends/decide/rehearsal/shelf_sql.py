"""A merchant's policies, in the order in which they are asked, as SQL: which rule speaks for each case, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from amends.decide.policy.compiled import CompiledPolicy, proposal_of
from amends.decide.policy.model import PolicyText
from amends.decide.rehearsal.conditions_sql import all_of, column, literal, matches, one_of
from amends.facts.situation import Proposal

NO_RULE: Final = -1
"""The number of the rule where no policy of the shelf speaks for a case."""


@dataclass(frozen=True, slots=True)
class ShelfRule:
    """One rule of a shelf, by its number in the SQL. `policy`: the place of its policy; `place`: that of the rule in it, None for a gap."""

    number: int
    policy: int
    place: int | None
    proposal: Proposal


class ShelfSql:
    """Policies as SQL. The first that applies speaks; where none does, the rule is `NO_RULE`."""

    def __init__(self, policies: Sequence[CompiledPolicy]) -> None:
        self.policies = tuple(policies)
        self.rules = tuple(_rules(self.policies))

    def rule_number(self) -> exp.Expr:
        """The number of the rule that speaks for a row of the history."""
        chosen = exp.Case()
        starts = self._starts()
        for policy, start in zip(self.policies, starts, strict=True):
            chosen = chosen.when(applies(policy.text), first_match(policy.text, start), copy=False)
        return chosen.else_(literal(NO_RULE), copy=False) if self.policies else literal(NO_RULE)

    def _starts(self) -> list[int]:
        found, start = [], 0
        for policy in self.policies:
            found.append(start)
            start += len(policy.text.rules) + 1
        return found


def applies(text: PolicyText) -> exp.Expr:
    """Whether a policy speaks for the case's shop, market and channel."""
    named = (("shop", text.shops), ("market", text.markets), ("channel", text.channels))
    return all_of([one_of(column(name), sorted(words)) for name, words in named if words])


def first_match(text: PolicyText, start: int = 0) -> exp.Expr:
    """The place of the first rule that matches, counted from `start`; one more than the last where none does."""
    gap = literal(start + len(text.rules))
    chosen = exp.Case()
    for place, rule in enumerate(text.rules):
        chosen = chosen.when(matches(rule), literal(start + place), copy=False)
    return chosen.else_(gap, copy=False) if text.rules else gap


def _rules(policies: Sequence[CompiledPolicy]) -> list[ShelfRule]:
    found: list[ShelfRule] = []
    for which, policy in enumerate(policies):
        for place, rule in enumerate(policy.text.rules):
            proposal = proposal_of(f"policy.{policy.id}.{rule.id}", rule.then)
            found.append(ShelfRule(len(found), which, place, proposal))
        found.append(ShelfRule(len(found), which, None, Proposal(f"policy.{policy.id}.gap", "ask")))
    return found
