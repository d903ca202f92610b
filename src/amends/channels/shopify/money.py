"""What a Shopify order's totals say each line really cost the buyer, to the last minor unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amends.basics.money import Minor, split
from amends.channels.cells import RowCells, UnableToReadCell
from amends.facts.imported import Remark


@dataclass(frozen=True, slots=True)
class Totals:
    """Minor units. `lines` are paid amounts in row order; with `shipping` they sum to `total`."""

    lines: tuple[Minor, ...]
    shipping: Minor
    total: Minor
    discount: Minor


def totals(every: Sequence[RowCells], digits: int) -> Totals:
    """Will share order discounts and added taxes over the lines by price. `UnableToReadCell` where the sums differ.

    Total = Subtotal + Shipping (+ Taxes where prices are without tax, + Duties): what is above goes to the lines.
    """
    first = every[0]
    prices = [_line_price(cells, digits) for cells in every]
    total = first.need_amount("total", digits)
    shipping = first.amount("shipping", digits) or 0
    subtotal = first.amount("subtotal", digits)
    goods = sum(prices) if subtotal is None else subtotal
    above = total - goods - shipping
    if above < 0:
        shipping, above = shipping + above, 0
        if shipping < 0:
            raise UnableToReadCell(_no_sum(first))
        first.note(
            "shipping_discounted",
            "Total 小于 Subtotal + Shipping，差额按运费优惠计",
            "Total is less than Subtotal + Shipping; the difference is taken as a discount on shipping",
            "total",
        )
    elif above:
        first.note(
            "taxes_shared",
            "税费等差额已按价格分摊到各商品",
            "taxes and other amounts on top of the prices are shared over the lines by price",
            "taxes",
        )
    lines = split(goods + above, prices if any(prices) else [1] * len(prices))
    return Totals(tuple(lines), shipping, total, max(sum(prices) - goods, 0))


def _line_price(cells: RowCells, digits: int) -> Minor:
    gross = cells.need_amount("price", digits) * quantity(cells)
    return max(gross - (cells.amount("line_discount", digits) or 0), 0)


def quantity(cells: RowCells) -> int:
    """Pieces of the line; at least one."""
    found = cells.need_text("quantity")
    if not (found.isascii() and found.isdecimal() and 0 < int(found) < 10**6):
        raise cells.unknown("quantity", found)
    return int(found)


def _no_sum(cells: RowCells) -> Remark:
    column = cells.column("total")
    return Remark(
        "totals_differ",
        "Total 小于 Subtotal，金额对不上；请重新导出",
        "Total is less than Subtotal; the sums do not agree, export it again",
        column,
    )
