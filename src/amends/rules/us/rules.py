"""The mail, internet or telephone order rule (16 CFR part 435). No federal rule gives a return for a change of mind."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.basics.periods import days_of_law, working_days
from amends.basics.zones import local, utc
from amends.facts.case import Case
from amends.facts.rulebook import Due, Finding, Grant, Params, Rule
from amends.facts.stage import bought_at, is_unshipped
from amends.rules.kernel_distance import MONEY, is_immaterial
from amends.rules.us.pack import US

_UNDONE: Final = frozenset({"cancel", "refund_only"})


def _ship_by(case: Case, p: Params) -> datetime:
    """The stated time, or 30 days from the order where none was stated."""
    promised = case.order.ship_promised_by
    return utc(promised) if promised else days_of_law(bought_at(case), p["mail_order.ship_days"], case.market)


def _is_late(case: Case, p: Params, at: datetime) -> bool:
    return max(case.request.requested_at, at) >= _ship_by(case, p)


def _concerns(case: Case) -> bool:
    return is_unshipped(case) and not is_immaterial(case)


@US.rule(
    "us.mail_order_rule",
    "entitles",
    "FTC 16 CFR 435.2",
    holds=(
        "Not shipped by {until} (a date was stated: {promised}; without one, {days} days from the order): the buyer may cancel for a full "
        "refund.",
        "截至 {until} 仍未发货（已约定发货日：{promised}；未约定的为下单起 {days} 日）：买家可取消订单并全额退款。",
    ),
    fails=(
        "The time to ship is not over: it ends at {until} (a date was stated: {promised}).",
        "发货期限尚未届满：至 {until} 止（已约定发货日：{promised}）。",
    ),
)
def mail_order(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not _concerns(case):
        return None
    until = _ship_by(case, p)
    facts = {
        "placed_at": local(bought_at(case), case.market),
        "promised": case.order.ship_promised_by is not None,
        "days": p["mail_order.ship_days"],
        "until": until.astimezone(bought_at(case).tzinfo),
    }
    if _is_late(case, p, at):
        return rule.holds(facts, Grant("non_delivery", MONEY))
    # Where the order is to be undone there is nothing left to ship.
    dues = () if case.request.kind in _UNDONE else (Due("merchant", "ship", until, "law_breach"),)
    return rule.fails(facts, dues=dues)


@US.rule(
    "us.mail_order_rule.refund_due",
    "requires",
    "FTC 16 CFR 435.1",
    holds=(
        "A prompt refund is sent within {days} working days of the cancellation ({requested_at}): by {until}.",
        "须在取消（{requested_at}）后 {days} 个工作日内退款：最迟 {until}。",
    ),
)
def refund_due(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.kind not in _UNDONE or not _concerns(case) or not _is_late(case, p, at):
        return None
    # A cancellation sent too early takes effect once the time to ship has run out.
    since = max(case.request.requested_at, _ship_by(case, p).astimezone(case.request.requested_at.tzinfo))
    until = working_days(since, p["mail_order.refund_working_days"], case.market)
    facts = {
        "days": p["mail_order.refund_working_days"],
        "requested_at": local(case.request.requested_at, case.market),
        "until": until.astimezone(since.tzinfo),
    }
    return rule.holds(facts, dues=(Due("merchant", "refund", until, "law_breach"),))
