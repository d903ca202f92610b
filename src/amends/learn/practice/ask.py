"""The questions about a case, made from its decision: the right choice among others that might be taken for it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from amends.facts.case import Case
from amends.facts.decision import Decision
from amends.facts.practice import Exercise, Option, Question
from amends.facts.rulebook import Finding, Grant
from amends.facts.stage import paid_for_request

T = TypeVar("T")
MOST_AMOUNTS: Final = 4
MOST_TIMES: Final = 4
_OTHERS: Final = ("return_refund", "refund_only", "exchange", "price_adjustment", "repair")
"""What might be offered in place of what was asked for."""
_RIGHTS: Final = ("entitles", "excludes")
_ORDER: Final = ("accept", "offer", "ask", "refuse")
_AWAY: Final = tuple([timedelta(hours=hours) for hours in (-48, -24, 24, 48, 72, 168)])
"""How far wrong times lie from the right one."""


def exercise(case: Case, at: datetime, decision: Decision, seed: str) -> Exercise:
    """Will ask for the answer, and for the amount and the next deadline where the decision has them.

    The same `seed` gives the same questions.
    """
    questions = [_answer(case, decision, seed)]
    if (money := _money(case, decision, seed)) is not None:
        questions.append(money)
    if (deadline := _deadline(decision, at, seed)) is not None:
        questions.append(deadline)
    return Exercise(case, at, tuple(questions))


def layers(decision: Decision) -> tuple[str, ...]:
    """Whose rules gave the answer: law and platform, where their rights stand, hang on facts, or were looked at and do not stand;
    else the policy.
    """
    told = {one.rule.layer for one in decision.because if _speaks(one, decision.outcome)} or {"policy"}
    return tuple([layer for layer in ("law", "platform", "policy") if layer in told])


def _speaks(one: Finding, outcome: str) -> bool:
    if one.rule.layer not in ("law", "platform"):
        return False
    if outcome == "ask":
        return one.verdict == "unknown"
    if outcome == "refuse":
        return one.verdict == ("fails" if one.rule.effect == "entitles" else "holds") and one.rule.effect in _RIGHTS
    return one.verdict == "holds" and any(isinstance(claim, Grant) for claim in one.claims)


def _answer(case: Case, decision: Decision, seed: str) -> Question:
    remedy = "refund_only" if case.request.kind == "cancel" else case.request.kind
    right = _option(decision.outcome, decision.remedy)
    other = next(one for one in _mixed(_OTHERS, seed) if one not in (remedy, decision.remedy))
    wrong = [_option("accept", remedy), _option("offer", other), _option("ask", ""), _option("refuse", "")]
    options = {one.code: one for one in (right, *wrong)}
    ordered = sorted(options.values(), key=lambda one: (_ORDER.index(one.outcome), one.remedy))
    return Question("answer", layers(decision), tuple(ordered), right.code)


def _option(outcome: str, remedy: str) -> Option:
    given = remedy if outcome in ("accept", "offer") and remedy != "none" else ""
    return Option(f"{outcome}:{given}", outcome, given)


def _money(case: Case, decision: Decision, seed: str) -> Question | None:
    if decision.refund is None or decision.outcome not in ("accept", "offer"):
        return None
    total, price = decision.refund.total, paid_for_request(case)
    taken = sum([one.amount for one in decision.refund.deductions])
    whole = sum([one.captured for one in case.order.payments])
    shipping = case.order.shipping_paid
    near = [
        price,
        price + shipping,
        whole,
        total + taken,
        total - shipping,
        price // 2,
        price * 8 // 10,
        price * 9 // 10,
    ]
    wrong = list(dict.fromkeys([one for one in near if one > 0 and one != total]))
    chosen = sorted([total, *_mixed(wrong, seed)[: MOST_AMOUNTS - 1]])
    if len(chosen) == 1:
        return None
    return Question("money", ("money",), tuple([Option(str(one), amount=one) for one in chosen]), str(total))


def _deadline(decision: Decision, at: datetime, seed: str) -> Question | None:
    ours = sorted(
        [one.due for one in decision.deadlines if one.due.who == "merchant" and one.due.due > at],
        key=lambda one: one.due,
    )
    if not ours:
        return None
    first = ours[0]
    wrong = [first.due + away for away in _AWAY if first.due + away > at]
    chosen = sorted([first.due, *_mixed(wrong, seed)[: MOST_TIMES - 1]])
    options = tuple([Option(one.isoformat(), due=one) for one in chosen])
    return Question("deadline", ("deadline",), options, first.due.isoformat(), first.action)


def _mixed(things: Sequence[T], seed: str) -> list[T]:
    """The same things in an order that hangs on the seed alone."""
    return sorted(things, key=lambda one: hashlib.sha256(f"{seed} {one}".encode()).digest())
