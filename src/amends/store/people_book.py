"""People, seats, invitations and merchants in the database; each change with its line in the audit, or not at all."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, Max, QuerySet

from amends.facts.audit import Deed
from amends.facts.people import Merchants, Seat
from amends.facts.staff import Invited, Member, MerchantView
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.factors import reset_factors
from amends.store.models import Invitation, Membership, Merchant, OneTimePassword, Passkey, SessionNote, Shop
from amends.store.sessions import end_sessions


class DatabasePeople:
    """Implements `amends.desk.people.PeopleBook`."""

    def __init__(self) -> None:
        self._audit = DatabaseAudit()

    def members(self, merchants: Merchants) -> list[Member]:
        """Will give everyone with a seat at these merchants, by name; who sees all sees those without a seat too."""
        users = User.objects.order_by("username")
        if merchants is not None:
            users = users.filter(memberships__merchant__name__in=merchants).distinct()
        return _members(users, merchants)

    def member(self, number: int, merchants: Merchants) -> Member | None:
        """Will give one of them."""
        found = [one for one in _members(User.objects.filter(pk=number), merchants) if one.seats or merchants is None]
        return found[0] if found else None

    def invited(self, merchants: Merchants, at: datetime) -> list[Invited]:
        """Will give the open invitations of these merchants, the latest first."""
        rows = Invitation.objects.filter(state="open", ends_at__gt=at).select_related("merchant").order_by("-pk")
        if merchants is not None:
            rows = rows.filter(merchant__name__in=merchants)
        return [
            Invited(
                row.pk,
                row.merchant.name,
                row.merchant.title,
                row.role,
                row.note,
                row.made_by,
                row.made_at,
                row.ends_at,
            )
            for row in rows[:200]
        ]

    def invite(self, merchant: str, role: str, note: str, ends_at: datetime, deed: Deed, at: datetime) -> str:
        """Will keep an invitation by its digest and give its token."""
        token = secrets.token_urlsafe(32)
        with writing():
            Invitation.objects.create(
                digest=digest_of(token),
                merchant=Merchant.objects.get(name=merchant),
                role=role,
                note=note[:120],
                made_by=deed.who,
                made_at=at,
                ends_at=ends_at,
            )
            self._audit.write(deed, at)
        return token

    def withdraw(self, number: int, deed: Deed, at: datetime) -> None:
        """Will end an open invitation."""
        with writing():
            if Invitation.objects.filter(pk=number, state="open").update(state="withdrawn"):
                self._audit.write(deed, at)

    def seat(self, number: int, merchant: str, role: str, deed: Deed, at: datetime) -> None:
        """Will give a person a role at a merchant."""
        with writing():
            there = Merchant.objects.get(name=merchant)
            Membership.objects.update_or_create(user_id=number, merchant=there, defaults={"role": role})
            self._audit.write(deed, at)

    def unseat(self, number: int, merchant: str, deed: Deed, at: datetime) -> None:
        """Will take a person's seat at a merchant away."""
        with writing():
            if Membership.objects.filter(user_id=number, merchant__name=merchant).delete()[0]:
                self._audit.write(deed, at)

    def switch(self, number: int, active: bool, deed: Deed, at: datetime) -> None:
        """Will close or open a person's way in; closing ends their sessions."""
        with writing():
            if User.objects.filter(pk=number).exclude(is_active=active).update(is_active=active):
                self._audit.write(deed, at)
            if not active:
                end_sessions(User.objects.get(pk=number))

    def reset(self, number: int, deed: Deed, at: datetime) -> None:
        """Will take a person's second factor away and end their sessions."""
        with writing():
            user = User.objects.get(pk=number)
            reset_factors(user)
            end_sessions(user)
            self._audit.write(deed, at)

    def merchants(self, merchants: Merchants) -> list[MerchantView]:
        """Will give these merchants with their shops."""
        rows = Merchant.objects.annotate(people=Count("memberships")).order_by("title", "name")
        if merchants is not None:
            rows = rows.filter(name__in=merchants)
        shops: dict[str, list[str]] = defaultdict(list)
        for name, merchant in Shop.objects.order_by("name").values_list("name", "merchant"):
            shops[merchant].append(name)
        return [MerchantView(row.name, row.title, tuple(shops[row.name]), row.people) for row in rows]

    def make_merchant(self, name: str, title: str, role: str, deed: Deed, at: datetime) -> bool:
        """Will make a merchant, with a seat for who makes it; False where the name is taken."""
        with writing():
            row, new = Merchant.objects.get_or_create(name=name, defaults={"title": title})
            if new:
                self._audit.write(deed, at)
            if new and role:
                Membership.objects.create(user=User.objects.get(username=deed.who), merchant=row, role=role)
            return new

    def rename(self, name: str, title: str, deed: Deed, at: datetime) -> None:
        """Will give a merchant another title."""
        with writing():
            if Merchant.objects.filter(name=name).exclude(title=title).update(title=title):
                self._audit.write(deed, at)

    def give_shop(self, shop: str, merchant: str, deed: Deed, at: datetime) -> bool:
        """Will give a shop with all its cases to a merchant."""
        with writing():
            if not Merchant.objects.filter(name=merchant).exists():
                return False
            if not Shop.objects.filter(name=shop).update(merchant=merchant):
                return False
            self._audit.write(deed, at)
            return True


def digest_of(token: str) -> str:
    """Will give what is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _members(users: QuerySet[User], merchants: Merchants) -> list[Member]:
    rows = list(users[:500])
    keys = [user.pk for user in rows]
    seats: dict[int, list[Seat]] = defaultdict(list)
    held = Membership.objects.filter(user_id__in=keys).order_by("merchant__title", "merchant__name")
    for user, *seat in held.values_list("user_id", "merchant__name", "merchant__title", "role"):
        seats[user].append(Seat(*seat))
    seen = dict(SessionNote.objects.filter(user_id__in=keys).values_list("user_id").annotate(Max("seen_at")))
    second = _keys(OneTimePassword.objects.filter(user_id__in=keys, confirmed_at__isnull=False)) | _keys(
        Passkey.objects.filter(user_id__in=keys)
    )
    return [_member(user, seats[user.pk], merchants, user.pk in second, seen.get(user.pk)) for user in rows]


def _member(user: User, seats: list[Seat], merchants: Merchants, second: bool, seen: datetime | None) -> Member:
    own = tuple([seat for seat in seats if merchants is None or seat.merchant in merchants])
    last = seen or user.last_login
    return Member(user.pk, user.username, user.is_active, own, len(own) < len(seats), user.is_superuser, second, last)


def _keys(rows: QuerySet[OneTimePassword] | QuerySet[Passkey]) -> set[int]:
    found: Iterable[int] = rows.values_list("user_id", flat=True)
    return set(found)
