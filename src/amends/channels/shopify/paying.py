"""Paying back through Shopify: `refundCreate` under our key, on the payment that is named, never more than is asked.

The same key pays once there. Our key also stands in the refund's note, so that a refund whose answer was lost is found again.
Where the buyer asked through a return at Shopify, that return is closed once the money has gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.basics.money import Minor, write_minor
from amends.channels.shopify import documents
from amends.channels.shopify.amounts import UnableToReadMoney, digits_of, minor
from amends.channels.shopify.numbers import gid, mark, tail
from amends.channels.shopify.order_money import FAILED, MOVED, UNDER_WAY, captured, gone, ours, payment_names
from amends.channels.shopify.reading import Talk, Thing, find_return, order_id, whole_order
from amends.channels.shopify.receipts import ABSENT, errors_of, no_such, of_fault, of_look
from amends.channels.shopify.statuses import nodes
from amends.channels.shopify.talking import ask
from amends.channels.shopify.told_order import line_paid
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt

_GOODS_STAY_SOLD: Final = frozenset({"compensation", "price_adjustment"})
_NOTE: Final = 200


def pay(access: Access, deed: Deed) -> Talk[DeedReceipt]:
    """Pay, unless it was paid already under this key."""
    try:
        asked, order = yield from _look(access, deed)
        if order is None:
            return no_such("order", deed.order or deed.case)
        there = ours(order, deed.key)
        receipt = of_refund(there, deed, order) if there else (yield from _send(access, deed, order, asked))
    except UnableToTalk as fault:
        return of_look(fault)
    except UnableToReadMoney as fault:
        return DeedReceipt("person", code="money_unreadable", message=str(fault))
    if asked is not None and receipt.outcome in ("done", "pending"):
        return (yield from _end_return(access, asked, receipt))
    return receipt


def paid(access: Access, deed: Deed) -> Talk[DeedReceipt]:
    """What became of it."""
    try:
        _, order = yield from _look(access, deed)
        there = ours(order, deed.key) if order else None
        return of_refund(there, deed, order) if order and there else ABSENT
    except UnableToTalk as fault:
        return of_look(fault)
    except UnableToReadMoney as fault:
        return DeedReceipt("unknown", code="money_unreadable", message=str(fault))


def _look(access: Access, deed: Deed) -> Talk[tuple[Thing | None, Thing | None]]:
    """The return, if the case is one, and its order with every refund of it."""
    found = yield from find_return(access, deed.case)
    identity = found[1] if found else (yield from order_id(access, deed.order))
    whole = (yield from whole_order(access, identity)) if identity else None
    order = whole[0] if whole else None
    if order is not None and len(order["refunds"]) >= documents.MOST_MONEY:
        raise UnableToTalk("refused", "the order has more refunds than can be looked through", code="too_many_refunds")
    return (found[0] if found else None), order


def _send(access: Access, deed: Deed, order: Thing, asked: Thing | None) -> Talk[DeedReceipt]:
    digits = digits_of(order)
    if deed.currency != order["presentmentCurrencyCode"] or not deed.amount or deed.amount < 0:
        wanted = f"{deed.amount} {deed.currency}"
        return DeedReceipt(
            "failed", code="amount", message=f"{wanted}: the buyer paid in {order['presentmentCurrencyCode']}"
        )
    parent = _parent(order, deed.payment, deed.amount, digits)
    if isinstance(parent, DeedReceipt):
        return parent
    refund = _input(deed, order, parent, digits, asked)
    try:
        answer = yield from ask(access, documents.REFUND, input=refund, key=deed.key)
    except UnableToTalk as fault:
        return of_fault(fault)
    payload = answer.data.get("refundCreate")
    if found := errors_of(payload):
        return DeedReceipt("failed", code=found[0], message=found[1])
    made = payload.get("refund") if isinstance(payload, dict) else None
    if not isinstance(made, dict):
        return DeedReceipt("unknown", code="strange", message="Shopify answered without a refund", retry_after=30)
    return of_refund(made, deed, order)


def _parent(order: Thing, payment: str, amount: Minor, digits: int) -> Thing | DeedReceipt:
    """The payment that the money goes back to: the one named, else the only one with so much left."""
    paid_by = captured(order)
    if payment:
        names = payment_names(order)
        paid_by = [one for one in paid_by if payment in (names[str(one["id"])], one["id"], tail(one["id"]))]
        if not paid_by:
            return DeedReceipt("failed", code="no_payment", message=f"the order has no payment {payment!r}")
    elif len(paid_by) > 1:
        back = gone(order, digits)
        paid_by = [one for one in paid_by if minor(one, "amountSet", digits) - back.get(str(one["id"]), 0) >= amount]
    if len(paid_by) != 1:
        message = f"{len(paid_by)} payments of the order could pay this back; say which, or refund it in Shopify"
        return DeedReceipt("person", code="which_payment", message=message)
    if paid_by[0].get("manualPaymentGateway"):
        message = (
            f"it was paid outside Shopify ({paid_by[0].get('gateway')}): Shopify would note a refund and move no money"
        )
        return DeedReceipt("person", code="manual_gateway", message=message)
    return paid_by[0]


def _input(deed: Deed, order: Thing, parent: Thing, digits: int, asked: Thing | None) -> dict[str, Any]:
    text = " ".join(deed.text.replace("[", "(").replace("]", ")").split())[:_NOTE]
    case = str(asked["name"]) if asked else ""
    transaction = {
        "orderId": order["id"],
        "parentId": parent["id"],
        "gateway": parent["gateway"],
        "kind": "REFUND",
        "amount": write_minor(deed.amount or 0, digits),
    }
    refund: dict[str, Any] = {
        "orderId": order["id"],
        "currency": deed.currency,
        "note": f"{text} {mark(deed.key, case)}".strip(),
        "notify": asked is not None,
        "transactions": [transaction],
    }
    if lines := _refund_lines(deed, order, digits, asked):
        refund["refundLineItems"] = lines
    if deed.shipping:
        refund["shipping"] = {"amount": write_minor(deed.shipping, digits)}
    return refund


def _refund_lines(deed: Deed, order: Thing, digits: int, asked: Thing | None) -> list[dict[str, Any]]:
    """The pieces that are taken off the order with the money: those paid back in full. A part of a price leaves them sold, and the
    pieces of a return are taken off by the return.
    """
    if deed.kind in _GOODS_STAY_SOLD:
        return []
    returned = {str(_sold_line(line).get("id")) for line in nodes(asked or {}, "returnLineItems")}
    known = {str(line["id"]): line for line in nodes(order, "lineItems") if str(line["id"]) not in returned}
    found = []
    for item in deed.lines:
        line = known.get(gid("LineItem", item.line))
        if line is None or item.quantity < 1 or item.quantity > int(line.get("refundableQuantity") or 0):
            continue
        price = (
            line_paid(line, bool(order.get("taxesIncluded")), digits) * item.quantity // max(1, int(line["quantity"]))
        )
        if not item.amount or item.amount >= price:
            found.append({"lineItemId": line["id"], "quantity": item.quantity, "restockType": "NO_RESTOCK"})
    return found


def _sold_line(line: Thing) -> Mapping[str, Any]:
    return (line.get("fulfillmentLineItem") or {}).get("lineItem") or {}


def of_refund(refund: Mapping[str, Any], deed: Deed, order: Thing) -> DeedReceipt:
    """A refund may be there while its money is not: its transactions say what moved."""
    reference, moves = (
        str(refund.get("id")),
        [one for one in nodes(refund, "transactions") if one.get("kind") == "REFUND"],
    )
    states = {str(one.get("status")) for one in moves}
    amount = sum([minor(one, "amountSet", digits_of(order)) for one in moves])
    currency = next((str(one["amountSet"]["presentmentMoney"]["currencyCode"]) for one in moves), "")
    said = ", ".join(sorted(states)) or "no transaction"
    if not states or not states <= MOVED | UNDER_WAY | FAILED:
        return DeedReceipt("unknown", reference, code=said, alarm=f"Shopify says of refund {tail(reference)}: {said}")
    if states <= FAILED:
        why = ", ".join([str(one["errorCode"]) for one in moves if one.get("errorCode")])
        return DeedReceipt("failed", reference, code=why or said, message=f"the payment provider refused ({said})")
    if amount != deed.amount or currency != deed.currency or states & FAILED:
        alarm = f"Shopify's refund {tail(reference)} is of {amount} {currency} ({said}), asked for were {deed.amount} {deed.currency}"
        return DeedReceipt("unknown", reference, amount, currency, code="differs", alarm=alarm)
    return DeedReceipt("done" if states <= MOVED else "pending", reference, amount, currency, code=said)


def _end_return(access: Access, asked: Thing, receipt: DeedReceipt) -> Talk[DeedReceipt]:
    """Close the return that has been paid; one only asked for is agreed to first. The money has gone whatever comes of it."""
    steps = []
    if asked.get("status") == "REQUESTED":
        steps.append(
            ("returnApproveRequest", documents.APPROVE, {"input": {"id": asked["id"], "notifyCustomer": False}})
        )
    if asked.get("status") in ("REQUESTED", "OPEN"):
        steps.append(("returnClose", documents.CLOSE, {"id": asked["id"]}))
    for name, document, variables in steps:
        try:
            answer = yield from ask(access, document, **variables)
        except UnableToTalk as fault:
            return _not_closed(receipt, asked, str(fault))
        if found := errors_of(answer.data.get(name)):
            return _not_closed(receipt, asked, found[1])
    return receipt


def _not_closed(receipt: DeedReceipt, asked: Thing, why: str) -> DeedReceipt:
    message = f"paid, but return {asked['name']} could not be closed: {why}"
    return DeedReceipt(
        receipt.outcome, receipt.reference, receipt.amount, receipt.currency, receipt.code, message, alarm=message
    )
