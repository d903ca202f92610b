"""What a carrier tells of a parcel, written into its case: what the file says of it, where the goods stand, what to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.redecide import redecide
from amends.facts.log import Actor, Entry
from amends.facts.parcels import Part
from amends.facts.traces import Trace
from amends.facts.work import CaseState, Change

TROUBLE: Final = "parcel_trouble"
_SHIP_BACK: Final = ("decision", "buyer", "ship_back")
_STILL_MOVING: Final = frozenset({"none", "picked_up", "in_transit", "out_for_delivery"})
_NOT_HERE: Final = ("none", "awaited", "on_the_way")
_BY_CARRIER: Final = ("arrived", "lost")
_GOODS: Final = {"delivered": "arrived", "lost": "lost"}
_ENTRIES: Final = {"arrived": "goods_received", "lost": "goods_lost"}
_WORTH_A_LOOK: Final = frozenset(
    {"stuck", "not_picked_up", "returning", "signed_by_other", "lost", "refused", "strange"}
)


@dataclass(frozen=True, slots=True)
class CarrierWord:
    """What a parcel says to its case. `moved`: the goods' track stands where this parcel's word has put it before."""

    by: Actor
    part: Part
    shipment: str
    waybill: str
    trace: Trace
    moved: bool
    alarms: tuple[str, ...]


def carrier_tells(
    desk: CaseDesk, held: HeldCase, word: CarrierWord, were: tuple[str, ...], others: tuple[str, ...]
) -> bool:
    """Write what is new, and decide anew; nothing is written where the case knows it all. Whether the goods' track stands by this word.

    `were`: the alarms that were told of this parcel before; `others`: those of the case's other parcels.
    """
    state = held.state
    facts, goods = _facts(state, word), _goods(state, word)
    if facts or goods:
        data = {"part": word.part, "waybill": word.waybill, "trace": word.trace.state}
        told = {"goods": goods} if goods else {}
        met = [_SHIP_BACK] if goods in ("arrived", "on_the_way") else []
        entry = Entry(_ENTRIES.get(goods, "parcel_told"), word.by, desk.now(), told=told, data=data)
        held.write(entry, Change(facts=facts or None, met=met))
        _decide(desk, held)
    _alarms(desk, held, word, were, others)
    if goods:
        return goods in _BY_CARRIER
    return word.moved and held.state.tracks.goods in _BY_CARRIER


def _facts(state: CaseState, word: CarrierWord) -> dict[str, Any]:
    if word.part == "out":
        return _of_shipment(state, word)
    return _of_return(state, word) if word.part == "back" else {}


def _of_shipment(state: CaseState, word: CarrierWord) -> dict[str, Any]:
    """The shipment's trace, signature and its time. What a platform says of a delivery stands until the carrier says how it ended."""
    there = _with_id(state.case, word.shipment)
    ours = _with_id(state.ours, word.shipment)
    trace = word.trace
    if there is None or trace.state == "none":
        return {}
    if (
        trace.state in _STILL_MOVING
        and there.get("trace") not in (None, *_STILL_MOVING)
        and "trace" not in (ours or {})
    ):
        return {}
    at = None if _before(trace.delivered_at, there.get("shipped_at")) else trace.delivered_at
    found = {"trace": trace.state, "delivered_at": _iso(at), "signed_by": trace.signed_by or None}
    return {"shipments": [{"id": word.shipment, **found}]} if _differs(there, found) else {}


def _of_return(state: CaseState, word: CarrierWord) -> dict[str, Any]:
    """When the return was handed in (the carrier's own scan, where that is earlier than what was told) and signed for by us."""
    there: Mapping[str, Any] = state.case.get("return_parcel") or {}
    trace, found = word.trace, dict[str, Any]()
    if trace.picked_up_at and (not there.get("shipped_at") or _before(trace.picked_up_at, there["shipped_at"])):
        found["shipped_at"] = _iso(trace.picked_up_at)
    if trace.delivered_at:
        found["signed_at"] = _iso(trace.delivered_at)
    elif word.moved and there.get("signed_at"):
        found["signed_at"] = None
    return {"return_parcel": found} if _differs(there, found) else {}


def _goods(state: CaseState, word: CarrierWord) -> str:
    """Where the goods' track goes by this word; "" where it stays. What people saw with their own eyes no carrier takes back."""
    here = state.tracks.goods
    if word.part != "back" or state.tracks.desk == "closed":
        return ""
    if here not in _NOT_HERE and not (word.moved and here in _BY_CARRIER):
        return ""
    wanted = _GOODS.get(word.trace.state) or ("on_the_way" if word.trace.picked_up_at else "")
    return wanted if wanted != here else ""


def _alarms(desk: CaseDesk, held: HeldCase, word: CarrierWord, were: tuple[str, ...], others: tuple[str, ...]) -> None:
    if held.state.tracks.desk == "closed":
        return
    for alarm in word.alarms:
        if alarm not in were:
            data = {"part": word.part, "waybill": word.waybill, "alarm": alarm}
            troubled = alarm in _WORTH_A_LOOK and not held.state.exception
            change = Change(exception=TROUBLE) if troubled else None
            held.write(Entry("parcel_alarm", word.by, desk.now(), data=data), change)
    if held.state.exception == TROUBLE and not _WORTH_A_LOOK & {*word.alarms, *others}:
        held.refresh(Change(exception=""), desk.now())


def _decide(desk: CaseDesk, held: HeldCase) -> None:
    """Decide anew; a file that cannot be read keeps the facts, and a person sees on its page what is wrong with it."""
    try:
        redecide(desk, held)
    except UnableToWork:
        return


def _with_id(file: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    shipments = file.get("shipments") or ()
    return next((one for one in shipments if isinstance(one, Mapping) and one.get("id") == name), None)


def _differs(there: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return any(_plain(there.get(name)) != _plain(value) for name, value in found.items())


def _plain(value: Any) -> Any:
    """An instant as one, however its offset is written."""
    try:
        return datetime.fromisoformat(value).timestamp() if isinstance(value, str) else value
    except ValueError:
        return value


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _before(one: datetime | None, other: Any) -> bool:
    try:
        return one is not None and bool(other) and one < datetime.fromisoformat(str(other))
    except (TypeError, ValueError):
        return False
