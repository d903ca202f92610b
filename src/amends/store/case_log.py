"""Appends to the log of a case and draws the case's row from it. Always inside a transaction, the case's row locked or new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from amends.facts.log import Actor, Entry, SealedEntry, seal
from amends.facts.tracks import Tracks, headline
from amends.store import hot
from amends.store.models import CaseLogRow, CaseRow
from amends.store.webhook_outbox import tell

TRACK_COLUMNS = (
    "decision_track",
    "goods_track",
    "replacement_track",
    "repair_track",
    "platform_track",
    "card_track",
    "state",
)


def tracks_of(row: CaseRow) -> Tracks:
    """Will give where a case stands."""
    return Tracks(
        decision=row.decision_track,
        goods=row.goods_track,
        replacement=row.replacement_track,
        repair=row.repair_track,
        platform=row.platform_track,
        card=row.card_track,
        desk=row.state,
    )


def place(row: CaseRow, tracks: Tracks) -> None:
    """Will put tracks and headline on a row, unsaved."""
    row.decision_track, row.goods_track, row.replacement_track = tracks.decision, tracks.goods, tracks.replacement
    row.repair_track, row.platform_track, row.card_track = tracks.repair, tracks.platform, tracks.card
    row.state = tracks.desk
    row.status = headline(tracks)


def sealed_row(row: CaseRow, entry: Entry) -> CaseLogRow:
    """Will make the next entry of a case, unsaved, and move the case's row on. Raises `UnableToMove`."""
    tracks = tracks_of(row).placed(entry.told).moved(entry.moves)
    before, row.version = row.log_head, row.version + 1
    row.log_head = seal(str(row.pk), row.version, before, entry)
    place(row, tracks)
    return CaseLogRow(
        case=row,
        seq=row.version,
        at=entry.at,
        who_kind=entry.by.kind,
        who=entry.by.name[:120],
        what=entry.what,
        why=entry.why,
        moves=[list(move) for move in entry.moves],
        told=dict(entry.told),
        data=dict(entry.data),
        before=before,
        sealed=row.log_head,
    )


LOGGED = ("version", "log_head", "status", *TRACK_COLUMNS)
"""What of a case's row the log moves."""


def insert_entries(rows: Sequence[CaseLogRow]) -> None:
    """Will write entries that were made in this transaction, and put them into the outbox."""
    hot.insert(*rows)
    tell(rows)


def append(row: CaseRow, entry: Entry, columns: Sequence[str] = ()) -> None:
    """Will write the next entry of a case and save what it moves, and these columns."""
    written = sealed_row(row, entry)
    insert_entries([written])
    hot.update(row, ["version", "log_head", "status", *TRACK_COLUMNS, *columns])


def append_new(rows: Sequence[tuple[CaseRow, Entry]]) -> None:
    """Will write one entry each of many cases at once."""
    written = [sealed_row(row, entry) for row, entry in rows]
    CaseLogRow.objects.bulk_create(written, batch_size=500)
    tell(written)
    CaseRow.objects.bulk_update(
        [row for row, _ in rows], ["version", "log_head", "status", *TRACK_COLUMNS], batch_size=200
    )


def entries_of(rows: Iterable[CaseLogRow]) -> tuple[SealedEntry, ...]:
    """Will give log rows as entries."""
    return tuple([SealedEntry(row.seq, entry_of(row), row.before, row.sealed) for row in rows])


def entry_of(row: CaseLogRow) -> Entry:
    """Will give the entry that a row holds."""
    moves = tuple([(str(track), str(move)) for track, move in row.moves])
    return Entry(row.what, Actor(row.who_kind, row.who), row.at, row.why, moves, row.told, row.data)


def first_entry(what: str, by: Actor, at: datetime, told: dict[str, str], data: dict[str, Any] | None = None) -> Entry:
    """Will make the entry that a case begins with."""
    return Entry(what, by, at, told=told, data=data or {})
