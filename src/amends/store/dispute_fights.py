"""What is done at gateways about disputes, under a lease: written down before the call and after the answer, never sent twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from amends.facts.dispute_wire import FightReceipt
from amends.facts.disputes import Fight
from amends.store.database import writing
from amends.store.dispute_rows import fight_of
from amends.store.models import FightRow

LIVE = ("wanted", "sending", "unsure")


class DatabaseFights:
    """Implements `amends.desk.disputes.ports.Fights`."""

    def claim(self, owner: str, now: datetime, seconds: int, most: int) -> Sequence[Fight]:
        """Will lease what is due and nobody holds, the longest due first."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        due = FightRow.objects.filter(free, state__in=LIVE, due_at__lte=now)
        if not due.exists():
            return []
        with writing():
            rows = list(due.select_for_update().order_by("due_at", "pk")[:most])
            for row in rows:
                row.lease, row.lease_until = (
                    f"{owner}:{row.pk}:{now.timestamp():.6f}"[:120],
                    now + timedelta(seconds=seconds),
                )
                row.save(update_fields=["lease", "lease_until"])
            return [fight_of(row) for row in rows]

    def sending(self, fight: Fight, now: datetime) -> bool:
        """Will write down that it is sent now, before it is; False where it may not be, or another has it."""
        with writing():
            row = _held(fight)
            if row is None or not row.may_send:
                return False
            row.state, row.may_send, row.sends = "sending", False, row.sends + 1
            row.save(update_fields=["state", "may_send", "sends"])
            return True

    def received(
        self,
        fight: Fight,
        receipt: FightReceipt,
        state: str,
        now: datetime,
        again_at: datetime | None,
        *,
        may_send: bool,
    ) -> bool:
        """Will write down what came of it and free the lease; a lease that was lost changes nothing."""
        with writing():
            row = _held(fight)
            if row is None:
                return False
            row.state, row.may_send, row.tries = state, may_send, row.tries + 1
            row.again += receipt.code == "again"
            row.code, row.message, row.alarm = receipt.code[:80], receipt.message[:400], receipt.alarm[:300]
            row.reference = receipt.reference[:160] or row.reference
            row.lease, row.lease_until = "", None
            if again_at is None:
                row.settled_at = now
            else:
                row.due_at = again_at
            row.save()
            return True

    def settle(self, number: int, state: str, message: str, now: datetime) -> bool:
        """Will end one that is not at its end, by what was told or said elsewhere; False where it is."""
        with writing():
            rows = FightRow.objects.filter(pk=number, state__in=LIVE)
            return bool(
                rows.update(state=state, message=message[:400], alarm="", settled_at=now, lease="", lease_until=None)
            )

    def hurry(self, dispute: int, now: datetime) -> None:
        """Will have what waits be looked at now."""
        FightRow.objects.filter(dispute_id=dispute, state__in=LIVE, after__lte=now).update(due_at=now)


def _held(fight: Fight) -> FightRow | None:
    rows = FightRow.objects.select_for_update().filter(pk=fight.number, state__in=LIVE)
    return rows.filter(lease=fight.lease).first()
