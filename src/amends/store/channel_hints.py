"""Pushes and hints in the database: a message is kept once, and what it names is read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection as database

from amends.facts.channel_intake import Hint, Hold
from amends.facts.platforms import Pushed
from amends.store import hot
from amends.store.database import writing
from amends.store.models import HintRow, PushRow

MOST_REFUSED: Final = 200
"""So many untrusted messages of a connection are kept; older ones make room."""
_NOTE_EVERY: Final = timedelta(seconds=30)
_LARGEST: Final = 65_536
_PUSHED: Final = "UPDATE store_connectionrow SET pushed_at = %s WHERE id = %s AND (pushed_at IS NULL OR pushed_at < %s)"
_AGAIN: Final = (
    "INSERT INTO store_hintrow (connection_id, what, number, heard, first_at, heard_at, due_at, tries, lease, fault) "
    "VALUES (%s, %s, %s, 1, %s, %s, %s, 0, '', '') ON CONFLICT (connection_id, what, number) DO UPDATE "
    "SET heard = store_hintrow.heard + 1, heard_at = excluded.heard_at, due_at = excluded.due_at, tries = 0"
)


class DatabasePushes:
    """Implements `amends.desk.channels.ports.PushBook`."""

    def hear(self, connection: int, pushed: Sequence[Pushed], body: bytes, at: datetime) -> int:
        """Will keep each message once with its hint."""
        new = 0
        with writing():
            adapt = database.ops.adapt_datetimefield_value
            hot.run(_PUSHED, [adapt(at), connection, adapt(at - _NOTE_EVERY)])
            for one in sorted(pushed, key=lambda one: (one.what, one.number)):  # one order of locks for all
                row = PushRow(
                    connection_id=connection, name=one.id[:160], kind=one.kind[:80], what=one.what,
                    number=one.number[:120], at=at, body=body[:_LARGEST],
                )  # fmt: skip
                if hot.insert_new(row):
                    new += 1
                    if one.what != "other" and one.number:
                        hint(connection, one.what, one.number, at)
        return new

    def refuse(self, connection: int, name: str, reason: str, body: bytes, at: datetime) -> None:
        """Will keep what proves nothing; the oldest goes where there are too many."""
        with writing():
            refused = PushRow.objects.filter(connection_id=connection, state="refused")
            row = PushRow(
                connection_id=connection, name=name[:160], what="other", state="refused", reason=reason[:300], at=at,
                body=body[:_LARGEST],
            )  # fmt: skip
            if hot.insert_new(row):
                kept = refused.order_by("-pk").values_list("pk", flat=True)[MOST_REFUSED - 1 : MOST_REFUSED]
                for last in kept:
                    refused.filter(pk__lt=last).delete()


class DatabaseHints:
    """Implements `amends.desk.channels.ports.HintBook`."""

    def due(self, hold: Hold, now: datetime, most: int) -> list[Hint]:
        """Will give what is due, oldest first."""
        rows = HintRow.objects.filter(connection_id=hold.number, due_at__lte=now).order_by("due_at", "pk")
        return [Hint(row.pk, row.what, row.number, row.heard, row.tries) for row in rows[:most]]

    def waiting(self, connection: int) -> int:
        """Will count them."""
        return HintRow.objects.filter(connection_id=connection).count()

    def failed(self, hold: Hold, hint: Hint, fault: str, again_at: datetime) -> None:
        """Will put one off, unless it was heard of again meanwhile."""
        with writing():
            rows = HintRow.objects.filter(pk=hint.number, heard=hint.heard)
            rows.update(tries=hint.tries + 1, due_at=again_at, fault=fault[:300])

    def add(self, connection: int, things: Sequence[tuple[str, str]], at: datetime) -> None:
        """Will have things read again."""
        with writing():
            for what, number in sorted(things):
                hint(connection, what, number, at)


def hint(connection: int, what: str, number: str, at: datetime) -> None:
    """Will make a hint, or count that it was heard of again, inside a transaction."""
    moment = database.ops.adapt_datetimefield_value(at)
    hot.run(_AGAIN, [connection, what, number[:120], moment, moment, moment])
