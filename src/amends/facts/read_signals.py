"""The parts of a case file that tell of signals: pictures, waybills and stopped parcels."""

from __future__ import annotations

from typing import Final

from amends.facts.case import Photos, Stopped, Suspicion
from amends.facts.fields import Fields
from amends.facts.freight import INTERCEPTION
from amends.facts.waybill_signals import SIGNALS

_NO_PHOTOS: Final = Photos()


def read_photos(raw: Fields | None) -> Photos:
    """What was seen on the buyer's pictures."""
    if not raw:
        return _NO_PHOTOS
    return Photos(
        looked_at=raw.count("looked_at"),
        reused=raw.count("reused"),
        catalogue=raw.count("catalogue"),
        contradicting=raw.count("contradicting"),
    )


def read_stopped(raw: Fields | None) -> Stopped | None:
    """What was done to have a parcel brought back."""
    return Stopped(raw.need_code("state", INTERCEPTION.states), raw.time("at")) if raw else None


def read_suspicion(raw: Fields) -> Suspicion:
    """Something about a waybill that does not fit."""
    return Suspicion(
        code=raw.need_code("code", frozenset(SIGNALS)),
        waybill=raw.need_text("waybill"),
        case=raw.text("case"),
        place=raw.text("place"),
        at=raw.time("at"),
    )
