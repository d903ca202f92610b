"""Who works for which merchant as what."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from amends.facts.people import MAIN, STANDINGS, Person, Seat, acting_at
from amends.store.database import writing
from amends.store.models import Membership, Merchant


@dataclass(frozen=True, slots=True)
class Standing:
    """A person as they act now, and what else they could choose. `chosen` is "" where they act for all of theirs."""

    person: Person
    seats: tuple[Seat, ...]
    chosen: str
    keeps: bool

    def could(self, duty: str) -> tuple[Seat, ...]:
        """Will give the merchants at which this person's role has a duty."""
        return tuple(seat for seat in self.seats if Person("", seat.role).may(duty))


def standing(user: User, chosen: str) -> Standing:
    """Will tell how a signed-in person acts, by one query."""
    keeps = user.is_superuser
    seats = _every_seat() if keeps else seats_of(user)
    known = chosen if chosen in {seat.merchant for seat in seats} else ""
    return Standing(acting_at(user.get_username(), seats, known, keeps=keeps), seats, known, keeps)


def seats_of(user: User) -> tuple[Seat, ...]:
    """Will give a person's roles, merchant by merchant."""
    rows = Membership.objects.filter(user=user).order_by("merchant__title", "merchant__name")
    return tuple(Seat(*row) for row in rows.values_list("merchant__name", "merchant__title", "role"))


def _every_seat() -> tuple[Seat, ...]:
    rows = Merchant.objects.order_by("title", "name").values_list("name", "title")
    return tuple(Seat(name, title, "admin") for name, title in rows)


def ensure_merchant(name: str, title: str = "") -> Merchant:
    """Will give the merchant of a name, made where there is none."""
    return Merchant.objects.get_or_create(name=name, defaults={"title": title})[0]


def merchant_names() -> list[str]:
    """Will give the names of all merchants, in order."""
    return list(Merchant.objects.order_by("name").values_list("name", flat=True))


def give_role(name: str, role: str, merchant: str = MAIN) -> None:
    """Will give a person a role at a merchant, in place of the one held there; `admin` keeps the whole installation."""
    if role not in STANDINGS:
        raise ValueError(f"there is no role {role!r}; roles are {', '.join(STANDINGS)}")
    with writing():
        user = User.objects.get(username=name)
        if role == "admin":
            user.is_superuser = True
            user.save(update_fields=["is_superuser"])
            return
        Membership.objects.update_or_create(user=user, merchant=ensure_merchant(merchant), defaults={"role": role})


def names_at(merchant: str) -> list[str]:
    """Will give the names of those who have a role at a merchant that lets them work on cases, in order."""
    working = [role for role in STANDINGS if Person("", role).may("work")]
    rows = Membership.objects.filter(merchant__name=merchant, role__in=working, user__is_active=True)
    return list(rows.order_by("user__username").values_list("user__username", flat=True))
