"""The buyer's page over a test's database: one shop in Germany, the sample orders, a clock that can be moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from amends.desk.orders import OrderDesk
from amends.desk.portal.desk import PortalDesk
from amends.facts.evidence import Upload
from amends.facts.orders import ShopOrderFile
from amends.facts.people import Person
from amends.facts.shops import KeptShop
from amends.intake.samples.told_orders import SHOP, told_orders
from amends.wiring.policies import load_policy
from tests.case_house import Clock, case_desk
from tests.django_house import NOW

BOSS = Person("boss", "manager", frozenset({"demo"}))


def tell_orders(orders: OrderDesk, shop: str = SHOP, merchant: str = "demo") -> None:
    """Will make the shop and tell its sample orders, as of the tests' now."""
    from amends.store.models import Shop

    Shop.objects.get_or_create(
        name=shop, defaults={"merchant": merchant, "channel": "direct", "market": "DE", "currency": "EUR"}
    )
    for one in told_orders(NOW):
        orders.tell(Person("boss", "manager"), shop, one.number, one.file, one.contact)


def portal(data: Path, clock: Clock) -> PortalDesk:
    """The verbs of the buyer's page."""
    from amends.store.shop_orders import DatabaseOrders
    from amends.wiring.portal import evidence_desk, portal_desk

    made = case_desk(clock)
    house = replace(made.house, policy_for=lambda shop, market, channel: load_policy(None))
    cases = replace(made, house=house, money=replace(made.money, house=house))
    orders = OrderDesk(DatabaseOrders(), clock)
    tell_orders(orders)
    return portal_desk(cases, orders, evidence_desk(cases, data))


def shop_of(desk: PortalDesk) -> KeptShop:
    found = desk.shop(SHOP)
    assert found is not None
    return found


def order_of(desk: PortalDesk, number: str = "NH20001") -> ShopOrderFile:
    found = desk.order(SHOP, number)
    assert found is not None
    return found


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """A small picture."""
    import io

    from PIL import Image

    memory = io.BytesIO()
    Image.new("RGB", size, "teal").save(memory, kind, **more)
    return memory.getvalue()


def upload(content: bytes, name: str = "photo.jpg", step: int = 7_000) -> Upload:
    """A file that comes in bit by bit."""
    return Upload(name, lambda: (content[at : at + step] for at in range(0, len(content), step)))
