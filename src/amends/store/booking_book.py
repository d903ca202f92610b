"""Labels and collections in the database: leased to whoever buys them, written before the call and after the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet

from amends.facts.bookings import (
    LIVE_BOOKINGS,
    OPEN_BOOKINGS,
    SETTLED_BOOKINGS,
    Booking,
    BookingClaim,
    BookingReceipt,
    BookingState,
    after,
    rate_json,
    rate_of,
)
from amends.store.database import writing
from amends.store.models import BookingRow

_OPEN: Final = tuple(sorted(OPEN_BOOKINGS))
_SAME: Final = (
    "kind", "network", "key", "state", "payer", "by", "by_role", "at", "wanted", "currency", "cost", "waybill", "carrier",
    "reference", "url", "file", "code", "message", "alarm", "sends", "asks", "told", "settled_at", "more",
)  # fmt: skip
"""What a row and a booking call the same."""


class DatabaseBookings:
    """Implements `amends.carry_out.booking_runner.Bookings` and `amends.desk.freight.booking_desk.BookingBook`."""

    # For whoever buys.

    def claim(self, owner: str, now: datetime, lease_seconds: int, most: int) -> Sequence[BookingClaim]:
        """Will lease due bookings that nobody holds."""
        if not _due(now).exists():
            return []
        found: list[BookingClaim] = []
        with writing():
            rows = _due(now).order_by("due_at", "pk")
            if connection.vendor == "postgresql":
                rows = rows.select_for_update(skip_locked=True, of=("self",))
            for row in list(rows[:most]):
                row.lease = f"{owner}:{row.pk}:{now.timestamp():.6f}"
                row.lease_until = now + timedelta(seconds=lease_seconds)
                row.save(update_fields=["lease", "lease_until"])
                found.append(BookingClaim(booking_of(row), row.lease, row.may_send))
        return found

    def sending(self, claim: BookingClaim, now: datetime) -> bool:
        """Will write down that it is bought now, before it is."""
        with writing():
            row = _held(claim)
            if row is None or row.state not in ("wanted", "unknown") or not row.may_send:
                return False
            row.state, row.may_send, row.sends = "sent", False, row.sends + 1
            row.save(update_fields=["state", "may_send", "sends"])
            return True

    def asking(self, claim: BookingClaim, now: datetime) -> bool:
        """Will count a question, or a wish to give back that is put again."""
        with writing():
            row = _held(claim)
            if row is None:
                return False
            row.asks += 1
            row.save(update_fields=["asks"])
            return True

    def receive(
        self, claim: BookingClaim, receipt: BookingReceipt, now: datetime, again_at: datetime | None
    ) -> BookingState:
        """Will write down what came back and free the lease. A lease that was lost changes nothing."""
        with writing():
            row = _held(claim)
            if row is None:
                return booking_of(BookingRow.objects.get(pk=claim.booking.number)).state
            was, said = row.state, receipt.said
            row.state = after(row.state, receipt)
            row.may_send = row.may_send or receipt.may_send
            row.code, row.message, row.alarm = said.code[:80], said.message[:500], receipt.alarm[:300]
            row.more = {**row.more, **receipt.more}
            for name in ("reference", "waybill", "carrier", "url"):
                setattr(row, name, getattr(said, name) or getattr(row, name))
            if said.cost is not None and said.outcome == "bought":
                row.cost, row.currency = said.cost, said.currency
            row.lease, row.lease_until, row.due_at = "", None, again_at
            if row.state != was and row.state not in OPEN_BOOKINGS:
                row.settled_at = now
            if row.state in SETTLED_BOOKINGS:
                row.wanted = _forgotten(row.wanted)
            row.save()
            return booking_of(row).state

    # For the desk.

    def put_quote(self, booking: Booking) -> Booking:
        """Will keep offers in place of those that the case had before."""
        with writing():
            BookingRow.objects.filter(case_id=booking.case, state="quoted").update(state="dropped", wanted={})
            values = {name: getattr(booking, name) for name in _SAME}
            offers = [rate_json(one) for one in booking.offers]
            row = BookingRow.objects.create(case_id=booking.case, offers=offers, **values)
            return booking_of(row)

    def choose(self, booking: Booking, at: datetime) -> bool:
        """Will make quoted offers a wish for one of them; False where the case has another live one, or this is quoted no more."""
        with writing():
            if BookingRow.objects.filter(case_id=booking.case, state__in=sorted(LIVE_BOOKINGS)).exists():
                return False
            values = {
                name: getattr(booking, name) for name in ("key", "payer", "by", "by_role", "wanted", "currency", "more")
            }
            offer = rate_json(booking.offer) if booking.offer else None
            rows = BookingRow.objects.filter(pk=booking.number, case_id=booking.case, state="quoted")
            try:
                with transaction.atomic():
                    return bool(rows.update(state="wanted", at=at, due_at=at, offer=offer, **values))
            except IntegrityError:
                return False

    def move(self, number: int, was: str, state: str, at: datetime, **values: Any) -> bool:
        """Will have a booking that nobody holds stand otherwise; False where it stands otherwise already, or somebody holds it."""
        due = at if state in OPEN_BOOKINGS else None
        settled = None if state in OPEN_BOOKINGS else at
        with writing():
            free = Q(lease_until__isnull=True) | Q(lease_until__lt=at)
            rows = BookingRow.objects.filter(free, pk=number, state=was)
            if state in SETTLED_BOOKINGS:
                values["wanted"] = {}
            try:
                with transaction.atomic():
                    return bool(rows.update(state=state, due_at=due, settled_at=settled, **values))
            except IntegrityError:
                return False

    def get(self, number: int) -> Booking | None:
        """Will give one."""
        row = BookingRow.objects.filter(pk=number).first()
        return None if row is None else booking_of(row)

    def of_case(self, case: int) -> Sequence[Booking]:
        """Will give those of a case that were ever more than offers, and the offers that stand; the newest first."""
        rows = BookingRow.objects.filter(case_id=case).exclude(state="dropped", told="")
        return [booking_of(row) for row in rows.order_by("-pk")]

    def count(self, case: int) -> int:
        """Will give how many of a case left the house before."""
        return BookingRow.objects.filter(case_id=case).exclude(state__in=["quoted", "dropped"]).count()

    def by_reference(self, network: str, references: Sequence[str]) -> Booking | None:
        """Will give the one that a network knows by one of these."""
        rows = BookingRow.objects.filter(network=network, reference__in=[one for one in references if one])
        row = rows.order_by("-pk").first()
        return None if row is None else booking_of(row)

    def by_key(self, network: str, key: str) -> Booking | None:
        """Will give the one of a key of ours that left the house."""
        rows = BookingRow.objects.filter(network=network, key=key).exclude(state__in=["quoted", "dropped"])
        row = rows.first()
        return None if row is None else booking_of(row)

    def to_watch(self, now: datetime, most: int) -> Sequence[int]:
        """Will give collections that were booked, and about which it is time to ask."""
        due = Q(due_at__isnull=True) | Q(due_at__lte=now)
        rows = BookingRow.objects.filter(due, kind="pickup", state="booked", told="booked")
        return list(rows.order_by("pk").values_list("pk", flat=True)[:most])

    def watch_again(self, number: int, at: datetime) -> None:
        """Will note when a collection is asked about next."""
        with writing():
            BookingRow.objects.filter(pk=number, state="booked").update(due_at=at)

    def untold(self, most: int) -> Sequence[int]:
        """Will give those whose case's log does not tell how they stand."""
        rows = BookingRow.objects.exclude(told=F("state")).exclude(state__in=["quoted", "wanted", "sent", "unknown"])
        rows = rows.exclude(state="void_wanted").exclude(state="dropped", told="")
        return list(rows.order_by("pk").values_list("pk", flat=True)[:most])

    def mark_told(self, number: int, state: str) -> None:
        """Will note what the log tells of."""
        with writing():
            BookingRow.objects.filter(pk=number).update(told=state)

    def without_file(self, now: datetime, most_tries: int, most: int) -> Sequence[int]:
        """Will give labels that were bought, whose file is not on the shelf and may be tried for now."""
        due = Q(due_at__isnull=True) | Q(due_at__lte=now)
        rows = BookingRow.objects.filter(
            kind="label", state="booked", told="booked", file="", file_tries__lt=most_tries
        )
        return list(rows.filter(due).exclude(url="").order_by("pk").values_list("pk", flat=True)[:most])

    def put_file(self, number: int, sha256: str, now: datetime) -> int:
        """Will keep where a label's file lies, or ("") that it could not be had and is tried for later; how often it was tried."""
        with writing():
            row = BookingRow.objects.select_for_update().get(pk=number)
            row.file, row.file_tries = sha256, row.file_tries + 1
            row.due_at = None if sha256 else now + timedelta(minutes=2**row.file_tries)
            row.save(update_fields=["file", "file_tries", "due_at"])
            return row.file_tries

    def forget_quotes(self, before: datetime) -> int:
        """Will drop offers that are older, with the addresses in them; how many there were."""
        rows = BookingRow.objects.filter(state="quoted", at__lt=before)
        if not rows.exists():
            return 0
        with writing():
            return rows.update(state="dropped", wanted={})

    def tell_more(self, number: int, more: Mapping[str, Any], **values: Any) -> None:
        """Will keep what else was told of a booking."""
        with writing():
            row = BookingRow.objects.select_for_update().get(pk=number)
            row.more = {**row.more, **more}
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=["more", *values])


def booking_of(row: BookingRow) -> Booking:
    """Will give a row as the house knows it."""
    return Booking(
        number=row.pk,
        case=row.case_id,
        offers=tuple([rate_of(one) for one in row.offers]),
        offer=rate_of(row.offer) if row.offer else None,
        **{name: getattr(row, name) for name in _SAME},
    )


def _forgotten(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The wish without the addresses in it."""
    return {name: value for name, value in wanted.items() if name not in ("buyer", "seller")}


def _due(now: datetime) -> QuerySet[BookingRow]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return BookingRow.objects.filter(free, state__in=_OPEN, due_at__lte=now)


def _held(claim: BookingClaim) -> BookingRow | None:
    """The row, locked, while this worker still holds its lease."""
    rows = BookingRow.objects.select_for_update().filter(pk=claim.booking.number, lease=claim.lease, state__in=_OPEN)
    return rows.first()
