"""What platforms told, as it came: each telling once, sealed, and what was known at any instant."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from amends.facts.channel_intake import Snapshot
from amends.facts.platforms import ToldCase, ToldOrder
from amends.store.models import CaseRow, ConnectionRow, SnapshotRow
from amends.store.seal import seal, unseal

_PURPOSE: Final = "channel snapshot"


class DatabaseSnapshots:
    """Reads what was known."""

    def what_was_known(self, case: int, at: datetime) -> tuple[Snapshot, ...]:
        """Will give what the platform had told us of a case and of its order by `at`: the newest telling of each that we had then."""
        row = CaseRow.objects.select_related("shop").filter(pk=case).first()
        if row is None:
            return ()
        found = []
        for what, number in (("case", row.key), ("order", row.order_no)):
            rows = SnapshotRow.objects.filter(
                connection__shop_id=row.shop_id, what=what, number=number, read_at__lte=at
            ).order_by("-updated_at", "-read_at", "-pk")
            known = rows.first()
            if known is not None:
                found.append(_snapshot(known))
        return tuple(found)


def keep_snapshots(
    row: ConnectionRow, what: str, told: Sequence[tuple[ToldCase | ToldOrder, str]], read_at: datetime
) -> set[tuple[str, str]]:
    """Will keep each telling once, inside a transaction; gives (number, digest) of those that had been told before."""
    shas = [sha for _, sha in told]
    there = set(
        SnapshotRow.objects.filter(
            connection=row, what=what, number__in=[one.number for one, _ in told], sha256__in=shas
        ).values_list("number", "sha256")
    )
    SnapshotRow.objects.bulk_create(
        [_row(row, what, one, sha, read_at) for one, sha in told if (one.number, sha) not in there],
        ignore_conflicts=True,
    )
    return there


def sha_of(told: ToldCase | ToldOrder) -> str:
    """The digest of a telling: of the platform's own words and what it says of its age and state."""
    said = [told.updated_at.isoformat(), *_state(told), _raw(told)]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _row(row: ConnectionRow, what: str, told: ToldCase | ToldOrder, sha256: str, read_at: datetime) -> SnapshotRow:
    status, version = _state(told)
    text = json.dumps(_raw(told), ensure_ascii=False, default=str)
    return SnapshotRow(
        connection=row, what=what, number=told.number[:120], version=version[:80], status=status[:80],
        updated_at=told.updated_at, read_at=read_at, sha256=sha256, raw={"sealed": seal(text, _PURPOSE)},
    )  # fmt: skip


def _state(told: ToldCase | ToldOrder) -> tuple[str, str]:
    return (told.status, told.version) if isinstance(told, ToldCase) else ("", "")


def _raw(told: ToldCase | ToldOrder) -> Any:
    """The platform's own words; where a channel hands on none, what it made of them."""
    if told.raw:
        return told.raw
    return asdict(told.made) if isinstance(told, ToldCase) else {"file": told.file, "contact": asdict(told.contact)}


def _snapshot(row: SnapshotRow) -> Snapshot:
    raw = json.loads(unseal(row.raw["sealed"], _PURPOSE)) if "sealed" in row.raw else dict(row.raw)
    return Snapshot(row.what, row.number, row.status, row.version, row.updated_at, row.read_at, row.sha256, raw)
