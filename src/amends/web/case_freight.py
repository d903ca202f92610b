"""The verbs of a case's freight from its forms."""

from __future__ import annotations

from django.http import QueryDict

from amends.desk.cases.desk import CaseDesk
from amends.desk.freight.claims import move_claim, open_claim
from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.intercept import ask_interception, tell_interception
from amends.desk.freight.way_back import choose_way, insure, paid_with_refund, reimburse
from amends.desk.freight.withdraw import withdraw_signal
from amends.facts.people import Person
from amends.web.front import front


def do_intercept(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Have a parcel brought back."""
    ask_interception(_freight(desk), number, me, given.get("shipment", "")[:120], given.get("why", ""))


def do_intercept_told(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """What the carrier said of it."""
    tell_interception(_freight(desk), number, me, _row(given), given.get("move", ""), given.get("why", ""))


def do_way_back(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """How the goods come back."""
    choose_way(_freight(desk), number, me, given.get("way", ""), given.get("waybill", ""))


def do_insurance(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Where freight insurance stands."""
    insure(_freight(desk), number, me, given.get("move", ""), given.get("insured_by", ""), given.get("amount", "")[:20])


def do_reimburse(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """The buyer's own freight back."""
    reimburse(_freight(desk), number, me, given.get("amount", "")[:20], given.get("receipt", "")[:64])


def do_with_refund(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """The freight went with the refund."""
    paid_with_refund(_freight(desk), number, me)


def do_claim(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Draft a claim against a carrier."""
    open_claim(_freight(desk), number, me, given.get("kind", ""), _plain(given))


def do_claim_moved(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """What became of a claim."""
    move_claim(_freight(desk), number, me, _row(given), given.get("move", ""), _plain(given))


def do_signal_wrong(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """A signal that a person found wrong counts no more."""
    withdraw_signal(_freight(desk), number, me, _plain(given), given.get("why", ""))


def _freight(desk: CaseDesk) -> FreightDesk:
    return front().freight.on(desk)


def _plain(given: QueryDict) -> dict[str, str]:
    return {name: str(given.get(name, ""))[:500] for name in given}


def _row(given: QueryDict) -> int:
    said = given.get("row", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
