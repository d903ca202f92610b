"""Parcels that the house follows: which they are, of which case, and what is done about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from amends.facts.traces import Scan, Trace
from amends.facts.tracking import Waybill

PARTS = ("out", "back", "replacement")
Part = Literal["out", "back", "replacement"]
"""`out`: a shipment of the order. `back`: the return. `replacement`: what goes out in place of the goods."""

ParcelState = Literal["wanted", "followed", "lapsed", "refused", "over"]
"""`wanted`: to be subscribed to. `lapsed`: the network gave up; to be subscribed to again. `refused`: the network will not follow it.
`over`: nothing more is expected."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A parcel of a case that should be followed. `shipment`: the shipment's id in the case file, "" for the others."""

    part: Part
    waybill: str
    carrier: str = ""
    shipment: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class KeptParcel:
    """A parcel as it is kept. `number`: its row. `subscribed_at`: when the network last took it in. `hinted`: heard of, to be asked about.
    `fault_why`: a code of the words ``parcel_fault``; `fault`: the network's own words.
    `strange`: words of the network that nobody knows."""

    number: int
    network: str
    waybill: Waybill
    state: ParcelState
    made_at: datetime
    subscribed_at: datetime | None = None
    heard_at: datetime | None = None
    faults: int = 0
    fault_why: str = ""
    fault: str = ""
    hinted: bool = False
    strange: tuple[str, ...] = ()


StopState = Literal["wanted", "asked", "stopped", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A wish to stop a parcel, and what came of it. `code`: of the words ``stop_fault``, or the network's own; `message`: its words."""

    number: int
    parcel: int
    key: str
    state: StopState
    by: str
    at: datetime
    why: str = ""
    code: str = ""
    message: str = ""
    tries: int = 0


@dataclass(frozen=True, slots=True)
class CaseParcel:
    """A parcel in the part that it plays in a case. `alarms`: what people were told to look at. `moved`: the goods' track stands where
    this parcel's word has put it. `heard`: how often its word has changed. `live`: no later waybill has taken its place."""

    number: int
    case: int
    part: Part
    shipment: str
    parcel: KeptParcel
    alarms: tuple[str, ...] = ()
    moved: bool = False
    heard: int = 0
    live: bool = True


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A parcel as the case page shows it: scans newest first. `can_stop`: the carrier may be asked to stop it now."""

    link: CaseParcel
    trace: Trace
    scans: tuple[Scan, ...]
    stop: Stop | None
    can_stop: bool
