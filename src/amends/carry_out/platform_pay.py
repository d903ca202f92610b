"""Money by platforms: a step whose way is `shop` goes by the shop's own channel, with the keys of its connection."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Final

from amends.carry_out.ports import Speaks
from amends.facts.channels import Access, Channel, console_of
from amends.facts.connections import Reached
from amends.facts.deeds import Deed, DeedLine, DeedReceipt
from amends.facts.wire import Outcome, Receipt, RefundOrder, Seal, UnableToAsk, UnableToSend, WireAnswer, WireRequest

_AGAIN: Final = 60
_OUTCOMES: Final[Mapping[str, Outcome]] = {
    "done": "succeeded",
    "pending": "pending",
    "failed": "failed",
    "stale": "failed",
    "person": "failed",
    "absent": "absent",
    "unknown": "unknown",
}


@dataclass(frozen=True, slots=True)
class PlatformPay:
    """Implements `Talking`. `reach` takes a shop's name and gives its connection with its keys opened; `channels` by name."""

    reach: Callable[[str], Reached | None]
    channels: Mapping[str, Channel]
    speaks: Speaks

    def against(self, order: RefundOrder) -> Receipt | None:
        """What stands against paying now."""
        try:
            found = self.reach(order.shop)
        except Exception as fault:  # noqa: BLE001 - whatever keeps the keys from us, nothing was sent
            return _held("no_keys", f"the keys of shop {order.shop} cannot be opened: {fault}")
        if found is None:
            return _held(
                "not_connected", f"shop {order.shop} is not connected; connect it, or cancel and pay another way"
            )
        channel = self.channels.get(found.connection.channel)
        if channel is None or not channel.can.pays:
            return _held("cannot_pay", f"{found.connection.channel} cannot pay by calls; cancel and pay another way")
        if found.connection.state != "on" or not found.connection.may_pay:
            return _held(
                "may_not_pay",
                f"shop {order.shop} is not switched on for paying; switch it on, or cancel and pay by hand",
            )
        return None

    def pay(self, order: RefundOrder, seal: Seal) -> Generator[WireRequest, WireAnswer, Receipt]:
        """Agree to the refund over there."""
        channel, access = self._ready(order, UnableToSend)
        receipt = yield from channel.act(access, _deed(order), seal)
        return read(receipt, order, channel, access)

    def asked(self, order: RefundOrder, seal: Seal) -> Generator[WireRequest, WireAnswer, Receipt]:
        """Ask what became of it."""
        channel, access = self._ready(order, UnableToAsk)
        receipt = yield from channel.acted(access, _deed(order), seal)
        return read(receipt, order, channel, access)

    def speak(self, order: RefundOrder, told: Generator[WireRequest, WireAnswer, Receipt]) -> Receipt:
        """Drive a talk to the shop's platform."""
        found = self.reach(order.shop)
        if found is None:
            raise UnableToAsk(f"shop {order.shop} is not connected")
        return self.speaks(found, told)

    def _ready(self, order: RefundOrder, fault: type[ValueError]) -> tuple[Channel, Access]:
        found = self.reach(order.shop)
        channel = self.channels.get(found.connection.channel) if found else None
        if found is None or channel is None:
            raise fault(f"shop {order.shop} is not connected")
        return channel, found.access


def read(receipt: DeedReceipt, order: RefundOrder, channel: Channel, access: Access) -> Receipt:
    """What a platform's word on a deed means for the step. A success without a number of its own carries the case's."""
    alarm = receipt.alarm or None
    if receipt.outcome == "person":
        where = console_of(channel.can, order.case, order.order_number, access.url)
        alarm = f"{channel.title.en} wants a person for this; do it there: {where}"
    elif receipt.outcome == "stale":
        alarm = "the case has changed on the platform; look at it again, then decide"
    code = receipt.code or (receipt.outcome if receipt.outcome in ("stale", "person") else "")
    return Receipt(
        _OUTCOMES[receipt.outcome],
        receipt.reference or (order.case if receipt.outcome == "done" else None),
        receipt.amount,
        receipt.currency,
        code or None,
        receipt.message or None,
        receipt.retry_after,
        alarm,
    )


def _held(code: str, alarm: str) -> Receipt:
    """Nothing was sent: the step stays as it is and is looked at again in a while."""
    return Receipt("unknown", code=code, message=alarm, retry_after=_AGAIN, alarm=alarm[:300])


def _deed(order: RefundOrder) -> Deed:
    lines = tuple([DeedLine(part.line, part.quantity, part.amount) for part in order.parts if part.line is not None])
    return Deed(
        key=order.key,
        action="agree_refund",
        case=order.case,
        order=order.order_number,
        kind=order.kind,
        version=order.version,
        amount=order.amount,
        currency=order.currency,
        digits=order.digits,
        payment=order.payment_reference,
        lines=lines,
        shipping=sum([part.amount for part in order.parts if part.line is None]),
    )
