"""Ways of paying that talk: where one refund may take several calls, of which a channel makes a single answer."""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import Protocol, runtime_checkable

from amends.carry_out.talk import counted
from amends.carry_out.wire import UnableToReach
from amends.facts.channels import UnableToTalk
from amends.facts.wire import Receipt, RefundOrder, Seal, UnableToAsk, UnableToSend, WireAnswer, WireRequest

_log = logging.getLogger("amends.runner")


@runtime_checkable
class Talking(Protocol):
    """A way of paying that talks. Sent again with the same key it must not pay twice."""

    def against(self, order: RefundOrder) -> Receipt | None:
        """What stands against calling now (no connection, not allowed to pay), with nothing sent; None where nothing does."""
        ...

    def pay(self, order: RefundOrder, seal: Seal) -> Generator[WireRequest, WireAnswer, Receipt]:
        """Pay back."""
        ...

    def asked(self, order: RefundOrder, seal: Seal) -> Generator[WireRequest, WireAnswer, Receipt]:
        """Ask what became of the refund with this key; changes nothing."""
        ...

    def speak(self, order: RefundOrder, told: Generator[WireRequest, WireAnswer, Receipt]) -> Receipt:
        """Drive such a talk over the wire. Raises `UnableToReach`."""
        ...


def said(way: Talking, order: RefundOrder, seal: Seal, *, pays: bool) -> Receipt:
    """The receipt of a talk. Only where its very first request surely never left is nothing known there; else the outcome is unknown.

    A defect of the way itself says nothing of the money: it is logged, told as an alarm, and asked about.
    """
    calls: list[WireRequest] = []
    try:
        told = way.pay(order, seal) if pays else way.asked(order, seal)
        return way.speak(order, counted(told, calls))
    except UnableToReach as fault:
        never = pays and len(calls) == 1 and not fault.sent
        return Receipt("absent" if never else "unknown", code="no_answer", message=str(fault))
    except UnableToTalk as fault:
        return Receipt("unknown", code=fault.code or fault.why, message=str(fault), retry_after=fault.retry_after)
    except UnableToSend as fault:
        outcome = "unknown" if calls else "failed"
        return Receipt(outcome, code="unable_to_send", message=str(fault))  # type: ignore[arg-type]
    except UnableToAsk as fault:
        return Receipt("unknown", code="unable_to_ask", message=str(fault), alarm=str(fault))
    except Exception as fault:  # noqa: BLE001 - a defect says nothing of the money; it is logged and asked about
        _log.exception("a talk about a refund ended in a fault")
        return Receipt("unknown", code="defect", message=str(fault), alarm=f"the channel failed: {fault}"[:300])
