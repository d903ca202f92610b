"""Platforms that pay the amount that was asked there and no other: what stands against a plan that wants another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from amends.basics.money import exponent, read_minor, write_minor
from amends.facts.channels import Channel
from amends.facts.deed_work import PlatformSide
from amends.facts.plan import Plan
from amends.facts.rulebook import Says
from amends.facts.wire import BY_SHOP

_IN_ONE: Final = Says(
    "this platform pays a case in one piece, and the order was paid in several; pay it on the platform's console",
    "该平台一次退清一张售后单，而该订单分多笔付款；请到平台后台退款",
)


@dataclass(frozen=True, slots=True)
class FixedAmounts:
    """`sides` takes a case's number and gives how it stands on its platform."""

    sides: Callable[[int], PlatformSide | None]
    channels: Mapping[str, Channel]

    def __call__(self, number: int, file: Mapping[str, Any], plan: Plan) -> Says | None:
        """What stands against paying this plan, as the case file tells what was asked; None where nothing does."""
        steps = [step.amount for step in plan.steps if step.gateway == BY_SHOP]
        if not steps or not self._fixed(number):
            return None
        if len(steps) > 1:
            return _IN_ONE
        told = (file.get("request") or {}).get("amount")
        digits, by_shop = exponent(plan.currency), steps[0]
        if told is None or read_minor(str(told), digits) == by_shop:
            return None
        asked, wanted = f"{told} {plan.currency}", f"{write_minor(by_shop, digits)} {plan.currency}"
        return Says(
            f"this platform pays the amount asked ({asked}) and no other; agree on another amount ({wanted}) with the buyer there first",
            f"该平台只按买家申请的金额（{asked}）退款；如需退 {wanted}，请先在平台上与买家协商修改申请金额",
        )

    def _fixed(self, number: int) -> bool:
        side = self.sides(number)
        channel = self.channels.get(side.channel) if side else None
        return channel is not None and channel.can.amount_fixed


def nothing_against(number: int, file: Mapping[str, Any], plan: Plan) -> Says | None:
    """For shops without platforms: nothing stands against any plan."""
    return None
