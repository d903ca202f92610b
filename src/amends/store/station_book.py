"""Parcels at the station in the database: kept, found by number, matched, and timed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from amends.facts.listed import ListLine
from amends.facts.people import Merchants
from amends.facts.station import NewStray, Pace, Stray, Visit, pace_of
from amends.store.case_reader import line_of
from amends.store.case_rows import shop_named
from amends.store.database import writing
from amends.store.models import CaseRow, Shop, StrayCaseRow, StrayRow, VisitRow
from amends.store.seal import seal, unseal
from amends.store.station_finding import StationFinding
from amends.store.walls import of_shops, shops_within, walled

SEALED: Final = "stray parcel"
_TIMED: Final = ("inspect", "second_look")
_MOST_VISITS: Final = 20_000


class DatabaseStation(StationFinding):
    """Implements `amends.desk.station.ports.StationBook`."""

    def transaction(self) -> AbstractContextManager[None]:
        """Will do what is inside all or not at all."""
        return writing()

    def queue(self, merchants: Merchants, most: int) -> Sequence[ListLine]:
        """Will give the cases that wait for an inspection."""
        rows = CaseRow.objects.filter(state="open", status="to_inspect", **of_shops(shops_within(merchants)))
        return [line_of(row) for row in rows.select_related("shop").order_by("due_order", "-value_points", "pk")[:most]]

    def to_look_again(self, merchants: Merchants, most: int) -> Sequence[ListLine]:
        """Will give the cases whose buyer objected: a deadline of ours runs for the second look."""
        rows = CaseRow.objects.filter(
            state="open",
            deadlines__source="own",
            deadlines__action="second_look",
            deadlines__state="running",
            **of_shops(shops_within(merchants)),
        )
        return [line_of(row) for row in rows.select_related("shop").order_by("due_order", "pk").distinct()[:most]]

    def put_stray(self, about: NewStray, by: str, at: datetime) -> int:
        """Will keep a parcel. Raises `KeyError`: no such shop."""
        shop = shop_named(about.shop)
        if shop is None:
            raise KeyError(about.shop)
        private = {"phone": about.phone, "name": about.name, "note": about.note}
        row = StrayRow.objects.create(
            shop=shop,
            kind=about.kind,
            waybill=about.waybill.strip()[:60],
            carrier=about.carrier.strip()[:60],
            order_no=about.order.strip()[:120],
            sku=about.sku.strip()[:120],
            grams=about.grams,
            place=about.place.strip()[:60],
            sealed=seal(json.dumps(private, ensure_ascii=False), SEALED),
            by=by[:120],
            at=at,
        )
        return int(row.pk)

    def stray(self, number: int, merchants: Merchants) -> Stray | None:
        """Will give a kept parcel."""
        return next(iter(_strays(walled(StrayRow.objects.filter(pk=number), merchants, "shop"))), None)

    def strays(self, merchants: Merchants, most: int, state: str = "kept") -> Sequence[Stray]:
        """Will give kept parcels."""
        rows = walled(StrayRow.objects.filter(state=state), merchants, "shop")
        return _strays(rows.order_by("-at", "-pk")[:most])

    def strays_of(self, case: int) -> Sequence[Stray]:
        """Will give the parcels of a case."""
        return _strays(StrayRow.objects.filter(matches__case=case).order_by("at", "pk"))

    def match(self, number: int, case: int, by: str, at: datetime) -> bool:
        """Will join a parcel and a case."""
        with writing():
            row = StrayRow.objects.select_for_update().get(pk=number)
            _, fresh = StrayCaseRow.objects.get_or_create(stray=row, case_id=case, defaults={"by": by[:120], "at": at})
            if row.state == "kept":
                StrayRow.objects.filter(pk=number).update(state="matched", done_by=by[:120], done_at=at)
            return fresh

    def gone(self, number: int, by: str, at: datetime, became: str) -> None:
        """Will note that a parcel left."""
        StrayRow.objects.filter(pk=number, state="kept").update(
            state="gone", done_by=by[:120], done_at=at, became=became[:500]
        )

    def shops(self, merchants: Merchants) -> Sequence[tuple[str, str]]:
        """Will give the shops within a wall."""
        rows = Shop.objects.all() if merchants is None else Shop.objects.filter(merchant__in=merchants)
        return list(rows.order_by("name").values_list("name", "merchant"))

    def visited(self, visit: Visit) -> None:
        """Will write a visit down."""
        shop = shop_named(visit.shop)
        if shop is not None:
            VisitRow.objects.create(
                shop=shop,
                what=visit.what,
                by=visit.by[:120],
                case_id=visit.case,
                stray_id=visit.stray,
                began_at=visit.began_at,
                done_at=visit.done_at,
            )

    def pace(self, merchants: Merchants, since: datetime) -> Pace:
        """Will tell how long inspections took."""
        rows = walled(VisitRow.objects.filter(what__in=_TIMED, done_at__gte=since), merchants, "shop")
        found = rows.order_by("-done_at").values_list("by", "began_at", "done_at")[:_MOST_VISITS]
        return pace_of([(name, int((done - began).total_seconds())) for name, began, done in found])


def _strays(rows: QuerySet[StrayRow]) -> list[Stray]:
    matches = Prefetch("matches", StrayCaseRow.objects.select_related("case").order_by("at"))
    return [_stray(row, row.matches.all()) for row in rows.select_related("shop").prefetch_related(matches)]


def _stray(row: StrayRow, matches: Iterable[StrayCaseRow]) -> Stray:
    private: dict[str, Any] = json.loads(unseal(row.sealed, SEALED)) if row.sealed else {}
    about = NewStray(
        row.shop.name,
        row.kind,
        row.waybill,
        row.carrier,
        row.order_no,
        str(private.get("phone") or ""),
        str(private.get("name") or ""),
        row.sku,
        row.grams,
        row.place,
        str(private.get("note") or ""),
    )
    cases = tuple([(one.case_id, one.case.key) for one in matches])
    return Stray(
        row.pk, row.shop.merchant, about, row.state, row.by, row.at, cases, row.done_by, row.done_at, row.became
    )
