"""A Medusa order as ours. Over there totals shrink as goods come back: what was paid is put together again from the parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.money import Minor
from amends.channels.case_form import said, shop_part, write
from amends.channels.kernel_rest import digits_of, items_of, market_of, minor_of, moment, part, stamp, text_of
from amends.facts.imported import ShopSetting
from amends.facts.orders import Contact
from amends.facts.platforms import ToldOrder, ToldRefund

_PARTS_OF_A_LINE: Final = ("total", "return_received_total", "return_dismissed_total", "write_off_total")
_METHODS: Final = (("stripe", "card"), ("paypal", "paypal"), ("alipay", "alipay"), ("klarna", "platform"))


def currency_of(order: Mapping[str, Any]) -> str:
    """The order's currency, as we write it."""
    return text_of(order, "currency_code").upper()


def payments_of(order: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Its payments, over all collections."""
    for collection in items_of(order, "payment_collections"):
        yield from items_of(collection, "payments")


def total_of(things: list[Mapping[str, Any]], digits: int) -> Minor:
    """The sum of the `amount`s."""
    return sum([minor_of(part(item, "amount"), digits) for item in things])


def key_in(note: str) -> str:
    """Our key in a refund's note (`Amends CASE [KEY]`); "" where it is not ours."""
    head, _, tail = note.partition(" [")
    return tail.removesuffix("]") if head.startswith("Amends ") and tail.endswith("]") else ""


def case_in(note: str) -> str:
    """The case that a refund's note of ours names; "" where it is not ours."""
    return note.partition(" [")[0].removeprefix("Amends ") if key_in(note) else ""


def note_of(case: str, key: str) -> str:
    """The note of a refund of ours."""
    return f"Amends {case} [{key}]"


def refunds_of(order: Mapping[str, Any]) -> tuple[ToldRefund, ...]:
    """What has gone back. The refund is kept before the provider is called; the order's transaction tells that it was paid."""
    currency = currency_of(order)
    moved = {
        text_of(one, "reference_id") for one in items_of(order, "transactions") if part(one, "reference") == "refund"
    }
    found = [
        ToldRefund(
            text_of(refund, "id"), minor_of(part(refund, "amount"), digits_of(currency)), currency,
            moment(text_of(refund, "created_at")), key_in(text_of(refund, "note")), text_of(payment, "id"),
            text_of(refund, "id") in moved,
        )
        for payment in payments_of(order)
        for refund in items_of(payment, "refunds")
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda refund: (refund.at or datetime.fromtimestamp(0, UTC), refund.reference)))


def notes_of(order: Mapping[str, Any]) -> Mapping[str, str]:
    """The note of each refund, by the refund's id."""
    refunds = [refund for payment in payments_of(order) for refund in items_of(payment, "refunds")]
    return {text_of(refund, "id"): text_of(refund, "note") for refund in refunds}


def added_by(returns: list[Mapping[str, Any]]) -> frozenset[str]:
    """Lines that exchanges and claims have put into the order: they go out for what came back, and were never sold."""
    added = [
        text_of(item, "item_id")
        for found in returns
        for name in ("exchange", "claim")
        for item in items_of(found, name, "additional_items")
    ]
    return frozenset(added)


def told(order: Mapping[str, Any], returns: list[Mapping[str, Any]], shop: ShopSetting) -> ToldOrder:
    """The order as it stands. `returns`: all of its own."""
    name = " ".join([text_of(order, "shipping_address", "first_name"), text_of(order, "shipping_address", "last_name")])
    contact = Contact(text_of(order, "email"), text_of(order, "shipping_address", "phone"), name.strip())
    refunds = refunds_of(order)
    times = [moment(text_of(order, "updated_at")), *(refund.at for refund in refunds)]
    at = max([time for time in times if time] or [datetime.fromtimestamp(0, UTC)])
    return ToldOrder(text_of(order, "id"), file_of(order, added_by(returns), shop), contact, at, refunds, dict(order))


def file_of(order: Mapping[str, Any], added: Collection[str], shop: ShopSetting) -> dict[str, Any]:
    """The parts of a case file that an order tells."""
    currency, digits = currency_of(order), digits_of(currency_of(order))
    sold = [item for item in items_of(order, "items") if text_of(item, "id") not in added]
    freight = [one for one in items_of(order, "shipping_methods") if not _is_later(part(one, "detail"))]
    discount = minor_of(part(order, "discount_total") or 0, digits)
    payments = list(_payments(order, currency))
    paid_at = [time for one in payments_of(order) if (time := stamp(text_of(one, "captured_at")))]
    address = part(order, "shipping_address")
    return said(
        shop=shop_part(shop),
        market=market_of(text_of(address, "country_code"), text_of(address, "province")),
        order={
            **said(
                id=text_of(order, "id"),
                currency=currency,
                placed_at=stamp(text_of(order, "created_at")),
                paid_at=min(paid_at) if paid_at else None,
                shipping_paid=write(sum([minor_of(part(one, "total") or 0, digits) for one in freight]), currency),
                discounts=[{"id": "promotions", "kind": "order", "off": write(discount, currency)}]
                if discount > 0
                else [],
                lines=[_line(item, shop, currency) for item in sold],
            ),
            "payments": payments,
        },
        shipments=list(_shipments(order, [text_of(item, "id") for item in sold])),
        platform=said(status=text_of(order, "status")),
    )


def line_paid(item: Mapping[str, Any], digits: int) -> Minor:
    """What was paid for a line: what it costs now and what has come back of it."""
    return sum([minor_of(part(item, name) or 0, digits) for name in _PARTS_OF_A_LINE])


def _line(item: Mapping[str, Any], shop: ShopSetting, currency: str) -> dict[str, Any]:
    digits, pieces = digits_of(currency), part(item, "quantity")
    taxed = minor_of(part(item, "tax_total") or 0, digits) and not part(item, "is_tax_inclusive")
    price = part(item, "unit_price")
    return said(
        id=text_of(item, "id"),
        sku=text_of(item, "variant_sku"),
        title=text_of(item, "product_title") or text_of(item, "title"),
        quantity=pieces if isinstance(pieces, int) and pieces > 0 else 1,
        list_price=write(minor_of(price, digits), currency) if price is not None and not taxed else None,
        paid=write(line_paid(item, digits), currency),
        category=shop.category,
    )


def _is_later(detail: Any) -> bool:
    """Whether a shipping method is of a return, exchange or claim, not of the sale."""
    return any(part(detail, name) for name in ("return_id", "exchange_id", "claim_id"))


def _payments(order: Mapping[str, Any], currency: str) -> Iterator[dict[str, Any]]:
    digits = digits_of(currency)
    for payment in payments_of(order):
        captured = total_of(items_of(payment, "captures"), digits)
        if captured:
            provider, number = text_of(payment, "provider_id"), text_of(payment, "id")
            back = min(total_of(items_of(payment, "refunds"), digits), captured)
            yield said(
                id=number,
                method=next((method for word, method in _METHODS if word in provider), "platform"),
                captured=write(captured, currency),
                refunded=write(back, currency),
                reference=number,
            )


def _shipments(order: Mapping[str, Any], lines: list[str]) -> Iterator[dict[str, Any]]:
    known: set[str] = set()
    for parcel in items_of(order, "fulfillments"):
        labels = [text_of(label, "tracking_number") for label in items_of(parcel, "labels")]
        number = next((label for label in labels if label and label not in known), text_of(parcel, "id"))
        within = [line for item in items_of(parcel, "items") if (line := text_of(item, "line_item_id")) in lines]
        if part(parcel, "canceled_at") or not part(parcel, "shipped_at") or not within:
            continue
        known.add(number)
        delivered = stamp(text_of(parcel, "delivered_at"))
        yield said(
            id=number,
            lines=list(dict.fromkeys(within)),
            shipped_at=stamp(text_of(parcel, "shipped_at")),
            delivered_at=delivered,
            trace="delivered" if delivered else None,
        )
