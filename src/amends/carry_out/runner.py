"""The runner: one claimed step at a time. The intent is written before the call, the receipt after; unknown is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, runtime_checkable

from amends.carry_out.points import reached
from amends.carry_out.ports import Caller, Claim, Pace, Payouts
from amends.carry_out.talking import Talking, said
from amends.carry_out.tokens import Tokens
from amends.carry_out.wire import UnableToReach
from amends.facts.plan import StepState
from amends.facts.wire import (
    Gateway,
    NeedsToken,
    Receipt,
    RefundOrder,
    Seal,
    UnableToAsk,
    UnableToGetToken,
    UnableToSend,
    WireAnswer,
    WireRequest,
)

LEASE_SECONDS: Final = 60
_LONGEST_WAIT: Final = timedelta(hours=6)
_OTHERWISE_AFTER: Final = 60
ASKS_BEFORE_ALARM: Final = 8
"""After so many questions without an outcome a person is told; the questions go on."""


@runtime_checkable
class InHouse(Protocol):
    """A way of paying that has no wire: it settles at once, or waits for a person's proof."""

    def settle(self, order: RefundOrder) -> Receipt:
        """The receipt of paying `order` in house."""
        ...


Way = Gateway | InHouse | Talking
"""A way by which money goes."""


class Crew(Protocol):
    """Several hands that work side by side, such as an executor of threads."""

    def map(self, work: Callable[[Claim], StepState | None], claims: Iterable[Claim]) -> Iterable[StepState | None]:
        """What came of each claim."""
        ...


@dataclass(frozen=True, slots=True)
class Runner:
    """Carries out due steps. `owner` names this worker; `now` and `nonce` are the clock and chance of the process.

    With a `crew` the steps of one claim are worked on side by side; each is on its own, and of one payment only one is claimed.
    """

    owner: str
    payouts: Payouts
    gateways: Mapping[str, Way]
    wire: Caller
    now: Callable[[], datetime]
    nonce: Callable[[], str]
    tokens: Tokens | None = None
    crew: Crew | None = None
    lease_seconds: int = LEASE_SECONDS

    def run_due(self, most: int = 20) -> int:
        """Carry out what is due, at most so many steps; the number of steps that were worked on."""
        claims = self.payouts.claim(self.owner, self.now(), self.lease_seconds, most, paces(self.gateways))
        reached("claimed")
        work = map(self.work, claims) if self.crew is None else self.crew.map(self.work, claims)
        return len(list(work))

    def work(self, claim: Claim) -> StepState | None:
        """Carry out one claimed step. None where another worker has taken it over."""
        gateway = self.gateways.get(claim.step.gateway)
        if gateway is None:
            alarm = f"no gateway {claim.step.gateway!r} is configured"
            return self._receive(claim, Receipt("unknown", code="no_gateway", alarm=alarm), None)
        if isinstance(gateway, InHouse):
            mine = self.payouts.sending if claim.may_send else self.payouts.asking
            if not mine(claim, self.now()):
                return None
            reached("sending")
            return self._receive(claim, gateway.settle(claim.order), None)
        if isinstance(gateway, Talking):
            return self._by_talk(claim, gateway)
        try:
            ready = self.tokens.ready(gateway) if self.tokens else gateway
        except (UnableToReach, UnableToGetToken) as fault:
            return self._receive(claim, _no_token(fault), gateway)
        if claim.may_send:
            if not self.payouts.sending(claim, self.now()):
                return None
            reached("sending")
            receipt = self._send(ready, claim.order)
        else:
            if not self.payouts.asking(claim, self.now()):
                return None
            reached("asking")
            receipt = waiting(claim, gateway) or self._ask(ready, claim.order)
        reached("answered")
        return self._receive(claim, receipt, gateway)

    def _by_talk(self, claim: Claim, way: Talking) -> StepState | None:
        """Pay, or ask, by a way that talks. What stands against calling it at all leaves the step as it is."""
        against = way.against(claim.order) if claim.may_send else None
        if against is not None:
            return self._receive(claim, against, None)
        mine = self.payouts.sending if claim.may_send else self.payouts.asking
        if not mine(claim, self.now()):
            return None
        reached("sending" if claim.may_send else "asking")
        receipt = said(way, claim.order, self._seal(), pays=claim.may_send)
        reached("answered")
        return self._receive(claim, checked(receipt, claim.order), None)

    def _seal(self) -> Seal:
        return Seal(self.now(), self.nonce())

    def _send(self, gateway: Gateway, order: RefundOrder) -> Receipt:
        """Send. Only where the request surely never left is nothing known to the gateway; else the outcome is unknown."""
        try:
            answer = self._call(gateway, lambda ready: ready.send(order, self._seal()))
        except UnableToSend as fault:
            return Receipt("failed", code="unable_to_send", message=str(fault))
        except UnableToReach as fault:
            return Receipt("unknown" if fault.sent else "absent", code="no_answer", message=str(fault))
        return checked(gateway.read_sent(order, answer), order)

    def _ask(self, gateway: Gateway, order: RefundOrder) -> Receipt:
        """Ask. A question that got no answer says nothing, whether or not it left."""
        try:
            answer = self._call(gateway, lambda ready: ready.ask(order, self._seal()))
        except UnableToAsk as fault:
            return Receipt("unknown", code="unable_to_ask", message=str(fault), alarm=str(fault))
        except UnableToReach as fault:
            return Receipt("unknown", code="no_answer", message=str(fault))
        return checked(gateway.read_asked(order, answer), order)

    def _call(self, gateway: Gateway, make: Callable[[Gateway], WireRequest]) -> WireAnswer:
        """The answer. A token that is refused was not let in: a new one is fetched and the call made once more with the same key."""
        answer = self.wire.call(make(gateway))
        if answer.status != 401 or self.tokens is None or not isinstance(gateway, NeedsToken):
            return answer
        self.tokens.forget(gateway.name)
        try:
            ready = self.tokens.ready(gateway)
        except (UnableToReach, UnableToGetToken):
            return answer
        return self.wire.call(make(ready))

    def _receive(self, claim: Claim, receipt: Receipt, gateway: Gateway | None) -> StepState:
        now = self.now()
        first = gateway.capabilities.ask_after_seconds if gateway else _OTHERWISE_AFTER
        state = self.payouts.receive(claim, told(claim, receipt), now, again_at(claim, receipt, now, first))
        reached("received")
        return state


def waiting(claim: Claim, gateway: Gateway) -> Receipt | None:
    """What is known without asking: an outcome that comes by notice only is waited for once the order was taken in."""
    if gateway.capabilities.by_webhook_only and claim.state == "sent" and claim.order.reference:
        return Receipt("pending", claim.order.reference, code="waiting")
    return None


def _no_token(fault: Exception) -> Receipt:
    """Nothing was sent: the step stays as it is and is looked at again in a while."""
    alarm = f"no token for this gateway: {fault}" if isinstance(fault, UnableToGetToken) else None
    return Receipt("unknown", code="no_token", message=str(fault), retry_after=30, alarm=alarm)


def checked(receipt: Receipt, order: RefundOrder) -> Receipt:
    """The receipt, unless it tells of another amount or currency than was asked for: then nothing is concluded from it."""
    differs = (receipt.amount is not None and receipt.amount != order.amount) or (
        receipt.currency is not None and receipt.currency != order.currency
    )
    if not differs or receipt.outcome not in ("succeeded", "pending"):
        return receipt
    alarm = f"the gateway tells of {receipt.amount} {receipt.currency}, asked for were {order.amount} {order.currency}"
    return Receipt(
        "unknown", receipt.reference, receipt.amount, receipt.currency, receipt.code, receipt.message, alarm=alarm
    )


def told(claim: Claim, receipt: Receipt) -> Receipt:
    """The receipt, with an alarm where too many questions have brought no outcome."""
    if receipt.alarm or receipt.outcome not in ("unknown", "pending", "absent") or claim.asks < ASKS_BEFORE_ALARM:
        return receipt
    alarm = f"no outcome after {claim.asks} questions; look at the gateway's own console"
    return Receipt(
        receipt.outcome, receipt.reference, receipt.amount, receipt.currency, receipt.code, receipt.message, alarm=alarm
    )


def again_at(claim: Claim, receipt: Receipt, now: datetime, first_seconds: int) -> datetime | None:
    """When to look at the step again: the gateway's own wish, else doubling waits up to six hours. None once it is settled."""
    if receipt.outcome in ("succeeded", "failed"):
        return None
    if receipt.retry_after is not None:
        return now + timedelta(seconds=max(1, receipt.retry_after))
    if receipt.outcome == "absent" and claim.sends == 0:
        return now + timedelta(seconds=first_seconds)
    return now + min(_LONGEST_WAIT, timedelta(seconds=max(1, first_seconds) * 2 ** min(claim.asks, 16)))


def paces(gateways: Mapping[str, Way]) -> dict[str, Pace]:
    """Each gateway's pace."""
    found = {}
    for name, gateway in gateways.items():
        if not isinstance(gateway, (InHouse, Talking)):
            can = gateway.capabilities
            found[name] = Pace(can.calls_per_second, can.concurrency, can.spacing_seconds)
    return found
