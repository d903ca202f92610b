"""The verbs on a case's labels and collections, from their forms."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict

from amends.desk.cases.desk import CaseDesk
from amends.desk.freight.booked_look import label_for_buyer
from amends.desk.freight.booking_desk import BookingDesk
from amends.desk.freight.labels import ask_rates, buy_label, drop_label, say_label, void_label
from amends.desk.freight.pickups import ask_pickups
from amends.facts.log import Actor
from amends.facts.people import Person
from amends.facts.shops import KeptShop
from amends.web.files import SANDBOX
from amends.web.front import front
from amends.web.portal.frame import for_buyers, missing
from amends.web.portal.token import number_of


def do_rates(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """What a label would cost."""
    ask_rates(_bookings(desk), number, me, {name: str(given.get(name, ""))[:200] for name in given})


def do_pickup_rates(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """What a courier to the buyer's door would cost."""
    ask_pickups(_bookings(desk), number, me, {name: str(given.get(name, ""))[:200] for name in given})


def do_buy(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Buy the one that was chosen; of couriers each offer has its own choice of times."""
    offer = given.get("offer", "")[:200]
    window = given.get(f"window-{offer}", "")[:40]
    buy_label(_bookings(desk), number, me, _row(given), offer, window)


def do_drop(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Let it be, before it left the house."""
    drop_label(_bookings(desk), number, me, _row(given))


def do_void(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Give an unused label back, or call a collection off."""
    void_label(_bookings(desk), number, me, _row(given))


def do_say(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """What a person found on the seller's console."""
    given_note = given.get("note", "")[:200]
    say_label(
        _bookings(desk), number, me, _row(given), given.get("said", ""), given.get("waybill", "")[:80], given_note
    )


@for_buyers("GET", "HEAD")
def buyers_label(request: HttpRequest, shop: KeptShop, token: str) -> HttpResponse:
    """Will hand the buyer of a case its label, always as a download; that it was handed out is written down."""
    house = front()
    number = number_of("case", token)
    state = house.portal.cases.casework.look(number) if number is not None else None
    found = (
        label_for_buyer(house.bookings, number) if number is not None and state and state.shop == shop.name else None
    )
    if found is None or not found.file:
        return missing(request, shop)
    file = house.evidence.hand_out(found.file, Actor("system", "amends"), "buyer", found.case)
    kind = "png" if file.read(4) == b"\x89PNG" else "pdf"
    file.seek(0)
    name = f"label-{found.waybill}.{kind}"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    answer.headers["Content-Security-Policy"] = SANDBOX
    return cast(HttpResponse, answer)


def _bookings(desk: CaseDesk) -> BookingDesk:
    return front().bookings.on(desk)


def _row(given: QueryDict) -> int:
    said = given.get("row", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
