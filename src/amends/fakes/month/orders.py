"""The orders of the month, as the shop's own system would tell them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from amends.facts.orders import Contact
from amends.fakes.month.goods import Goods, catalogue, stations

RING_MEMBERS: Final = 6
RING_ORDERS: Final = 48
BUYERS: Final = 16_000
_CREATORS: Final = ("", "", "", "Ada live", "Ben films", "Cleo shop")
_CAMPAIGNS: Final = ("", "", "", "", "autumn", "newsletter")
SHOP: Final = "Tidewater"


@dataclass(frozen=True, slots=True)
class Sold:
    """One order with what only this month knows of it. `signs`: who paid, by what the shop's checkout saw."""

    number: str
    file: Mapping[str, Any]
    contact: Contact
    placed: datetime
    delivered: datetime
    sku: str
    batch: str
    station: str
    ring: bool
    signs: Mapping[str, str]

    @property
    def payment(self) -> str:
        """The number of its one payment."""
        return f"pi_{self.number}"


def orders(seed: int, many: int, first: datetime, days: int = 30) -> Iterator[Sold]:
    """Will give so many orders placed over so many days from `first` on, in the order of their time."""
    dice = random.Random(f"{seed}/orders")
    goods, places = catalogue(dice), stations()
    weights = [1 / (rank + 8) for rank in range(len(goods))]
    moments = sorted([dice.uniform(0, days * 86_400) for _ in range(many)])
    ring = set(dice.sample(range(many), min(RING_ORDERS, many)))
    for number, moment in enumerate(moments):
        placed = first + timedelta(seconds=int(moment))
        one = dice.choices(goods, weights)[0]
        buyer = _ring_buyer(dice) if number in ring else _buyer(dice)
        yield _order(dice, number, placed, one, dice.choice(places), buyer, moment / (days * 86_400))


@dataclass(frozen=True, slots=True)
class _Buyer:
    contact: Contact
    address: str
    device: str
    card: str
    ring: bool = False


def _buyer(dice: random.Random) -> _Buyer:
    who = dice.randrange(BUYERS)
    contact = Contact(f"buyer{who}@mail.example", f"+49151{who:08}", f"Buyer {who}")
    return _Buyer(contact, f"Street {who}, Town {who % 97}", f"device-{who}", f"card-{who}")


def _ring_buyer(dice: random.Random) -> _Buyer:
    """Six names, one telephone written in two ways, two cards, one door."""
    who = dice.randrange(RING_MEMBERS)
    phone = ("+49 170 5550123", "0170-5550123")[who % 2]
    contact = Contact(f"a.shade+{who}@mail.example", phone, f"A. Shade {who}")
    return _Buyer(contact, "Mill Lane 4, Gera", "device-shade", f"card-shade-{who % 2}", ring=True)


def _order(
    dice: random.Random,
    number: int,
    placed: datetime,
    goods: Goods,
    place: tuple[str, str],
    buyer: _Buyer,
    gone: float,
) -> Sold:
    carrier, station = place
    batch = goods.batches[min(2, int(gone * 3))]
    shipped = placed + timedelta(hours=dice.uniform(4, 30))
    delivered = shipped + timedelta(hours=dice.uniform(20, 70))
    name = f"T{number + 1:06}"
    pieces = 1 if dice.random() < 0.85 else 2
    paid = _amount(goods.cents * pieces)
    line = {
        "id": "1", "sku": goods.sku, "title": goods.title, "quantity": pieces, "list_price": _amount(goods.cents),
        "paid": paid, "category": goods.category, "batch": batch, "supplier": goods.supplier,
    }  # fmt: skip
    order = {
        "placed_at": placed.isoformat(), "paid_at": placed.isoformat(), "lines": [line],
        "payments": [{"id": f"pi_{name}", "reference": f"pi_{name}", "method": "card", "captured": paid, "refunded": "0.00"}],
        "creator": dice.choice(_CREATORS), "campaign": dice.choice(_CAMPAIGNS),
    }  # fmt: skip
    parcel = {
        "id": f"W{number + 1:08}", "lines": ["1"], "shipped_at": shipped.isoformat(),
        "delivered_at": delivered.isoformat(), "trace": "delivered", "carrier": carrier, "station": station,
    }  # fmt: skip
    signs = {"email": buyer.contact.email, "device": buyer.device, "address": buyer.address, "card": buyer.card}
    file = {"order": order, "shipments": [parcel]}
    return Sold(name, file, buyer.contact, placed, delivered, goods.sku, batch, station, buyer.ring, signs)


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def by_day(sold: Sequence[Sold], first: datetime, days: int) -> list[list[Sold]]:
    """Will part orders by the day on which they were placed."""
    parted: list[list[Sold]] = [[] for _ in range(days)]
    for one in sold:
        parted[min(days - 1, (one.placed - first).days)].append(one)
    return parted
