"""Taking up an invitation: once, in time, by one who is new or already here."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from amends.facts.audit import Deed
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import Invitation, Membership
from amends.store.people_book import digest_of


class UnableToJoin(ValueError):
    """The invitation cannot be taken up. `why`: gone, name_taken or seated."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def find_invitation(token: str, now: datetime) -> Invitation | None:
    """Will give the open invitation behind a link; None where it was used, taken back or has run out."""
    open_ones = Invitation.objects.select_related("merchant").filter(state="open", ends_at__gt=now)
    return open_ones.filter(digest=digest_of(token)).first()


def join_anew(token: str, name: str, password: str, place: str, now: datetime) -> User:
    """Will make a person with the seat that was offered. Raises `UnableToJoin`."""
    with writing():
        if User.objects.filter(username__iexact=name).exists():
            raise UnableToJoin("name_taken")
        user = User.objects.create_user(name, password=password)
        _take(token, user, place, now)
        return user


def join(token: str, user: User, place: str, now: datetime) -> None:
    """Will give one who is signed in the seat that was offered. Raises `UnableToJoin`."""
    with writing():
        _take(token, user, place, now)


def _take(token: str, user: User, place: str, now: datetime) -> None:
    row = find_invitation(token, now)
    if row is None or not Invitation.objects.filter(pk=row.pk, state="open").update(
        state="used", used_by=user.username
    ):
        raise UnableToJoin("gone")
    if Membership.objects.filter(user=user, merchant=row.merchant).exists():
        raise UnableToJoin("seated")
    Membership.objects.create(user=user, merchant=row.merchant, role=row.role)
    told = f"{row.role}, invited by {row.made_by}"
    DatabaseAudit().write(Deed(user.username, "joined", row.merchant.name, user.username, note=told, place=place), now)
