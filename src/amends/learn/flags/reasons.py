"""The reasons for a closer look at a case, each by itself, out of what was known of the merchant's cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from amends.facts.flags import Reason, Score, Signs
from amends.facts.rings import TIES
from amends.learn.flags.past import Past
from amends.learn.flags.weights import LATE, LEAST_BASE, OFTEN, POINTS, RARE, SIZES, SOON, STAYS
from amends.learn.guards.listing_truth import tail
from amends.learn.guards.rings import BUYERS, CLAIMS, FALSE

_STRONG: Final = frozenset({"same_as_outbound", "outbound_elsewhere", "used_elsewhere", "delivered_before"})
_AWAY: Final = "delivered_away"
_MOST_CASES: Final = 50


def scored(every: Sequence[Signs], usual: float) -> tuple[dict[int, Score], dict[int, Score]]:
    """The scores of a merchant's cases as each was when it came, and as they are now, by case.

    `usual`: the share of all orders that are claimed about. What a lead lifted is neither scored nor counted.
    """
    ordered = sorted([one for one in every if not one.lifted], key=lambda one: (one.at, one.case))
    past, then = Past(every, usual), {}
    for one in ordered:
        past.add(one)
        then[one.case] = score(one, past)
    return then, {one.case: score(one, past) for one in ordered}


def score(one: Signs, past: Past) -> Score:
    """All reasons of a case, the weightiest first. The case is in the past already."""
    found = [reason for look in _LOOKS if (reason := look(one, past)) is not None]
    return Score(one.case, tuple(sorted(found, key=lambda reason: -reason.points)))


def _ring(one: Signs, past: Past) -> Reason | None:
    """Tied to more buyers than a household has, who together claim more often than chance allows."""
    group = past.group(one.case)
    orders: dict[str, int] = {}
    for each in group:
        orders[each.buyer] = max(orders.get(each.buyer, 0), each.orders or 0)
    if past.usual <= 0 or len(group) < CLAIMS or len(orders) < BUYERS:
        return None
    placed = max(len(group), sum(orders.values()))
    if tail(len(group), placed, min(0.99, past.usual)) > FALSE / past.groups:
        return None
    numbers: dict[str, int | str] = {"buyers": len(orders), "claims": len(group), "orders": placed}
    numbers |= {"usual": _permille(past.usual), "ties": ", ".join(_shared(group))}
    return Reason("ring", POINTS["ring"], numbers, _others(one, group))


def _shared(group: Sequence[Signs]) -> list[str]:
    """The kinds of ties that several buyers of a group have in common."""
    found = []
    for kind in TIES:
        buyers: dict[str, set[str]] = {}
        for one in group:
            if value := one.ties.get(kind):
                buyers.setdefault(value, set()).add(one.buyer)
        if any(len(who) > 1 for who in buyers.values()):
            found.append(kind)
    return found


def _velocity(one: Signs, past: Past) -> Reason | None:
    """So many requests in so few days as few others make, and not because the buyer orders so much."""
    if past.cases < LEAST_BASE or not one.buyer:
        return None
    for days, least, points in ((30, SOON, POINTS["velocity"]), (90, OFTEN, POINTS["velocity_90"])):
        mine = past.lately(one, days)
        if len(mine) < least or (share := past.share(days, len(mine))) > RARE:
            continue
        if not _orders_much(one, past):
            numbers = {"requests": len(mine), "days": days, "share": _permille(share), "base": past.cases}
            return Reason("velocity", points, numbers, _others(one, mine))
    return None


def _orders_much(one: Signs, past: Past) -> bool:
    """Whether the buyer's orders alone explain as many requests."""
    if one.orders is None or past.usual <= 0:
        return False
    mine = len([other for other in past.of_buyer(one.buyer) if other.at <= one.at])
    return tail(mine, max(mine, one.orders), min(0.99, past.usual)) > RARE


def _refund_only(one: Signs, past: Past) -> Reason | None:
    """The goods stay far more often than with others."""
    mine = past.of_buyer(one.buyer)
    stay = [other for other in mine if other.kind == "refund_only"]
    if past.cases < LEAST_BASE or len(stay) < STAYS or one.kind != "refund_only":
        return None
    usual = past.kinds["refund_only"] / past.cases
    if tail(len(stay), len(mine), usual) > RARE:
        return None
    numbers = {"stay": len(stay), "requests": len(mine), "usual": _permille(usual), "base": past.cases}
    return Reason("refund_only", POINTS["refund_only"], numbers, _others(one, stay))


def _waybill(one: Signs, past: Past) -> Reason | None:
    strong = [code for code in one.waybills if code in _STRONG]
    if strong:
        return Reason("waybill", POINTS["waybill"], {"signal": strong[0]})
    return Reason("waybill", POINTS["waybill_away"], {"signal": _AWAY}) if _AWAY in one.waybills else None


def _photo_reused(one: Signs, past: Past) -> Reason | None:
    return Reason("photo_reused", POINTS["photo_reused"], {"photos": one.reused}) if one.reused else None


def _photo_catalogue(one: Signs, past: Past) -> Reason | None:
    return Reason("photo_catalogue", POINTS["photo_catalogue"], {"photos": one.catalogue}) if one.catalogue else None


def _photo_contradicts(one: Signs, past: Past) -> Reason | None:
    if not one.contradicting:
        return None
    return Reason("photo_contradicts", POINTS["photo_contradicts"], {"photos": one.contradicting})


def _wardrobing(one: Signs, past: Past) -> Reason | None:
    """Goods that come back worn, later than most of the shop's returns."""
    if one.grade != "C" or one.days is None or len(past.late) < LEAST_BASE:
        return None
    sooner = past.sooner(one.days)
    if sooner < LATE:
        return None
    numbers = {"days": one.days, "sooner": _permille(sooner), "base": len(past.late)}
    return Reason("wardrobing", POINTS["wardrobing"], numbers)


def _bracketing(one: Signs, past: Past) -> Reason | None:
    """Several variants of one style, most of them sent back."""
    if one.kind != "return_refund" or one.sizes < SIZES or one.back < one.sizes - 1:
        return None
    mine = [other for other in past.of_buyer(one.buyer) if other.sizes >= SIZES and other.back >= other.sizes - 1]
    numbers = {"sizes": one.sizes, "back": one.back, "before": len(_others(one, mine))}
    return Reason("bracketing", POINTS["bracketing"], numbers, _others(one, mine))


_LOOKS: Final[tuple[Callable[[Signs, Past], Reason | None], ...]] = (
    _ring,
    _velocity,
    _refund_only,
    _waybill,
    _photo_reused,
    _photo_catalogue,
    _photo_contradicts,
    _wardrobing,
    _bracketing,
)


def _others(one: Signs, group: Sequence[Signs]) -> tuple[int, ...]:
    return tuple(sorted([other.case for other in group if other.case != one.case], reverse=True)[:_MOST_CASES])


def _permille(share: float) -> int:
    return round(share * 1000)
