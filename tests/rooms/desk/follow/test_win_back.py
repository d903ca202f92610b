"""Win-back: only who agreed, once a span, with a group left alone; sent by a person who saw it, within the month's goodwill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from amends.desk.cases.close import close, reopen
from amends.desk.cases.faults import UnableToWork
from amends.desk.follow.win_back import WinBackDesk, WinBackRounds, digest_of
from amends.desk.pay_out import UnableToPayOut
from amends.facts.follow_up import UnableToReadFollowUp
from amends.facts.orders import Contact
from amends.facts.sms import SMS_EVENTS
from amends.facts.win_back import WinFigures, group_of
from tests.case_house import AGENT, BUYER, MANAGER, STRANGER, Clock, case_desk
from tests.databases import fresh
from tests.money_house import case_of, order_of

TERMS = {"delay_hours": "24", "contact_hours": "8", "goodwill": "10.00", "over": "refuse"}
WIN = {"win": "lost", "win_days": "7", "win_coupon": "10 off, BACK10", "win_cost": "6.00", "win_control": "0"}
ANNA = "anna@example.com"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[WinBackDesk]:
    with fresh("sqlite", tmp_path):
        from amends.store.goodwill_budget import DatabaseGoodwill
        from amends.wiring.follow import win_back_desk

        made = case_desk(clock)
        cases = replace(made, money=replace(made.money, goodwill=DatabaseGoodwill()))
        yield replace(win_back_desk(cases), stop_link=lambda state: f"https://shop.example/{state.number}/no-more")


def closed(desk: WinBackDesk, clock: Clock, number: str = "", email: str = ANNA) -> int:
    from amends.store.shop_orders import DatabaseOrders

    case = case_of(order_of())
    state = desk.cases.casework.look(case)
    assert state
    close(desk.cases, case, MANAGER, "settled")
    ordered(clock, str(state.case["order"]["id"]), email)
    assert DatabaseOrders().get("acme", str(state.case["order"]["id"]))
    return case


def ordered(clock: Clock, number: str, email: str = ANNA) -> None:
    from amends.store.shop_orders import DatabaseOrders

    told = {"order": {"placed_at": clock().isoformat()}}
    DatabaseOrders().put("acme", number, told, Contact(email), clock())


def terms(desk: WinBackDesk, **change: str) -> None:
    from amends.wiring.follow import follow_desk

    follow = follow_desk(desk.cases)
    shop = next(one.number for one in follow.shops(MANAGER) if one.name == "acme")
    follow.set_terms(MANAGER, shop, TERMS | WIN | change)


def drawn(desk: WinBackDesk) -> int:
    return WinBackRounds(desk).look()


def send(desk: WinBackDesk, person: Any = AGENT) -> None:
    one, subject, text = desk.look(AGENT).waiting[0]
    desk.send(person, one.case, digest_of(subject, text))


def test_only_who_agreed_is_drawn_and_once_a_span(desk: WinBackDesk, clock: Clock) -> None:
    case = closed(desk, clock)
    terms(desk)
    clock.forward(days=6)
    desk.consent(MANAGER, "acme", ANNA.upper().lower(), agrees=True)
    assert drawn(desk) == 0
    clock.forward(days=1)
    desk.consent(MANAGER, "acme", ANNA, agrees=False)
    assert drawn(desk) == 0
    desk.consent(MANAGER, "acme", ANNA, agrees=True)
    assert drawn(desk) == 1
    assert drawn(desk) == 0
    closed(desk, clock)
    clock.forward(days=8)
    assert drawn(desk) == 0
    ((one, subject, text),) = desk.look(AGENT).waiting
    assert (one.case, one.why) == (case, "lost")
    assert desk.look(STRANGER).waiting == []
    assert "no-more" in text
    with pytest.raises(UnableToWork, match="say no"):
        replace(desk, stop_link=lambda state: "").send(AGENT, case, digest_of(subject, text))
    with pytest.raises(UnableToWork, match="changed"):
        desk.send(AGENT, case, "0" * 16)
    desk.send(AGENT, case, digest_of(subject, text))
    with pytest.raises(UnableToWork, match="nobody waits"):
        desk.send(AGENT, case, digest_of(subject, text))
    (gift,) = desk.cases.money.look(case, AGENT).gifts
    assert (gift.cost, gift.purpose, gift.state) == (600, "win_back", "given")
    entries = [one.entry.what for one in desk.cases.casework.history(case).entries]
    assert entries[-2:] == ["win_back_drawn", "win_back_sent"]
    assert [one.event for one in desk.cases.casework.history(case).messages][-1] == "win_back"


def test_the_budget_holds_and_a_buyer_who_says_no_or_came_back_is_left_alone(desk: WinBackDesk, clock: Clock) -> None:
    case = closed(desk, clock)
    terms(desk, win_cost="11.00")
    desk.consent(MANAGER, "acme", ANNA, agrees=True)
    clock.forward(days=8)
    assert drawn(desk) == 1
    with pytest.raises(UnableToPayOut, match="left"):
        send(desk)
    terms(desk)
    ordered(clock, "LATER", ANNA)
    clock.forward(minutes=1)
    ordered(clock, "LATEST", ANNA)
    with pytest.raises(UnableToWork, match="came back"):
        send(desk)
    assert [(one.offered, one.offered_back, one.sent) for one in desk.look(AGENT).figures] == [(1, 1, 0)]
    desk.stop(case, BUYER)
    desk.stop(case, BUYER)
    assert desk.look(AGENT).waiting == []
    desk.consent(MANAGER, "acme", ANNA, agrees=True)
    clock.forward(days=200)
    closed(desk, clock)
    clock.forward(days=8)
    assert drawn(desk) == 0


def test_who_is_in_a_quarrel_with_the_shop_is_not_advertised_to(desk: WinBackDesk, clock: Clock) -> None:
    case = closed(desk, clock)
    terms(desk)
    desk.consent(MANAGER, "acme", ANNA, agrees=True)
    reopen(desk.cases, case, MANAGER, "again")
    clock.forward(days=8)
    assert drawn(desk) == 0
    close(desk.cases, case, MANAGER, "settled")
    clock.forward(days=8)
    assert drawn(desk) == 1
    reopen(desk.cases, case, MANAGER, "a chargeback came")
    with pytest.raises(UnableToWork, match="open case"):
        send(desk)


@pytest.mark.parametrize("way", ["page", "mail", "system"])
def test_a_no_holds_back_what_has_not_left_and_comes_alone_and_never_by_text(
    desk: WinBackDesk, clock: Clock, way: str
) -> None:
    from amends.store.models import MessageRow

    case = closed(desk, clock)
    terms(desk)
    desk.consent(MANAGER, "acme", ANNA, agrees=True)
    clock.forward(days=8)
    assert drawn(desk) == 1
    send(desk)
    if way == "page":
        desk.stop(case, BUYER)
    elif way == "mail":
        desk.answered(case, BUYER, "thanks, but unsubscribe me from the parcel")
        assert MessageRow.objects.get(event="win_back").state == "waiting"
        desk.answered(case, BUYER, " 退订。")
    else:
        desk.consent(MANAGER, "acme", " Anna@Example.COM ", agrees=False)
    assert MessageRow.objects.get(event="win_back").state == "taken_back"
    assert "win_back" not in SMS_EVENTS


def test_a_coupon_speaks_of_no_review(desk: WinBackDesk) -> None:
    case_of(order_of())
    with pytest.raises(UnableToReadFollowUp, match="win_coupon"):
        terms(desk, win_coupon="五星好评返 10 元")


def test_groups_are_drawn_by_chance_and_the_same_again() -> None:
    at = Clock()()
    groups = [group_of(f"buyer {number}", "acme", at, 20) for number in range(2000)]
    assert groups == [group_of(f"buyer {number}", "acme", at, 20) for number in range(2000)]
    assert 330 < groups.count("control") < 470
    assert {group_of(str(number), "acme", at, 0) for number in range(200)} == {"offered"}


def test_a_difference_is_told_only_of_enough_buyers() -> None:
    assert WinFigures("acme", 29, 9, 20, 100, 10).gain is None
    gain = WinFigures("acme", 200, 60, 150, 100, 10).gain
    assert gain is not None
    assert gain[0] == pytest.approx(0.2)
    assert gain[1:] == pytest.approx((0.1049, 0.2804), abs=0.001)
