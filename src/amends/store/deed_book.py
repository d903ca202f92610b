"""Deeds under a lease: claimed one a case at a time, written before the call and after the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from amends.facts.deed_work import OPEN_DEEDS, DeedClaim, DeedState, state_after
from amends.facts.deeds import DeedReceipt
from amends.store.database import writing
from amends.store.deed_rows import claim_of, state_of_deed
from amends.store.hint_again import hint_case
from amends.store.models import DeedRow, MessageRow, PayStep, PlatformCaseRow

READ_WITHIN: Final = timedelta(minutes=15)
"""What follows something that was done waits so long for the case to be read back; then it goes on with what is known."""
MOST_OF_SHOP: Final = 2
"""Deeds of one connection that are held at a time, over all workers: a platform that is slow leaves hands for the others."""
_OPEN: Final = tuple(sorted(OPEN_DEEDS))


class DatabaseDeeds:
    """Implements `amends.carry_out.ports.Deeds`."""

    def claim(self, owner: str, now: datetime, lease_seconds: int, most: int) -> Sequence[DeedClaim]:
        """Will lease due deeds that nobody holds: of one case the oldest only, of one connection a few."""
        if not _due(now).exists():
            return []
        found: list[DeedClaim] = []
        with writing():
            oldest = _due(now).order_by("connection_id").values("connection_id").annotate(first=Min("due_at"))
            for one in list(oldest.order_by("first")[:most]):
                rows = _due(now).filter(connection_id=one["connection_id"]).order_by("due_at", "pk")
                if connection.vendor == "postgresql":
                    rows = rows.select_for_update(skip_locked=True, of=("self",))
                room = MOST_OF_SHOP - _held_of(one["connection_id"], now)
                for row in list(rows[: max(0, min(room, most - len(found)))]):
                    row.lease = f"{owner}:{row.pk}:{now.timestamp():.6f}"
                    row.lease_until = now + timedelta(seconds=lease_seconds)
                    row.save(update_fields=["lease", "lease_until"])
                    found.append(claim_of(row, _version_after_ours(row)))
        return found

    def holders(self, now: datetime) -> frozenset[str]:
        """Will name the workers that hold a lease which still runs."""
        leases = DeedRow.objects.filter(state__in=_OPEN, lease_until__gte=now).values_list("lease", flat=True)
        return frozenset([lease.rsplit(":", 2)[0] for lease in leases if lease])

    def free(self, owner: str, now: datetime) -> int:
        """Will end the leases of a worker that is surely gone; what it had sent is asked about, as after any lost lease."""
        with writing():
            held = DeedRow.objects.filter(state__in=_OPEN, lease__startswith=f"{owner}:", lease_until__gte=now)
            return held.update(lease="", lease_until=None)

    def sending(self, claim: DeedClaim, now: datetime) -> bool:
        """Will write down that the deed is sent now, before it is."""
        with writing():
            row = _held(claim)
            if row is None or row.state not in ("wanted", "unknown") or not row.may_send:
                return False
            row.state, row.may_send, row.sends = "sent", False, row.sends + 1
            row.save(update_fields=["state", "may_send", "sends"])
            return True

    def asking(self, claim: DeedClaim, now: datetime) -> bool:
        """Will count a question."""
        with writing():
            row = _held(claim)
            if row is None:
                return False
            row.asks += 1
            row.save(update_fields=["asks"])
            return True

    def receive(self, claim: DeedClaim, receipt: DeedReceipt, now: datetime, again_at: datetime | None) -> DeedState:
        """Will write down what came back, have the case read again, and free the lease. A lease that was lost changes nothing."""
        with writing():
            row = _held(claim)
            if row is None:
                return state_of_deed(DeedRow.objects.get(pk=claim.number))
            was = row.state
            row.state = state_after(row.state, receipt)
            row.may_send = row.may_send or (receipt.outcome == "absent" and was in ("sent", "unknown"))
            row.reference = (receipt.reference or row.reference)[:160]
            row.code = (receipt.code or ("stale" if receipt.outcome == "stale" else ""))[:80]
            row.message, row.alarm = receipt.message[:500], receipt.alarm[:300]
            row.lease, row.lease_until, row.due_at = "", None, again_at or row.due_at
            if row.state not in OPEN_DEEDS:
                row.settled_at = now
            row.save()
            if row.state == "done" and row.action == "message":
                _message_left(row)
            if was != "wanted" or row.state != "wanted":
                hint_case(row.case_id, now)
            return state_of_deed(row)


def is_quiet(case: int, now: datetime) -> bool:
    """Will say whether a step of a case may go by its platform now: no deed is open there, and what was done was read back."""
    return not DeedRow.objects.filter(case_id=case, state__in=_OPEN).exists() and _read_back(case, now)


def _due(now: datetime) -> QuerySet[DeedRow]:
    """Deeds that may go now: of connections that are on and need not be left alone, the oldest of a case, after what was read back."""
    mine = DeedRow.objects.filter(case=OuterRef("case"))
    older = mine.filter(state__in=_OPEN, pk__lt=OuterRef("pk"))
    since = now - READ_WITHIN
    read = OuterRef("case__platform__read_at")
    unread = mine.filter(state="done", settled_at__gte=since, settled_at__gt=read)
    paid = PayStep.objects.filter(
        plan__case=OuterRef("case"), gateway="shop", state="succeeded", settled_at__gte=since, settled_at__gt=read
    )
    rest = Q(connection__again_at__isnull=True) | Q(connection__again_at__lte=now)
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    rows = DeedRow.objects.filter(rest, free, state__in=_OPEN, due_at__lte=now, connection__state="on")
    waits = Q(state="wanted") & (Exists(unread) | Exists(paid))
    return rows.filter(~Exists(older)).exclude(waits)


def _held_of(connection_id: int, now: datetime) -> int:
    """How many deeds of a connection somebody holds now."""
    return DeedRow.objects.filter(connection_id=connection_id, state__in=_OPEN, lease_until__gte=now).count()


def _read_back(case: int, now: datetime) -> bool:
    read = PlatformCaseRow.objects.filter(case_id=case).values_list("read_at", flat=True).first()
    if read is None:
        return True
    since = max(read, now - READ_WITHIN)
    done = DeedRow.objects.filter(case_id=case, state="done", settled_at__gt=since)
    paid = PayStep.objects.filter(plan__case_id=case, gateway="shop", state="succeeded", settled_at__gt=since)
    return not done.exists() and not paid.exists()


def _version_after_ours(row: DeedRow) -> str | None:
    """The case's version as it is now, where we ourselves changed it since this deed was decided on; None where we did not."""
    done = DeedRow.objects.filter(case_id=row.case_id, state="done", settled_at__gt=row.made_at)
    paid = PayStep.objects.filter(
        plan__case_id=row.case_id, gateway="shop", state="succeeded", settled_at__gt=row.made_at
    )
    if not done.exists() and not paid.exists():
        return None
    return PlatformCaseRow.objects.filter(case_id=row.case_id).values_list("version", flat=True).first()


def _held(claim: DeedClaim) -> DeedRow | None:
    """The deed's row, locked, while this worker still holds its lease."""
    rows = DeedRow.objects.select_for_update().filter(pk=claim.number, lease=claim.lease, state__in=_OPEN)
    return rows.first()


def _message_left(row: DeedRow) -> None:
    """What was written to the buyer has left the house by the platform."""
    told: Mapping[str, str] = row.deed
    waiting = MessageRow.objects.filter(case_id=row.case_id, state="waiting", at=row.made_at, text=told.get("text", ""))
    waiting.update(state="sent")


__all__ = ["DatabaseDeeds", "is_quiet"]
