"""What a return costs, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.facts.shop_costs import ShopCosts, UnableToReadCosts, read_costs
from amends.learn.metrics.ask import Question
from amends.learn.metrics.costs import ReturnCost, cost_of, returned
from tests.metric_house import case, facts_in

COSTS = {"one": ShopCosts("CNY", 800, 1200, 300, 60, 900, loss_b=10, loss_c=40, loss_d=100)}
BACK = {"state": "closed", "closed_day": 105, "came_back": 1}


def test_parts_add_up_to_the_cost(tmp_path: Path) -> None:
    facts = facts_in(
        tmp_path,
        [
            case(1, grade="A", back_minor=10000, **BACK),
            case(2, grade="C", back_minor=10000, **BACK),
            case(3, grade="B", back_minor=5, **BACK),
            case(4, grade="", back_minor=10000, **BACK),
            case(5, shop="two", grade="D", back_minor=10000, **BACK),
            case(6, grade="D", back_minor=10000, currency="EUR", **BACK),
            case(7, grade="D", back_minor=10000, state="open", came_back=1),
        ],
    )
    found = cost_of(returned(facts, Question(100, 109)), COSTS)
    assert found == ReturnCost(4, 4 * 2000, 4 * 300, 4000 + 1, 4 * 60, 4 * 900, ungraded=1, untold=1)
    assert found.total == 8000 + 1200 + 4001 + 240 - 3600


def test_figures_are_read_as_people_write_them() -> None:
    told = {"out_freight": "8", "back_freight": "12.00", "loss_c": "40"}
    assert read_costs(told, "CNY") == ShopCosts("CNY", 800, 1200, loss_c=40)
    assert read_costs(ShopCosts("JPY", 500, loss_b=5).told(), "JPY") == ShopCosts("JPY", 500, loss_b=5)


@pytest.mark.parametrize(
    ("field", "text"), [("out_freight", "8.555"), ("fee", "-1"), ("loss_b", "101"), ("loss_c", "a")]
)
def test_what_cannot_be_read_names_its_field(field: str, text: str) -> None:
    with pytest.raises(UnableToReadCosts) as told:
        read_costs({field: text}, "CNY")
    assert told.value.field == field
