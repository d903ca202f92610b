"""Counts what was tried in vain, in the database, so that all workers slow the same guesser down."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from amends.store.database import writing
from amends.store.models import Tries

MOST: Final = 8
WAIT_MINUTES: Final = 5


def digest_of(*told: str) -> str:
    """Will name what is tried, by a digest: neither names nor addresses are kept for it."""
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()


def must_wait(name: str, now: datetime) -> bool:
    """Whether there were too many wrong tries in the last minutes."""
    return Tries.objects.filter(name=name, count__gte=MOST, ends_at__gt=now).exists()


def count_try(name: str, now: datetime) -> None:
    """Will count a wrong try; the wait begins anew with each."""
    ends = now + timedelta(minutes=WAIT_MINUTES)
    with writing():
        Tries.objects.filter(ends_at__lte=now).delete()
        row, new = Tries.objects.get_or_create(name=name, defaults={"count": 1, "ends_at": ends})
        if not new:
            Tries.objects.filter(pk=row.pk).update(count=F("count") + 1, ends_at=ends)


def forget_tries(name: str) -> None:
    """Will forget the wrong tries: the right one came."""
    Tries.objects.filter(name=name).delete()
