"""Steps that take money in, under a lease: written down before the call and after the answer, never sent twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.facts.collect import OPEN_COLLECTIONS, Collected
from amends.facts.collect_work import CollectClaim, brings, state_after, watched_after
from amends.store.collect_rows import claim_of
from amends.store.database import writing
from amends.store.models import CollectionAttempt, CollectionRow

_OPEN: Final = tuple(sorted(OPEN_COLLECTIONS))
_DEAD_WATCH: Final = ("lapsed", "taken")


class DatabaseCollections:
    """Implements `amends.carry_out.ports.Collections`."""

    def claim(self, owner: str, now: datetime, lease_seconds: int, most: int) -> Sequence[CollectClaim]:
        """Will lease due steps that nobody holds: of one charge the oldest only."""
        due = _due(now)
        if not due.exists():
            return []
        with writing():
            rows = due.select_related("brought").order_by("due_at", "pk")
            if connection.vendor == "postgresql":
                rows = rows.select_for_update(skip_locked=True, of=("self",))
            found = []
            for row in list(rows[:most]):
                row.lease = f"{owner}:{row.pk}:{now.timestamp():.6f}"[:120]
                row.lease_until = now + timedelta(seconds=lease_seconds)
                row.save(update_fields=["lease", "lease_until"])
                found.append(claim_of(row))
            return found

    def holders(self, now: datetime) -> frozenset[str]:
        """Will name the workers that hold a lease which still runs."""
        leases = CollectionRow.objects.filter(lease_until__gte=now).values_list("lease", flat=True)
        return frozenset([lease.rsplit(":", 2)[0] for lease in leases if lease])

    def free(self, owner: str, now: datetime) -> int:
        """Will end the leases of a worker that is surely gone; what it had sent is asked about."""
        with writing():
            held = CollectionRow.objects.filter(lease__startswith=f"{owner}:", lease_until__gte=now)
            return held.update(lease="", lease_until=None)

    def sending(self, claim: CollectClaim, now: datetime) -> bool:
        """Will write down that it is sent now, before it is; False where it may not be any more, or another has it."""
        with writing():
            row = _held(claim)
            if row is None or row.unwanted or not row.may_send or row.state not in ("requested", "unknown", "sent"):
                return False
            row.state, row.may_send, row.sends = "sent", False, row.sends + 1
            row.first_sent_at = row.first_sent_at or now
            row.save(update_fields=["state", "may_send", "sends", "first_sent_at"])
            CollectionAttempt.objects.create(collection=row, what="sent", at=now)
            return True

    def asking(self, claim: CollectClaim, now: datetime) -> bool:
        """Will count a question; False where another has it, or where it was called off since it was claimed: a question that thinks
        it wanted may bring it about. Then it is due again at once, as one that is not wanted."""
        with writing():
            row = _held(claim)
            if row is None:
                return False
            if row.unwanted and claim.order.wanted and not claim.watched:
                row.lease, row.lease_until = "", None
                row.save(update_fields=["lease", "lease_until"])
                return False
            row.asks += 1
            row.save(update_fields=["asks"])
            return True

    def receive(self, claim: CollectClaim, found: Collected, now: datetime, again_at: datetime | None) -> str:
        """Will write down what came back and free the lease. A lease that was lost changes nothing."""
        with writing():
            row = _held(claim)
            if row is None:
                return str(CollectionRow.objects.values_list("state", flat=True).get(pk=claim.number))
            row.lease, row.lease_until, row.due_at = "", None, again_at or row.due_at
            if claim.watched:
                take_watched(row, found, now, "asked")
            else:
                take_found(row, found, now, "answer")
            return row.state


def take_found(row: CollectionRow, found: Collected, now: datetime, what: str) -> None:
    """Will write down what is told of a step, inside a transaction: the attempt, its state, what was learnt of it."""
    before = row.state
    row.state = state_after(before, row.kind, found, unwanted=row.unwanted)  # type: ignore[arg-type]
    row.may_send = row.may_send or (found.outcome == "absent" and before in ("sent", "unknown") and not row.unwanted)
    row.reference, row.payment = found.reference[:160] or row.reference, found.payment[:160] or row.payment
    row.link, row.until = found.link[:500] or row.link, found.until or row.until
    row.code, row.message, row.alarm = found.code[:80], found.message[:500], found.alarm[:300]
    if row.state != before and row.state not in OPEN_COLLECTIONS:
        row.settled_at = now
        _settled(row)
    row.save()
    _attempt(row, found, now, what)


def take_watched(row: CollectionRow, found: Collected, now: datetime, what: str) -> None:
    """Will write down what is told of money that is held: it is held no longer, or was taken, or it goes on."""
    became = watched_after(found)
    row.watch = row.watch and became not in _DEAD_WATCH
    if became == "lapsed" and row.state == "succeeded" and not _ended_by_us(row):
        row.state, row.code = "lapsed", found.code[:80]
    row.save()
    if became != "held":
        _attempt(row, found, now, what)


def _settled(row: CollectionRow) -> None:
    """What follows from the end of a step: what is held is watched; what is let go or taken is not any more; a shut page is shut."""
    if brings(row.kind) and row.hold and row.state == "succeeded":
        row.watch, row.due_at = True, row.until or row.due_at
    if row.brought_id is None or row.state != "succeeded":
        return
    if row.kind == "close":
        page = CollectionRow.objects.select_for_update().get(pk=row.brought_id)
        if page.state in ("sent", "unknown"):
            page.state, page.settled_at = "closed", row.settled_at
            page.save(update_fields=["state", "settled_at"])
    else:
        CollectionRow.objects.filter(pk=row.brought_id).update(watch=False)


def _ended_by_us(row: CollectionRow) -> bool:
    return row.followed.filter(kind="release", state__in=("sent", "unknown", "succeeded")).exists()


def _attempt(row: CollectionRow, found: Collected, now: datetime, what: str) -> None:
    CollectionAttempt.objects.create(
        collection=row,
        what=what,
        at=now,
        outcome=found.outcome,
        payment=found.payment[:160],
        code=found.code[:80],
        message=found.message[:500],
        alarm=found.alarm[:300],
    )


def _due(now: datetime) -> QuerySet[CollectionRow]:
    """Steps that may go now: the oldest that is open about a charge; holds that are watched. A page is shut once it is known, and while
    nobody is asking about it, because a question may take what was approved on it."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    mine = CollectionRow.objects.filter(case=OuterRef("case"), charge=OuterRef("charge"), pk__lt=OuterRef("pk"))
    older = mine.filter(state__in=_OPEN).exclude(kind="link", state="sent").exclude(kind="link", link__gt="")
    not_yet = Q(kind="close") & (Q(brought__reference="") | Q(brought__lease_until__gte=now))
    work = Q(state__in=_OPEN) & ~Exists(older) & ~not_yet
    return CollectionRow.objects.filter(free, work | Q(state="succeeded", watch=True), due_at__lte=now)


def _held(claim: CollectClaim) -> CollectionRow | None:
    rows = CollectionRow.objects.select_for_update().filter(pk=claim.number, lease=claim.lease)
    row = rows.first()
    return row if row is not None and (row.state in OPEN_COLLECTIONS or claim.watched) else None
