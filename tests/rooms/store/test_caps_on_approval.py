"""A plan that waits for a second person reserves nothing; at the yes every cap is looked at again, of lines and shipping too."""

from __future__ import annotations

import pytest

from amends.facts.payout import UnableToPromise
from amends.facts.people import Person
from amends.facts.plan import LinePart, Plan, Step
from amends.facts.read_case import read_case
from amends.facts.steps import plan_digest, step_key
from tests.databases import Database, database
from tests.money_house import NOW, case_of, order_of

__all__ = ["database"]
ORDER = {
    "shipping_paid": "20.00",
    "payments": [{"id": "p1", "method": "card", "captured": "110.00", "reference": "pi_1"}],
}


@pytest.mark.parametrize("line", ["l2", None], ids=["a line", "shipping"])
def test_two_plans_for_the_same_thing_cannot_both_be_approved(database: Database, line: str | None) -> None:
    from amends.store.models import PayStep
    from amends.store.money_till import DatabaseTill

    till, plans = DatabaseTill(), []
    for turn in range(2):
        raw = order_of()
        raw["order"] |= ORDER
        key = f"C{turn}"
        number = case_of(raw, key=key)
        till.open_order("acme", read_case({**raw, "case": key}), NOW)
        name = step_key("acme", key, 0, "refund", "p1", 2_000, "EUR")
        step = Step(name, "refund", "bank", "p1", 2_000, "EUR", (LinePart(line, 2_000),))
        plan = Plan(key, plan_digest([step]), "EUR", (step,))
        plans.append(till.promise(number, 0, plan, Person("li", "agent"), "lead", NOW))
    till.approve(plans[0].number, Person("wu", "lead"), NOW)
    with pytest.raises(UnableToPromise):
        till.approve(plans[1].number, Person("wu", "lead"), NOW)
    assert sorted(PayStep.objects.values_list("state", flat=True)) == ["proposed", "requested"]
