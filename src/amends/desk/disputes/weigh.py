"""What a dispute is worth: what was given back already, whether the refund was due by our own word, Compelling Evidence, and the advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from amends.desk.disputes.desk import DisputeDesk
from amends.facts.compelling import Finding, Signs, compelling
from amends.facts.dispute_codes import CODES, code_of, family_of
from amends.facts.dispute_worth import Stakes, Worth, record_of, worth
from amends.facts.disputes import KeptDispute
from amends.facts.payout import MoneyBox, StepView
from amends.facts.plan import RESERVING
from amends.facts.work import CaseState

_TALKED: Final = frozenset({"stepped_in", "to_answer", "inquiry"})
_OFFERS: Final = frozenset({"paypal", "douyin", "taobao", "tmall", "jd", "pinduoduo", "weixin"})
"""Forums in which both sides may settle while it is open. A card charge-back cannot be settled with the buyer."""


@dataclass(frozen=True, slots=True)
class Given:
    """Something that was given back already on this order: it is named first in every answer."""

    step: StepView
    on_payment: bool


def given_back(box: MoneyBox | None, payment: str) -> tuple[Given, ...]:
    """Refunds, goodwill and credit that went or are under way, those on this payment first."""
    plans = box.plans if box else ()
    steps = [one for plan in plans if plan.state != "refused" for one in plan.steps if one.state in RESERVING]
    found = [Given(one, bool(payment) and one.step.payment == payment) for one in steps]
    return tuple(sorted(found, key=lambda one: not one.on_payment))


def owed_why(one: KeptDispute, state: CaseState | None, back: int) -> str:
    """Why the refund was due by our own word ("" where it was not): agreed to and not paid, or a decision that may not be refused."""
    if state is None or family_of(one.forum, one.reason) == "fraud":
        return ""
    decision: Mapping[str, Any] = state.decision or {}
    total = (decision.get("refund") or {}).get("total")
    if not total or back >= one.amount > 0:
        return ""
    known = code_of(one.forum, one.reason)
    if state.tracks.decision == "approved":
        return "agreed"
    if decision.get("outcome") == "accept" and decision.get("may_refuse") is False and known and known.owed:
        return "entitled"
    return ""


def advice(desk: DisputeDesk, one: KeptDispute, state: CaseState | None, box: MoneyBox | None) -> Worth:
    """Fight, offer or accept, with its arithmetic."""
    settings = desk.settings
    fee = one.fee if one.fee is not None else settings.fees.get(one.source, {}).get(one.currency, 0)
    back = sum([given.step.step.amount for given in given_back(box, "")])
    stakes = Stakes(
        one.amount,
        fee,
        settings.minutes,
        settings.hour.get(one.currency, 0),
        one.forum in _OFFERS and one.stage in _TALKED,
        settings.offer_share,
        owed=owed_why(one, state, back),
    )
    return worth(stakes, record_of(desk.book.outcomes(one.merchant, *kin_of(one), one.channel)))


def kin_of(one: KeptDispute) -> tuple[Sequence[str], Sequence[str]]:
    """The forums and reasons whose outcomes say something of this one: the same family; of an unknown reason only itself."""
    if (one.forum, one.reason) not in CODES:
        return (one.forum,), (one.reason,)
    family = family_of(one.forum, one.reason)
    same = [code for code in CODES.values() if code.family == family]
    return sorted({code.forum for code in same}), sorted({code.code for code in same})


def evidence_of(desk: DisputeDesk, one: KeptDispute) -> Finding | None:
    """Compelling Evidence 3.0; None for a dispute that it is not for."""
    if (one.forum, one.reason) != ("visa", "10.4") or not one.shop:
        return None
    signs = desk.signs.of_payment(one.shop, one.payment)
    if signs is None:
        return compelling(Signs(one.payment, one.order, one.opened, ""), (), one.opened)
    return compelling(signs, desk.signs.earlier(one.shop, signs, one.opened), one.opened)
