"""A parcel's word carried into its case: facts, the goods' track, alarms. The same scans end in the same case, whenever they came."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from amends.desk.cases.carrier_tells import CarrierWord, carrier_tells
from amends.desk.tracking.desk import TrackingDesk
from amends.facts.log import Actor
from amends.facts.parcels import CaseParcel
from amends.facts.traces import alarms_of, trace_of

MOST: Final = 100
_TRIED_AGAIN: Final = timedelta(minutes=10)


def tell_cases(desk: TrackingDesk, failed: dict[int, datetime]) -> int:
    """Tell the cases what is new of their parcels, each in a transaction of its own; how many.

    `failed`: those that could not be told, and when they are tried again; it is kept by whoever calls.
    """
    done, now = 0, desk.now()
    for number in desk.book.untold(MOST + len(failed)):
        if failed.get(number, now) > now:
            continue
        try:
            done += _tell(desk, number)
            failed.pop(number, None)
        except Exception:
            failed[number] = now + _TRIED_AGAIN
            logging.getLogger("amends.tracking").exception(
                "case parcel %s could not be told; it is tried again", number
            )
    return done


def _tell(desk: TrackingDesk, number: int) -> int:
    first = desk.book.link(number)
    if first is None:
        return 0
    with desk.cases.casework.holding(first.case) as held:
        link = desk.book.link(number)  # as it stands under the case's lock
        if held is None or link is None:
            return 0
        if not link.live:
            desk.book.tell(number, link.heard, (), False)
            return 1
        word, alarms = word_of(desk, link)
        others = [
            alarm for one in desk.book.of_case(link.case) if one.live and one.number != number for alarm in one.alarms
        ]
        moved = carrier_tells(desk.cases, held, word, link.alarms, tuple(others))
        desk.book.tell(number, link.heard, alarms, moved)
    return 1


def word_of(desk: TrackingDesk, link: CaseParcel) -> tuple[CarrierWord, tuple[str, ...]]:
    """What a parcel says to its case now, and what a person should look at."""
    scans = desk.book.scans(link.parcel.number)
    trace = trace_of(scans)
    alarms: tuple[str, ...] = alarms_of(trace, link.parcel.made_at, desk.now(), desk.quiet)
    if link.parcel.strange:
        alarms = (*alarms, "strange")
    joined = desk.joined(link.parcel.network)
    name = joined.network.title.en if joined else link.parcel.network
    by = Actor("carrier", name)
    return CarrierWord(by, link.part, link.shipment, link.parcel.waybill.number, trace, link.moved, alarms), alarms
