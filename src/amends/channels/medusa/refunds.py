"""Paying back through Medusa. It keeps no key and pays as often as it is asked: every sending looks first.

Our key stands in the refund's note. The server keeps the refund before it calls the payment's provider, takes it away again where
the provider refuses, and writes the order's transaction after: by that a paid one is told from one under way.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from amends.basics.money import Minor, write_minor
from amends.channels.kernel_rest import digits_of, items_of, let_in, minor_of, part, text_of, unsure
from amends.channels.medusa.calls import ORDER, get, name, post_text, thing
from amends.channels.medusa.orders import currency_of, key_in, note_of, payments_of, refunds_of, total_of
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt
from amends.facts.wire import WireAnswer, WireRequest

_Receipt = Generator[WireRequest, WireAnswer, DeedReceipt]


def pay(access: Access, deed: Deed) -> _Receipt:
    """Refund it, unless a refund with our key is there."""
    try:
        order = yield from _order(access, deed)
        if known := _found(deed, order) or _cannot(deed, order):
            return known
        payment = _payment(deed, order)
    except UnableToTalk as fault:
        return _no_order(deed, fault) if fault.why == "missing" else unsure(fault)
    if payment is None:
        return DeedReceipt("failed", code="over", message="no payment of this order has so much left")
    body = f'{{"amount":{write_minor(deed.amount or 0, deed.digits)},"note":"{note_of(_case(deed), deed.key)}"}}'
    answer = yield post_text(access, f"payments/{name(payment)}/refund", body)
    try:
        made = items_of(thing(answer, "payment"), "refunds")
        found = [one for one in made if key_in(text_of(one, "note")) == deed.key]
        if not found:
            return DeedReceipt("unknown", code="refund_not_told", message="the answer names no refund with our key")
        return _told(
            deed, text_of(found[0], "id"), minor_of(part(found[0], "amount"), deed.digits), deed.currency, True
        )
    except UnableToTalk as fault:
        return let_in(fault) or (yield from _refused(access, deed, fault))


def paid(access: Access, deed: Deed) -> _Receipt:
    """What became of it: the refund with our key."""
    try:
        return _found(deed, (yield from _order(access, deed))) or DeedReceipt("absent")
    except UnableToTalk as fault:
        return unsure(fault)


def _order(access: Access, deed: Deed) -> Generator[WireRequest, WireAnswer, Mapping[str, Any]]:
    return thing((yield get(access, f"orders/{name(deed.order)}", [("fields", ORDER)])), "order")


def _case(deed: Deed) -> str:
    """What the note may hold of the case's name: it is written into JSON and read back by its marks."""
    return "".join([letter for letter in deed.case if letter.isalnum() or letter in "-_"])[:80]


def _found(deed: Deed, order: Mapping[str, Any]) -> DeedReceipt | None:
    mine = [refund for refund in refunds_of(order) if refund.key == deed.key]
    return _told(deed, mine[0].reference, mine[0].amount, mine[0].currency, mine[0].moved) if mine else None


def _told(deed: Deed, reference: str, amount: Minor, currency: str, moved: bool) -> DeedReceipt:
    """What the refund with our key says."""
    if (amount, currency) != (deed.amount, deed.currency):
        alarm = f"the shop tells of a refund of {amount} {currency}, asked for were {deed.amount} {deed.currency}"
        return DeedReceipt("unknown", reference, amount, currency, code="wrong_amount", alarm=alarm)
    if moved:
        return DeedReceipt("done", reference, amount, currency)
    message = "the payment's provider has not answered the shop yet"
    return DeedReceipt("pending", reference, code="under_way", message=message, retry_after=30)


def _cannot(deed: Deed, order: Mapping[str, Any]) -> DeedReceipt | None:
    """What the server would not notice: it takes an amount in whatever currency the payment is in."""
    currency = currency_of(order)
    if deed.currency != currency or digits_of(currency) != deed.digits:
        return DeedReceipt("failed", code="currency", message=f"the order is in {currency}, not in {deed.currency}")
    if deed.amount is None or deed.amount <= 0:
        return DeedReceipt("failed", code="amount", message=f"amount: {deed.amount} should be above 0")
    return None


def _payment(deed: Deed, order: Mapping[str, Any]) -> str | None:
    """The payment that is named, else the first that has so much left; None where there is none."""
    for payment in payments_of(order):
        number = text_of(payment, "id")
        left = total_of(items_of(payment, "captures"), deed.digits) - total_of(
            items_of(payment, "refunds"), deed.digits
        )
        if (deed.amount or 0) <= left and deed.payment in ("", number):
            return number
    return None


def _refused(access: Access, deed: Deed, fault: UnableToTalk) -> _Receipt:
    """What an error means. An error of the server's own tells that it broke off: what the provider did is not known to it."""
    if fault.why in ("refused", "missing"):
        return DeedReceipt("failed", code=fault.code, message=str(fault))
    if not (fault.why == "down" and fault.code in ("unknown_error", "unexpected_state")):
        return unsure(fault)
    try:
        order = yield from _order(access, deed)
        if found := _found(deed, order):
            return found
    except UnableToTalk as trouble:
        return unsure(trouble)
    alarm = f"the shop broke off the refund ({fault}); look at the payment's provider whether it was paid"
    return DeedReceipt("person", code=f"provider_{fault.code}", message=str(fault), alarm=alarm)


def _no_order(deed: Deed, fault: UnableToTalk) -> DeedReceipt:
    return DeedReceipt("failed", code=fault.code or "missing", message=f"order {deed.order}: {fault}")
