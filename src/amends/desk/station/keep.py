"""Parcels that belong to no case yet: kept with all that can be seen, matched by a person, or gone elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.desk.cases.redecide import redecide
from amends.desk.station.desk import StationDesk
from amends.desk.station.receive import Arrival, check_grams, keep_photos
from amends.facts.evidence import Upload
from amends.facts.log import Entry
from amends.facts.people import Person
from amends.facts.station import STRAY_KINDS, NewStray, Stray, Suggestion, label_of, suggestions
from amends.facts.vault import GoodsOf, GoodsProof
from amends.facts.work import Change

_SHIP_BACK = ("decision", "buyer", "ship_back")


@dataclass(frozen=True, slots=True)
class StrayView:
    """A kept parcel with its photos and the cases that it may belong to."""

    stray: Stray
    photos: Sequence[GoodsProof]
    suggested: Sequence[Suggestion]


def keep(desk: StationDesk, person: Person, about: NewStray, arrival: Arrival) -> int:
    """Keep a parcel that no case is known for; its number. Raises `UnableToWork`; nothing is kept then."""
    if not person.may("receive"):
        raise not_allowed(person.role, "receive")
    if about.shop not in [name for name, _ in desk.book.shops(person.merchants)]:
        raise bad_value("shop", "one of your shops", "请选择你的店铺")
    if about.kind not in STRAY_KINDS:
        raise bad_value("kind", f"one of {', '.join(STRAY_KINDS)}", "请选择包裹类型")
    check_grams(about.grams)
    if not arrival.uploads and not about.waybill.strip() and not about.order.strip() and not about.note.strip():
        raise bad_value(
            "waybill",
            "a waybill, an order's number, a photo or a note: something to know it by",
            "请至少填写运单号、订单号、备注或拍照",
        )
    with desk.evidence.receiving(arrival.uploads) as received, desk.book.transaction():
        number = desk.book.put_stray(about, person.name, desk.now())
        if received.pieces:
            received.keep_for_goods(_goods(about, number), actor(person), desk.now(), "desk")
        desk.visited("keep", person, about.shop, arrival.began, stray=number)
        return number


def _goods(about: NewStray, number: int) -> GoodsOf:
    """Under which number its photos lie: its waybill, else its label."""
    return GoodsOf(about.shop, "", about.waybill.strip() or label_of(number), "unpacking", about.grams)


def look(desk: StationDesk, number: int, person: Person) -> StrayView:
    """A kept parcel, its photos, and the cases that may be its own. Raises `UnableToWork`."""
    stray = desk.stray(number, person)
    goods = _goods(stray.about, number)
    photos = [
        one for one in desk.goods.of_parcel(stray.about.shop, "", goods.waybill) if one.parcel.purpose == "unpacking"
    ]
    found = suggestions(stray.about, stray.at, desk.book.candidates(stray, person.merchants))
    known = {case for case, _ in stray.cases}
    return StrayView(stray, photos, [one for one in found if one.case.number not in known])


def match(desk: StationDesk, number: int, case: int, person: Person, began: datetime | None = None) -> None:
    """Say that a kept parcel is a case's: its photos, waybill and weight become the case's, its goods have arrived. Raises `UnableToWork`.

    A parcel may hold the goods of several cases, and a case's goods may come in several parcels.
    """
    view = look(desk, number, person)
    stray = view.stray
    if stray.state == "gone":
        raise UnableToWork("not_possible", "this parcel is not here any more", "该包裹已不在库")
    state = desk.case(case, person)
    if state.merchant != stray.merchant:
        raise UnableToWork("not_possible", "the parcel is another merchant's", "该包裹属于其他商家")
    uploads = [_again(desk, one) for one in view.photos]
    with desk.evidence.receiving(uploads) as received, desk.book.transaction():
        if not desk.book.match(number, case, person.name, desk.now()):
            raise UnableToWork("not_possible", "it is matched with this case already", "该包裹已匹配到此售后单")
        keep_photos(desk, case, person, received, "")
        with desk.cases.hold(case, person, "receive") as held:
            held.write(*_matched(desk, held.state.tracks.goods, held.state.case, stray, person))
            redecide(desk.cases, held)
        desk.visited("match", person, state.shop, began, case=case, stray=number)


def _matched(
    desk: StationDesk, goods: str, file: dict[str, object], stray: Stray, person: Person
) -> tuple[Entry, Change]:
    there = file.get("return_parcel")
    back = dict(there) if isinstance(there, dict) else {}
    told: dict[str, object] = {"signed_at": back.get("signed_at") or stray.at.isoformat()}
    if stray.about.waybill and not back.get("waybill"):
        told["waybill"] = stray.about.waybill
    if stray.about.grams:
        told["grams"] = int(str(back.get("grams") or 0)) + stray.about.grams
    data = {"parcel": stray.label, "waybill": stray.about.waybill, "grams": stray.about.grams, "kind": stray.about.kind}
    moves = (("goods", "arrive"),) if goods not in ("arrived", "inspected") else ()
    entry = Entry("parcel_matched", actor(person), desk.now(), moves=moves, data=data)
    return entry, Change(facts={"return_parcel": told}, met=[_SHIP_BACK])


def _again(desk: StationDesk, one: GoodsProof) -> Upload:
    """A file of the parcel, to be taken in once more for its case."""

    def chunks() -> object:
        file: BinaryIO = desk.evidence.shelf.original(one.sha256)
        with closing(file):
            while part := file.read(1 << 20):
                yield part

    return Upload(one.name, chunks)  # type: ignore[arg-type]


def not_this_cases(desk: StationDesk, number: int, person: Person, about: NewStray, arrival: Arrival) -> int:
    """A parcel that was opened for a case is not its own: kept as a wrong parcel, and the case told so. Raises `UnableToWork`."""
    state = desk.case(number, person)
    with desk.book.transaction():
        kept = keep(desk, person, replace(about, kind="wrong", shop=state.shop), arrival)
        with desk.cases.hold(number, person, "receive") as held:
            data = {"parcel": label_of(kept), "waybill": about.waybill}
            held.write(Entry("wrong_parcel", actor(person), desk.now(), about.note.strip()[:500], data=data))
        return kept


def send_on(desk: StationDesk, number: int, person: Person, became: str) -> None:
    """A kept parcel leaves: handed to another merchant, sent back, thrown away. Raises `UnableToWork`."""
    stray = desk.stray(number, person)
    if stray.state != "kept":
        raise UnableToWork("not_possible", "only a parcel that waits here can be sent on", "仅待匹配的包裹可以转出")
    if not became.strip():
        raise bad_value("became", "say what becomes of it", "请说明去向")
    desk.book.gone(number, person.name, desk.now(), became.strip()[:500])
