"""A parcel is here: received for its case, with its weight; come back without having been delivered; or not this case's at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.desk.cases.ask import give_evidence
from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.redecide import redecide
from amends.desk.evidence import items_of
from amends.desk.station.desk import HEAVIEST, StationDesk
from amends.facts.evidence import Upload
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.sold import expected_grams
from amends.facts.work import CaseState, Change

CAME_BACK: Final = {"refused": "refused", "returned": "returned_to_sender"}
_SHIP_BACK: Final = ("decision", "buyer", "ship_back")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is written down of a parcel that came: its waybill and weight, where it is put, words, photos."""

    waybill: str = ""
    grams: int | None = None
    place: str = ""
    note: str = ""
    uploads: Sequence[Upload] = ()
    began: datetime | None = None


def asked_of(state: CaseState) -> dict[str, int]:
    """The pieces that a request is about, by line."""
    lines = {
        str(one["id"]): int(one.get("quantity") or 1) for one in (state.case.get("order") or {}).get("lines") or ()
    }
    told = (state.case.get("request") or {}).get("lines") or ()
    return {str(one["id"]): int(one.get("quantity") or lines.get(str(one["id"]), 1)) for one in told} or lines


def expected_weight(desk: StationDesk, state: CaseState) -> int | None:
    """What the parcel back should weigh, by its packing or by its pieces."""
    proofs = desk.goods.of_case(state.number)
    weighed = [one.parcel.grams for one in proofs if one.parcel.purpose in ("packing", "weighing")]
    packed = next((one for one in weighed if one), None)
    return expected_grams(state.case, asked_of(state), packed)


def take_in(desk: StationDesk, number: int, person: Person, arrival: Arrival, version: int | None = None) -> CaseState:
    """Receive a parcel of a case. Another parcel of the same case adds its weight and its waybill. Raises `UnableToWork`."""
    state = desk.case(number, person, version)
    check_grams(arrival.grams)
    waybill = arrival.waybill.strip()[:60]
    if waybill and len(waybill) < 4:
        raise bad_value("waybill", "4 to 60 characters", "请填写 4–60 位运单号")
    with desk.evidence.receiving(arrival.uploads) as received, desk.book.transaction():
        keep_photos(desk, number, person, received, "")
        with desk.cases.hold(number, person, "receive") as held:
            entry, facts = _arrival(desk, held.state, person, arrival, waybill)
            held.write(entry, Change(facts=facts, met=[_SHIP_BACK]))
            redecide(desk.cases, held)
            after = held.state
        desk.visited("receive", person, state.shop, arrival.began, case=number)
        return after


def _arrival(
    desk: StationDesk, state: CaseState, person: Person, arrival: Arrival, waybill: str
) -> tuple[Entry, dict[str, Any]]:
    now = desk.now()
    there = state.case.get("return_parcel") or {}
    again = state.tracks.goods in ("arrived", "inspected")
    if again and not (waybill and waybill != there.get("waybill")) and arrival.grams is None:
        raise UnableToWork(
            "not_possible",
            "this case's goods are here already; a further parcel has its own waybill or weight",
            "该售后单的商品已收货；如为另一包裹，请填写其运单号或重量",
        )
    grams = arrival.grams
    if again and grams is not None:
        grams += int(there.get("grams") or 0)
    expected = expected_weight(desk, state)
    verdict = desk.rubrics.scales.verdict(expected, grams)
    back: dict[str, Any] = {"signed_at": there.get("signed_at") or now.isoformat()}
    if waybill and not there.get("waybill"):
        back["waybill"] = waybill
    facts: dict[str, Any] = {"return_parcel": back}
    if grams is not None:
        back |= {"grams": grams, "empty": verdict == "empty"}
        facts["evidence"] = [{"kind": "weight", "by": "merchant", "at": now.isoformat()}]
    data = {"waybill": waybill, "grams": arrival.grams, "expected_grams": expected, "weight": verdict}
    data |= {"place": arrival.place.strip()[:60]}
    moves = () if again else (("goods", "arrive"),)
    what = "further_parcel" if again else "goods_received"
    return Entry(what, actor(person), now, arrival.note.strip()[:500], moves, data=data), facts


def came_back(
    desk: StationDesk,
    number: int,
    person: Person,
    shipment: str,
    how: str,
    arrival: Arrival,
    version: int | None = None,
) -> CaseState:
    """A parcel that had gone out is here again: the buyer did not take it, or the carrier brought it back. Raises `UnableToWork`."""
    state = desk.case(number, person, version)
    check_grams(arrival.grams)
    if how not in CAME_BACK:
        raise bad_value("how", "refused or returned", "请选择拒收或退回")
    known = [str(one.get("id")) for one in state.case.get("shipments") or ()]
    if shipment not in known:
        raise bad_value("shipment", "a parcel that went out in this case", "请选择该订单发出的包裹")
    with desk.evidence.receiving(arrival.uploads) as received, desk.book.transaction():
        keep_photos(desk, number, person, received, "")
        with desk.cases.hold(number, person, "receive") as held:
            facts = {"shipments": [{"id": shipment, "trace": CAME_BACK[how]}]}
            data = {"waybill": shipment, "how": how, "grams": arrival.grams, "place": arrival.place.strip()[:60]}
            entry = Entry("came_back", actor(person), desk.now(), arrival.note.strip()[:500], data=data)
            held.write(entry, Change(facts=facts))
            redecide(desk.cases, held)
            after = held.state
        desk.visited("receive", person, state.shop, arrival.began, case=number)
        return after


def check_grams(grams: int | None) -> None:
    """Raise `UnableToWork` for a weight that no parcel has."""
    if grams is not None and not 0 < grams <= HEAVIEST:
        raise bad_value("grams", f"from 1 to {HEAVIEST} grams", f"重量须为 1–{HEAVIEST} 克")


def keep_photos(desk: StationDesk, number: int, person: Person, received: Any, text: str) -> tuple[str, ...]:
    """Put what came in on a case, as given by the merchant; the contents' digests."""
    items = items_of(received, "merchant")
    if not items:
        return ()
    give_evidence(desk.cases, number, actor(person), person, items, text)
    received.keep(number, "person", person.name, desk.now())
    return tuple([one["file"] for one in items])
