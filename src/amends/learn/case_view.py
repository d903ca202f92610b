"""What the case page shows, drawn from the case file and the decision: money, clocks, reasons, items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.facts.listed import StoredCase

Json = dict[str, Any]
LAYERS: Final = ("law", "platform", "policy", "risk")


@dataclass(frozen=True, slots=True)
class MoneyBox:
    """What was paid and what would go back. Amounts are minor units of `currency`; None: not told."""

    currency: str
    list_price: int | None
    goods: int
    discounts: tuple[Json, ...]
    shipping: int
    captured: int | None
    refunded: int
    refund: Json | None
    compensation: Json | None

    @property
    def left(self) -> int | None:
        """Will give what can still go back of all that was paid."""
        return None if self.captured is None else self.captured - self.refunded


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline."""

    who: str
    action: str
    due: datetime
    rule: str
    if_missed: Any


@dataclass(frozen=True, slots=True)
class LayerView:
    """The rules of one layer, each as the decision tells it, parted by verdict."""

    code: str
    shown: tuple[Json, ...]
    failed: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """An order line, how many of it were bought and are asked for (0: none), and the parcels that carried it out."""

    line: Json
    bought: int
    asked: int
    parcels: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """All parts of the case page."""

    stored: StoredCase
    money: MoneyBox
    clocks: tuple[Clock, ...]
    layers: tuple[LayerView, ...]
    items: tuple[ItemView, ...]

    @property
    def case(self) -> Json:
        """Will give the case file."""
        return self.stored.case

    @property
    def decision(self) -> Json | None:
        """Will give the decision, None before there is one."""
        return self.stored.decision


def view_case(stored: StoredCase) -> CaseView:
    """Will draw the parts of the page from what is kept of a case."""
    decision = stored.decision or {}
    return CaseView(
        stored=stored,
        money=_money(stored.case, decision),
        clocks=_clocks(decision.get("deadlines") or ()),
        layers=tuple(_layer(code, decision.get("because") or ()) for code in LAYERS),
        items=_items(stored.case),
    )


def _money(case: Json, decision: Json) -> MoneyBox:
    order: Json = case.get("order") or {}
    currency = str(order.get("currency") or "CNY")
    lines: Sequence[Json] = order.get("lines") or ()
    payments: Sequence[Json] = order.get("payments") or ()
    listed = [_minor(line.get("list_price"), currency) for line in lines]
    return MoneyBox(
        currency=currency,
        list_price=None
        if not listed or None in listed
        else sum((price or 0) * int(line.get("quantity") or 1) for price, line in zip(listed, lines, strict=True)),
        goods=sum(_minor(line.get("paid"), currency) or 0 for line in lines),
        discounts=tuple(order.get("discounts") or ()),
        shipping=_minor(order.get("shipping_paid"), currency) or 0,
        captured=sum(_minor(one.get("captured"), currency) or 0 for one in payments) if payments else None,
        refunded=sum(_minor(one.get("refunded"), currency) or 0 for one in payments),
        refund=decision.get("refund"),
        compensation=decision.get("compensation"),
    )


def _clocks(deadlines: Sequence[Json]) -> tuple[Clock, ...]:
    found = [
        Clock(
            who=str(one.get("who") or ""),
            action=str(one.get("action") or ""),
            due=due,
            rule=str(one.get("rule") or ""),
            if_missed=one.get("if_missed"),
        )
        for one in deadlines
        if (due := read_time(one.get("due"))) is not None
    ]
    return tuple(sorted(found, key=lambda clock: clock.due))


def _layer(code: str, because: Sequence[Json]) -> LayerView:
    ours = [one for one in because if one.get("layer") == code]
    holding = [one for one in ours if one.get("verdict") == "holds"]
    unknown = [one for one in ours if one.get("verdict") not in ("holds", "fails")]
    failed = [one for one in ours if one.get("verdict") == "fails"]
    return LayerView(code, (*holding, *unknown), tuple(failed))


def _items(case: Json) -> tuple[ItemView, ...]:
    order: Json = case.get("order") or {}
    asked = {one.get("id"): one.get("quantity") for one in (case.get("request") or {}).get("lines") or ()}
    parcels: Sequence[Json] = case.get("shipments") or ()
    items = []
    for line in order.get("lines") or ():
        bought = int(line.get("quantity") or 1)
        wanted = bought if not asked else int(asked.get(line.get("id")) or 0)
        own = tuple(one for one in parcels if not one.get("lines") or line.get("id") in one["lines"])
        items.append(ItemView(line, bought, wanted, own))
    return tuple(items)


def read_time(text: Any) -> datetime | None:
    """Will read an ISO 8601 time; None where there is none or it cannot be read. Without an offset it counts as UTC."""
    if isinstance(text, datetime):
        return text
    try:
        moment = datetime.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _minor(text: Any, currency: str) -> int | None:
    if text is None or currency not in EXPONENTS:
        return None
    try:
        return read_minor(str(text), EXPONENTS[currency])
    except UnableToReadAmount:
        return None
