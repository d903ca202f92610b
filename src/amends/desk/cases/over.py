"""A deadline is over: what follows is carried out where it is ours, and watched for where the platform does it."""

from __future__ import annotations

from typing import Final

from amends.desk.cases.advance import return_over
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.offer import settle_open_offer
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.stock import hold_over
from amends.facts.log import Actor, Entry
from amends.facts.tracks import Move
from amends.facts.work import Change, DeadlineView

_HOUSE: Final = Actor("system", "amends")
_EXCEPTIONS: Final = {
    "merchant": "deadline_missed",
    "buyer": "buyer_late",
    "platform": "platform_late",
    "carrier": "carrier_late",
}


def deadline_over(desk: CaseDesk, held: HeldCase, one: DeadlineView) -> None:
    """Deal with a deadline of a held case that is over, once.

    An offer that nobody answered ends, proof that never came brings the case back to the desk: these were our own. What a law or a
    platform has follow is not ours to do: the case is marked, so that someone looks whether it came to pass. A buyer who sends goods back
    late does not lose the case by it here: the rules decide on the parcel when it comes.
    """
    if one.number not in [other.number for other in held.running()]:
        return  # another runner was here a moment earlier
    tracks = held.state.tracks
    data = {
        "action": one.action,
        "who": one.who,
        "due": one.due.isoformat(),
        "rule": one.rule,
        "if_missed": one.if_missed.en,
    }
    lapse: tuple[Move, ...] = (("decision", "lapse"),) if tracks.can("decision", "lapse") else ()
    if (one.source, one.action) == ("own", "answer_offer"):
        settle_open_offer(held, "expired")
        held.write(Entry("offer_expired", _HOUSE, desk.now(), moves=lapse, data=data))
    elif (one.source, one.action) == ("own", "give_evidence"):
        held.write(
            Entry("evidence_not_given", _HOUSE, desk.now(), moves=lapse, data=data), Change(exception="no_answer")
        )
    elif (one.source, one.action) == ("own", "hold_ends"):
        held.mark_told(one.number, "missed")
        hold_over(desk, held, one)
        return
    elif (one.source, one.action) == ("own", "return_in_time"):
        return_over(desk, held)
    elif one.source == "own":
        held.write(Entry("promise_missed", _HOUSE, desk.now(), data=data))
    else:
        held.write(Entry("deadline_missed", _HOUSE, desk.now(), data=data), Change(exception=_EXCEPTIONS[one.who]))
    held.mark_told(one.number, "missed")
