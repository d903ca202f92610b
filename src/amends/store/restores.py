"""What follows for a database that was put back from a backup: nothing leaves it until a person says so, and it asks before it sends.

Between the backup and its return the house may have sent what it now knows nothing of. Its keys are made of facts, so that the same
step has the same key again; whoever is asked by that key tells whether it was paid.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from amends.store.database import writing
from amends.store.models import BookingRow, CollectionRow, DeedRow, FightRow, PostRow, RestoreRow
from amends.store.post_book import put

ASKED_FIRST: Final = timedelta(days=30)
"""So long after a return, a step that was never sent is asked about before it is."""


def note_return(made_at: datetime, now: datetime) -> None:
    """Will write down that the database was put back as of `made_at`, and have what was about to leave then asked about first.

    Nobody can be asked about a mail: those that were about to leave become unsure, for a person to look at.
    """
    with writing():
        RestoreRow.objects.create(made_at=made_at, restored_at=now)
        for table, waits, doubtful in (
            (DeedRow, "wanted", "sent"),
            (BookingRow, "wanted", "sent"),
            (CollectionRow, "requested", "sent"),
            (FightRow, "wanted", "unsure"),
        ):
            rows = table._default_manager.filter(state=waits)
            rows.update(state=doubtful, may_send=False)
        for post in PostRow.objects.filter(state__in=("ready", "sending")):
            put(post, "unsure", "lost", post.told, now, None)


def is_held() -> bool:
    """Will say whether the database was put back and nobody has said yet that it may work."""
    return RestoreRow.objects.filter(released_at=None).exists()


def held_since() -> datetime | None:
    """Will give of when the backup is that is held; None where nothing is held."""
    row = RestoreRow.objects.filter(released_at=None).order_by("-pk").first()
    return row.made_at if row else None


def release(now: datetime) -> bool:
    """Will let the house work again; False where nothing was held."""
    with writing():
        return bool(RestoreRow.objects.filter(released_at=None).update(released_at=now))


def asks_first(now: datetime) -> bool:
    """Will say whether what was never sent is to be asked about before it is."""
    return RestoreRow.objects.filter(restored_at__gt=now - ASKED_FIRST).exists()
