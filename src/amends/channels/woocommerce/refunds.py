"""Paying back through WooCommerce. It keeps no key and pays as often as it is asked: every sending looks first."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any, Final

from amends.basics.money import Minor, split, write_minor
from amends.channels.kernel_rest import digits_of, items_of, let_in, minor_of, part, text_of, unsure
from amends.channels.woocommerce.calls import every, get, meta_of, post, read
from amends.channels.woocommerce.orders import KEY, label
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt
from amends.facts.wire import WireAnswer, WireRequest

_NOT_CREATED: Final = "woocommerce_rest_cannot_create_order_refund"
_Receipt = Generator[WireRequest, WireAnswer, DeedReceipt]


def pay(access: Access, deed: Deed) -> _Receipt:
    """Refund it, unless a refund with our key is there."""
    try:
        order = read((yield get(access, f"orders/{_id(deed)}")))
        found = _found(deed, (yield from every(access, f"orders/{_id(deed)}/refunds")))
        refused = found or _cannot(deed, order)
        content = None if refused else _content(deed, order)
    except UnableToTalk as fault:
        return _no_order(deed, fault) if fault.why == "missing" else unsure(fault)
    if refused:
        return refused
    answer = yield post(access, f"orders/{_id(deed)}/refunds", content)
    try:
        return _receipt(deed, read(answer))
    except UnableToTalk as fault:
        return (yield from _refused(access, deed, fault))


def paid(access: Access, deed: Deed) -> _Receipt:
    """What became of it: the refund with our key; nothing certain while one of ours lies there that has none yet."""
    try:
        listed = yield from every(access, f"orders/{_id(deed)}/refunds")
        return _found(deed, listed) or DeedReceipt("absent")
    except UnableToTalk as fault:
        return unsure(fault)


def _id(deed: Deed) -> str:
    if not (deed.order.isascii() and deed.order.isdecimal()):
        raise UnableToTalk("missing", f"order: {deed.order[:40]!r} should be a WooCommerce order's number")
    return deed.order


def _found(deed: Deed, refunds: Sequence[Mapping[str, Any]]) -> DeedReceipt | None:
    """Our refund among those of the order.

    The shop keeps a refund before it calls the gateway and our key after both. So one of our label and amount without any key is
    this deed under way, or broken off: neither paid again nor taken as paid.
    """
    for refund in refunds:
        if meta_of(refund, KEY) == deed.key:
            return _receipt(deed, refund)
    for refund in refunds:
        same = minor_of(text_of(refund, "amount"), deed.digits) == deed.amount
        if same and not meta_of(refund, KEY) and text_of(refund, "reason") == label(deed.case):
            alarm = (
                f"refund {text_of(refund, 'id')} of this amount carries no key of ours; look at the order over there"
            )
            return DeedReceipt("unknown", code="refund_without_key", retry_after=60, alarm=alarm)
    return None


def _cannot(deed: Deed, order: Mapping[str, Any]) -> DeedReceipt | None:
    """What the shop would not notice: it takes an amount in whatever currency the order is in."""
    currency = text_of(order, "currency")
    if deed.currency != currency or digits_of(currency) != deed.digits:
        return DeedReceipt("failed", code="currency", message=f"the order is in {currency}, not in {deed.currency}")
    if deed.amount is None or deed.amount <= 0:
        return DeedReceipt("failed", code="amount", message=f"amount: {deed.amount} should be above 0")
    return None


def _content(deed: Deed, order: Mapping[str, Any]) -> dict[str, Any]:
    """The refund asked for. Stock is left alone: goods that came back are another matter than money that goes back."""
    return {
        "amount": write_minor(deed.amount or 0, deed.digits),
        "reason": label(deed.case),
        "api_refund": True,
        "api_restock": False,
        "line_items": _items(deed, order),
        "meta_data": [{"key": KEY, "value": deed.key}],
    }


def _items(deed: Deed, order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Which lines the money is for, for the shop's own books. More than is paid is cut to it; `amount` alone moves money."""
    rows = {text_of(item, "id"): item for name in ("line_items", "fee_lines") for item in items_of(order, name)}
    wanted = [(rows[line.line], line.quantity, line.amount) for line in deed.lines if line.line in rows]
    freight = items_of(order, "shipping_lines")
    if deed.shipping and freight:
        wanted.append((freight[0], 0, deed.shipping))
    amounts = [amount for _, _, amount in wanted]
    if sum(amounts) > (deed.amount or 0):
        amounts = split(deed.amount or 0, amounts)
    items = zip(wanted, amounts, strict=True)
    return [_item(row, pieces, amount, deed.digits) for (row, pieces, _), amount in items if pieces or amount]


def _item(row: Mapping[str, Any], quantity: int, amount: Minor, digits: int) -> dict[str, Any]:
    """One line: the amount with tax, taken apart as the order itself has it."""
    taxes = [tax for tax in items_of(row, "taxes") if text_of(tax, "total")]
    shares = [minor_of(text_of(thing, "total") or "0", digits) for thing in (row, *taxes)]
    parts = split(amount, [max(found, 0) for found in shares])
    found: dict[str, Any] = {"id": part(row, "id"), "refund_total": write_minor(parts[0], digits)}
    if quantity:
        found["quantity"] = quantity
    if taxes:
        found["refund_tax"] = [
            {"id": part(tax, "id"), "refund_total": write_minor(tax_part, digits)}
            for tax, tax_part in zip(taxes, parts[1:], strict=True)
        ]
    return found


def _receipt(deed: Deed, refund: Any) -> DeedReceipt:
    """What the shop says of the refund it made."""
    reference = text_of(refund, "id")
    amount = abs(minor_of(text_of(refund, "amount"), deed.digits))
    if not reference or amount != deed.amount:
        alarm = f"the shop tells of a refund of {amount}, asked for were {deed.amount} (minor units)"
        return DeedReceipt("unknown", reference, amount, deed.currency, code="wrong_amount", alarm=alarm)
    if part(refund, "refunded_payment") is not True:
        message = "the shop has written the refund down, but its gateway has moved no money"
        return DeedReceipt("person", reference, code="not_moved", message=message, alarm=message)
    return DeedReceipt("done", reference, amount, deed.currency)


def _refused(access: Access, deed: Deed, fault: UnableToTalk) -> _Receipt:
    """What an error means. The shop has one code for all its refusals, told with status 500; what they are is looked up."""
    if told := let_in(fault):
        return told
    if fault.why == "missing":
        return _no_order(deed, fault)
    if fault.why != "refused":
        return unsure(fault)
    if fault.code != _NOT_CREATED:
        return DeedReceipt("failed", code=fault.code, message=str(fault))
    try:
        order = read((yield get(access, f"orders/{_id(deed)}")))
        refunds = yield from every(access, f"orders/{_id(deed)}/refunds")
    except UnableToTalk as trouble:
        return unsure(trouble)
    if found := _found(deed, refunds):
        return found
    left = minor_of(text_of(order, "total"), deed.digits) - _gone(refunds, deed.digits)
    if (deed.amount or 0) > left:
        return DeedReceipt("failed", code="over", message=f"{fault} ({left} left, minor units)")
    return (yield from _by_person(access, order, fault))


def _gone(refunds: Sequence[Mapping[str, Any]], digits: int) -> Minor:
    return sum([abs(minor_of(text_of(refund, "amount"), digits)) for refund in refunds])


def _by_person(access: Access, order: Mapping[str, Any], fault: UnableToTalk) -> _Receipt:
    """The gateway does not refund by itself, or would not: somebody looks there, for what it really did nobody else can tell."""
    name = text_of(order, "payment_method")
    code = "gateway_refused"
    try:
        gateway = read((yield get(access, f"payment_gateways/{name}"))) if name.replace("-", "").isalnum() else {}
        supports = part(gateway, "method_supports")
        if isinstance(supports, list) and "refunds" not in supports:
            code = "gateway_without_refunds"
    except UnableToTalk:
        pass  # the refusal is known; only what to call it is not
    return DeedReceipt("person", code=code, message=str(fault))


def _no_order(deed: Deed, fault: UnableToTalk) -> DeedReceipt:
    return DeedReceipt("failed", code=fault.code or "missing", message=f"order {deed.order}: {fault}")
