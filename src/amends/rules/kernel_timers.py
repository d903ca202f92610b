"""Timers that several platforms share in form: the answer to a request, the way back, the receipt.

A platform's pack enrols the timers it has; the numbers stand in its own `parameters.yaml` under the names given here. A number is
read on the local day of the node it runs from, so that a holiday window governs exactly the nodes that were entered in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from amends.basics.periods import days_of_platform, hours_from
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import Due, Finding, Params, Rule
from amends.facts.stage import is_unshipped
from amends.rules.kernel import Declared, Text

MONEY: Final = ("cancel", "refund_only")  # kinds that ask for money without sending anything back

RESPOND: Final[Text] = (
    "The request of {requested_at} awaits the merchant's answer within {hours} hours, by {until}.",
    "买家 {requested_at} 的申请待商家处理，时限 {hours} 小时，{until} 到期。",
)
CHANGED: Final[Text] = (
    "The buyer changed the request on {changed_at}: the merchant answers within {hours} hours, by {until}.",
    "买家于 {changed_at} 修改申请，商家须在 {hours} 小时内处理，{until} 到期。",
)
REFUSED: Final[Text] = (
    "The merchant refused on {refused_at}: the buyer has {days} days, until {until}, to change the request or call the platform in.",
    "商家于 {refused_at} 拒绝申请，买家可在 {days} 天内（{until} 前）修改申请或申请平台介入。",
)
SHIP_BACK: Final[Text] = (
    "From the merchant's yes the buyer has {days} days to send the goods back: until {until}, where the yes falls on {agreed_at}.",
    "商家同意后，买家须在 {days} 天内寄回并填写运单号；以 {agreed_at} 同意计，至 {until}。",
)


@dataclass(frozen=True, slots=True)
class Flow:
    """A kind of request that a platform times on its own; `name` stands in rule ids and parameter names."""

    name: str
    concerns: Callable[[Case], bool]


UNSHIPPED: Final = Flow("unshipped_refund", lambda case: case.request.kind in MONEY and is_unshipped(case))
SHIPPED: Final = Flow("shipped_refund_only", lambda case: case.request.kind in MONEY and not is_unshipped(case))
RETURN: Final = Flow("return_refund", lambda case: case.request.kind == "return_refund")
EXCHANGE: Final = Flow("exchange", lambda case: case.request.kind == "exchange")
REPAIR: Final = Flow("repair", lambda case: case.request.kind == "repair")
RESEND: Final = Flow("resend", lambda case: case.request.kind == "resend")


def number(p: Params, case: Case, node: datetime, name: str) -> Any:
    """The number on the local day of `node`, which never lies before the request itself."""
    asked = case.request.requested_at
    return p.on(max(node, asked), name)


def number_if_any(p: Params, moment: datetime, name: str) -> Any:
    """The number on the local day of `moment`; None on days that have none."""
    try:
        return p.on(moment, name)
    except KeyError:
        return None


def never(case: Case, p: Params) -> bool:
    """No timer stops."""
    return False


def refused_last(case: Case) -> datetime | None:
    """When the merchant refused, where the buyer has not answered since and nothing was agreed to."""
    request = case.request
    if request.refused_at is None or request.agreed_at or case.return_parcel:
        return None
    return None if request.changed_at and request.changed_at > request.refused_at else request.refused_at


def changed_last(case: Case) -> datetime | None:
    """When the buyer changed the request, where the merchant has not answered since."""
    request = case.request
    if request.changed_at is None or request.agreed_at or case.return_parcel or refused_last(case):
        return None
    return request.changed_at


def awaited_since(case: Case) -> datetime | None:
    """When a request came in that nobody has changed, refused or agreed to."""
    request = case.request
    if request.agreed_at or request.refused_at or request.changed_at or case.return_parcel:
        return None
    return request.requested_at


Stops = Callable[[Case, Params], bool]


def enrol_respond(
    pack: Declared, flow: Flow, source: str, *, if_missed: str = "unknown", stops: Stops = never, texts: Text = RESPOND
) -> None:
    """`PACK.FLOW.respond`: the merchant answers a request within `FLOW.respond_hours`."""

    @pack.rule(f"{pack.pack}.{flow.name}.respond", "requires", source, governs="request", holds=texts)
    def respond(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
        if not flow.concerns(case) or (node := awaited_since(case)) is None or stops(case, p):
            return None
        hours = number(p, case, node, f"{flow.name}.respond_hours")
        until = hours_from(node, hours)
        facts = {"requested_at": local(node, case.market), "hours": hours, "until": local(until, case.market)}
        return rule.holds(facts, dues=(Due("merchant", "respond", until, if_missed),))


def enrol_change(pack: Declared, flow: Flow, source: str, *, stops: Stops = never) -> None:
    """`PACK.FLOW.respond_after_change`: the merchant answers a changed request within `FLOW.after_change_hours`."""

    @pack.rule(f"{pack.pack}.{flow.name}.respond_after_change", "requires", source, governs="request", holds=CHANGED)
    def respond_after_change(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
        if not flow.concerns(case) or (node := changed_last(case)) is None or stops(case, p):
            return None
        hours = number(p, case, node, f"{flow.name}.after_change_hours")
        until = hours_from(node, hours)
        facts = {"changed_at": local(node, case.market), "hours": hours, "until": local(until, case.market)}
        return rule.holds(facts, dues=(Due("merchant", "respond", until, "unknown"),))


def enrol_refusal(pack: Declared, flow: Flow, source: str, *, if_missed: str = "unknown", stops: Stops = never) -> None:
    """`PACK.FLOW.after_refusal`: the buyer answers a refusal within `FLOW.after_refusal_days` x 24 hours."""

    @pack.rule(f"{pack.pack}.{flow.name}.after_refusal", "requires", source, governs="request", holds=REFUSED)
    def after_refusal(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
        if not flow.concerns(case) or (node := refused_last(case)) is None or stops(case, p):
            return None
        days = number(p, case, node, f"{flow.name}.after_refusal_days")
        until = days_of_platform(node, days)
        facts = {"refused_at": local(node, case.market), "days": days, "until": local(until, case.market)}
        return rule.holds(facts, dues=(Due("buyer", "escalate", until, if_missed),))


def enrol_ship_back(pack: Declared, flow: Flow, source: str, *, if_missed: str = "unknown") -> None:
    """`PACK.FLOW.ship_back`: the buyer sends back within `FLOW.ship_back_days` x 24 hours of the merchant's yes.

    Before the yes it runs from now: the deadline counts only where the decision itself is the yes.
    """

    @pack.rule(f"{pack.pack}.{flow.name}.ship_back", "requires", source, governs="request", holds=SHIP_BACK)
    def ship_back(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
        request = case.request
        if not flow.concerns(case) or case.return_parcel or (refused_last(case) and not request.agreed_at):
            return None
        node = request.agreed_at or at
        days = number(p, case, node, f"{flow.name}.ship_back_days")
        until = days_of_platform(node, days)
        facts = {"agreed_at": local(node, case.market), "days": days, "until": local(until, case.market)}
        return rule.holds(facts, dues=(Due("buyer", "ship_back", until, if_missed, on_accept=True),))


def return_nodes(case: Case) -> tuple[datetime | None, datetime | None]:
    """When the way back began (waybill entered) and when it was signed for."""
    parcel = case.return_parcel
    return (parcel.shipped_at, parcel.signed_at) if parcel else (None, None)


def earliest(*moments: datetime | None) -> datetime | None:
    """The first of those that are known."""
    known = [moment for moment in moments if moment]
    return min(known) if known else None


def promised_span(case: Case) -> timedelta | None:
    """How long the shop allows itself until dispatch, as promised for this order; None where the order does not say."""
    order = case.order
    start = order.paid_at or order.placed_at
    return (
        order.ship_promised_by - start if order.ship_promised_by and start and order.ship_promised_by > start else None
    )
