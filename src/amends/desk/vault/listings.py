"""Listings and policies as they stood at purchase: told, compared with today, and kept as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.desk.cases.ask import give_evidence
from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.vault.desk import VaultDesk
from amends.desk.vault.packing import check_shop
from amends.facts.case import Case
from amends.facts.fields import UnableToReadCase
from amends.facts.listings import Difference, KeptListing, Listing, as_text, differences
from amends.facts.people import Person
from amends.facts.read_case import read_case
from amends.facts.vault import Made
from amends.facts.work import CaseState


@dataclass(frozen=True, slots=True)
class Then:
    """A listing as it stood when it was bought. `late`: the oldest version that is known is younger than the purchase."""

    kept: KeptListing
    late: bool
    changes: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PolicyThen:
    """A policy in force at purchase; `still`: it is so today."""

    name: str
    version: int
    text: str
    since: datetime
    still: bool


@dataclass(frozen=True, slots=True)
class AtPurchase:
    """What stood when the order was placed."""

    moment: datetime
    listings: tuple[Then, ...]
    policies: tuple[PolicyThen, ...]


def tell_listing(
    desk: VaultDesk, person: Person, shop: str, sku: str, listing: Listing, at: datetime | None
) -> tuple[KeptListing, bool]:
    """Take in a listing as it stands from `at` on (None: now), and whether it says anything new. Raises `UnableToWork`."""
    check_shop(desk, shop, person, "work")
    now = desk.now()
    if at is not None and at > now:
        raise bad_value("as_of", "a listing cannot be told before it stands", "生效时间不能晚于现在")
    made = desk.listings.put(shop, sku, listing, person.name, at or now, now)
    if made is not None:
        return made, True
    return desk.listings.versions(shop, sku)[0], False


def listing_versions(desk: VaultDesk, person: Person, shop: str, sku: str) -> Sequence[KeptListing]:
    """Every version of a listing, the newest first. Raises `UnableToWork`."""
    check_shop(desk, shop, person, "see")
    return desk.listings.versions(shop, sku)


def at_purchase(desk: VaultDesk, state: CaseState) -> AtPurchase | None:
    """What stood when the case's order was placed; None where that is not known."""
    case = _read(state)
    moment = None if case is None else case.order.placed_at or case.order.paid_at
    if case is None or moment is None:
        return None
    skus = sorted({line.sku for line in case.order.lines if line.sku})
    found = desk.listings.at(state.shop, skus, moment)
    listings = [
        Then(then, then.at > moment, differences(then.listing, today.listing)) for then, today in found.values()
    ]
    policies = [PolicyThen(*one) for one in desk.listings.policies_at(state.shop, moment)]
    return AtPurchase(moment, tuple(listings), tuple(policies))


def price_now(desk: VaultDesk, state: CaseState) -> KeptListing | None:
    """The newest version of the listing of what a case about one line asks about; None where none is kept."""
    case = _read(state)
    sku = case.request.lines[0].line.sku if case and len(case.request.lines) == 1 else None
    known = desk.listings.versions(state.shop, sku) if sku else ()
    return known[0] if known and known[0].listing.price else None


def keep_snapshots(desk: VaultDesk, number: int, person: Person) -> int:
    """Keep what stood at purchase as pieces of the case; how many. Raises `UnableToWork`."""
    state = desk.case(number, person, "receive")
    then = at_purchase(desk, state)
    made = [] if then is None else [*[_of_listing(one.kept) for one in then.listings], *map(_of_policy, then.policies)]
    if not made:
        raise UnableToWork("not_possible", "nothing is known of that day", "没有下单时的快照")
    for one in made:
        keep_made(desk, number, person, one, "house")
    return len(made)


def keep_made(desk: VaultDesk, number: int, person: Person, made: Made, source: str, why: str = "") -> CaseState:
    """Put a file that the house made on a case, as given by the merchant."""
    cases = desk.evidence.cases
    with desk.evidence.shelf.making(made) as received, cases.casework.holding(number):
        item = {"kind": made.kind, "by": "merchant", "file": received.pieces[0].sha256, "name": made.name}
        state = give_evidence(cases, number, actor(person), person, [item], why)
        received.keep(number, "person", person.name, desk.now(), source)
        return state


def _of_listing(one: KeptListing) -> Made:
    return Made(f"listing-{one.sku}-v{one.number}.txt", "document", "text/plain", as_text(one).encode())


def _of_policy(one: PolicyThen) -> Made:
    head = f"# Policy / 售后政策: {one.name} · v{one.version} · {one.since.isoformat()}\n"
    return Made(f"policy-{one.name}-v{one.version}.txt", "document", "text/plain", (head + one.text).encode())


def _read(state: CaseState) -> Case | None:
    try:
        return read_case(state.case)
    except UnableToReadCase:
        return None
