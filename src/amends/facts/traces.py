"""What became of a parcel, drawn from all that was ever told of it. The same scans in any order and number say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

ScanKind = Literal[
    "announced",
    "picked_up",
    "in_transit",
    "out_for_delivery",
    "attempted",
    "at_station",
    "delivered",
    "refused",
    "intercepted",
    "returning",
    "returned",
    "lost",
    "note",
]
SCAN_KINDS: Final[tuple[ScanKind, ...]] = (
    "announced",
    "picked_up",
    "in_transit",
    "out_for_delivery",
    "attempted",
    "at_station",
    "delivered",
    "refused",
    "intercepted",
    "returning",
    "returned",
    "lost",
    "note",
)
"""In the order in which they are read where a carrier gives several the same moment. `announced`: a label was made, nothing is there.
`at_station`: waits at a station or in a locker to be fetched. `intercepted`: stopped because we asked. `returned`: the sender has it
again. `note`: something was said that changes nothing, or that nobody can read."""

_RANKS: Final = {kind: rank for rank, kind in enumerate(SCAN_KINDS)}
_TRACES: Final = {
    "announced": "none",
    "picked_up": "picked_up",
    "in_transit": "in_transit",
    "out_for_delivery": "out_for_delivery",
    "attempted": "in_transit",
    "at_station": "out_for_delivery",
    "delivered": "delivered",
    "refused": "refused",
    "intercepted": "returned_to_sender",
    "returning": "returned_to_sender",
    "returned": "returned_to_sender",
    "lost": "lost",
}
_TURNED: Final = frozenset({"intercepted", "returning", "returned"})
_AFTER_SIGNING: Final = frozenset({"refused", "lost"}) | _TURNED
_NOT_THE_BUYER: Final = frozenset({"locker", "station"})
_STRANGERS: Final = frozenset({"neighbour", "guard", "other"})
_MOVED: Final = frozenset(_RANKS) - {"announced", "note"}


@dataclass(frozen=True, slots=True)
class Scan:
    """One thing that a carrier told. `text`: its own words. `code`: the network's word for it. `signed_by`: one of `SIGNED_BY`, or ""."""

    at: datetime
    kind: ScanKind
    text: str = ""
    place: str = ""
    code: str = ""
    signed_by: str = ""

    @property
    def order(self) -> tuple[datetime, int, str, str, str]:
        """Where it stands among the others, whenever it was heard of."""
        return (self.at, _RANKS[self.kind], self.code, self.text, self.place)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a parcel is. `state` is a trace of the contract. `delivered_at`, `signed_by`: only while it is with the receiver.

    `station`: it waits to be fetched, or was signed for by a station or locker. `returned`: the sender has it again.
    `moved_at`: when it last moved. Where a station signed and then the receiver, the receiver's own hand counts.
    """

    state: str = "none"
    picked_up_at: datetime | None = None
    delivered_at: datetime | None = None
    signed_by: str = ""
    station: bool = False
    returned: bool = False
    intercepted: bool = False
    moved_at: datetime | None = None

    @property
    def over(self) -> bool:
        """Nothing more is expected of it."""
        return self.returned or (self.state == "delivered" and not self.station)


ParcelAlarm = Literal["stuck", "not_picked_up", "station", "returning", "signed_by_other", "lost", "refused"]


def trace_of(scans: Iterable[Scan]) -> Trace:
    """Where all scans together lead. Late entries after a signature change nothing; what is signed for on its way back went back."""
    told = sorted({one for one in scans if one.kind != "note"}, key=lambda one: one.order)
    state, turned, back, signed = "none", False, False, list[Scan]()
    for one in told:
        if one.kind == "delivered" and turned:
            back = True
        elif one.kind == "delivered":
            signed.append(one)
            state = "delivered"
        elif one.kind in _TURNED:
            turned, back, state = True, back or one.kind == "returned", "returned_to_sender"
        elif one.kind in _AFTER_SIGNING:
            state = state if turned else _TRACES[one.kind]
        elif not turned and state not in ("delivered", "refused"):
            state = _TRACES[one.kind]
    moved = [one.at for one in told if one.kind in _MOVED]
    hand = _hand(signed) if state == "delivered" else None
    waits = state == "out_for_delivery" and bool(told) and _last_live(told) == "at_station"
    return Trace(
        state=state,
        picked_up_at=min(moved) if moved else None,
        delivered_at=hand.at if hand else None,
        signed_by=hand.signed_by if hand else "",
        station=waits or (hand is not None and hand.signed_by in _NOT_THE_BUYER),
        returned=back,
        intercepted=any(one.kind == "intercepted" for one in told),
        moved_at=max(moved) if moved else None,
    )


def _last_live(told: list[Scan]) -> str:
    return next(one.kind for one in reversed(told) if one.kind != "attempted")


def _hand(signed: list[Scan]) -> Scan | None:
    """The signature that counts: the first that is no station's, else the first."""
    own = [one for one in signed if one.signed_by not in _NOT_THE_BUYER]
    return next(iter(own or signed), None)


def alarms_of(trace: Trace, followed_at: datetime, now: datetime, quiet: timedelta) -> tuple[ParcelAlarm, ...]:
    """What a person should look at. `quiet`: how long a parcel may be without moving."""
    found: list[ParcelAlarm] = []
    if trace.state == "lost":
        found.append("lost")
    elif trace.state == "refused":
        found.append("refused")
    elif trace.state == "returned_to_sender":
        found.append("returning")
    elif trace.state == "delivered":
        if trace.signed_by in _STRANGERS:
            found.append("signed_by_other")
    elif trace.moved_at is None:
        if now - followed_at > quiet:
            found.append("not_picked_up")
    elif now - trace.moved_at > quiet:
        found.append("stuck")
    if trace.station:
        found.append("station")
    return tuple(found)


def richer(one: Scan, other: Scan) -> Scan:
    """Of two tellings of the same thing, the one that says more; whichever comes first, the same."""
    return max(one, other, key=lambda scan: (scan.kind != "note", _RANKS[scan.kind], scan.signed_by, scan.code))


def joined(scans: Iterable[Scan]) -> tuple[Scan, ...]:
    """Every thing that was told once (a moment, its words and its place), as it was told most richly, the oldest first."""
    found: dict[tuple[datetime, str, str], Scan] = {}
    for one in scans:
        name = (one.at, one.text, one.place)
        found[name] = richer(found[name], one) if name in found else one
    return tuple(sorted(found.values(), key=lambda scan: scan.order))
