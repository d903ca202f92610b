"""Time stamps in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from amends.facts.vault import Stamp
from amends.store import hot
from amends.store.models import StampRow, VaultFileRow


class DatabaseStamps:
    """Implements `amends.desk.vault.ports.StampBook`."""

    def want(self, kind: str, subject: str, at: datetime) -> None:
        """Will have something stamped, once."""
        hot.insert_new(StampRow(kind=kind, subject=subject, imprint=subject, asked_at=at, next_at=at))

    def due(self, now: datetime, most: int) -> Sequence[Stamp]:
        """Will give what waits and is due."""
        rows = StampRow.objects.filter(state="waiting", next_at__lte=now).order_by("next_at", "pk")[:most]
        return [_stamp(row) for row in rows]

    def came(self, number: int, url: str, token: bytes, stamped_at: datetime) -> None:
        """Will keep a token."""
        StampRow.objects.filter(pk=number).update(
            state="stamped", url=url[:300], token=token, stamped_at=stamped_at, message="", next_at=None
        )

    def failed(self, number: int, message: str, next_at: datetime | None) -> None:
        """Will note why none came."""
        row = StampRow.objects.get(pk=number)
        row.tries, row.message, row.next_at = row.tries + 1, message[:300], next_at
        row.state = "waiting" if next_at else "failed"
        row.save(update_fields=["tries", "message", "next_at", "state"])

    def of(self, subjects: Sequence[str]) -> Mapping[str, Stamp]:
        """Will give the stamps of these."""
        return {row.subject: _stamp(row) for row in StampRow.objects.filter(subject__in=list(subjects)).defer("token")}

    def unstamped(self, most: int) -> Sequence[str]:
        """Will give contents that nobody asked a stamp for."""
        asked = StampRow.objects.filter(kind="piece").values("subject")
        rows = VaultFileRow.objects.filter(removed_at__isnull=True).exclude(sha256__in=asked).order_by("-pk")
        return list(rows.values_list("sha256", flat=True)[:most])


def _stamp(row: StampRow) -> Stamp:
    return Stamp(
        row.pk, row.kind, row.subject, row.state, row.asked_at, row.tries, row.message, row.url, row.stamped_at
    )
