"""What came of labels and collections, carried into their cases: the log, the parcel, the cost, the file, the buyer's word."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import write_minor
from amends.desk.cases.letters import letter
from amends.desk.cases.ports import HeldCase
from amends.desk.freight.booking_desk import BookingDesk
from amends.desk.freight.labels import QUOTE_HOLDS
from amends.desk.freight.pickup_window import window_text
from amends.facts.bookings import Booking
from amends.facts.evidence import UnableToKeep, Upload
from amends.facts.log import Actor, Entry
from amends.facts.parcels import Wish
from amends.facts.people import Person
from amends.facts.pickups import kept_window
from amends.facts.wire import WireAnswer, WireRequest
from amends.facts.work import Change

MOST: Final = 50
TROUBLE: Final = "label_trouble"
"""The exception of a case whose label or collection needs a person."""
_FILE_TRIES: Final = 5
_HOUSE: Final = Actor("system", "amends")
_TROUBLED: Final = frozenset({"failed", "person", "kept"})


class BookingRounds:
    """One round does a limited amount; every piece is a transaction of its own."""

    def __init__(self, desk: BookingDesk) -> None:
        self._desk = desk

    def look(self) -> int:
        """Tell logs what came of it, and forget offers that nobody chose; how much there was."""
        desk = self._desk
        done = desk.book.forget_quotes(desk.now() - QUOTE_HOLDS)
        return done + sum([self._each(one, lambda one=one: tell(desk, one)) for one in desk.book.untold(MOST)])  # type: ignore[misc]

    def talk(self) -> int:
        """Fetch the files of labels; how many there were."""
        desk = self._desk
        due = desk.book.without_file(desk.now(), _FILE_TRIES, MOST)
        return sum([self._each(one, lambda one=one: fetch(desk, one)) for one in due])  # type: ignore[misc]

    def _each(self, number: int, work: Callable[[], bool]) -> int:
        try:
            return int(work())
        except Exception:
            logging.getLogger("amends.freight").exception("label %s could not be told of; it is tried again", number)
            return 0


def tell(desk: BookingDesk, number: int) -> bool:
    """Carry into its case how a booking stands, once; whether something was written."""
    first = desk.book.get(number)
    if first is None:
        return False
    with desk.freight.cases.casework.holding(first.case) as held:
        one = desk.book.get(number)  # as it stands under the case's lock
        if held is None or one is None or one.told == one.state:
            return False
        if one.state == "booked" and one.told != "void_wanted":
            _bought(desk, held, one)
        elif one.state in ("voided", "voiding") and one.told not in ("voiding", "voided"):
            _leave_way(desk, one)
        off = one.state == "failed" and one.told in ("booked", "void_wanted")
        if off:  # a courier that was booked does not come after all
            _leave_way(desk, one)
        if off or one.state == "voided":
            _cost(desk, one, back=True)
        what = "refused" if one.state == "booked" and one.told == "void_wanted" else one.state
        data = {"network": one.network, "waybill": one.waybill, **amount_told(one), **_when(one)}
        if one.message:
            data["message"] = one.message[:200]
        troubled = (one.state in _TROUBLED or what == "refused") and not held.state.exception
        trouble = TROUBLE if troubled and held.state.tracks.desk == "open" else None
        calm = "" if held.state.exception == TROUBLE and not troubled and one.state in ("booked", "voided") else None
        entry = Entry(f"{one.kind}_{what}", Actor("carrier", title_of(desk, one)), desk.now(), data=data)
        held.write(entry, Change(exception=trouble or calm, messages=_letters(desk, held, one, off=off)))
        desk.book.mark_told(number, one.state)
        return True


def _bought(desk: BookingDesk, held: HeldCase, one: Booking) -> None:
    """The goods come back by it: the parcel is followed, and what it cost is a cost of the case."""
    freight = desk.freight
    note = freight.book.note(one.case)
    freight.book.put_note(replace(note, way=one.kind, waybill=one.waybill))
    _cost(desk, one, back=False)
    if one.waybill:
        join_parcel(desk, held, one)


def join_parcel(desk: BookingDesk, held: HeldCase, one: Booking) -> None:
    """Have the parcel of a booking followed as the return of its case: by whoever follows its carrier's parcels, else by its seller."""
    tracking = desk.freight.tracking
    code = one.carrier or tracking.carrier_of("", one.waybill)
    order = str((held.state.case.get("order") or {}).get("id") or "")
    wish = Wish("back", one.waybill, code, "", tracking.phone_of(held.state.shop, order))
    tracking.book.follow(one.case, wish, tracking.networks.name_for(code) or one.network, desk.now())


def _when(one: Booking) -> dict[str, str]:
    return {"window": str(one.more["window"])} if one.more.get("window") else {}


def _letters(desk: BookingDesk, held: HeldCase, one: Booking, *, off: bool) -> list[Any]:
    """The buyer is told when a courier comes, and that none comes after all; of a label once its file is there."""
    window = kept_window(one.more)
    if one.kind != "pickup" or window is None or held.state.tracks.desk != "open":
        return []
    booked = one.state == "booked" and one.told != "void_wanted"
    if not (booked or off or one.state == "voided"):
        return []
    values = {"waybill": one.waybill, "pickup": window_text(window, held.state.market)}
    event = "pickup_ready" if booked else "pickup_off"
    return [letter(desk.freight.cases, held.state, Person(one.by, one.by_role), event, "", values)]


def _leave_way(desk: BookingDesk, one: Booking) -> None:
    note = desk.freight.book.note(one.case)
    if note.way == one.kind and note.waybill == one.waybill:
        desk.freight.book.put_note(replace(note, way="", waybill=""))


def _cost(desk: BookingDesk, one: Booking, *, back: bool) -> None:
    if one.cost:
        amount, key = (-one.cost, f"{one.key}:back") if back else (one.cost, one.key)
        desk.freight.money.carried(
            one.case, key, amount, one.currency, desk.now(), f"{one.network} {one.waybill}".strip()
        )


def fetch(desk: BookingDesk, number: int) -> bool:
    """Put the file of a label on its case's shelf, and tell the buyer that it is there; whether it was."""
    one = desk.book.get(number)
    if one is None or one.file:
        return False
    content = _file_of(desk, one)
    sha256 = _shelved(desk, one, content) if content else ""
    tries = desk.book.put_file(number, sha256, desk.now())
    if not sha256 and tries < _FILE_TRIES:
        return False
    with desk.freight.cases.casework.holding(one.case) as held:
        if held is None:
            return False
        data: dict[str, Any] = {"waybill": one.waybill}
        if not sha256:
            trouble = TROUBLE if held.state.tracks.desk == "open" and not held.state.exception else None
            held.write(Entry("label_file_missing", _HOUSE, desk.now(), data=data), Change(exception=trouble))
            return True
        held.write(Entry("label_sent", _HOUSE, desk.now(), data=data), Change(messages=[_word(desk, held, one)]))
        return True


def _word(desk: BookingDesk, held: HeldCase, one: Booking) -> Any:
    """The buyer is told that the label lies on the case's page."""
    person = Person(one.by, one.by_role)
    return letter(desk.freight.cases, held.state, person, f"{one.kind}_ready", "", {"waybill": one.waybill})


def _file_of(desk: BookingDesk, one: Booking) -> bytes:
    try:
        answer = desk.freight.tracking.talk(_got(one.url))
    except Exception:
        logging.getLogger("amends.freight").exception("the file of label %s cannot be had", one.number)
        return b""
    return answer.body if answer.status == 200 else b""


def _got(url: str) -> Generator[WireRequest, WireAnswer, WireAnswer]:
    """One request that shows no key: such addresses are open to whoever knows them."""
    answer = yield WireRequest("GET", url)
    return answer


def _shelved(desk: BookingDesk, one: Booking, content: bytes) -> str:
    """The SHA-256 of the label on the case's shelf; "" where it is no file that is kept."""
    ending = "png" if content.startswith(b"\x89PNG") else "pdf"
    upload = Upload(f"label-{one.waybill}.{ending}", lambda: [content])
    try:
        with desk.shelf.receiving([upload]) as received:
            received.keep(one.case, "system", "amends", desk.now())
            return received.pieces[0].sha256
    except UnableToKeep:
        logging.getLogger("amends.freight").warning("the file of label %s is none that is kept", one.number)
        return ""


def amount_told(one: Booking) -> dict[str, str]:
    """What a booking cost, as the log tells it."""
    if one.cost is None or not one.currency:
        return {}
    return {"amount": write_minor(one.cost, EXPONENTS[one.currency]), "currency": one.currency}


def title_of(desk: BookingDesk, one: Booking) -> str:
    """The name of whoever sold it."""
    joined = desk.joined(one.network)
    return joined.network.title.en if joined else one.network
