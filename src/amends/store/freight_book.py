"""Freight in the database: interceptions, who uses which waybill, the way back, claims against carriers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from amends.facts.freight import (
    HEARD_INTERCEPTION,
    OPEN_CLAIM,
    CarrierClaim,
    FreightNote,
    Interception,
    WaybillUse,
)
from amends.facts.people import Merchants
from amends.facts.waybill_signals import WithdrawnSignal, signal_of
from amends.store.database import writing
from amends.store.models import CarrierClaimRow, FreightRow, InterceptionRow, WaybillUseRow, WithdrawnSignalRow
from amends.store.walls import walled


class DatabaseFreight:
    """Implements `amends.desk.freight.ports.FreightBook`."""

    def index(self, case: int, merchant: str, uses: Iterable[WaybillUse]) -> None:
        """Will keep which waybills a case uses, and no others."""
        wanted = {(one.part, one.waybill): one for one in uses}
        with writing():
            there = {(row.part, row.waybill): row.pk for row in WaybillUseRow.objects.filter(case_id=case)}
            WaybillUseRow.objects.filter(pk__in=[key for name, key in there.items() if name not in wanted]).delete()
            fresh = [one for name, one in wanted.items() if name not in there]
            WaybillUseRow.objects.bulk_create(
                [
                    WaybillUseRow(
                        case_id=case, merchant=merchant, order_no=one.order, part=one.part, waybill=one.waybill
                    )
                    for one in fresh
                ],
                ignore_conflicts=True,
            )

    def elsewhere(self, case: int, merchant: str, waybills: Iterable[str]) -> Sequence[WaybillUse]:
        """Will give the merchant's other cases' uses of these waybills."""
        rows = WaybillUseRow.objects.filter(merchant=merchant, waybill__in=sorted(set(waybills))).exclude(case_id=case)
        return [
            WaybillUse(row.case_id, row.case.key, row.order_no, row.part, row.waybill)
            for row in rows.select_related("case").order_by("pk")[:50]
        ]

    def put_interception(self, one: Interception) -> Interception:
        """Will write an interception, new (number 0) or as it stands now."""
        with writing():
            if one.number:
                values = {"state": one.state, "told_at": one.told_at, "refund": one.refund}
                InterceptionRow.objects.filter(pk=one.number).update(**values)
                return one
            row = InterceptionRow.objects.create(
                case_id=one.case,
                shipment=one.shipment,
                waybill=one.waybill,
                carrier=one.carrier,
                way=one.way,
                state=one.state,
                by=one.by,
                by_role=one.by_role,
                at=one.at,
                due_at=one.due,
                why=one.why,
            )
            return _interception(row)

    def interceptions(self, case: int) -> Sequence[Interception]:
        """Will give those of a case, the newest first."""
        return [_interception(row) for row in InterceptionRow.objects.filter(case_id=case).order_by("-pk")]

    def interception(self, number: int) -> Interception | None:
        """Will give one as it stands."""
        row = InterceptionRow.objects.filter(pk=number).first()
        return None if row is None else _interception(row)

    def to_hear(self, since: datetime, most: int) -> Sequence[Interception]:
        """Will give those that a trace may still move, or whose refund is due, and that are younger than `since`."""
        rows = InterceptionRow.objects.filter(state__in=HEARD_INTERCEPTION, at__gte=since, case__state="open")
        due = InterceptionRow.objects.filter(state="succeeded", refund="due")
        return [_interception(row) for row in [*due.order_by("pk")[:most], *rows.order_by("-pk")[:most]]]

    def stopped_since(self, since: datetime, most: int) -> Sequence[int]:
        """Will give the cases of parcels that were stopped: what is told of them afterwards is looked at."""
        rows = InterceptionRow.objects.filter(state="succeeded", told_at__gte=since, case__state="open")
        return list(rows.order_by("-pk").values_list("case_id", flat=True)[:most])

    def note(self, case: int) -> FreightNote:
        """Will give what is kept of a case's way back; an empty note where nothing is."""
        row = FreightRow.objects.filter(case_id=case).first()
        return FreightNote(case) if row is None else _note(row)

    def put_note(self, note: FreightNote) -> None:
        """Will keep a note."""
        values = {name: getattr(note, name) for name in FreightNote.__slots__ if name != "case"}
        with writing():
            FreightRow.objects.update_or_create(case_id=note.case, defaults=values)

    def withdraw_signal(self, case: int, withdrawn: WithdrawnSignal) -> None:
        """Will keep that a signal does not count any more; none is ever deleted."""
        values = {"why": withdrawn.why, "by": withdrawn.by, "at": withdrawn.at}
        with writing():
            WithdrawnSignalRow.objects.create(case_id=case, signal=withdrawn.signal.plain(), **values)

    def withdrawn_signals(self, case: int) -> Sequence[WithdrawnSignal]:
        """Will give those of a case, the newest first."""
        rows = WithdrawnSignalRow.objects.filter(case_id=case).order_by("-pk")
        return [WithdrawnSignal(signal_of(row.signal), row.why, row.by, row.at) for row in rows]

    def put_claim(self, claim: CarrierClaim) -> CarrierClaim | None:
        """Will write a claim, new (number 0) or as it stands now; None where one of its kind is alive for the parcel."""
        values: dict[str, Any] = {
            "state": claim.state,
            "due_at": claim.due,
            "reference": claim.reference,
            "paid": claim.paid,
            "note": claim.note,
            "warned": claim.warned,
        }
        with writing():
            if claim.number:
                CarrierClaimRow.objects.filter(pk=claim.number).update(**values)
                return claim
            alive = CarrierClaimRow.objects.filter(case_id=claim.case, waybill=claim.waybill, kind=claim.kind)
            if alive.exclude(state__in=["dropped", "lapsed"]).exists():
                return None
            made = {name: getattr(claim, name) for name in _MADE}
            row = CarrierClaimRow.objects.create(case_id=claim.case, **made, **values)
        return self.claim(row.pk)

    def claim(self, number: int) -> CarrierClaim | None:
        """Will give one."""
        row = CarrierClaimRow.objects.select_related("case__shop").filter(pk=number).first()
        return None if row is None else _claim(row)

    def claims_of(self, case: int) -> Sequence[CarrierClaim]:
        """Will give those of a case, the newest first."""
        rows = CarrierClaimRow.objects.select_related("case__shop").filter(case_id=case)
        return [_claim(row) for row in rows.order_by("-pk")]

    def claims(self, merchants: Merchants, *, settled: bool, most: int) -> Sequence[CarrierClaim]:
        """Will give those within the wall: what runs out first before what has no end, or the settled ones, the newest first."""
        rows = walled(CarrierClaimRow.objects.select_related("case__shop"), merchants, "case__shop")
        if settled:
            return [_claim(row) for row in rows.exclude(state__in=OPEN_CLAIM).order_by("-pk")[:most]]
        return [_claim(row) for row in rows.filter(state__in=OPEN_CLAIM).order_by("due_at", "pk")[:most]]

    def claims_due(self, until: datetime, now: datetime, most: int) -> Sequence[int]:
        """Will give claims that run out before `until` and nobody was warned of, and those that ran out."""
        rows = CarrierClaimRow.objects.filter(state__in=OPEN_CLAIM, due_at__lte=until)
        fresh = [*rows.filter(warned=False).order_by("due_at")[:most], *rows.filter(due_at__lt=now)[:most]]
        return list(dict.fromkeys([row.pk for row in fresh]))


_MADE = (
    "waybill",
    "carrier",
    "kind",
    "currency",
    "amount",
    "declared",
    "insured",
    "ceiling",
    "rule",
    "confidence",
    "by",
    "at",
)


def _interception(row: InterceptionRow) -> Interception:
    return Interception(
        number=row.pk,
        case=row.case_id,
        shipment=row.shipment,
        waybill=row.waybill,
        carrier=row.carrier,
        way=row.way,  # type: ignore[arg-type]
        state=row.state,
        by=row.by,
        by_role=row.by_role,
        at=row.at,
        due=row.due_at,
        told_at=row.told_at,
        why=row.why,
        refund=row.refund,  # type: ignore[arg-type]
    )


def _note(row: FreightRow) -> FreightNote:
    return FreightNote(row.case_id, *[getattr(row, name) for name in FreightNote.__slots__ if name != "case"])


def _claim(row: CarrierClaimRow) -> CarrierClaim:
    case = row.case
    return CarrierClaim(
        number=row.pk,
        case=row.case_id,
        key=case.key,
        shop=case.shop.name,
        market=case.market,
        state=row.state,
        due=row.due_at,
        reference=row.reference,
        paid=row.paid,
        note=row.note,
        warned=row.warned,
        **{name: getattr(row, name) for name in _MADE},
    )
