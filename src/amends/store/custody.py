"""The custody of contents in the database: every look and every hand a file goes through, sealed in a chain of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from amends.facts.log import Actor, SealedEntry
from amends.facts.vault import CopyOf, Custody, KeptFile, custody_seal
from amends.store import hot
from amends.store.database import writing
from amends.store.models import CustodyRow, VaultFileRow


def begin(sha256: str, facts: Mapping[str, Any], done: Custody, copy: CopyOf | None = None) -> VaultFileRow:
    """Will take a content in, or note that somebody has it too. Inside a transaction that put its bytes in place.

    `facts`: kind, mime and size. A content that was removed when its time was over is there again.
    """
    with writing():
        fresh = VaultFileRow(sha256=sha256, **facts, at=done.at, source=done.source)
        if copy is not None:
            fresh.origin, fresh.covered = copy.origin, dict(copy.covered)
        if not hot.insert_new(fresh):
            fresh = VaultFileRow.objects.select_for_update().get(sha256=sha256)
            if fresh.removed_at is not None:
                hot.run("UPDATE store_vaultfilerow SET removed_at = NULL WHERE id = %s", [fresh.pk])
                fresh.removed_at = None
            done = Custody("linked", done.by, done.at, done.source, done.case, done.data)
        append(fresh, done)
        return fresh


def note(sha256: str, done: Custody) -> KeptFile | None:
    """Will add to a content's custody; None where the vault does not have it. It waits for no case."""
    with writing():
        row = VaultFileRow.objects.select_for_update().filter(sha256=sha256).first()
        if row is None:
            return None
        append(row, done)
        return kept(row)


def append(row: VaultFileRow, done: Custody) -> None:
    """Will write the next place of a content's custody. The row is held or new."""
    before, seq = row.head, row.count + 1
    cut = Custody(done.what, Actor(done.by.kind, done.by.name[:120]), done.at, done.source, done.case, done.data)
    sealed = custody_seal(row.sha256, seq, before, cut)
    hot.insert(
        CustodyRow(
            file=row,
            seq=seq,
            at=cut.at,
            who_kind=cut.by.kind,
            who=cut.by.name,
            what=cut.what,
            source=cut.source,
            case=cut.case,
            data=dict(cut.data),
            before=before,
            sealed=sealed,
        )
    )
    row.head, row.count = sealed, seq
    hot.update(row, ["head", "count"])


def custody_of(sha256: str, most: int = 200) -> Sequence[Custody]:
    """Will give the latest that was done with a content, oldest first."""
    rows = CustodyRow.objects.filter(file__sha256=sha256).order_by("-seq")[:most]
    return [done_of(row) for row in reversed(rows)]


def done_of(row: CustodyRow) -> Custody:
    """Will give what a row says."""
    return Custody(row.what, Actor(row.who_kind, row.who), row.at, row.source, row.case, row.data)


def sealed_custody(rows: Iterable[CustodyRow]) -> Iterable[SealedEntry]:
    """Will give custody rows as places of a chain, one by one."""
    return (SealedEntry(row.seq, done_of(row).entry, row.before, row.sealed) for row in rows)


def kept(row: VaultFileRow) -> KeptFile:
    """Will give a content as the rooms above see it."""
    return KeptFile(
        row.sha256,
        row.kind,
        row.mime,
        row.size,
        row.at,
        row.source,
        row.origin,
        row.covered,
        row.held,
        row.removed_at,
        row.count,
    )


def kept_files(sha256s: Iterable[str]) -> dict[str, KeptFile]:
    """Will give what the vault knows of these contents."""
    return {row.sha256: kept(row) for row in VaultFileRow.objects.filter(sha256__in=list(sha256s))}


def looked(sha256: str, by: Actor, at: datetime, case: int | None, what: str = "looked_at", to: str = "") -> None:
    """Will note that an original was opened, or handed out to someone."""
    note(sha256, Custody(what, by, at, "", case, {"to": to} if to else {}))
