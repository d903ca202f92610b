"""Whether what a rule proposes is harder on the buyer than one grant of law or platform."""

from __future__ import annotations

from amends.basics.money import share
from amends.decide.entitlement import asked_remedy
from amends.decide.floor import MONEY_REMEDIES
from amends.decide.policy.check.grants import Given
from amends.decide.policy.check.lazy_case import lazy_case
from amends.decide.policy.check.world import World
from amends.decide.policy.model import Then
from amends.facts.stage import paid_for_request


def can_be_harder(then: Then) -> bool:
    """False where the proposal is what was asked, with nothing taken off: no right is below that."""
    return (
        then.outcome in ("refuse", "ask")
        or then.remedy is not None
        or then.shipping_paid_by == "buyer"
        or then.refund_percent not in (None, 100)
        or then.refund_amount is not None
        or then.deduct_kind is not None
    )


def goes_along(then: Then, world: World) -> bool:
    """Whether the proposal is surely what was asked, whatever law gives; `Undecided` where that hangs on the kind of the request."""
    if then.outcome in ("refuse", "ask") or then.shipping_paid_by == "buyer" or then.deduct_kind is not None:
        return False
    if then.refund_percent not in (None, 100) or then.refund_amount is not None:
        return False
    return then.remedy is None or _is_as_good(then.remedy, asked_remedy(world.get("kind")))


def _is_as_good(remedy: str, asked: str) -> bool:
    return remedy == asked or (remedy == "refund_only" and asked == "return_refund")


def is_asked(given: Given, world: World) -> bool:
    """Whether the grant gives what was asked, and as much as was asked for."""
    case = lazy_case(world)
    if asked_remedy(case.request.kind) not in given.grant.remedies:
        return False
    if given.grant.amount is None:
        return True
    wanted = case.request.amount
    return (paid_for_request(case) if wanted is None else wanted) <= given.grant.amount


def is_harder(then: Then, given: Given, world: World) -> bool:
    """Whether the proposal goes below the grant. `Undecided` where that hangs on an axis."""
    if then.outcome == "refuse":
        return True
    if not given.standing:
        return False
    if then.outcome == "ask":
        return True
    if not is_asked(given, world):
        return False
    asked = asked_remedy(lazy_case(world).request.kind)
    remedy = then.remedy or asked
    if not _is_as_good(remedy, asked):
        return True
    if then.shipping_paid_by == "buyer" and given.grant.freight == "merchant":
        return True
    return then.deduct_kind is not None or _is_less(then, given, asked, world)


def _is_less(then: Then, given: Given, asked: str, world: World) -> bool:
    if asked not in MONEY_REMEDIES or (then.refund_percent is None and then.refund_amount is None):
        return False
    paid = paid_for_request(lazy_case(world))
    owed = paid if given.grant.amount is None else min(paid, given.grant.amount)
    offered = then.refund_amount if then.refund_percent is None else share(paid, then.refund_percent, 100)
    return offered is not None and offered < owed
