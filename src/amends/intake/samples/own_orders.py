"""Orders of the self-built store: lines, discounts, shipping, payments and parcels that agree to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from amends.basics.money import split, write_minor
from amends.intake.samples.chance import Chance
from amends.intake.samples.own_goods import GOODS, LANDS, MESSAGES, Good, Land

_WHERE = tuple(land for land in LANDS for _ in range(1 if land.currency == "USD" else 3))
_THRESHOLD = 20000
_OFF = 2000
_REFERENCES = {"card": "pi_3NordhusSample{:07}", "paypal": "8NH{:09}CAP42", "gift_card": "GC-2026-{:06}"}


@dataclass(frozen=True)
class Told:
    """A case file in the making, with what the scenarios need to go on."""

    chance: Chance
    land: Land
    case: dict[str, Any]
    delivered: datetime

    def at(self, moment: datetime) -> str:
        """An instant on the buyer's clock, with its offset."""
        return moment.astimezone(ZoneInfo(self.land.zone)).isoformat()

    def ask(self, kind: str, reason: str, hours_ago: tuple[int, int], **more: Any) -> None:
        """The buyer's request, so long ago."""
        requested = self.chance.ago(*hours_ago)
        if kind != "cancel":
            requested = max(requested, min(self.delivered + timedelta(hours=2), self.chance.anchor))
        words = MESSAGES.get(reason, MESSAGES["changed_mind"])[self.land.language]
        self.case["request"] = {
            "kind": kind,
            "reason": reason,
            "requested_at": self.at(requested),
            "message": words,
        } | more


def order(chance: Chance, number: int, delivered_days: tuple[int, int], goods: Sequence[Good] = ()) -> Told:
    """A paid and delivered order, delivered so many days before the anchor."""
    land = chance.one(_WHERE)
    basket = [*goods, *(chance.one(GOODS) for _ in range(chance.number(0 if goods else 1, 2)))]
    delivered = chance.ago(delivered_days[0] * 24, delivered_days[1] * 24)
    shipped = delivered - timedelta(hours=chance.number(30, 90))
    placed = shipped - timedelta(hours=chance.number(8, 40))
    told = Told(chance, land, {}, delivered)
    lines = [_line(chance, land, good, index) for index, good in enumerate(basket, 1)]
    full = [good.price * line["quantity"] for good, line in zip(basket, lines, strict=True)]
    off = _OFF if sum(full) >= _THRESHOLD else 0
    paid = [price - part for price, part in zip(full, split(off, full), strict=True)]
    for line, amount in zip(lines, paid, strict=True):
        line["paid"] = write_minor(amount, 2)
    shipping = 0 if sum(full) >= _THRESHOLD else land.shipping
    told.case.update(
        case=f"NH-{4000 + number}",
        shop={"channel": "direct", "name": "Nordhus"},
        market=land.market,
        order={
            "id": f"NH{10000 + number}",
            "currency": land.currency,
            "placed_at": told.at(placed),
            "paid_at": told.at(placed + timedelta(minutes=2)),
            "shipping_paid": write_minor(shipping, 2),
            "shipping_standard": write_minor(shipping, 2),
            "lines": lines,
            "payments": _payments(chance, sum(paid) + shipping, number),
        },
        shipments=[
            {
                "id": f"{chance.digits(14, '00340')}",
                "lines": [line["id"] for line in lines],
                "shipped_at": told.at(shipped),
                "delivered_at": told.at(delivered),
                "signed_by": "buyer",
                "trace": "delivered",
            }
        ],
        buyer=_buyer(chance, land),
    )
    if off:
        told.case["order"] |= {
            "discounts": [
                {"id": "SAVE20", "kind": "threshold", "over": write_minor(_THRESHOLD, 2), "off": write_minor(off, 2)}
            ],
            "free_shipping_over": write_minor(_THRESHOLD, 2),
            "free_shipping_value": write_minor(land.shipping, 2),
        }
    return told


def _line(chance: Chance, land: Land, good: Good, index: int) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": f"l{index}",
        "sku": good.sku,
        "title": good.titles[land.language],
        "quantity": 2 if good.price and good.price < 5000 and chance.happens(30) else 1,
        "list_price": write_minor(good.price, 2),
        "category": good.category,
    }
    if good.traits:
        line["traits"] = list(good.traits)
    if "gift" in good.traits:
        line["gift_value"] = "9.00"
    return line


def _payments(chance: Chance, total: int, number: int) -> list[dict[str, str]]:
    """The payments, each with the number that its provider gave it, in the provider's form."""
    if total > 6000 and chance.happens(15):
        parts = [("gift_card", 2500), (chance.one(("card", "paypal")), total - 2500)]
    else:
        parts = [(chance.one(("card", "card", "paypal")), total)]
    return [
        {
            "id": f"p{index}",
            "method": method,
            "captured": write_minor(amount, 2),
            "reference": _REFERENCES[method].format(number),
        }
        for index, (method, amount) in enumerate(parts, 1)
    ]


def _buyer(chance: Chance, land: Land) -> dict[str, Any]:
    orders = chance.number(1, 14)
    return {
        "name": chance.one(land.names),
        "orders_12m": orders,
        "cases_12m": chance.number(0, min(orders, 4)),
        "refund_only_12m": chance.number(0, 1),
        "refused_12m": 0,
        "disputes_12m": 0,
        "first_order": orders == 1,
    }
