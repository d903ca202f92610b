"""Taking money in through a gateway: a talk about one step over the wire, and what may be concluded where it broke off."""

from __future__ import annotations

import logging

from amends.carry_out.ports import Caller
from amends.carry_out.talk import counted, talk
from amends.carry_out.wire import UnableToReach
from amends.facts.collect import Collected, Collecting, CollectOrder
from amends.facts.wire import Seal, UnableToAsk, WireRequest

_log = logging.getLogger("amends.runner")


def said(wire: Caller, door: Collecting, order: CollectOrder, seal: Seal, *, sends: bool) -> Collected:
    """What came of a talk. Only where its very first request surely never left is nothing known there; else the outcome is unknown.

    A defect of the translator itself says nothing of the money: it is logged, told as an alarm, and asked about.
    """
    calls: list[WireRequest] = []
    try:
        return talk(wire, counted(door.send(order, seal) if sends else door.ask(order, seal), calls))
    except UnableToReach as fault:
        never = sends and len(calls) == 1 and not fault.sent
        return Collected("absent" if never else "unknown", code="no_answer", message=str(fault)[:500])
    except UnableToAsk as fault:
        return Collected("unknown", code="unable_to_ask", message=str(fault)[:500], alarm=str(fault)[:300])
    except Exception as fault:  # noqa: BLE001 - a defect says nothing of the money; it is logged and asked about
        _log.exception("a talk about money that comes in ended in a fault")
        return Collected("unknown", code="defect", message=str(fault)[:500], alarm=f"the gateway failed: {fault}"[:300])
