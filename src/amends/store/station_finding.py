"""What a scanned number leads to, and the cases that a parcel nobody announced may belong to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from amends.facts.people import Merchants
from amends.facts.sold import expected_grams, plain_number
from amends.facts.station import Candidate, Hit, Stray, label_of, number_on_label
from amends.store.goods_proofs import waybills_of
from amends.store.models import CaseRow, GoodsProofRow, ShopOrder, StrayRow
from amends.store.seal import unseal
from amends.store.shop_orders import CONTACT
from amends.store.walls import of_shops, shops_within, walled

_MOST: Final = 20
_MOST_CANDIDATES: Final = 300
_SHORTEST: Final = 4
_NOT_HERE: Final = ("none", "awaited", "on_the_way", "lost", "sent_back")


class StationFinding:
    """Finding by numbers, within the wall."""

    def find(self, text: str, merchants: Merchants) -> Sequence[Hit]:
        """Will give what goes by a number: open cases first, then kept parcels, closed cases, orders without a case."""
        told = text.strip().lstrip("#")
        if not told:
            return []
        cases = _cases(told, merchants)
        strays = _strays(told, merchants)
        orders = [] if cases else _orders(told, merchants)
        return [*[one for one in cases if one.open], *strays, *[one for one in cases if not one.open], *orders][:_MOST]

    def candidates(self, stray: Stray, merchants: Merchants) -> Sequence[Candidate]:
        """Will give the cases whose goods may be in a parcel: by its numbers first, then the newest."""
        rows = CaseRow.objects.filter(shop__merchant=stray.merchant, **of_shops(shops_within(merchants)))
        about = stray.about
        known = Q(pk__in=[])
        if about.order:
            known |= Q(order_no=about.order)
        if len(about.waybill) >= _SHORTEST:
            known |= Q(text__words__icontains=about.waybill)
        if about.sku:
            known |= Q(sku=about.sku)
        named = list(_whole(rows.filter(known)).order_by("-pk")[:_MOST_CANDIDATES])
        open_rows = rows.filter(state="open", goods_track__in=_NOT_HERE)
        newest = list(_whole(open_rows).order_by("-asked_order", "-pk")[:_MOST_CANDIDATES])
        there = {row.pk: row for row in [*named, *newest]}
        return _candidates(list(there.values()))


def _whole(rows: QuerySet[CaseRow]) -> QuerySet[CaseRow]:
    return rows.select_related("shop", "file")


def _cases(told: str, merchants: Merchants) -> list[Hit]:
    """Cases by their number, their order, and the waybills of their parcels."""
    rows = CaseRow.objects.filter(**of_shops(shops_within(merchants)))
    exact = Q(key__iexact=told) | Q(order_no__iexact=told) | Q(parcels__parcel__waybill__iexact=told)
    if told.isascii() and told.isdigit() and len(told) < 12:
        exact |= Q(pk=int(told))
    if len(told) >= _SHORTEST:
        exact |= Q(text__words__icontains=told)
    hits = []
    for row in _whole(rows.filter(exact)).order_by("-pk").distinct()[: 3 * _MOST]:
        if why := _why(row, told):
            hits.append(Hit("case", row.pk, row.key, row.shop.name, why, row.title, row.status, row.state == "open"))
    return sorted(hits, key=lambda one: ("case", "waybill", "shipment", "order").index(one.by))


def _why(row: CaseRow, told: str) -> str:
    """What of a case goes by the number; "" where it only stands somewhere in its words."""
    number, file = plain_number(told), row.file.case_json
    if told == str(row.pk) or plain_number(row.key) == number:
        return "case"
    back = (file.get("return_parcel") or {}).get("waybill")
    if back and plain_number(str(back)) == number:
        return "waybill"
    if number in {plain_number(one) for one in waybills_of(file)}:
        return "shipment"
    for link in row.parcels.select_related("parcel"):
        if plain_number(link.parcel.waybill) == number:
            return "waybill" if link.part == "back" else "shipment"
    return "order" if plain_number(row.order_no) == number else ""


def _strays(told: str, merchants: Merchants) -> list[Hit]:
    label = number_on_label(told)
    rows = walled(StrayRow.objects.filter(Q(pk=label or 0) | Q(waybill__iexact=told)), merchants, "shop")
    return [
        Hit("stray", row.pk, label_of(row.pk), row.shop.name, "label" if row.pk == label else "waybill", "", row.state)
        for row in rows.exclude(state="gone").select_related("shop").order_by("-pk")[:_MOST]
    ]


def _orders(told: str, merchants: Merchants) -> list[Hit]:
    rows = ShopOrder.objects.filter(number__iexact=told, **of_shops(shops_within(merchants))).select_related("shop")
    return [Hit("order", 0, row.number, row.shop.name, "order") for row in rows.order_by("pk")[:_MOST]]


def _candidates(rows: list[CaseRow]) -> list[Candidate]:
    contacts, packed = _contacts(rows), _packed(rows)
    return [_candidate(row, contacts.get(_place(row), {}), packed.get(_place(row))) for row in rows]


def _place(row: CaseRow) -> tuple[int, str]:
    return row.shop_id, row.order_no


def _contacts(rows: list[CaseRow]) -> dict[tuple[int, str], dict[str, Any]]:
    """The contacts of the cases' orders, opened."""
    found = ShopOrder.objects.filter(
        shop__in={row.shop_id for row in rows}, number__in={row.order_no for row in rows if row.order_no}
    )
    return {(one.shop_id, one.number): json.loads(unseal(one.contact, CONTACT)) for one in found if one.contact}


def _packed(rows: list[CaseRow]) -> dict[tuple[int, str], int]:
    """What the orders' parcels weighed when they were packed."""
    found = GoodsProofRow.objects.filter(
        shop__in={row.shop_id for row in rows},
        order_no__in={row.order_no for row in rows if row.order_no},
        grams__isnull=False,
    )
    return {(one.shop_id, one.order_no): one.grams for one in found.order_by("pk") if one.grams}


def _candidate(row: CaseRow, contact: dict[str, Any], packed: int | None) -> Candidate:
    file = row.file.case_json
    order, request, buyer = (file.get(name) or {} for name in ("order", "request", "buyer"))
    lines = {str(one.get("id")): one for one in order.get("lines") or ()}
    asked = {str(one.get("id")): int(one.get("quantity") or 1) for one in request.get("lines") or ()}
    asked = asked or {key: int(one.get("quantity") or 1) for key, one in lines.items()}
    skus = [str(lines[key].get("sku") or "") for key in asked if key in lines]
    at = row.asked_order
    return Candidate(
        row.pk,
        row.key,
        row.shop.name,
        row.order_no,
        row.title,
        row.status,
        tuple(waybills_of(file)),
        str(contact.get("phone") or ""),
        str(contact.get("name") or buyer.get("name") or ""),
        tuple([sku for sku in skus if sku]),
        expected_grams(file, asked, packed),
        datetime.fromtimestamp(at, UTC) if at else None,
    )
