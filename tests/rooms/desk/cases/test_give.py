"""What is given on top: money is written into the case's log, gifts that are no money count at their cost against the same budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.give import give_extra, give_gift, settle_gift, waiting_gifts
from amends.desk.pay_out import UnableToPayOut
from tests.case_house import AGENT, LEAD, MANAGER, STRANGER, Clock, case_desk
from tests.databases import fresh
from tests.money_house import case_of, order_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[CaseDesk]:
    with fresh("sqlite", tmp_path):
        from amends.store.goodwill_budget import DatabaseGoodwill

        made = case_desk(clock)
        yield replace(made, money=replace(made.money, goodwill=DatabaseGoodwill()))


def budget(desk: CaseDesk, amount: str, over: str = "second") -> None:
    from amends.wiring.follow import follow_desk

    follow = follow_desk(desk)
    shop = next(one.number for one in follow.shops(MANAGER) if one.name == "acme")
    follow.set_terms(MANAGER, shop, {"delay_hours": "24", "contact_hours": "8", "goodwill": amount, "over": over})


def events(desk: CaseDesk, case: int) -> list[tuple[str, Any]]:
    return [(one.entry.what, one.entry.data.get("amount")) for one in desk.casework.history(case).entries][-3:]


def test_gifts_and_money_share_one_budget_and_stand_in_the_log(desk: CaseDesk, clock: Clock) -> None:
    case = case_of(order_of())
    budget(desk, "10.00")
    give_extra(desk, case, MANAGER, 0, "goodwill", "4.00", "late")
    give_extra(desk, case, MANAGER, 0, "goodwill", "4.00", "late")
    assert give_gift(desk, case, MANAGER, 0, "coupon", "SORRY20", "5.00", "late").state == "given"
    assert give_gift(desk, case, MANAGER, 0, "coupon", "SORRY20", "5.00", "late").number == 1
    seen = desk.money.look(case, MANAGER)
    assert (seen.given, seen.budget and seen.budget.left) == (900, 100)
    over = give_gift(desk, case, MANAGER, 1, "points", "500 points", "2.00", "late")
    assert (over.state, over.needs_role) == ("proposed", "lead")
    assert events(desk, case) == [("extra_given", "4.00"), ("gift_given", "5.00"), ("gift_proposed", "2.00")]
    assert [key for _, key in waiting_gifts(desk, LEAD)]
    for person in (MANAGER, AGENT, STRANGER):
        with pytest.raises(UnableToWork):
            settle_gift(desk, case, person, over.number, "yes")
    clock.forward(minutes=1)
    settle_gift(desk, case, LEAD, over.number, "yes")
    with pytest.raises(UnableToWork, match="otherwise"):
        settle_gift(desk, case, LEAD, over.number, "no")
    settle_gift(desk, case, LEAD, over.number, "back", "wrong buyer")
    assert desk.money.look(case, MANAGER).given == 900
    letters = [one.state for one in desk.casework.history(case).messages if one.event == "gift_given"]
    assert letters == ["waiting", "taken_back"]


@pytest.mark.parametrize(
    ("kind", "what", "cost", "note", "field"),
    [
        ("car", "x", "1", "n", "kind"),
        ("gift", " ", "1", "n", "what"),
        ("gift", "x", "much", "n", "cost"),
        ("gift", "x", "-1", "n", "cost"),
        ("gift", "x", "1", " ", "note"),
        ("coupon", "五星好评返现券", "1", "n", "what"),
        ("coupon", "x", "1", "请买家删除差评", "note"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_given(
    desk: CaseDesk, kind: str, what: str, cost: str, note: str, field: str
) -> None:
    case = case_of(order_of())
    with pytest.raises(UnableToWork) as caught:
        give_gift(desk, case, MANAGER, 0, kind, what, cost, note)
    assert caught.value.field == field
    budget(desk, "0.50", "refuse")
    with pytest.raises(UnableToPayOut, match="left"):
        give_gift(desk, case, MANAGER, 0, "gift", "x", "1.00", "n")
    assert desk.money.look(case, MANAGER).gifts == []
