"""Which case a dispute is about: by its payment's number, then by its order's. What fits two shops fits none."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from amends.facts.disputes import KeptDispute
from amends.store import hot
from amends.store.models import CaseRow, OrderPayment

_IN_FILES = (
    "SELECT f.case_id, f.case_json FROM store_casefile f WHERE CAST(f.case_json AS TEXT) LIKE %s ESCAPE '!' "
    "ORDER BY f.case_id DESC LIMIT 50"
)


def case_by_payment(one: KeptDispute) -> int | None:
    """Will give the newest case of the order that the payment is of; open ones before closed ones."""
    if one.payment:
        if found := _of_orders(_payments(one)):
            return found
        if found := _newest(_rows(one).filter(pk__in=_files_with(one.payment))):
            return found
    if one.order:
        return _newest(_rows(one).filter(order_no=one.order))
    return None


def _payments(one: KeptDispute) -> QuerySet[OrderPayment]:
    rows = OrderPayment.objects.select_related("order").filter(reference=one.payment)
    return rows.filter(order__shop__name=one.shop) if one.shop else rows


def _of_orders(payments: Iterable[OrderPayment]) -> int | None:
    orders = {(one.order.shop_id, one.order.number) for one in payments}
    if len(orders) != 1:
        return None
    shop, number = orders.pop()
    return _newest(CaseRow.objects.filter(shop_id=shop, order_no=number))


def _rows(one: KeptDispute) -> QuerySet[CaseRow]:
    rows = CaseRow.objects.all()
    return rows.filter(shop__name=one.shop) if one.shop else rows


def _newest(rows: QuerySet[CaseRow]) -> int | None:
    if rows.order_by().values("shop_id").distinct().count() != 1:
        return None
    return rows.order_by("-state", "-pk").values_list("pk", flat=True).first()


def _files_with(reference: str) -> list[int]:
    """Cases whose file names this payment: found by its text, then looked at. Only where the order was never taken into the till."""
    plain = reference.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    found = hot.values(_IN_FILES, [f'%"{plain}"%'])
    return [int(case) for case, file in found if reference in _references(file)]


def _references(file: Any) -> set[str]:
    told = json.loads(file) if isinstance(file, str) else file
    payments = (told.get("order") or {}).get("payments") or ()
    return {str(one.get("reference") or "") for one in payments if isinstance(one, dict)}
