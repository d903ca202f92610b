"""The order of a case file: lines, discounts, payments, and the checks between them."""

from __future__ import annotations

from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor
from amends.facts.case import Discount, Line, Order, Payment
from amends.facts.codes import CATEGORIES, DISCOUNT_KINDS, METHODS, TRAITS
from amends.facts.fields import Fields, UnableToReadCase

_ORDER: Final = frozenset(
    "id currency placed_at paid_at completed_at ship_promised_by shipping_paid shipping_standard free_shipping_over "
    "free_shipping_value discounts lines payments".split()
)
_LINE: Final = frozenset(
    "id sku title quantity list_price paid category traits no_return_confirmed no_return_preticked gift_value "
    "serials lots grams".split()
)
"""`serials`, `lots`, `grams` (of one piece): read by the station alone (`amends.facts.sold`)."""
_MOST_LINES: Final = 2000


def read_order(raw: Fields) -> tuple[Order, list[str]]:
    """The order and the paths of fields in it that no one reads."""
    digits = _digits(raw)
    shipping = raw.amount("shipping_paid", digits) or 0
    standard = raw.amount("shipping_standard", digits)
    order = Order(
        id=raw.need_text("id"),
        currency=raw.raw["currency"],
        digits=digits,
        placed_at=raw.time("placed_at"),
        paid_at=raw.time("paid_at"),
        completed_at=raw.time("completed_at"),
        ship_promised_by=raw.time("ship_promised_by"),
        shipping_paid=shipping,
        shipping_standard=shipping if standard is None else standard,
        free_shipping_over=raw.amount("free_shipping_over", digits),
        free_shipping_value=raw.amount("free_shipping_value", digits),
        discounts=raw.each("discounts", lambda item: _discount(item, digits)),
        lines=_lines(raw, digits),
        payments=_payments(raw, digits),
    )
    ignored = raw.ignored(_ORDER)
    for index, line in enumerate(raw.items("lines")):
        ignored += Fields(line, f"order.lines[{index}]").ignored(_LINE)
    return order, ignored


def _digits(raw: Fields) -> int:
    currency = raw.need_text("currency")
    if currency not in EXPONENTS:
        message = f"{currency!r} is not a known ISO 4217 currency with minor units; use for example CNY, EUR or JPY"
        raise raw.fault("currency", "unknown_currency", message)
    return EXPONENTS[currency]


def _lines(raw: Fields, digits: int) -> tuple[Line, ...]:
    if len(raw.items("lines")) > _MOST_LINES:
        raise raw.fault("lines", "too_many", f"at most {_MOST_LINES} lines can be read in one order")
    lines = raw.each("lines", lambda item: _line(item, digits))
    if not lines:
        raise raw.fault("lines", "missing", "an order needs at least one line")
    _check_ids(raw.at("lines"), [line.id for line in lines])
    return lines


def _line(raw: Fields, digits: int) -> Line:
    quantity = raw.count("quantity", 1)
    return Line(
        id=raw.need_text("id"),
        sku=raw.text("sku"),
        title=raw.text("title"),
        quantity=1 if quantity is None else quantity,
        list_price=raw.amount("list_price", digits),
        paid=raw.need_amount("paid", digits),
        category=raw.code("category", CATEGORIES) or "other",
        traits=raw.codes("traits", TRAITS),
        no_return_confirmed=raw.flag("no_return_confirmed", False),
        no_return_preticked=raw.flag("no_return_preticked", False),
        gift_value=raw.amount("gift_value", digits),
    )


def _payments(raw: Fields, digits: int) -> tuple[Payment, ...]:
    if raw.raw.get("payments") is None:
        raise raw.fault("payments", "missing", "say how the order was paid: a list of {id, method, captured}")
    payments = raw.each("payments", lambda item: _payment(item, digits))
    _check_ids(raw.at("payments"), [payment.id for payment in payments])
    return payments


def _payment(raw: Fields, digits: int) -> Payment:
    captured = raw.need_amount("captured", digits)
    refunded = raw.amount("refunded", digits) or 0
    if refunded > captured:
        message = f"{raw.raw['refunded']} refunded, but only {raw.raw['captured']} captured"
        raise raw.fault("refunded", "refund_above_paid", message)
    return Payment(raw.need_text("id"), raw.need_code("method", METHODS), captured, refunded, raw.text("reference"))


def _discount(raw: Fields, digits: int) -> Discount:
    kind = raw.need_code("kind", DISCOUNT_KINDS)
    tiers: tuple[tuple[Minor | None, Minor], ...] = raw.each(
        "tiers", lambda item: (item.need_amount("over", digits), item.need_amount("off", digits))
    )
    if not tiers:
        tiers = ((raw.amount("over", digits), raw.need_amount("off", digits)),)
    return Discount(raw.need_text("id"), kind, tuple(sorted(tiers, key=lambda tier: tier[0] or 0)))


def _check_ids(path: str, ids: list[str]) -> None:
    if len(set(ids)) == len(ids):
        return
    for index, identity in enumerate(ids):
        if identity in ids[:index]:
            raise UnableToReadCase("duplicate_id", f"{path}[{index}].id", f"{identity!r} stands here a second time")
