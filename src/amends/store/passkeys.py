"""Passkeys in the database."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from amends.store.models import Passkey


def passkeys_of(user: User) -> list[Passkey]:
    """Will give a person's passkeys, oldest first."""
    return list(Passkey.objects.filter(user=user).order_by("pk"))


def keep_passkey(user: User, name: str, credential: str, public_key: bytes, sign_count: int, now: datetime) -> bool:
    """Will keep a new passkey; False where it is known already."""
    kept = {"user": user, "name": name[:80], "public_key": public_key, "sign_count": sign_count, "made_at": now}
    return Passkey.objects.get_or_create(credential=credential, defaults=kept)[1]


def find_passkey(credential: str) -> Passkey | None:
    """Will give the passkey of an id, where its owner may sign in."""
    found = Passkey.objects.select_related("user").filter(credential=credential, user__is_active=True)
    return found.first()


def used_passkey(passkey: Passkey, sign_count: int, now: datetime) -> None:
    """Will write down that a passkey was used."""
    Passkey.objects.filter(pk=passkey.pk).update(sign_count=sign_count, used_at=now)


def remove_passkey(user: User, number: int) -> bool:
    """Will forget one of a person's passkeys."""
    return Passkey.objects.filter(user=user, pk=number).delete()[0] > 0
