"""The goodwill budget on both databases: a month's extras are weighed together; above it a second person, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.desk.money_desk import MoneyDesk
from amends.desk.pay_out import UnableToPayOut
from amends.facts.goodwill import Budget
from tests.case_house import LEAD, MANAGER, Clock, case_desk
from tests.databases import Database, database
from tests.money_house import case_of, desk_of, order_of

__all__ = ["database"]


@pytest.fixture
def money(database: Database) -> MoneyDesk:
    from amends.store.goodwill_budget import DatabaseGoodwill

    return replace(desk_of(), goodwill=DatabaseGoodwill())


def budget(amount: str, over: str = "second") -> None:
    from amends.wiring.follow import follow_desk

    desk = follow_desk(case_desk())
    number = next(one.number for one in desk.shops(MANAGER) if one.name == "acme")
    told = {"delay_hours": "24", "contact_hours": "8", "goodwill": amount, "over": over}
    desk.set_terms(MANAGER, number, told)


def test_above_the_budget_a_second_person_says_yes_whoever_gives(money: MoneyDesk) -> None:
    case = case_of(order_of())
    budget("30.00")
    assert money.extra(case, 0, "goodwill", "20.00", "sorry", MANAGER).state == "approved"
    assert money.extra(case, 0, "goodwill", "20.00", "sorry", MANAGER).state == "approved"
    seen = money.look(case, MANAGER)
    assert (seen.budget, seen.given) == (Budget(3_000, 2_000, "EUR"), 2_000)
    over = money.extra(case, 1, "goodwill", "10.01", "sorry", MANAGER)
    assert (over.state, over.needs_role) == ("proposed", "lead")
    with pytest.raises(UnableToPayOut, match="a second person"):
        money.approve(case, over.number, MANAGER)
    assert money.extra(case, 2, "goodwill", "1.00", "sorry", MANAGER).state == "proposed"
    money.refuse(case, over.number, LEAD, "no")
    assert money.extra(case, 3, "goodwill", "9.00", "sorry", MANAGER).state == "approved"


def test_a_shop_may_want_it_refused_and_a_new_month_begins_anew(money: MoneyDesk) -> None:
    case = case_of(order_of())
    budget("5.00", "refuse")
    money.extra(case, 0, "store_credit", "5.00", "sorry", MANAGER)
    with pytest.raises(UnableToPayOut, match=r"0\.00 EUR is left"):
        money.extra(case, 1, "goodwill", "0.01", "sorry", MANAGER)
    clock = Clock()
    clock.at += timedelta(days=31)
    later = replace(money, house=replace(money.house, now=clock))
    assert later.extra(case, 1, "goodwill", "5.00", "sorry", MANAGER).state == "approved"


def test_without_a_budget_only_the_policy_speaks(money: MoneyDesk) -> None:
    case = case_of(order_of())
    budget("")
    assert money.extra(case, 0, "goodwill", "40.00", "sorry", MANAGER).state == "approved"
    assert money.look(case, MANAGER).budget is None
