"""What is told of couriers, by pushes and by asking: carried into their cases once, in whatever order it comes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from amends.basics.money import Minor
from amends.desk.cases.ports import HeldCase
from amends.desk.freight.booked import MOST, TROUBLE, amount_told, join_parcel, title_of
from amends.desk.freight.booking_desk import BookingDesk
from amends.desk.tracking.listen import NOT_TRUSTED, is_address
from amends.desk.tracking.ports import NoAnswer
from amends.facts.bookings import Booking, pickup_of
from amends.facts.channels import UnableToTalk
from amends.facts.log import Actor, Entry
from amends.facts.pickups import STAGES, PickupTold, kept_window
from amends.facts.wire import UnableToTrustNotice, WireAnswer
from amends.facts.work import Change

EVERY: Final = timedelta(hours=3)
"""How often a booked collection is asked about, in case a push was lost."""
_LATE: Final = timedelta(hours=6)
_LONG: Final = timedelta(days=14)
_NEVER: Final = timedelta(days=3650)
_UNDER_WAY: Final = ("wanted", "sent", "unknown", "person")
_BUSY: Final = WireAnswer(503, {"content-type": "text/plain"}, b"busy")
_log = logging.getLogger("amends.freight")


class PickupRounds:
    """Couriers that are to come, asked about in case a push was lost."""

    def __init__(self, desk: BookingDesk) -> None:
        self._desk = desk

    def talk(self) -> int:
        """Ask about those for which it is time; how many said something. One that goes wrong keeps no other waiting."""
        found = 0
        for number in self._desk.book.to_watch(self._desk.now(), MOST):
            try:
                found += watch(self._desk, number)
            except Exception:  # noqa: BLE001 - one collection must not end the others' round; it is logged
                _log.exception("collection %s could not be asked about; it is tried again", number)
        return found


def take_pickup_push(desk: BookingDesk, name: str, secret: str, key: str, body: bytes) -> WireAnswer | None:
    """The answer for a push about a collection; None where it is about none. `key`: ours, from the address that was pushed to.

    What is answered well is kept. While a worker holds the booking it is answered as busy, and comes again.
    """
    joined = desk.joined(name)
    if joined is None or joined.network.collector is None or not is_address(joined, secret):
        return None
    try:
        told = joined.network.collector.told(joined.access, body)
    except UnableToTrustNotice as fault:
        _log.warning("a push of %s about a collection was refused: %s", name, fault)
        return NOT_TRUSTED
    if told is None:
        return None
    one = desk.book.by_key(name, key) if key else None
    one = one or desk.book.by_reference(name, [told.reference])
    if one is None or (one.reference and told.reference and one.reference != told.reference):
        _log.warning("a push of %s names no collection of ours (%s)", name, told.reference)
        return joined.network.answer_push()
    return joined.network.answer_push() if hear(desk, one.number, told) else _BUSY


def watch(desk: BookingDesk, number: int) -> bool:
    """Ask about a booked collection, and see whether its time has passed without a courier; whether something was told."""
    one, now = desk.book.get(number), desk.now()
    joined = desk.joined(one.network) if one else None
    if one is None or joined is None or joined.network.collector is None:
        return False
    collector, told = joined.network.collector, None
    talk, seal = desk.freight.tracking.talk, desk.freight.tracking.seal()
    try:
        if one.reference:
            told = talk(collector.ask(joined.access, one.reference, seal))
        elif (seen := talk(collector.look(joined.access, pickup_of(one), seal))).reference:
            told = PickupTold("booked", seen.reference, seen.waybill, seen.carrier)
    except (NoAnswer, UnableToTalk) as fault:
        _log.warning("%s does not say how collection %s stands: %s", one.network, number, fault)
    if told is not None:
        hear(desk, number, told)
    one = desk.book.get(number) or one
    window, came = kept_window(one.more), one.more.get("stage") == "picked_up"
    if window and not came and not one.more.get("missed") and collector.over(window, now - _LATE):
        _missed(desk, one)
    over = (came and "settled" in one.more) or now - one.at > _LONG
    desk.book.watch_again(number, now + (_NEVER if over else EVERY))
    return told is not None


def hear(desk: BookingDesk, number: int, told: PickupTold) -> bool:
    """Carry a word into its case; False while a worker holds the booking, then nothing is changed."""
    first = desk.book.get(number)
    if first is None:
        return True
    with desk.freight.cases.casework.holding(first.case) as held:
        one = desk.book.get(number)  # as it stands under the case's lock
        if held is None or one is None:
            return True
        stands = told.word in STAGES or told.word == "settled"
        if one.state in _UNDER_WAY and told.word != "note":
            if not _settle(desk, one, told, stands=stands):
                return False
        elif one.state == "failed" and stands and told.word != "settled":
            _comes_after_all(desk, held, one, told)
        elif one.state in ("booked", "void_wanted") and told.word in ("failed", "cancelled"):
            if not _will_not_come(desk, one, told):
                return False
        fresh = desk.book.get(number)
        if fresh is not None and fresh.state in ("booked", "void_wanted"):
            _details(desk, held, fresh, told)
        return True


def _settle(desk: BookingDesk, one: Booking, told: PickupTold, *, stands: bool) -> bool:
    """A call whose answer was lost is answered by the push."""
    if not stands:
        return desk.book.move(
            one.number,
            one.state,
            "failed",
            desk.now(),
            reference=told.reference,
            code=told.code,
            message=told.words[:500],
        )
    cost = one.offer.amount if one.offer else None
    carrier = told.carrier or (one.offer.carrier if one.offer else "")
    return desk.book.move(
        one.number, one.state, "booked", desk.now(), reference=told.reference, waybill=told.waybill, carrier=carrier,
        cost=cost, currency=told.currency, alarm="", code="", message="",
    )  # fmt: skip


def _comes_after_all(desk: BookingDesk, held: HeldCase, one: Booking, told: PickupTold) -> None:
    """A courier comes although it was said that none would: it counts again, unless another was booked meanwhile."""
    if one.cost is None and _settle(desk, one, told, stands=True):
        return
    if not one.more.get("double"):
        desk.book.tell_more(one.number, {"double": True})
        _write(desk, held, one, "pickup_double", {"waybill": told.waybill}, trouble=True)


def _will_not_come(desk: BookingDesk, one: Booking, told: PickupTold) -> bool:
    """The carrier, or somebody on the network's own page, called it off. What was picked up stays so."""
    if one.more.get("stage") == "picked_up":
        return True
    state = "voided" if one.state == "void_wanted" else "failed"
    return desk.book.move(one.number, one.state, state, desk.now(), code=told.code, message=told.words[:500])


def _details(desk: BookingDesk, held: HeldCase, one: Booking, told: PickupTold) -> None:
    """Its waybill, its courier, how far it is, what it cost in the end: each written once."""
    values: dict[str, Any] = {}
    if told.reference and not one.reference:
        values["reference"] = told.reference
    if told.waybill and told.waybill != one.waybill:
        values |= {"waybill": told.waybill, "carrier": told.carrier or one.carrier}
    more: dict[str, Any] = {}
    if told.courier and told.courier != one.more.get("courier"):
        more |= {"courier": told.courier[:60], "courier_phone": told.courier_phone[:20]}
    was = str(one.more.get("stage") or "")
    if STAGES.get(told.word, 0) > STAGES.get(was, 0):
        more["stage"] = told.word
    if told.cost is not None and told.cost != one.cost:
        values |= {"cost": told.cost, "currency": told.currency}
    if told.cost is not None:
        more["settled"] = int(one.more.get("settled", 0)) + ("cost" in values)
    if not values and not more:
        return
    desk.book.tell_more(one.number, more, **values)
    now = replace(one, more={**one.more, **more}, **values)
    if "waybill" in values and one.told == "booked":
        _join(desk, held, now)
    if "cost" in values:
        _difference(desk, held, now, one.cost or 0)
    if more.get("stage") in ("accepted", "picked_up"):
        said = {"courier": str(now.more.get("courier") or ""), "waybill": now.waybill}
        _write(desk, held, now, f"pickup_{more['stage']}", said)


def _join(desk: BookingDesk, held: HeldCase, one: Booking) -> None:
    note = desk.freight.book.note(one.case)
    desk.freight.book.put_note(replace(note, way="pickup", waybill=one.waybill))
    join_parcel(desk, held, one)
    _write(desk, held, one, "pickup_waybill", {"waybill": one.waybill})


def _difference(desk: BookingDesk, held: HeldCase, one: Booking, before: Minor) -> None:
    """What it cost more or less than was booked, each change once: the count of them is kept with it."""
    key = f"{one.key}:s{one.more.get('settled', 0)}"
    desk.freight.money.carried(
        one.case, key, (one.cost or 0) - before, one.currency, desk.now(), f"{one.network} {one.waybill}".strip()
    )
    _write(desk, held, one, "pickup_settled", amount_told(one))


def _missed(desk: BookingDesk, one: Booking) -> None:
    with desk.freight.cases.casework.holding(one.case) as held:
        if held is not None:
            desk.book.tell_more(one.number, {"missed": True})
            _write(desk, held, one, "pickup_missed", {"window": str(one.more.get("window") or "")}, trouble=True)


def _write(
    desk: BookingDesk, held: HeldCase, one: Booking, what: str, data: Mapping[str, str], *, trouble: bool = False
) -> None:
    marked = trouble and held.state.tracks.desk == "open" and not held.state.exception
    told = {"network": one.network, **{name: value for name, value in data.items() if value}}
    held.write(
        Entry(what, Actor("carrier", title_of(desk, one)), desk.now(), data=told),
        Change(exception=TROUBLE) if marked else None,
    )
