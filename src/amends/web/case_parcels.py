"""The verbs on a case's parcels: follow one, stop one."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

from amends.desk.cases.desk import CaseDesk
from amends.desk.freight.intercept import ask_interception
from amends.desk.tracking.follow import follow
from amends.desk.tracking.stop import stop
from amends.facts.people import Person
from amends.web.front import front


def do_follow(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Follow a parcel."""
    follow(
        replace(front().tracking, cases=desk),
        number,
        me,
        given.get("waybill", "")[:80],
        given.get("carrier", "")[:40],
        given.get("part", ""),
        given.get("shipment", "")[:120],
    )


def do_stop(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Have the carrier stop a parcel."""
    said = given.get("parcel", "")
    link = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
    parcels = replace(front().tracking, cases=desk)
    found = parcels.book.link(link)
    if found is not None and found.case == number and found.part == "out":  # its success pays back by itself
        ask_interception(front().freight.on(desk), number, me, found.shipment, given.get("why", "")[:200])
        return
    stop(parcels, number, me, link, given.get("why", "")[:200])
