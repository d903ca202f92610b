"""Claims of a merchant with what ties their buyers together: digests, made here and kept nowhere else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q

from amends.facts.rings import TiedClaim
from amends.store.models import CaseRow, PaymentSignRow, ShopOrder
from amends.store.payment_signs import PURPOSE
from amends.store.seal import unseal

_SOME: Final = 500
_GOODS_STAY: Final = "refund_only"
_SIGNS: Final = ("device", "address")


def tied_claims(merchant: str, since: datetime) -> list[TiedClaim]:
    """Will give the cases of orders that the merchant's shops told, opened since then."""
    cases = CaseRow.objects.filter(shop__merchant=merchant, imported_at__gte=since).exclude(order_no="").order_by("pk")
    return claims_of(merchant, list(cases.values_list("pk", "shop_id", "order_no", "kind")))


def claims_of(merchant: str, rows: Sequence[tuple[int, int, str, str]]) -> list[TiedClaim]:
    """Will give those of these cases (number, shop, order, kind) that are about orders which the shops told, with what ties them."""
    found = []
    for start in range(0, len(rows), _SOME):
        some = rows[start : start + _SOME]
        numbers = [order for _, _, order, _ in some]
        orders = {
            (shop, number): (email, phone)
            for shop, number, email, phone in ShopOrder.objects.filter(
                shop__merchant=merchant, number__in=numbers
            ).values_list("shop_id", "number", "email_key", "phone_key")
        }
        signs = {
            (one.shop_id, one.order_no): one
            for one in PaymentSignRow.objects.filter(shop__merchant=merchant, order_no__in=numbers)
        }
        for case, shop, order, kind in some:
            email, phone = orders.get((shop, order), ("", ""))
            ties = {"email": email, "phone": phone, **_of_signs(signs.get((shop, order)))}
            if email or phone:
                found.append(TiedClaim(case, order, email or phone, ties, kind == _GOODS_STAY))
    return found


def _of_signs(row: PaymentSignRow | None) -> dict[str, str]:
    if row is None:
        return {}
    told = json.loads(unseal(row.sealed, PURPOSE))
    return {"card": row.credential, **{name: _digest(str(told.get(name) or "")) for name in _SIGNS}}


def _digest(text: str) -> str:
    plain = " ".join(text.casefold().split())
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""


def orders_of(merchant: str, since: datetime, claims: Sequence[TiedClaim]) -> int:
    """Will count the orders that the buyers of these claims placed since then."""
    emails = {one.ties.get("email") for one in claims} - {"", None}
    phones = {one.ties.get("phone") for one in claims} - {"", None}
    mine = Q(email_key__in=emails) | Q(phone_key__in=phones)
    return ShopOrder.objects.filter(mine, shop__merchant=merchant, placed_at__gte=since).count()


def all_orders(merchant: str, since: datetime) -> int:
    """Will count the orders that the merchant's shops told since then."""
    return ShopOrder.objects.filter(shop__merchant=merchant, placed_at__gte=since).count()
