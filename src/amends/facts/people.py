"""Who acts: a person with a role at some merchants, or the system itself; and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amends.facts.codes import ROLES

Merchants = frozenset[str] | None
"""A wall: whose data may be read. None stands for everyone's."""
MAIN: Final = "main"
"""The merchant of whatever names none."""

STANDINGS: Final = ("warehouse", *ROLES, "agency", "admin")
"""Every role. `warehouse` receives and inspects; `agency` is a manager of several merchants; `admin` keeps the installation."""

_RANKS: Final[Mapping[str, int]] = {
    "warehouse": -1,
    **{role: rank for rank, role in enumerate(ROLES)},
    "agency": ROLES.index("manager"),
    "admin": ROLES.index("manager"),
}

DUTIES: Final[Mapping[str, frozenset[str]]] = {
    "see": frozenset(STANDINGS),
    "receive": frozenset(STANDINGS),
    "work": frozenset({*ROLES, "agency", "admin"}),
    "assign": frozenset({"lead", "finance", "manager", "agency", "admin"}),
    "money": frozenset({"finance", "manager", "agency", "admin"}),
    "override": frozenset({"manager", "agency", "admin"}),
    "settings": frozenset({"manager", "agency", "admin"}),
    "people": frozenset({"manager", "agency", "admin"}),
    "merchants": frozenset({"agency", "admin"}),
    "keep": frozenset({"admin"}),
}
"""What a role may do. `see`: cases of the own merchants; `receive`: parcels and inspections; `work`: every verb on a case;
`assign`: give work to others; `money`: the money page and proofs; `override`: refuse against a rule, with a reason; `settings`: shops,
policies, templates, calendars; `people`: invitations and roles at the own merchants; `merchants`: make merchants;
`keep`: the installation, and whose a shop is."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who acts at the desk. `role` is one of `STANDINGS`. `merchants`: whose data the person may see; None: everyone's.

    `kind`: person, system, or shop (a shop's own system by the API), as the log tells it.
    """

    name: str
    role: str
    merchants: Merchants = None
    kind: str = "person"

    def may_act_as(self, role: str) -> bool:
        """Whether this person's role is `role` or a higher one, where money is approved."""
        return _RANKS[self.role] >= ROLES.index(role)

    def may(self, duty: str) -> bool:
        """Whether this person's role has a duty of `DUTIES`."""
        return self.role in DUTIES[duty]

    def may_see(self, merchant: str) -> bool:
        """Whether this merchant's data is open to this person."""
        return self.merchants is None or merchant in self.merchants


@dataclass(frozen=True, slots=True)
class Seat:
    """What a person is at one merchant. `title` is the merchant's name as people read it."""

    merchant: str
    title: str
    role: str


def lowest(roles: Sequence[str]) -> str:
    """Will give the role that may least of all; of none, the least there is."""
    return min(roles, key=STANDINGS.index, default=STANDINGS[0])


def acting_at(name: str, seats: Sequence[Seat], chosen: str = "", *, keeps: bool = False) -> Person:
    """Will give the person as they act now: at the chosen merchant with the role there, or at all of theirs with the lowest of them.

    A choice that is none of theirs counts as none. `keeps`: keeps the installation (`admin`), so that every merchant is theirs.
    """
    if keeps:
        return Person(name, "admin", frozenset({chosen}) if chosen else None)
    there = [seat for seat in seats if seat.merchant == chosen] or list(seats)
    return Person(name, lowest([seat.role for seat in there]), frozenset(seat.merchant for seat in there))


SYSTEM = Person("system", "manager", kind="system")
"""The house acting by itself, where a policy says `auto`."""
