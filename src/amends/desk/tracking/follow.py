"""Which parcels are followed: those that cases tell of, found in the logs as they grow, and those that a person names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.tracking.desk import TrackingDesk
from amends.facts.api import LoggedEvent
from amends.facts.log import Entry
from amends.facts.parcels import CaseParcel, Part, Wish
from amends.facts.people import Person
from amends.facts.work import CaseState

MARK: Final = "parcels"
MOST_ENTRIES: Final = 500
_ARRIVED: Final = frozenset({"delivered", "returned_to_sender", "refused"})
_CHANGED: Final = frozenset({"opened", "imported", "platform_told", "goods_sent", "replacement_shipped", "reopened"})
"""Entries after which there may be a parcel that nobody follows yet."""


def follow_new(desk: TrackingDesk) -> int:
    """Follow the parcels of cases that changed since the last look; how many entries were read."""
    if not desk.networks.joined:
        return 0
    events = desk.feed.events(desk.book.mark(MARK), MOST_ENTRIES, None)
    for case in dict.fromkeys([one.case for one in events if one.what in _CHANGED]):
        _follow_case(desk, case, [one for one in events if one.case == case])
    if events:
        desk.book.set_mark(MARK, events[-1].number)
    return len(events)


def _follow_case(desk: TrackingDesk, number: int, events: Iterable[LoggedEvent]) -> None:
    state = desk.cases.casework.look(number)
    if state is None or state.tracks.desk == "closed":
        return
    there = {(one.part, one.shipment, one.parcel.waybill.number) for one in desk.book.of_case(number) if one.live}
    for part, shipment, waybill, carrier in (*_of_file(state, desk), *_of_log(events)):
        plain = _plain(waybill)
        if not 6 <= len(plain) <= 40 or (part, shipment, plain) in there:
            continue
        _keep(desk, state, part, shipment, plain, carrier)


def _keep(
    desk: TrackingDesk, state: CaseState, part: Part, shipment: str, waybill: str, carrier: str
) -> CaseParcel | None:
    code = desk.carrier_of(carrier, waybill)
    network = desk.networks.name_for(code)
    if not network:
        return None
    order = str((state.case.get("order") or {}).get("id") or "")
    wish = Wish(part, waybill, code, shipment, desk.phone_of(state.shop, order))
    return desk.book.follow(state.number, wish, network, desk.now())


def _of_file(state: CaseState, desk: TrackingDesk) -> Iterable[tuple[Part, str, str, str]]:
    """The return on its way, and shipments that have not arrived, as the case file tells of them."""
    back: Mapping[str, Any] = state.case.get("return_parcel") or {}
    if back.get("waybill") and state.tracks.goods in ("none", "awaited", "on_the_way", "lost"):
        yield "back", "", str(back["waybill"]), str(back.get("carrier") or "")
    for one in state.case.get("shipments") or ():
        name = str(one.get("id") or "")
        number = str(one.get("waybill") or one.get("tracking_number") or "")
        if not number and desk.carrier_of("", name):
            number = name
        if number and name and one.get("trace") not in _ARRIVED:
            yield "out", name, number, str(one.get("carrier") or "")


def _of_log(events: Iterable[LoggedEvent]) -> Iterable[tuple[Part, str, str, str]]:
    for one in events:
        if one.what == "replacement_shipped" and one.data.get("waybill"):
            yield "replacement", "", str(one.data["waybill"]), ""


def follow(
    desk: TrackingDesk, number: int, person: Person, waybill: str, carrier: str = "", part: str = "", shipment: str = ""
) -> CaseParcel:
    """Follow a parcel that a person names. Raises `UnableToWork`, saying which field is wrong and what would be right."""
    plain = _plain(waybill)
    if not 6 <= len(plain) <= 40 or not plain.replace("-", "").isascii():
        raise bad_value(
            "waybill", "the number on the carrier's receipt, 6 to 40 characters", "请填写快递单号（6–40 位）"
        )
    with desk.cases.hold(number, person, "receive") as held:
        state = held.state
        shipments = [str(one.get("id")) for one in state.case.get("shipments") or ()]
        wanted: Part = "back" if part == "back" or (not part and not shipments) else "out"
        named = "" if wanted == "back" else shipment or (shipments[0] if shipments else "")
        if wanted == "out" and named not in shipments:
            raise bad_value("shipment", "a shipment of this case", "请选择该售后单的一个发货包裹")
        link = _keep(desk, state, wanted, named, plain, carrier)
        if link is None:
            raise UnableToWork(
                "no_network",
                "no tracking network follows this carrier; name the carrier, or set networks up in carriers.yaml",
                "没有可用的物流查询服务；请选择快递公司，或在 carriers.yaml 中配置",
                "carrier",
            )
        data = {"part": wanted, "waybill": plain, "carrier": desk.carrier_of(carrier, plain)}
        held.write(Entry("parcel_followed", actor(person), desk.now(), data=data))
        return link


def _plain(waybill: str) -> str:
    return "".join(waybill.split()).upper()
