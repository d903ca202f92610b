"""The parts of a case that is made up as it is read: line, order, request, goods, defect, buyer."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, cast

from amends.basics.currencies import EXPONENTS
from amends.decide.policy.check.world import World
from amends.facts.case import Line, Payment, RequestedLine

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
LEAD_DAYS: Final = 2
"""Days a delivered parcel was on its way."""


def requested_at(world: World) -> datetime:
    """When the buyer asked."""
    return world.space.at - int(world.get("hours")) * _HOUR


def delivered_at(world: World) -> datetime | None:
    """When the parcel came; None where it did not."""
    if world.get("stage") != "delivered":
        return None
    return requested_at(world) - int(world.get("days")) * _DAY


def shipped_at(world: World) -> datetime | None:
    """When the parcel left; None where it did not."""
    stage = world.get("stage")
    if stage == "unshipped":
        return None
    delivered = delivered_at(world)
    return delivered - LEAD_DAYS * _DAY if delivered else requested_at(world) - _DAY


def placed_at(world: World) -> datetime:
    """When the order was placed."""
    return (shipped_at(world) or requested_at(world)) - int(world.get("gap")) * _DAY


class Part:
    """Something that reads a world."""

    __slots__ = ("_world",)

    def __init__(self, world: World) -> None:
        self._world = world


class LazyLine(Part):
    """The one line of the order."""

    id = "L1"
    sku = None
    title = None
    gift_value = None
    list_price = None

    @property
    def quantity(self) -> int:
        return int(self._world.get("quantity")) + int(self._world.get("part"))

    @property
    def paid(self) -> int:
        return int(self._world.get(f"paid:{self._world.get('currency')}"))

    @property
    def category(self) -> str:
        return str(self._world.get("category"))

    @property
    def traits(self) -> frozenset[str]:
        return cast("frozenset[str]", self._world.get("traits"))

    @property
    def no_return_confirmed(self) -> bool:
        return bool(self._world.get("no_return") != "no")

    @property
    def no_return_preticked(self) -> bool:
        return bool(self._world.get("no_return") == "preticked")


class LazyOrder(Part):
    """An order of one line, paid at once by one payment, without discounts."""

    id = "O1"
    ship_promised_by = None
    free_shipping_over = None
    free_shipping_value = None
    discounts = ()

    @property
    def currency(self) -> str:
        return str(self._world.get("currency"))

    @property
    def digits(self) -> int:
        return EXPONENTS[self.currency]

    @property
    def placed_at(self) -> datetime:
        return placed_at(self._world)

    paid_at = placed_at

    @property
    def completed_at(self) -> datetime | None:
        return delivered_at(self._world) if self._world.get("completed") else None

    @property
    def shipping_paid(self) -> int:
        return int(self._world.get(f"shipping:{self.currency}"))

    shipping_standard = shipping_paid

    @property
    def lines(self) -> tuple[Line, ...]:
        return (cast("Line", LazyLine(self._world)),)

    @property
    def payments(self) -> tuple[Payment, ...]:
        line = LazyLine(self._world)
        return (Payment("P1", "card", line.paid + self.shipping_paid, 0),)


class LazyRequest(Part):
    """A request that nobody has answered."""

    agreed_at = None
    refused_at = None
    changed_at = None
    message = None

    @property
    def kind(self) -> str:
        return str(self._world.get("kind"))

    @property
    def reason(self) -> str:
        return str(self._world.get("reason"))

    @property
    def requested_at(self) -> datetime:
        return requested_at(self._world)

    @property
    def whole(self) -> bool:
        return not self._world.get("part")

    @property
    def lines(self) -> tuple[RequestedLine, ...]:
        return (cast("RequestedLine", LazyRequestedLine(self._world)),)

    @property
    def amount(self) -> int | None:
        world = self._world
        found = world.get(f"amount:{world.get('currency')}")
        return LazyLine(world).paid if found == "paid" else found


class LazyRequestedLine(Part):
    """The pieces asked about."""

    @property
    def line(self) -> LazyLine:
        return LazyLine(self._world)

    @property
    def quantity(self) -> int:
        return int(self._world.get("quantity"))


class LazyGoods(Part):
    """The state of the goods: what the policy names is free, the rest takes one pattern."""

    def __getattr__(self, name: str) -> bool | None:
        if name.startswith("_"):
            raise AttributeError(name)
        world = self._world
        if name in world.space.free_states():
            return cast("bool | None", world.get(f"goods:{name}"))
        pattern = world.get("goods:rest")
        if pattern in ("unknown", "absent"):
            return None if pattern == "unknown" else False
        return True if pattern == name else None


class LazyDefect(Part):
    """The alleged defect."""

    found_at = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name == "share":
            part = self._world.get("share")
            return None if part is None else Decimal(part) / 100
        return self._world.get("repairs" if name == "repairs_failed" else f"defect_{name}")


class LazyBuyer(Part):
    """What is known of the buyer."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._world.get(name if name in ("member", "first_order") else f"buyer:{name}")


class LazyShop(Part):
    """Where it was sold."""

    name = None

    @property
    def channel(self) -> str:
        return str(self._world.get("channel"))

    @property
    def labels(self) -> frozenset[str]:
        return cast("frozenset[str]", self._world.get("labels"))

    @property
    def return_policy_shown(self) -> bool | None:
        return cast("bool | None", self._world.get("policy_shown"))
