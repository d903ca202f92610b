"""What the facts for metrics tell of a shop's sales and returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from amends.facts.forecast import RETURN_KINDS, History, Returned, Sold
from amends.learn.metrics.ask import Facts

REACH: Final = 240
"""Days back that are looked at."""
_KINDS: Final = ", ".join([f"'{kind}'" for kind in RETURN_KINDS])
_IS_RETURN: Final = f"(kind IN ({_KINDS}) OR came_back = 1)"


def history(facts: Facts, shop: str, today: int) -> History:
    """Will read what happened before `today`. An order without a day of dispatch has not left, unless the shop tells none at all."""
    first, clock = today - REACH, _clock(facts, shop, today)
    sold = facts.ask(
        f"SELECT sku, MIN(category), {clock}, SUM(one) FROM sales WHERE shop = ? AND {clock} BETWEEN ? AND ? GROUP BY sku, {clock}",
        (shop, first, today - 1),
    )
    returned = facts.ask(
        "SELECT c.sku, o.day, c.opened_day, c.back_day, c.plain, c.untold, COUNT(*), SUM(c.pieces) FROM "
        f"(SELECT sku, order_row, opened_day, back_day, pieces, CASE WHEN kind IN ({_KINDS}) THEN 1 ELSE 0 END AS plain, "
        "CASE WHEN came_back = 1 AND back_day IS NULL THEN 1 ELSE 0 END AS untold FROM cases "
        f"WHERE shop = ? AND order_known = 1 AND opened_day BETWEEN ? AND ? AND {_IS_RETURN}) c "
        f"JOIN (SELECT id, MIN({clock}) AS day FROM sales WHERE shop = ? AND {clock} BETWEEN ? AND ? GROUP BY id) o "
        "ON o.id = c.order_row GROUP BY c.sku, o.day, c.opened_day, c.back_day, c.plain, c.untold",
        (shop, first, today - 1, shop, first, today - 1),
    )
    graded = facts.ask(
        "SELECT sku, SUM(1), SUM(CASE WHEN grade IN ('A', 'B') THEN 1 ELSE 0 END) FROM cases "
        "WHERE shop = ? AND opened_day BETWEEN ? AND ? AND grade <> '' GROUP BY sku",
        (shop, first, today - 1),
    )
    return History(
        today,
        [Sold(str(row[0]), str(row[1]), _number(row[2]), _number(row[3])) for row in sold],
        [_returned(row, today) for row in returned],
        [(str(row[0]), _number(row[1]), _number(row[2])) for row in graded],
        "shipped" if clock == "shipped_day" else "paid",
    )


def _clock(facts: Facts, shop: str, today: int) -> str:
    """Dispatch, where at least half of the orders of some weeks ago tell it; else the payment."""
    (row,) = facts.ask(
        "SELECT COUNT(*), COUNT(shipped_day) FROM sales WHERE shop = ? AND whole = 1 AND paid_day BETWEEN ? AND ?",
        (shop, today - REACH, today - 8),
    )
    return "shipped_day" if 2 * _number(row[1]) >= _number(row[0]) else "paid_day"


def _returned(row: Sequence[object], today: int) -> Returned:
    sold, asked = _number(row[1]), _number(row[2])
    back = None if row[3] is None or _number(row[3]) >= today else max(asked, _number(row[3]))
    plain, untold, many, pieces = [_number(one) for one in row[4:]]
    return Returned(str(row[0]), sold, max(sold, asked), back, many, pieces, bool(plain), bool(untold))


def _number(told: object) -> int:
    return int(str(told or 0))
