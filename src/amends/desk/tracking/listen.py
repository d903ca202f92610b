"""Pushes of tracking networks: believed where they are signed, else a hint that the parcel is to be asked about."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from typing import Final

from amends.desk.tracking.desk import TrackingDesk
from amends.facts.wire import UnableToTrustNotice, WireAnswer

_NOT_TRUSTED: Final = WireAnswer(401, {"content-type": "text/plain"}, b"not trusted")
_log = logging.getLogger("amends.tracking")


def take_push(desk: TrackingDesk, name: str, secret: str, headers: Mapping[str, str], body: bytes) -> WireAnswer | None:
    """The answer for a push; None where there is no such address. What is answered well is kept: nothing is lost after it.

    A push about a parcel that nobody follows is answered well and forgotten, or its sender would push it for days.
    """
    joined = desk.joined(name)
    if joined is None or not joined.push_secret:
        return None
    if not hmac.compare_digest(joined.push_secret.encode(), secret.encode("utf-8", errors="replace")):
        return None
    network, now = joined.network, desk.now()
    try:
        told = network.pushed(joined.access, headers, body, now)
    except UnableToTrustNotice as fault:
        _log.warning("a push of %s was refused: %s", name, fault)
        return _NOT_TRUSTED
    for one in told:
        if network.can.signs:
            desk.book.take(name, one, now, desk.quiet, network.can.again_after)
        else:
            desk.book.hint(name, one.number, now)
    return network.answer_push()
