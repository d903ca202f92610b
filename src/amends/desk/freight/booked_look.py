"""A case's labels and collections as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amends.basics.money import Minor
from amends.desk.cases.faults import UnableToWork
from amends.desk.freight.booking_desk import BookingDesk
from amends.desk.freight.labels import QUOTE_HOLDS, is_used
from amends.desk.freight.pickup_window import windows_of
from amends.desk.freight.quoting import check_may_book
from amends.facts.bookings import LIVE_BOOKINGS, Booking
from amends.facts.labels import Place, Rate
from amends.facts.orders import Contact
from amends.facts.pickups import PickupWindow
from amends.facts.rulebook import Says
from amends.facts.work import CaseState

_OVER = frozenset({"voided", "dropped", "failed"})


@dataclass(frozen=True, slots=True)
class BookingLook:
    """`live`: what is being bought or was; `quote`: offers that stand; `past`: what came to nothing, the newest first. `payer`: who pays
    the way back, "" where nothing may be bought; `hindered`: why not. `seller`: who sells labels, "" for nobody. `live_title`: of the
    network of the live one.
    `spent`: freight that was paid for and not given back, by currency. `used`: the carrier has the parcel of the live one.
    `collector`: who sends couriers, "" for nobody; `times`: each courier that is offered, and when it can come.
    """

    live: Booking | None
    quote: Booking | None
    past: tuple[Booking, ...]
    payer: str
    hindered: UnableToWork | None
    seller: str
    live_title: Says
    spent: dict[str, Minor]
    used: bool
    voids: bool
    contact: Contact
    parcel: tuple[int, int, int, int]
    warehouse: Place | None
    collector: str
    times: tuple[tuple[Rate, Sequence[PickupWindow]], ...]

    @property
    def speaks(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.live or self.quote or self.past or (self.payer and (self.seller or self.collector)))

    @property
    def collects(self) -> bool:
        """Whether couriers can be sent to this warehouse at all."""
        return self.warehouse is not None and self.warehouse.country == "CN" and bool(self.warehouse.phone)


def bookings_of(desk: BookingDesk, state: CaseState) -> BookingLook:
    """Everything about a case's labels and collections. Whoever asks has seen to it that the case may be seen."""
    listed = desk.book.of_case(state.number)
    live = next((one for one in listed if one.state in LIVE_BOOKINGS), None)
    fresh = [one for one in listed if one.state == "quoted" and desk.now() - one.at <= QUOTE_HOLDS]
    payer, hindered = "", None
    try:
        payer = check_may_book(desk, state)
    except UnableToWork as fault:
        hindered = fault
    order = str((state.case.get("order") or {}).get("id") or "")
    networks = desk.freight.tracking.networks.joined
    terms = desk.terms(state.shop)
    seller = networks.get(live.network) if live else None
    quote = fresh[0] if fresh and not live and payer else None
    couriers = quote.offers if quote and quote.kind == "pickup" else ()
    return BookingLook(
        live=live,
        quote=quote,
        past=tuple([one for one in listed if one.state not in LIVE_BOOKINGS and one.state != "quoted"]),
        payer=payer,
        hindered=hindered,
        seller=desk.label_network(state.shop),
        live_title=seller.network.title if seller else Says(live.network if live else "", live.network if live else ""),
        spent=_spent(listed),
        used=live is not None and is_used(desk, live),
        voids=live is not None and seller is not None and (live.kind == "pickup" or seller.network.can.voids),
        contact=(desk.contact(state.shop, order) if payer else None) or Contact(),
        parcel=terms.parcel,
        warehouse=terms.warehouse,
        collector=desk.pickup_network(state.shop),
        times=tuple(
            [(one, found) for one in couriers if (found := windows_of(desk, quote.network if quote else "", one))]
        ),
    )


def label_for_buyer(desk: BookingDesk, number: int) -> Booking | None:
    """The label or collection that the buyer of a case may know of; None where there is none."""
    listed = desk.book.of_case(number)
    return next((one for one in listed if one.state == "booked"), None)


def _spent(listed: Sequence[Booking]) -> dict[str, Minor]:
    found: dict[str, Minor] = {}
    for one in listed:
        if one.cost and one.state not in _OVER:
            found[one.currency] = found.get(one.currency, 0) + one.cost
    return found
