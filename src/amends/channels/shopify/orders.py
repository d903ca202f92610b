"""Shopify orders CSV to case files: an order becomes a case only where there is something to decide.

The export has no returns. What is asked is read from `Tags`, `Notes`, `Note Attributes` and `Cancelled at`; the time of
the request from a date in those words. It holds no delivery and no state of the goods: they are left out. A line that
the order's own discount fell on has its share taken off; `paid` of the lines and the shipping sum to `Total`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from amends.basics.currencies import EXPONENTS
from amends.channels.case_form import faulty, grouped, reason, refused, said, shop_part, write
from amends.channels.cells import RowCells, UnableToReadCell
from amends.channels.events import latest
from amends.channels.shopify.columns import COLUMNS, METHODS, STATES_WITH_RULES, WANTED
from amends.channels.shopify.money import Totals, quantity, totals
from amends.channels.shopify.signals import Signal, signal
from amends.facts.imported import CaseMade, Remark, RowRefused, ShopSetting, SourceRow, State


class ShopifyOrders:
    """The file that Orders › Export gives."""

    name = "shopify-orders"
    title = ("Shopify 订单", "Shopify orders")
    channel = "shopify"
    wanted = WANTED

    def groups(self, rows: Iterable[SourceRow]) -> Iterator[Sequence[SourceRow]]:
        """Rows of one order stand together; only the first has the order's own cells."""
        return grouped(rows, COLUMNS, "order")

    def translate(self, rows: Sequence[SourceRow], shop: ShopSetting) -> CaseMade | RowRefused:
        """Will make a case of an order that asks for something, or say why there is none."""
        if fault := faulty(rows):
            return fault
        every = [RowCells(COLUMNS, row, "+00:00") for row in rows]
        key = every[0].text("order")
        try:
            every[0].need_text("order")
            found = signal(every[0])
            if found is None:
                return RowRefused(_nothing(every[0]), key, nothing_to_decide=True)
            if found.at is None:
                return RowRefused(_no_time(every[0]), key)
            return _case(every, shop, found, found.at)
        except UnableToReadCell as unable:
            return refused(unable, key)


def _case(every: Sequence[RowCells], shop: ShopSetting, asked: Signal, asked_at: str) -> CaseMade:
    first = every[0]
    key, currency = first.need_text("order"), first.need_text("currency")
    if currency not in EXPONENTS:
        raise first.unknown("currency", currency)
    bill = totals(every, EXPONENTS[currency])
    case = said(
        case=key,
        shop=shop_part(shop),
        market=_market(first),
        order=said(
            id=key,
            currency=currency,
            placed_at=first.time("created_at"),
            paid_at=first.time("paid_at"),
            shipping_paid=write(bill.shipping, currency),
            discounts=_discounts(first, bill, currency),
            lines=[_line(cells, shop, bill.lines[index], index, currency) for index, cells in enumerate(every)],
            payments=_payments(first, bill, currency),
        ),
        shipments=_shipments(first),
        request=said(
            kind=asked.kind,
            reason=reason(first, "tags", "notes", "attributes"),
            requested_at=asked_at,
            message=first.text("notes"),
        ),
        buyer=said(name=first.text("buyer")),
        platform=said(status=_status(first)),
    )
    as_of = latest(
        [asked_at, *(first.time(field) for field in ("created_at", "paid_at", "fulfilled_at", "cancelled_at"))]
    )
    return CaseMade(key, case, _state(first, bill, currency), as_of, tuple(n for cells in every for n in cells.remarks))


def _line(cells: RowCells, shop: ShopSetting, paid: int, index: int, currency: str) -> dict[str, Any]:
    return said(
        id=f"l{index + 1}",
        sku=cells.text("sku"),
        title=cells.text("title"),
        quantity=quantity(cells),
        list_price=write(cells.amount("price", EXPONENTS[currency]), currency),
        paid=write(paid, currency),
        category=shop.category,
    )


def _discounts(cells: RowCells, bill: Totals, currency: str) -> list[dict[str, Any]]:
    if not bill.discount:
        return []
    return [said(id=cells.text("discount_code") or "discount", kind="order", off=write(bill.discount, currency))]


def _payments(cells: RowCells, bill: Totals, currency: str) -> list[dict[str, Any]]:
    told = (cells.text("method") or "").casefold()
    methods = {code for word, code in METHODS if word in told}
    method = methods.pop() if len(methods) == 1 and "+" not in told else "platform"
    if method == "platform":
        cells.note(
            "payment_unknown",
            f"付款方式「{told[:40]}」无法对应到单一方式，按平台支付（原路退回）计",
            f"the payment method {told[:40]!r} does not tell one method; taken as paid through the platform",
            "method",
        )
    refunded = min(cells.amount("refunded", EXPONENTS[currency]) or 0, bill.total)
    captured, back = write(bill.total, currency), write(refunded, currency)
    return [said(id=cells.text("payment") or "p1", method=method, captured=captured, refunded=back)]


def _shipments(cells: RowCells) -> list[dict[str, Any]]:
    shipped = cells.time("fulfilled_at")
    return (
        [said(id="s1", shipped_at=shipped)] if shipped or cells.text("fulfilment") in {"fulfilled", "partial"} else []
    )


def _market(cells: RowCells) -> str:
    country = cells.need_text("country").upper()
    province = (cells.text("province") or "").upper()
    return f"US-{province}" if country == "US" and province in STATES_WITH_RULES else country


def _status(cells: RowCells) -> str:
    fields = ("financial", "fulfilment")
    parts = [found for field in fields if (found := cells.text(field))]
    return ", ".join([*parts, "cancelled"] if cells.text("cancelled_at") else parts)


def _state(cells: RowCells, bill: Totals, currency: str) -> State:
    """Closed where all the money is back or none was taken."""
    if (cells.text("financial") or "").casefold() in {"refunded", "voided"}:
        return "closed"
    back = cells.amount("refunded", EXPONENTS[currency]) or 0
    return "closed" if bill.total and back >= bill.total else "open"


def _nothing(cells: RowCells) -> Remark:
    if (cells.text("financial") or "").casefold() in {"partially_refunded", "refunded"}:
        return Remark(
            "already_refunded",
            "已在 Shopify 退款，没有待处理的申请",
            "already refunded at Shopify, and nothing more is asked",
            cells.column("financial"),
        )
    return Remark(
        "nothing_to_decide",
        "订单没有售后申请（标签、备注、取消时间里都没有）",
        "the order asks for nothing (no tag, note or cancellation says so)",
        cells.column("tags"),
    )


def _no_time(cells: RowCells) -> Remark:
    return Remark(
        "request_time_missing",
        "标签或备注写了售后申请，但没有日期；请写成 return-requested 2026-11-20",
        "a tag or note tells of a request but not of its date; write it as: return-requested 2026-11-20",
        cells.column("tags"),
    )
