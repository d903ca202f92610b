"""A lower price is given back once a line, whoever says yes to it."""

from __future__ import annotations

from typing import Final

from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.ports import HeldCase
from amends.facts.case import Case
from amends.facts.rulebook import Says

KIND: Final = "price_adjustment"
WHY_NOT: Final = {
    "no_period": Says("no price protection was promised", "未承诺价保"),
    "no_start": Says("it is not known when the order was paid", "付款时间未知"),
    "over": Says("the promised period was over when it was asked for", "申请时已超过价保期"),
    "not_lower": Says("the price now is not lower than what was paid", "当前价格未低于实付价"),
    "paid": Says("it was paid for this line already", "该商品行已退过价保差价"),
}


def check_price_drop(held: HeldCase, case: Case, remedy: str) -> None:
    """Raise `UnableToWork` where a lower price would be given back twice."""
    if remedy == KIND and case.request.reason == "better_price":
        for item in case.request.lines:
            if not held.take_price_drop(item.line.id):
                raise UnableToWork("money", WHY_NOT["paid"].en, WHY_NOT["paid"].zh)
