"""Rules that no case reaches, and cases that no rule covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any, Final

from amends.decide.policy.check.by_law import by_law
from amends.decide.policy.check.court import Court
from amends.decide.policy.check.flaws import Flaw
from amends.decide.policy.check.match import first_match, free_judged, none_matches
from amends.decide.policy.check.search import NO, Answer, Budget, search
from amends.decide.policy.check.world import World
from amends.decide.policy.model import PolicyRule
from amends.facts.rulebook import Says

_LEAVES: Final = 60
_SWEPT: Final[tuple[str, ...]] = ("defect_confirmed", "stage", "days", "reason", "kind")
_RETRIED: Final = frozenset({"days", "reason"})
"""Tried anew even where the search has chosen them: the rights of the buyer hang on them most, and `decide` has the last word."""
_SWEEP: Final = 2500


def unreachable(court: Court, budget: Budget) -> Iterator[Flaw]:
    """One finding for each rule that can never be the first match."""
    rules = court.space.text.rules
    for index in range(len(rules)):
        with budget.part(len(rules) - index) as part:
            yield from _unreachable(court, index, part)


def _unreachable(court: Court, index: int, budget: Budget) -> Iterator[Flaw]:
    leaves = list(islice(_leaves(court, court.space.text.rules, index, budget), _LEAVES))
    if not leaves and not budget.spent:
        yield _shadowed(court, index, budget)
    elif not _is_reached(court, index, leaves):
        yield from by_law(court, index, budget)


def gap(court: Court, budget: Budget) -> Flaw | None:
    """A case that no rule covers, where the policy has no `otherwise`."""
    text = court.space.text
    if text.has_otherwise:
        return None

    def ask(world: World) -> Answer:
        return _consistent(world, none_matches(text.rules, world, free_judged))

    name = f"policy.{text.id}.gap"
    leaves = list(islice(search(court.space, {}, ask, budget), _LEAVES))
    for leaf in leaves:
        for chosen in _completions(court, leaf):
            if court.first_rule(chosen) == name:
                says = Says(
                    "No rule covers this case, and there is no otherwise.", "没有规则适用于此情况，也没有 otherwise。"
                )
                return Flaw("gap", "error", None, 1, says, court.file(chosen, "gap"), court.space.at.isoformat())
    if not leaves and not budget.spent:
        return None
    says = Says(
        "Whether a rule covers every case could not be settled; an otherwise would settle it.",
        "未能确定规则是否覆盖所有情况；加上 otherwise 即可确定。",
    )
    return Flaw("undecided", "warning", None, 1, says)


def _leaves(court: Court, rules: tuple[PolicyRule, ...], index: int, budget: Budget) -> Iterator[dict[str, Any]]:
    def ask(world: World) -> Answer:
        return _consistent(world, first_match(rules, index, world, free_judged))

    return search(court.space, {}, ask, budget)


def _consistent(world: World, answer: Answer) -> Answer:
    """What no rule of law can make true together is left out."""
    told = world.settled
    if not answer.possible:
        return answer
    if told("judged:entitled") and (told("judged:in_doubt") or told("judged:something_owed") is False):
        return NO
    if told("judged:owed") and told("judged:something_owed") is False:
        return NO
    if told("judged:risk") and told("judged:flagged") is False:
        return NO
    if told("judged:refund_total") and told("kind") in ("exchange", "repair", "resend"):
        return NO
    return answer


def _is_reached(court: Court, index: int, leaves: list[dict[str, Any]]) -> bool:
    name = f"policy.{court.space.text.id}.{court.space.text.rules[index].id}"
    if any(court.first_rule(_plain(leaf)) == name for leaf in leaves):
        return True
    return any(
        court.first_rule(chosen) == name
        for leaf in leaves[:: max(1, len(leaves) // 3)][:4]
        for chosen in _completions(court, leaf)
    )


def _plain(leaf: Mapping[str, Any]) -> dict[str, Any]:
    return {axis: value for axis, value in leaf.items() if not axis.startswith("judged:")}


def _completions(court: Court, leaf: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The leaf as it is, then with what bears most on the buyer's rights swept, and the amount set to what is to be refunded."""
    space, chosen = court.space, _plain(leaf)
    total = leaf.get("judged:refund_total")
    market = chosen.get("market") or space.values("market")[0]
    currency = chosen.get("currency") or space.values("currency", market)[0]
    if total and f"paid:{currency}" not in chosen:
        chosen[f"paid:{currency}"] = total
    yield chosen
    open_axes = [axis for axis in _SWEPT if axis not in chosen or axis in _RETRIED]
    values = [_few(axis, space.values(axis, market)) for axis in open_axes]
    for combination in islice(product(*values), _SWEEP):
        yield {**chosen, **dict(zip(open_axes, combination, strict=True))}


def _few(axis: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """A handful of days will do for a first look; every code is tried."""
    if axis == "days":
        ordered = sorted(values)
        return (3, 0, 20, ordered[len(ordered) // 2], ordered[-1])
    return values[:3] if axis == "stage" else values


def _shadowed(court: Court, index: int, budget: Budget) -> Flaw:
    """The proof in words: which earlier rules leave nothing, or that the rule contradicts itself."""
    rules = court.space.text.rules
    rule = rules[index]
    if next(_leaves(court, (rule,), 0, budget), None) is None:
        says = Says("Its own conditions can never hold together.", "该规则自身的条件不可能同时成立。")
    else:
        alone = [other for other in rules[:index] if next(_leaves(court, (other, rule), 1, budget), None) is None]
        names = ", ".join([item.id for item in alone[:1] or rules[:index]])
        says = Says(
            f"Every case it would match is matched before it by: {names}.",
            f"它适用的情况都已先被这些规则匹配：{names}。",
        )
    return Flaw("unreachable", "warning", rule.id, rule.line, says)
