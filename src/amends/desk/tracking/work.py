"""What is done about a parcel that is due: subscribe once, subscribe again, ask within the limits."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from amends.desk.tracking.desk import TrackingDesk
from amends.desk.tracking.ports import JoinedNetwork, NoAnswer
from amends.facts.channels import UnableToTalk
from amends.facts.parcels import KeptParcel
from amends.facts.traces import trace_of

LEASE_SECONDS: Final = 120
MOST: Final = 20
_SAFETY: Final = timedelta(hours=24)
"""How often a parcel is asked about whose network pushes, in case a push was lost."""
_POLL: Final = timedelta(hours=3)
"""How often one is asked about whose network cannot push to us."""
_GIVEN_UP: Final = timedelta(days=60)
_LONGEST_WAIT: Final = timedelta(hours=6)
_FINAL: Final = frozenset({"refused", "missing"})


def work_due(desk: TrackingDesk) -> int:
    """Do what is due, a limited number of parcels; how many."""
    claimed = desk.book.claim(desk.owner, desk.now(), LEASE_SECONDS, MOST)
    for parcel in claimed:
        _work(desk, parcel)
    return len(claimed)


def _work(desk: TrackingDesk, parcel: KeptParcel) -> None:
    now, asks = desk.now(), parcel.hinted or parcel.state == "followed"
    joined = desk.joined(parcel.network)
    if joined is None:
        _free(desk, parcel, parcel.state, now + _SAFETY, "no_network")
        return
    try:
        if asks:
            _ask(desk, joined, parcel, now)
        elif parcel.state in ("wanted", "lapsed"):
            _subscribe(desk, joined, parcel, now)
        else:
            _free(desk, parcel, parcel.state, None)
    except UnableToTalk as fault:
        final = fault.why in _FINAL and not asks
        wait = timedelta(seconds=fault.retry_after) if fault.retry_after else _wait(parcel)
        state, due = ("refused", None) if final else (parcel.state, now + wait)
        _free(desk, parcel, state, due, fault.why, str(fault), faults=parcel.faults + 1)
    except NoAnswer as fault:
        _free(desk, parcel, parcel.state, now + _wait(parcel), "no_answer", str(fault), faults=parcel.faults + 1)
    except Exception:
        logging.getLogger("amends.tracking").exception("parcel %s could not be worked on", parcel.number)
        _free(desk, parcel, parcel.state, now + _LONGEST_WAIT, "defect", faults=parcel.faults + 1)


def _subscribe(desk: TrackingDesk, joined: JoinedNetwork, parcel: KeptParcel, now: datetime) -> None:
    """Subscribe. Done twice (a crash before the answer was kept) it is one subscription all the same: every network sees to that."""
    can = joined.network.can
    if can.needs_carrier and not parcel.waybill.carrier:
        _free(desk, parcel, "refused", None, "no_carrier")
        return
    found = desk.talk(joined.network.subscribe(joined.access, parcel.waybill, desk.seal()))
    told = found.told
    if told is not None:
        desk.book.take(parcel.network, told, now, desk.quiet, can.again_after)
    more = {"reference": found.reference} if found.reference else {}
    due = now + (_SAFETY if _is_pushed(joined) else timedelta(0))
    _free(desk, parcel, "followed", due, subscribed_at=now, faults=0, **more)


def _ask(desk: TrackingDesk, joined: JoinedNetwork, parcel: KeptParcel, now: datetime) -> None:
    """Ask, where the day's questions about this number are not used up; each is counted before it is put."""
    can = joined.network.can
    again = now + (_SAFETY if _is_pushed(joined) else max(_POLL, can.ask_every))
    if not desk.book.may_ask(parcel.network, parcel.waybill.number, now, can.asks_a_day, can.ask_every):
        _free(desk, parcel, parcel.state, now + can.ask_every)
        return
    told = desk.talk(joined.network.ask(joined.access, parcel.waybill, desk.seal()))
    if told is not None:
        desk.book.take(parcel.network, told, now, desk.quiet, can.again_after)
    trace = trace_of(desk.book.scans(parcel.number))
    last = max([at for at in (parcel.subscribed_at, trace.moved_at, parcel.made_at) if at])
    over = trace.over or now - last > _GIVEN_UP
    _free(desk, parcel, "over" if over else parcel.state, None if over else again, faults=0)


def _is_pushed(joined: JoinedNetwork) -> bool:
    return joined.network.can.pushes and bool(joined.access.push_url)


def _wait(parcel: KeptParcel) -> timedelta:
    return min(_LONGEST_WAIT, timedelta(minutes=2 ** min(parcel.faults, 9)))


def _free(
    desk: TrackingDesk,
    parcel: KeptParcel,
    state: str,
    due: datetime | None,
    why: str = "",
    said: str = "",
    **values: Any,
) -> None:
    """Keep what became of it; `why` it went wrong, and what the network said, take the place of what was there."""
    told = {"fault_why": why, "fault": said[:300]}
    desk.book.free(desk.owner, parcel.number, parcel.state, state, due, **told, **values)
