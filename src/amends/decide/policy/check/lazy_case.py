"""A `Case` that is made up as it is read, from a world's axes. The rules of the packs cannot tell it from a real one."""

from __future__ import annotations

from typing import Final, cast

from amends.decide.policy.check.lazy_parts import (
    LazyBuyer,
    LazyDefect,
    LazyGoods,
    LazyOrder,
    LazyRequest,
    LazyShop,
    Part,
    delivered_at,
    requested_at,
    shipped_at,
)
from amends.decide.policy.check.world import World
from amends.facts.case import Case, Dispute, Evidence, Inspection, PlatformWord, ReturnParcel, Shipment
from amends.facts.situation import Situation

EVIDENCE: Final = ("photo", "video", "report", "waybill", "document")


class LazyShipment(Part):
    """The one parcel."""

    id = "S1"
    lines = ()

    @property
    def shipped_at(self) -> object:
        return shipped_at(self._world)

    @property
    def delivered_at(self) -> object:
        return delivered_at(self._world)

    @property
    def signed_by(self) -> str | None:
        if self.trace != "delivered":
            return None
        return cast("str | None", self._world.get("signed_by"))

    @property
    def trace(self) -> str:
        return str(self._world.get("stage")).removesuffix("_undated")


class LazyCase(Part):
    """One case; its parts are read from the world as they are asked for."""

    id = "counter-example"
    ignored = ()

    @property
    def shop(self) -> LazyShop:
        return LazyShop(self._world)

    @property
    def market(self) -> str:
        return str(self._world.get("market"))

    @property
    def consumer(self) -> bool:
        return bool(self._world.get("consumer"))

    @property
    def withdrawal_informed(self) -> bool:
        return bool(self._world.get("informed"))

    @property
    def order(self) -> LazyOrder:
        return LazyOrder(self._world)

    @property
    def shipments(self) -> tuple[Shipment, ...]:
        if self._world.get("stage") == "unshipped":
            return ()
        return (cast("Shipment", LazyShipment(self._world)),)

    @property
    def request(self) -> LazyRequest:
        return LazyRequest(self._world)

    @property
    def goods(self) -> LazyGoods:
        return LazyGoods(self._world)

    @property
    def defect(self) -> LazyDefect:
        return LazyDefect(self._world)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        world = self._world
        at = requested_at(world)
        return tuple([Evidence(kind, "buyer", at) for kind in EVIDENCE for _ in range(world.get(f"evidence:{kind}"))])

    @property
    def return_parcel(self) -> ReturnParcel | None:
        state = self._world.get("return")
        if state == "none":
            return None
        at = requested_at(self._world)
        return ReturnParcel(at, at if state == "signed" else None, "W1", False)

    @property
    def inspection(self) -> Inspection | None:
        grade = self._world.get("grade")
        return None if grade is None else Inspection(requested_at(self._world), grade, ())

    @property
    def buyer(self) -> LazyBuyer:
        return LazyBuyer(self._world)

    @property
    def platform(self) -> PlatformWord:
        opened = requested_at(self._world) if self._world.get("steps_in") else None
        return PlatformWord(dispute_opened_at=opened)

    @property
    def dispute(self) -> Dispute | None:
        stage = self._world.get("dispute")
        return None if stage is None else Dispute(stage, None, None, None)


def lazy_case(world: World) -> Case:
    """A case of this world."""
    return cast("Case", LazyCase(world))


class LazySituation(Part):
    """What a policy looks at before the rules have spoken: the case, and no more."""

    @property
    def case(self) -> Case:
        return lazy_case(self._world)

    @property
    def at(self) -> object:
        return self._world.space.at

    @property
    def negotiable(self) -> bool:
        return self._world.get("kind") in ("compensation", "price_adjustment")


def lazy_situation(world: World) -> Situation:
    """A situation of this world whose judged facts must not be asked for."""
    return cast("Situation", LazySituation(world))
