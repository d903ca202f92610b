"""Rules that go below law or platform, each with a case in which they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from amends.decide.policy.check.court import Court, Override
from amends.decide.policy.check.flaws import Flaw
from amends.decide.policy.check.floor_search import Bears, Sought, worlds
from amends.decide.policy.check.grants import Given, Giving, giving
from amends.decide.policy.check.harder import can_be_harder, is_harder
from amends.decide.policy.check.search import Budget
from amends.decide.policy.check.world import World
from amends.decide.policy.model import PolicyRule, Then
from amends.facts.rulebook import Says
from amends.facts.words import say

MOST_TRIALS: Final = 400
"""Found worlds that the real `decide` may fail to confirm before a search counts as not settled."""


def contradictions(court: Court, budget: Budget) -> Iterator[Flaw]:
    """One finding for each rule that can propose less than the buyer is owed.

    Each rule has an even part of the budget; those that it did not settle share what the others left.
    """
    markets = {market: giving(court.space, market) for market in court.space.markets()}
    rules = court.space.text.rules
    harder = [index for index, rule in enumerate(rules) if can_be_harder(rule.then)]
    for _ in range(2):
        again = []
        for place, index in enumerate(harder):
            with budget.part(len(harder) - place) as part:
                search = _Search(court, index, part)
                found = next((flaw for market, law in markets.items() if (flaw := search.in_market(market, law))), None)
            if found:
                yield found
            elif search.unsettled:
                again.append(index)
        harder = again
    for index in harder:
        yield unsettled(rules[index], "contradicts law or platform", "与法律或平台规则冲突")


class _Search:
    """Looks for a contradiction of one rule, market by market."""

    def __init__(self, court: Court, index: int, budget: Budget) -> None:
        self.court = court
        self.index = index
        self.budget = budget
        self.unsettled = False

    @property
    def rule(self) -> PolicyRule:
        """The rule looked at."""
        return self.court.space.text.rules[self.index]

    def in_market(self, market: str, law: Giving) -> Flaw | None:
        """The first contradiction in a market that `decide` confirms."""
        for standing in (True, False):
            if not standing and self.rule.then.outcome != "refuse":
                continue
            sought = Sought(self.court.space.text.rules, self.index, standing, _bears(self.rule.then))
            for dated in law.rules:
                for trial, chosen in enumerate(worlds(self.court.space, market, law, dated, sought, self.budget), 1):
                    found = self.court.override(chosen)
                    if found and found.rule == self._name():
                        return self._flaw(chosen, found)
                    if trial >= MOST_TRIALS:
                        self.unsettled = True
                        break
                self.unsettled = self.unsettled or self.budget.spent
        return None

    def _name(self) -> str:
        return f"policy.{self.court.space.text.id}.{self.rule.id}"

    def _flaw(self, chosen: dict[str, object], found: Override) -> Flaw:
        name = f"contradiction-{self.rule.id}"
        en, zh = _told(self.rule.then, found)
        return Flaw(
            kind="contradiction",
            severity="error",
            rule=self.rule.id,
            line=self.rule.line,
            says=Says(en, zh),
            case=self.court.file(chosen, name),
            at=self.court.space.at.isoformat(),
            against=found.overriding,
        )


def _bears(then: Then) -> Bears:
    def bears(given: Given, world: World) -> bool:
        return is_harder(then, given, world)

    return bears


def _told(then: Then, found: Override) -> tuple[str, str]:
    rules = ", ".join(found.overriding)
    if found.components == ("outcome",):
        en = f"proposes “{say('outcome', then.outcome, 'en')}”"
        zh = f"建议“{say('outcome', then.outcome, 'zh')}”"
        if then.remedy:
            en, zh = f"{en} ({say('kind', then.remedy, 'en')})", f"{zh}（{say('kind', then.remedy, 'zh')}）"
        return f"{en} although the buyer has a right by {rules}.", f"{zh}，但依据 {rules} 买家享有权利。"
    parts = ", ".join([say("component", item, "en") for item in found.components])
    parts_zh = "、".join([say("component", item, "zh") for item in found.components])
    return f"gives less than {rules} gives the buyer: {parts}.", f"给予买家的少于 {rules} 的规定：{parts_zh}。"


def unsettled(rule: PolicyRule, en: str, zh: str) -> Flaw:
    """Neither a case nor a proof was found."""
    return Flaw(
        "undecided",
        "warning",
        rule.id,
        rule.line,
        Says(
            f"Whether this rule {en} could not be settled within the search's bounds.",
            f"在搜索范围内未能确定该规则是否{zh}。",
        ),
    )
