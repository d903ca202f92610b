"""Timers that the pages of Taobao and Tmall both state; each platform's numbers stand in its own pack."""

from __future__ import annotations

from datetime import datetime

from amends.basics.periods import days_of_platform, hours_from
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import Due, Finding, Params, Rule
from amends.rules.kernel import Declared
from amends.rules.kernel_timers import (
    EXCHANGE,
    RESEND,
    RETURN,
    SHIPPED,
    UNSHIPPED,
    Stops,
    earliest,
    enrol_change,
    enrol_refusal,
    enrol_respond,
    enrol_ship_back,
    never,
    number,
    promised_span,
    refused_last,
    return_nodes,
)


def enrol_shared(pack: Declared, source: str, *, stops: Stops = never) -> None:
    """Every timer that both platforms have, under the ids of `pack`."""
    for flow in (UNSHIPPED, SHIPPED, RETURN, EXCHANGE, RESEND):
        enrol_respond(pack, flow, source, stops=stops)
        enrol_change(pack, flow, source, stops=stops)
        enrol_refusal(pack, flow, source, stops=stops)
    for flow in (RETURN, EXCHANGE):
        enrol_ship_back(pack, flow, source)
    _enrol_confirm_receipt(pack, source)
    _enrol_exchange_ship(pack, source)
    _enrol_resend_ship(pack, source)


def _enrol_confirm_receipt(pack: Declared, source: str) -> None:
    @pack.rule(
        f"{pack.pack}.return_refund.confirm_receipt",
        "requires",
        source,
        governs="request",
        holds=(
            "The goods are on their way back (waybill {shipped_at}⟦, signed for {signed_at}⟧): the merchant confirms within {days} days "
            "of the waybill or {hours} hours of sign-off, whichever is over first: by {until}.",
            "退货已寄出（运单 {shipped_at}⟦，签收 {signed_at}⟧）：商家须在填写运单后 {days} 天或退货签收后 {hours} 小时内确认收货，"
            "以先到者为准，{until} 到期。",
        ),
    )
    def confirm_receipt(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
        sent, signed = return_nodes(case)
        node = sent or signed
        if case.request.kind != "return_refund" or node is None:
            return None
        # The node "awaits the merchant's receipt" is entered with the waybill: its day chooses both numbers.
        days = number(p, case, node, "return_refund.confirm_days")
        hours = number(p, case, node, "return_refund.confirm_signed_hours")
        until = earliest(sent and days_of_platform(sent, days), signed and hours_from(signed, hours)) or node
        market = case.market
        facts = {"shipped_at": sent and local(sent, market), "signed_at": signed and local(signed, market)}
        facts |= {"days": days, "hours": hours, "until": local(until, market)}
        return rule.holds(facts, dues=(Due("merchant", "confirm_receipt", until, "unknown"),))


def _enrol_exchange_ship(pack: Declared, source: str) -> None:
    @pack.rule(
        f"{pack.pack}.exchange.confirm_and_ship",
        "requires",
        source,
        governs="request",
        holds=(
            "Exchange: the merchant confirms the returned goods and sends the new ones by {until} (signed for: the shop's own promise "
            "to dispatch plus {days} days; not signed for: {unsigned_days} days from the waybill).",
            "换货：商家须在 {until} 前确认收货并发出新货（退货已签收：新货承诺发货时间加 {days} 天；未签收或无物流：自填写运单起 "
            "{unsigned_days} 天）。",
        ),
        unknown=(
            "Exchange: the merchant confirms and sends the new goods within the promise to dispatch plus {days} days; "
            "the order names no promise, so no day can be given.",
            "换货：商家须在新货承诺发货时间加 {days} 天内确认收货并发货；订单未载明承诺发货时间，无法计算到期日。",
        ),
    )
    def confirm_and_ship(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
        sent, signed = return_nodes(case)
        node = signed or sent
        if case.request.kind != "exchange" or node is None:
            return None
        days, unsigned = (number(p, case, node, f"exchange.{name}") for name in ("ship_days", "unsigned_days"))
        facts = {"days": days, "unsigned_days": unsigned, "until": None}
        if signed is None:
            until = days_of_platform(node, unsigned)
        elif (span := promised_span(case)) is not None:
            until = days_of_platform(signed + span, days)
        else:
            return rule.unknown(facts, "order.ship_promised_by")
        dues = (Due("merchant", "confirm_receipt", until, "unknown"), Due("merchant", "ship", until, "unknown"))
        return rule.holds({**facts, "until": local(until, case.market)}, dues=dues)


def _enrol_resend_ship(pack: Declared, source: str) -> None:
    @pack.rule(
        f"{pack.pack}.resend.ship",
        "requires",
        source,
        governs="request",
        holds=(
            "From the merchant's yes there are {days} days to send what was missing: until {until}, where the yes falls on {agreed_at}.",
            "同意补寄后，商家须在 {days} 天内发出；以 {agreed_at} 同意计，至 {until}。",
        ),
    )
    def resend_ship(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
        request = case.request
        if request.kind != "resend" or (refused_last(case) and not request.agreed_at):
            return None
        node = request.agreed_at or at
        days = number(p, case, node, "resend.ship_days")
        until = days_of_platform(node, days)
        facts = {"agreed_at": local(node, case.market), "days": days, "until": local(until, case.market)}
        return rule.holds(facts, dues=(Due("merchant", "ship", until, "unknown", on_accept=True),))
