"""What the house does about freight by itself: traces heard, refunds of stopped parcels, waybills looked at, claims that run out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from amends.basics.moves import UnableToMove
from amends.desk.freight.claims import look_at_claims
from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.intercept import moved, pay_stopped
from amends.desk.freight.waybills import examine, look_at_waybills
from amends.facts.freight import HEARD_INTERCEPTION, Interception
from amends.facts.log import Actor
from amends.facts.traces import Trace, trace_of

MOST: Final = 100
_HEARD_FOR: Final = timedelta(days=60)


class FreightRounds:
    """One round does a limited amount of each; every piece is a transaction of its own."""

    def __init__(self, desk: FreightDesk) -> None:
        self._desk = desk

    def look(self) -> int:
        """Do what is due; how much there was."""
        return self._waybills() + self._interceptions() + look_at_claims(self._desk, MOST)

    def _waybills(self) -> int:
        desk = self._desk
        done = look_at_waybills(desk)
        for case in desk.book.stopped_since(desk.now() - _HEARD_FOR, MOST):
            self._each(case, lambda case=case: bool(examine(desk, case)))  # type: ignore[misc]
        return done

    def _interceptions(self) -> int:
        desk, done = self._desk, 0
        for one in desk.book.to_hear(desk.now() - _HEARD_FOR, MOST):
            done += self._each(one.case, lambda one=one: hear(desk, one))  # type: ignore[misc]
        return done

    def _each(self, case: int, work: Callable[[], bool]) -> int:
        try:
            return int(work())
        except Exception:
            logging.getLogger("amends.freight").exception(
                "freight of case %s could not be looked at; it is tried again", case
            )
            return 0


def hear(desk: FreightDesk, one: Interception) -> bool:
    """Move an interception by what the carrier told, and pay what its success brings; whether something was done."""
    changed = False
    if one.state in HEARD_INTERCEPTION:
        with desk.cases.casework.holding(one.case) as held:
            now = desk.book.interception(one.number)  # as it stands under the case's lock
            if held is None or now is None or now.state not in HEARD_INTERCEPTION:
                return False
            move, by = _move(desk, now)
            if move and held.state.tracks.desk != "closed":
                try:
                    moved(desk, held, now, move, by)
                    changed = True
                except UnableToMove:
                    return False
    return pay_stopped(desk, one.number) or changed


def _move(desk: FreightDesk, one: Interception) -> tuple[str, Actor]:
    """What the traces and the network's word say of it; "" for nothing new."""
    links = [
        link for link in desk.tracking.book.of_case(one.case) if link.part == "out" and link.shipment == one.shipment
    ]
    link = next((link for link in links if link.live), None)
    state = desk.cases.casework.look(one.case)
    files: list[Any] = list((state.case.get("shipments") or ()) if state else ())
    file: dict[str, Any] = next((each for each in files if str(each.get("id")) == one.shipment), {})
    trace = trace_of(desk.tracking.book.scans(link.parcel.number)) if link else Trace()
    if trace.state == "none":
        trace = Trace(state=str(file.get("trace") or "none"))
    by = Actor("carrier", one.carrier or "carrier")
    if trace.intercepted or trace.state == "returned_to_sender":
        return "succeed", by
    if trace.state == "delivered":
        return "miss", by
    if one.state not in ("asked", "accepted"):
        return "", by
    if trace.state == "lost":
        return "fail", by
    stop = desk.tracking.book.stop_of(link.parcel.number) if link and one.way == "network" else None
    if stop is None:
        return _by_platform(desk, one), by
    if stop.state == "stopped":
        return "succeed", by
    if stop.state == "failed":
        return "refuse", by
    return ("accept" if stop.state == "asked" and one.state == "asked" else ""), by


def _by_platform(desk: FreightDesk, one: Interception) -> str:
    """What became of the wish on the platform."""
    if one.way != "platform":
        return ""
    deeds = [
        deed for deed in desk.cases.casework.deeds(one.case) if deed.action == "intercept" and deed.made_at >= one.at
    ]
    if not deeds:
        return ""
    if deeds[-1].state == "done":
        return "accept" if one.state == "asked" else ""
    return "refuse" if deeds[-1].state in ("failed", "cancelled") else ""
