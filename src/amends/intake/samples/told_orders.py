"""Orders of Nordhus that nobody asked anything about yet: what a buyer can try the shop's page with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from amends.basics.money import write_minor
from amends.facts.orders import Contact
from amends.intake.samples.own_goods import GOODS, SPECIAL, Good

SHOP: Final = "Nordhus"
_CURRENCY: Final = {"GB": "GBP", "US": "USD", "CN": "CNY"}
_LANGUAGE: Final = {"DE": "de", "FR": "fr"}
_SHIPPING: Final = 490
_BY_SKU: Final = {good.sku: good for good in (*GOODS, *SPECIAL.values())}
_REFERENCES: Final = {"card": "pi_3NordhusTold{}", "paypal": "8NHTOLD{}CAP", "wechat_pay": "4200002026NH{}"}


@dataclass(frozen=True)
class ToldOrder:
    """An order as a shop's system tells it, with the buyer's contact. `about`: what it shows, for whoever tries it."""

    number: str
    contact: Contact
    about: str
    file: dict[str, Any]


@dataclass(frozen=True)
class _Plan:
    """How an order is made: delivered so many days ago, None: not; `sent`: on its way or there."""

    number: str
    contact: Contact
    about: str
    market: str
    skus: tuple[tuple[str, int], ...]
    days: int | None
    sent: bool = True
    method: str = "card"


_PLANS: Final = (
    _Plan(
        "NH20001",
        Contact("anna.weber@example.com", "+49 170 5550101", "Anna Weber"),
        "EU, delivered 3 days ago",
        "DE",
        (("NH-JKT-01", 1), ("NH-MUG-08", 2)),
        3,
    ),
    _Plan(
        "NH20002",
        Contact("jonas.brandt@example.com", "+49 170 5550102", "Jonas Brandt"),
        "EU, the withdrawal period is over",
        "DE",
        (("NH-KTL-05", 1), ("NH-THR-07", 1)),
        40,
    ),
    _Plan(
        "NH20003",
        Contact("lena.hoffmann@example.com", "+49 170 5550103", "Lena Hoffmann"),
        "EU, not sent yet",
        "DE",
        (("NH-BOT-02", 1),),
        None,
        sent=False,
    ),
    _Plan(
        "NH20004",
        Contact("camille.moreau@example.com", "+33 6 55 50 01 04", "Camille Moreau"),
        "EU, on its way",
        "FR",
        (("NH-LMP-04", 1),),
        None,
        method="paypal",
    ),
    _Plan(
        "NH20005",
        Contact("oliver.hart@example.com", "+44 7700 900105", "Oliver Hart"),
        "UK, delivered 5 days ago",
        "GB",
        (("NH-HDP-06", 1),),
        5,
    ),
    _Plan(
        "NH20006",
        Contact("mia.krueger@example.com", "+49 170 5550106", "Mia Krüger"),
        "EU, with an item made to order",
        "DE",
        (("NH-ENG-20", 1), ("NH-BAG-03", 1)),
        4,
    ),
    _Plan(
        "NH20007",
        Contact("maya.torres@example.com", "+1 415 555 0107", "Maya Torres"),
        "US, delivered 10 days ago",
        "US-CA",
        (("NH-JKT-01", 1),),
        10,
    ),
    _Plan(
        "NH20008",
        Contact("lin.xiaoyu@example.com", "13800005508", "林小雨"),
        "China, paid by WeChat Pay",
        "CN",
        (("NH-BAG-03", 1), ("NH-MUG-08", 1)),
        2,
        method="wechat_pay",
    ),
)


def told_orders(anchor: datetime) -> tuple[ToldOrder, ...]:
    """Will make the orders around `anchor`, an instant with an offset that counts as now."""
    return tuple([ToldOrder(plan.number, plan.contact, plan.about, _file(plan, anchor)) for plan in _PLANS])


def _file(plan: _Plan, anchor: datetime) -> dict[str, Any]:
    delivered = anchor - timedelta(days=plan.days) if plan.days is not None else None
    placed = (delivered or anchor) - timedelta(days=4)
    goods = [(_BY_SKU[sku], many) for sku, many in plan.skus]
    total = sum([good.price * many for good, many in goods]) + _SHIPPING
    order = {
        "currency": _CURRENCY.get(plan.market[:2], "EUR"),
        "placed_at": placed.isoformat(),
        "paid_at": placed.isoformat(),
        "shipping_paid": write_minor(_SHIPPING, 2),
        "shipping_standard": write_minor(_SHIPPING, 2),
        "lines": [_line(plan, good, many, at) for at, (good, many) in enumerate(goods, 1)],
        "payments": [
            {
                "id": "p1",
                "method": plan.method,
                "captured": write_minor(total, 2),
                "reference": _REFERENCES[plan.method].format(plan.number[2:]),
            }
        ],
    }
    buyer = {"name": plan.contact.name, "orders_12m": 2, "cases_12m": 0}
    return {"market": plan.market, "order": order, "shipments": _shipments(plan, placed, delivered), "buyer": buyer}


def _line(plan: _Plan, good: Good, many: int, at: int) -> dict[str, Any]:
    return {
        "id": f"l{at}",
        "sku": good.sku,
        "title": good.titles[_LANGUAGE.get(plan.market, "en")],
        "quantity": many,
        "list_price": write_minor(good.price, 2),
        "paid": write_minor(good.price * many, 2),
        "category": good.category,
        "traits": list(good.traits),
    }


def _shipments(plan: _Plan, placed: datetime, delivered: datetime | None) -> list[dict[str, Any]]:
    if not plan.sent:
        return []
    told: dict[str, Any] = {"id": f"0034{plan.number[2:]}", "shipped_at": (placed + timedelta(days=1)).isoformat()}
    if delivered is None:
        return [told | {"trace": "in_transit"}]
    return [told | {"delivered_at": delivered.isoformat(), "trace": "delivered", "signed_by": "buyer"}]
