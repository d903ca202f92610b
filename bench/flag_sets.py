"""Public sets read as signs of cases, so that the house's reasons can be asked of them; each says what it cannot tell."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from amends.facts.flags import Signs
from bench.bench_reading import table_of

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Payment:
    """One card payment. `disputed`: it was charged back later."""

    signs: Signs
    amount: float
    disputed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One order line. `basket`: the buyer and the day; `variant`: size and colour; `delivered`: a day of delivery is told."""

    day: str
    item: str
    brand: str
    variant: tuple[str, str]
    price: float
    buyer: str
    returned: bool
    delivered: bool = True

    @property
    def basket(self) -> tuple[str, str]:
        """The set has no numbers of orders."""
        return self.buyer, self.day


def payments(folder: Path) -> list[Payment]:
    """Will read card payments in the order in which they came, each as if it were a request: no orders, no reasons are known."""
    rows = sorted(
        table_of(folder / "fraud-cloudwalk-chargebacks/transactions.csv.gz"), key=lambda one: one["transaction_date"]
    )
    return [
        Payment(
            Signs(
                number,
                _day(one["transaction_date"]),
                one["user_id"],
                "return_refund",
                {"card": one["card_number"], "device": one["device_id"]},
            ),
            float(one["transaction_amount"]),
            one["has_cbk"] == "TRUE",
        )
        for number, one in enumerate(rows, 1)
    ]


def fashion(folder: Path) -> list[Line]:
    """Will read order lines in the order of their days."""
    rows = table_of(folder / "returns-bads-fashion/known.csv.gz")
    lines = [
        Line(
            one["order_date"],
            one["item_id"],
            one["brand_id"],
            (one["item_size"], one["item_color"]),
            float(one["item_price"]),
            one["user_id"],
            one["return"] == "1",
            one["delivery_date"] != "",
        )
        for one in rows
    ]
    return sorted(lines, key=lambda one: one.day)


def fashion_signs(lines: Sequence[Line]) -> tuple[list[Signs], float]:
    """Will give each basket of which something came back as a case on the day of the order (the set has no day of return).

    And the share of baskets of which something came back.
    """
    baskets: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for one in lines:
        baskets[one.basket].append(one)
    placed: dict[str, list[datetime]] = defaultdict(list)
    for buyer, day in baskets:
        placed[buyer].append(_day(day))
    back = {key: one for key, one in baskets.items() if any(line.returned for line in one)}
    found = [
        Signs(number, _day(day), buyer, "return_refund", {"email": buyer}, _ordered(placed[buyer], _day(day)),
              sizes=(styles := _styles(back[buyer, day]))[0], back=styles[1])
        for number, (buyer, day) in enumerate(back, 1)
    ]  # fmt: skip
    return found, len(back) / len(baskets)


def _styles(lines: Sequence[Line]) -> tuple[int, int]:
    """How many variants of one item are in the basket, and how many of those came back: of the item with the most."""
    styles: dict[str, dict[tuple[str, str], bool]] = defaultdict(dict)
    for one in lines:
        styles[one.item][one.variant] = styles[one.item].get(one.variant, False) or one.returned
    return max([(len(variants), sum(variants.values())) for variants in styles.values()])


def credited(folder: Path) -> tuple[list[Signs], float]:
    """Will give each credit note to a known customer as a case, and the share of invoices that are credit notes."""
    placed: dict[str, set[tuple[datetime, str]]] = defaultdict(set)
    notes: dict[str, tuple[datetime, str]] = {}
    for one in table_of(folder / "orders-uci-online-retail/lines.csv.gz"):
        buyer, number = one["CustomerID"], one["InvoiceNo"]
        if buyer and number.startswith("C"):
            notes[number] = (_day(one["InvoiceDate"]), buyer)
        elif buyer:
            placed[buyer].add((_day(one["InvoiceDate"]), number))
    days: Mapping[str, list[datetime]] = {buyer: sorted([at for at, _ in told]) for buyer, told in placed.items()}
    found = [
        Signs(number, at, buyer, "return_refund", {"email": buyer}, _ordered(days.get(buyer, []), at))
        for number, (at, buyer) in enumerate(sorted(notes.values()), 1)
    ]
    return found, len(notes) / max(1, sum([len(one) for one in days.values()]))


def _ordered(placed: list[datetime], at: datetime) -> int:
    return bisect.bisect_right(placed, at) - bisect.bisect_left(placed, at - _YEAR)


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
