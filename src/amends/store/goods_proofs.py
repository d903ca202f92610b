"""Files kept under an order or a waybill: there before any case, and on every case of that order from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from amends.facts.evidence import Incoming
from amends.facts.log import Actor
from amends.facts.people import Merchants
from amends.facts.vault import Custody, GoodsOf, GoodsProof
from amends.store import hot
from amends.store.case_rows import shop_named
from amends.store.custody import begin
from amends.store.models import CaseFile, CaseRow, GoodsProofRow, Shop, ShopOrder


def keep_goods_proof(parcel: GoodsOf, one: Incoming, by: Actor, at: datetime, source: str) -> bool:
    """Will write down whose parcel a file shows, and take the content in; whether it is new there. Raises `KeyError`: no such shop."""
    shop = shop_named(parcel.shop)
    if shop is None:
        raise KeyError(parcel.shop)
    row = GoodsProofRow(
        shop=shop,
        order_no=parcel.order,
        waybill=parcel.waybill,
        purpose=parcel.purpose,
        grams=parcel.grams,
        sha256=one.sha256,
        kind=one.kind,
        mime=one.mime,
        size=one.size,
        name=one.name,
        by_kind=by.kind,
        by=by.name[:120],
        at=at,
    )
    if not hot.insert_new(row):
        return False
    facts = {"kind": one.kind, "mime": one.mime, "size": one.size}
    begin(one.sha256, facts, Custody("taken_in", by, at, source, None, proof_told(row, shop.name)))
    return True


def proof_told(row: GoodsProofRow, shop: str) -> dict[str, Any]:
    """What custody holds of such a row, so that no part of it can be changed unseen."""
    return {
        "name": row.name,
        "kind": row.kind,
        "mime": row.mime,
        "size": row.size,
        "shop": shop,
        "order": row.order_no,
        "waybill": row.waybill,
        "purpose": row.purpose,
        "grams": row.grams,
    }


_SHORTEST: Final = 6
"""What is shorter is a parcel's place in a list, no waybill."""


class DatabaseGoodsProofs:
    """Implements `amends.desk.vault.ports.GoodsProofs`."""

    def of_case(self, case: int) -> Sequence[GoodsProof]:
        """Will give what is kept under the order of a case and under the waybills of its parcels."""
        found = CaseFile.objects.filter(case=case).values_list("case__shop", "case__order_no", "case_json").first()
        if found is None:
            return []
        shop, order, file = found
        wanted = Q(order_no=order) & ~Q(order_no="")
        if bills := waybills_of(file):
            wanted |= Q(waybill__in=bills)
        return _proofs(GoodsProofRow.objects.filter(wanted, shop=shop))

    def of_parcel(self, shop: str, order: str, waybill: str) -> Sequence[GoodsProof]:
        """Will give what is kept under an order or a waybill of a shop."""
        wanted = Q(order_no=order) & ~Q(order_no="") | Q(waybill=waybill) & ~Q(waybill="")
        return _proofs(GoodsProofRow.objects.filter(wanted, shop__name=shop))

    def get(self, number: int, merchants: Merchants) -> GoodsProof | None:
        """Will give one, within the wall."""
        rows = GoodsProofRow.objects.filter(pk=number)
        if merchants is not None:
            rows = rows.filter(shop__merchant__in=merchants)
        found = _proofs(rows)
        return found[0] if found else None

    def shops(self) -> Sequence[tuple[str, str]]:
        """Will give every shop with its merchant."""
        return list(Shop.objects.order_by("name").values_list("name", "merchant"))

    def shops_of_order(self, order: str) -> Sequence[str]:
        """Will give the shops that have an order of this number, told or with a case."""
        told = set(ShopOrder.objects.filter(number=order).values_list("shop__name", flat=True))
        return sorted(told | set(CaseRow.objects.filter(order_no=order).values_list("shop__name", flat=True)))

    def shops_of_waybill(self, waybill: str) -> Sequence[str]:
        """Will give the shops that have a case whose parcels go by this waybill."""
        found = CaseRow.objects.filter(text__words__icontains=waybill).select_related("shop", "file")[:50]
        return sorted({row.shop.name for row in found if waybill in waybills_of(row.file.case_json)})


def waybills_of(file: dict[str, Any]) -> list[str]:
    """Will give the waybills of every parcel in a case file, on its way out and back."""
    back = file.get("return_parcel")
    parcels = [*(file.get("shipments") or ()), *([back] if isinstance(back, dict) else [])]
    told = [str(one.get(field) or "") for one in parcels if isinstance(one, dict) for field in ("waybill", "id")]
    return [one for one in told if len(one) >= _SHORTEST]


def _proofs(rows: QuerySet[GoodsProofRow]) -> list[GoodsProof]:
    return [_proof(row) for row in rows.select_related("shop").order_by("at", "pk")[:200]]


def _proof(row: GoodsProofRow) -> GoodsProof:
    parcel = GoodsOf(row.shop.name, row.order_no, row.waybill, row.purpose, row.grams)
    return GoodsProof(
        row.pk,
        parcel,
        row.shop.merchant,
        row.sha256,
        row.kind,
        row.mime,
        row.size,
        row.name,
        Actor(row.by_kind, row.by),
        row.at,
    )
