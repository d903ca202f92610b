"""Taking money in through a gateway: a talk about one step over the wire, and what may be concluded where it broke off."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from amends.carry_out.points import reached
from amends.carry_out.ports import Caller, Collections
from amends.carry_out.runner import LEASE_SECONDS
from amends.carry_out.talk import counted, talk
from amends.carry_out.wire import UnableToReach
from amends.facts.collect import Collected, Collecting, CollectOrder
from amends.facts.collect_work import ASKS_BEFORE_ALARM, CollectClaim, again_at
from amends.facts.wire import Seal, UnableToAsk, UnableToGetToken, UnableToSend, WireRequest

_AGAIN: Final = 30
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
    except UnableToSend as fault:
        if not calls:
            return Collected("failed" if sends else "unknown", code="unable_to_send", message=str(fault)[:500])
        return Collected("unknown", code="unable_to_send", message=str(fault)[:500], alarm=str(fault)[:300])
    except UnableToAsk as fault:
        return Collected("unknown", code="unable_to_ask", message=str(fault)[:500], alarm=str(fault)[:300])
    except Exception as fault:  # noqa: BLE001 - a defect says nothing of the money; it is logged and asked about
        _log.exception("a talk about money that comes in ended in a fault")
        return Collected("unknown", code="defect", message=str(fault)[:500], alarm=f"the gateway failed: {fault}"[:300])


@dataclass(frozen=True, slots=True)
class CollectRunner:
    """Carries out steps that take money in. `door` gives how a gateway does it, with its token where it needs one; None where it does not.

    The intent is written before the call, the receipt after; unknown is asked about.
    """

    owner: str
    steps: Collections
    door: Callable[[str], Collecting | None]
    wire: Caller
    now: Callable[[], datetime]
    nonce: Callable[[], str]
    lease_seconds: int = LEASE_SECONDS

    def run_due(self, most: int = 20) -> int:
        """Carry out what is due, at most so many steps; the number of steps that were worked on."""
        claims = self.steps.claim(self.owner, self.now(), self.lease_seconds, most)
        reached("collection claimed")
        return len([self._safely(claim) for claim in claims])

    def _safely(self, claim: CollectClaim) -> str | None:
        try:
            return self.work(claim)
        except Exception:  # noqa: BLE001 - one step's fault must not end the others' round; it is logged
            _log.exception("step %s that takes money in could not be worked on; it is taken up again", claim.number)
            return None

    def work(self, claim: CollectClaim) -> str | None:
        """Carry out one claimed step. None where another worker has taken it over, or it was called off."""
        try:
            door = self.door(claim.gateway)
        except (UnableToReach, UnableToGetToken) as fault:
            return self._receive(claim, _held_up("no_token", str(fault), alarm=isinstance(fault, UnableToGetToken)))
        if door is None:
            return self._receive(claim, _held_up("no_gateway", f"{claim.gateway} takes no money in here", alarm=True))
        mine = self.steps.sending if claim.may_send else self.steps.asking
        if not mine(claim, self.now()):
            return None
        reached("collection sending" if claim.may_send else "collection asking")
        seal = Seal(self.now(), self.nonce())
        found = said(self.wire, door, claim.order, seal, sends=claim.may_send)
        reached("collection answered")
        return self._receive(claim, found)

    def _receive(self, claim: CollectClaim, found: Collected) -> str:
        now = self.now()
        if found.outcome == "unknown" and not found.alarm and claim.asks >= ASKS_BEFORE_ALARM:
            alarm = f"no answer after {claim.asks} questions; look at the gateway's own console"
            found = replace(found, alarm=alarm)
        state = self.steps.receive(claim, found, now, again_at(claim, found, now))
        reached("collection received")
        return state


def _held_up(code: str, message: str, *, alarm: bool) -> Collected:
    """Nothing was sent: the step stays as it is and is looked at again in a while."""
    return Collected(
        "pending", code=code, message=message[:500], retry_after=_AGAIN, alarm=message[:300] if alarm else ""
    )
