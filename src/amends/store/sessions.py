"""Sessions as their owner sees them: which device, from where, last seen when; and how they end."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from amends.store.database import writing
from amends.store.models import SessionNote


def note_session(user: User, key: str, device: str, place: str, now: datetime) -> None:
    """Will write down that a session has begun, or goes on under a new key."""
    seen = {"user": user, "device": device[:200], "place": place[:64], "begun_at": now, "seen_at": now}
    SessionNote.objects.update_or_create(key=key, defaults=seen)


def see_session(user: User, key: str, device: str, place: str, now: datetime) -> None:
    """Will write down that a session is alive."""
    if not SessionNote.objects.filter(key=key).update(seen_at=now, place=place[:64]):
        note_session(user, key, device, place, now)


def sessions_of(user: User) -> list[SessionNote]:
    """Will give a person's sessions that still run, the last seen first; notes of ended ones are cleared away."""
    alive = Session.objects.values("session_key")
    SessionNote.objects.filter(user=user).exclude(key__in=alive).delete()
    return list(SessionNote.objects.filter(user=user).order_by("-seen_at", "-pk"))


def end_session(user: User, note: int) -> bool:
    """Will end one of a person's sessions; False where they have none of that number."""
    with writing():
        row = SessionNote.objects.filter(user=user, pk=note).first()
        if row is None:
            return False
        Session.objects.filter(session_key=row.key).delete()
        row.delete()
        return True


def end_sessions(user: User, but: str = "") -> int:
    """Will end a person's sessions, all or all but one; how many."""
    with writing():
        notes = SessionNote.objects.filter(user=user).exclude(key=but)
        keys = list(notes.values_list("key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        notes.delete()
        return len(keys)


def end_key(key: str) -> None:
    """Will forget the note of a session that has ended."""
    SessionNote.objects.filter(key=key).delete()
