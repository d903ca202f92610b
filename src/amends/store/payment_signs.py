"""Signs of who made a payment: sealed, and compared within one merchant's shops."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from amends.facts.compelling import ELEMENTS, MOST_DAYS, Signs
from amends.store.case_rows import shop_named
from amends.store.database import writing
from amends.store.models import DisputeRow, OrderPayment, PaymentSignRow
from amends.store.seal import seal, unseal

PURPOSE = "payment signs"


class DatabaseSigns:
    """Implements `amends.desk.disputes.ports.SignShelf`."""

    def put(self, shop: str, told: Signs, amount: int, currency: str, last4: str) -> bool:
        """Will keep the signs of a payment, in place of what was there. Raises `KeyError`: no such shop."""
        with writing():
            owner = shop_named(shop)
            if owner is None:
                raise KeyError(shop)
            signs = {name: told.signs[name][:300] for name in ELEMENTS if told.signs.get(name)}
            values: dict[str, Any] = {
                "order_no": told.order[:120],
                "paid_at": told.at,
                "amount_minor": amount,
                "currency": currency[:3],
                "credential": told.credential[:64],
                "last4": last4[:4],
                "goods": told.goods[:300],
                "sealed": seal(json.dumps(signs, ensure_ascii=False), PURPOSE),
            }
            _, new = PaymentSignRow.objects.update_or_create(shop=owner, reference=told.payment[:160], defaults=values)
            return new

    def of_payment(self, shop: str, payment: str) -> Signs | None:
        """Will give the signs of one payment."""
        row = PaymentSignRow.objects.filter(shop__name=shop, reference=payment).first()
        return None if row is None else _signs(row, frozenset())

    def earlier(self, shop: str, one: Signs, opened: datetime, most: int = 100) -> Sequence[Signs]:
        """Will give earlier payments by the same card at the merchant's shops, the newest first; those too new or too old as well."""
        owner = shop_named(shop)
        if owner is None or not one.credential:
            return []
        rows = PaymentSignRow.objects.filter(
            shop__merchant=owner.merchant,
            credential=one.credential,
            paid_at__lt=one.at,
            paid_at__gte=opened - timedelta(days=2 * MOST_DAYS),
        ).exclude(reference=one.payment)
        found = list(rows.order_by("-paid_at")[:most])
        taken = _disputed([row.reference for row in found])
        return [_signs(row, taken) for row in found]

    def fitting(self, amount: int, currency: str, last4: str, day: datetime) -> Sequence[tuple[str, str, str]]:
        """Will give payments (shop, order, reference) of an amount by a card with these last digits, within two days."""
        rows = PaymentSignRow.objects.select_related("shop").filter(
            amount_minor=amount,
            currency=currency,
            last4=last4,
            paid_at__gte=day - timedelta(days=2),
            paid_at__lte=day + timedelta(days=2),
        )
        return [(row.shop.name, row.order_no, row.reference) for row in rows[:5]]


def _disputed(references: list[str]) -> frozenset[str]:
    rows = DisputeRow.objects.filter(payment_reference__in=references).exclude(sort="platform")
    held = OrderPayment.objects.filter(reference__in=references, disputed=True)
    return frozenset([*rows.values_list("payment_reference", flat=True), *held.values_list("reference", flat=True)])


def _signs(row: PaymentSignRow, disputed: frozenset[str]) -> Signs:
    signs: Mapping[str, str] = json.loads(unseal(row.sealed, PURPOSE)) if row.sealed else {}
    return Signs(
        row.reference, row.order_no, row.paid_at, row.credential, signs, row.reference in disputed, row.goods, row.pk
    )
