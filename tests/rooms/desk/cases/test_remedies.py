"""Exchanges with a difference, advance replacements, repairs, resends and price protection, on both databases."""

from __future__ import annotations

import pytest

from amends.desk.cases.advance import advance
from amends.desk.cases.approve import approve
from amends.desk.cases.charges import (
    answer_charge,
    capture_deposit,
    confirm_charge,
    give_charge_back,
    release_deposit,
)
from amends.desk.cases.close import close, withdraw
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.going_out import choose, offer_choices, pick
from amends.desk.cases.offer import answer_offer, offer
from amends.desk.cases.parcels import inspect, receive, replacement_delivered, send_back, ship_replacement
from amends.desk.cases.price_protection import protect, protect_lines
from amends.desk.cases.refuse import refuse
from amends.desk.cases.repairs import failed, finish, quote, work_on
from amends.desk.cases.replacement_lost import lose_replacement
from amends.desk.cases.run import CaseRounds
from amends.desk.cases.split_merge import merge, split
from amends.desk.cases.undo import undo
from tests.case_house import AGENT, BUYER, LEAD, WAREHOUSE, Clock
from tests.databases import Database, database
from tests.money_house import Bank, runner_of
from tests.remedy_house import asked_for, last, live_holds, remedy_desk, what

__all__ = ["database"]
RED = {"line": "l1", "sku": "LAMP-RED", "title": "Red lamp"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock) -> CaseDesk:
    return remedy_desk(clock)


def tracks(desk: CaseDesk, number: int) -> dict[str, str]:
    state = desk.casework.look(number)
    assert state is not None
    return state.tracks.states()


def back_and_inspected(desk: CaseDesk, number: int) -> None:
    send_back(desk, number, BUYER, AGENT, "SF1234567890")
    inspect(desk, number, WAREHOUSE, "A")


def paid(desk: CaseDesk) -> list[int]:
    bank = Bank()
    runner_of(bank, minutes=1).run_due()
    CaseRounds(desk).look()
    return bank.paid


def test_a_cheaper_choice_gives_the_difference_back_once_it_ships(desk: CaseDesk) -> None:
    number = asked_for("exchange")
    approve(desk, number, LEAD)
    choose(desk, number, AGENT, [{**RED, "price": "55.00"}])
    assert last(desk, number, "replacement_chosen").data["difference"] == "-15.00"
    assert live_holds(desk, number) == [("LAMP-RED", 1)]
    assert paid(desk) == []
    back_and_inspected(desk, number)
    ship_replacement(desk, number, WAREHOUSE, "SF1")
    assert last(desk, number, "difference_given_back").data["amount"] == "15.00"
    assert live_holds(desk, number) == []
    assert [one["sku"] for one in last(desk, number, "replacement_shipped").data["stock"]] == ["LAMP-RED"]
    assert paid(desk) == [1_500]
    replacement_delivered(desk, number, BUYER, WAREHOUSE)
    assert tracks(desk, number)["desk"] == "closed"
    assert paid(desk) == []


def test_a_dearer_choice_ships_only_after_consent_and_payment(desk: CaseDesk) -> None:
    number = asked_for("exchange")
    approve(desk, number, LEAD)
    choose(desk, number, AGENT, [{**RED, "price": "82.50"}], "https://pay.example/1")
    back_and_inspected(desk, number)
    with pytest.raises(UnableToWork, match="has not paid"):
        ship_replacement(desk, number, WAREHOUSE, "SF1")
    with pytest.raises(UnableToWork, match="not agreed"):
        confirm_charge(desk, number, AGENT, 1, "TX1")
    answer_charge(desk, number, BUYER, 1, accepts=True)
    consent = last(desk, number, "charge_agreed")
    assert (consent.by.kind, consent.data["amount"], consent.data["text"]) == (
        "buyer",
        "12.50",
        "Red lamp x 1: +12.50 EUR",
    )
    with pytest.raises(UnableToWork, match="was asked for"):
        confirm_charge(desk, number, AGENT, 1, "TX1", "12.00")
    confirm_charge(desk, number, AGENT, 1, "TX1", "12.50")
    confirm_charge(desk, number, AGENT, 1, "TX1")  # a notice that comes twice
    assert what(desk, number).count("charge_paid") == 1
    box = desk.money.till.box(number)
    assert box is not None
    assert [(one.name, one.captured) for one in box.payments] == [("p1", 9_000), (f"extra-{number}-1", 1_250)]
    ship_replacement(desk, number, WAREHOUSE, "SF1")
    replacement_delivered(desk, number, BUYER, WAREHOUSE)
    with pytest.raises(UnableToWork):
        choose(desk, number, AGENT, [{**RED, "price": "1.00"}])
    assert paid(desk) == []


def test_a_difference_that_was_paid_goes_back_where_nothing_was_sent(desk: CaseDesk) -> None:
    number = asked_for("exchange")
    approve(desk, number, LEAD)
    choose(desk, number, AGENT, [{**RED, "price": "82.50"}])
    answer_charge(desk, number, BUYER, 1, accepts=True)
    confirm_charge(desk, number, AGENT, 1, "TX1")
    with pytest.raises(UnableToWork, match="not sent"):
        close(desk, number, LEAD, "other", "no")
    give_charge_back(desk, number, AGENT, 1)
    with pytest.raises(UnableToWork):
        give_charge_back(desk, number, AGENT, 1)
    box = desk.money.till.box(number)
    assert box is not None
    assert [(plan.purpose, plan.total) for plan in box.plans] == [("give_back", 1_250)]
    withdraw(desk, number, BUYER, AGENT)
    assert live_holds(desk, number) == []
    assert tracks(desk, number)["desk"] == "closed"


def test_nothing_ships_once_the_money_goes_back_and_no_money_goes_once_it_has_shipped(desk: CaseDesk) -> None:
    refunded = asked_for("exchange")
    approve(desk, refunded, LEAD)
    offer(desk, refunded, LEAD, "full_refund")
    answer_offer(desk, refunded, BUYER, 1, accepts=True)
    assert live_holds(desk, refunded) == []
    with pytest.raises(UnableToWork, match="goes back already"):
        ship_replacement(desk, refunded, WAREHOUSE, "SF1")
    sent = asked_for("resend", "missing_item", ("l2",))
    approve(desk, sent, LEAD)
    ship_replacement(desk, sent, WAREHOUSE, "SF2")
    offer(desk, sent, LEAD, "full_refund")
    with pytest.raises(UnableToWork, match="was sent for these goods"):
        answer_offer(desk, sent, BUYER, 1, accepts=True)


def test_the_buyer_chooses_among_what_is_offered_at_its_price(desk: CaseDesk) -> None:
    number = asked_for("exchange")
    offer_choices(desk, number, AGENT, [{**RED, "price": "70.00"}, {**RED, "sku": "LAMP-XL", "price": "90.00"}])
    with pytest.raises(UnableToWork, match="not offered"):
        pick(desk, number, BUYER, 3)
    pick(desk, number, BUYER, 2)
    chosen = last(desk, number, "replacement_chosen")
    assert (chosen.by.kind, chosen.data["difference"]) == ("buyer", "20.00")
    with pytest.raises(UnableToWork, match="not offered"):
        pick(desk, number, BUYER, 1)
    approve(desk, number, LEAD)
    assert live_holds(desk, number) == [("LAMP-XL", 1)]


def test_stock_is_held_once_and_ends_with_the_case_or_the_time(desk: CaseDesk, clock: Clock) -> None:
    number = asked_for("exchange")
    approve(desk, number, LEAD)
    choose(desk, number, AGENT, [{**RED, "price": "70.00"}])
    choose(desk, number, AGENT, [{**RED, "price": "70.00"}])
    assert what(desk, number).count("stock_held") == 2
    assert what(desk, number).count("stock_released") == 1
    assert live_holds(desk, number) == [("LAMP-RED", 1)]
    clock.forward(days=13)
    CaseRounds(desk).look()
    assert live_holds(desk, number) == []
    assert last(desk, number, "stock_released").data["why"] == "time_over"
    assert tracks(desk, number)["replacement"] == "none"
    send_back(desk, number, BUYER, AGENT, "SF1234567890")
    receive(desk, number, WAREHOUSE)
    assert live_holds(desk, number) == [("LAMP-RED", 1)]
    assert tracks(desk, number)["replacement"] == "reserved"


def test_goods_on_their_way_keep_the_hold_for_a_week_more(desk: CaseDesk, clock: Clock) -> None:
    number = asked_for("exchange")
    approve(desk, number, LEAD)
    clock.forward(days=11)
    send_back(desk, number, BUYER, AGENT, "SF1234567890")
    clock.forward(days=2)
    CaseRounds(desk).look()
    assert "stock_held_on" in what(desk, number)
    assert live_holds(desk, number) == [("l1", 1)]


@pytest.mark.parametrize("end", ["undo", "refuse", "withdraw", "close"])
def test_whatever_ends_a_case_releases_its_stock(desk: CaseDesk, end: str) -> None:
    number = asked_for("exchange", "wrong_size")
    approve(desk, number, LEAD)
    assert live_holds(desk, number) == [("l1", 1)]
    if end == "undo":
        undo(desk, number, LEAD)
    elif end == "refuse":
        refuse(desk, number, LEAD, "other", "no more of them")
    elif end == "withdraw":
        withdraw(desk, number, BUYER, AGENT)
    else:
        close(desk, number, LEAD, "other", "agreed by telephone")
    assert live_holds(desk, number) == []
    assert what(desk, number).count("stock_released") == 1


def known(**change: object) -> dict[str, object]:
    return {"orders_12m": 9, "cases_12m": 1, "refused_12m": 0, "disputes_12m": 0, **change}


def test_a_known_buyer_gets_the_replacement_first(desk: CaseDesk) -> None:
    number = asked_for("exchange", buyer=known())
    approve(desk, number, LEAD)
    with pytest.raises(UnableToWork, match="advance replacement"):
        ship_replacement(desk, number, WAREHOUSE, "SF1")
    advance(desk, number, AGENT)
    ship_replacement(desk, number, WAREHOUSE, "SF1")
    replacement_delivered(desk, number, BUYER, WAREHOUSE)
    assert tracks(desk, number)["desk"] == "open"
    back_and_inspected(desk, number)
    assert tracks(desk, number)["desk"] == "closed"


@pytest.mark.parametrize("change", [{"orders_12m": 1}, {"cases_12m": 8}, {"refused_12m": 1}, {"disputes_12m": None}])
def test_others_give_a_deposit_of_the_price_with_the_reasons_told(desk: CaseDesk, change: dict[str, object]) -> None:
    number = asked_for("exchange", buyer=known(**change))
    approve(desk, number, LEAD)
    with pytest.raises(UnableToWork, match=r"at least 70\.00 is needed: ") as fault:
        advance(desk, number, AGENT, "69.99")
    assert "12" in fault.value.says.zh
    advance(desk, number, AGENT, "70.00")
    with pytest.raises(UnableToWork, match="deposit is not held"):
        ship_replacement(desk, number, WAREHOUSE, "SF1")
    answer_charge(desk, number, BUYER, 1, accepts=True)
    confirm_charge(desk, number, AGENT, 1, "AUTH-1")
    ship_replacement(desk, number, WAREHOUSE, "SF1")


def with_deposit(desk: CaseDesk) -> int:
    number = asked_for("exchange")
    approve(desk, number, LEAD)
    advance(desk, number, AGENT, "70.00", 5)
    answer_charge(desk, number, BUYER, 1, accepts=True)
    confirm_charge(desk, number, AGENT, 1, "AUTH-1")
    ship_replacement(desk, number, WAREHOUSE, "SF1")
    replacement_delivered(desk, number, BUYER, WAREHOUSE)
    return number


def test_a_deposit_is_let_go_once_when_the_goods_come(desk: CaseDesk) -> None:
    number = with_deposit(desk)
    back_and_inspected(desk, number)
    assert what(desk, number).count("deposit_released") == 1
    with pytest.raises(UnableToWork):
        release_deposit(desk, number, LEAD, 1)
    with pytest.raises(UnableToWork):
        capture_deposit(desk, number, LEAD, 1, "CAP-1")
    assert tracks(desk, number)["desk"] == "closed"


def test_a_deposit_is_taken_once_when_they_do_not_and_goes_back_when_they_come_late(
    desk: CaseDesk, clock: Clock
) -> None:
    from tests.case_house import FINANCE

    number = with_deposit(desk)
    with pytest.raises(UnableToWork, match="not possible"):
        capture_deposit(desk, number, FINANCE, 1, "CAP-1")
    clock.forward(days=6)
    CaseRounds(desk).look()
    CaseRounds(desk).look()
    assert what(desk, number).count("deposit_due") == 1
    capture_deposit(desk, number, FINANCE, 1, "CAP-1")
    capture_deposit(desk, number, FINANCE, 1, "CAP-1")
    assert what(desk, number).count("deposit_captured") == 1
    back_and_inspected(desk, number)
    assert what(desk, number).count("charge_given_back") == 1
    box = desk.money.till.box(number)
    assert box is not None
    assert [(plan.purpose, plan.total) for plan in box.plans] == [("give_back", 7_000)]


def test_no_deposit_is_taken_for_a_replacement_that_was_lost_and_the_time_begins_anew(
    desk: CaseDesk, clock: Clock
) -> None:
    from tests.case_house import FINANCE

    number = asked_for("exchange")
    approve(desk, number, LEAD)
    advance(desk, number, AGENT, "70.00", 5)
    answer_charge(desk, number, BUYER, 1, accepts=True)
    confirm_charge(desk, number, AGENT, 1, "AUTH-1")
    with pytest.raises(UnableToWork, match="nothing is on its way"):
        lose_replacement(desk, number, WAREHOUSE, "the carrier says so")
    ship_replacement(desk, number, WAREHOUSE, "SF1")
    clock.forward(days=3)
    lose_replacement(desk, number, WAREHOUSE, "the carrier says so")
    assert (tracks(desk, number)["replacement"], live_holds(desk, number)) == ("reserved", [("l1", 1)])
    clock.forward(days=4)
    CaseRounds(desk).look()
    assert "deposit_due" not in what(desk, number)
    ship_replacement(desk, number, WAREHOUSE, "SF2")
    clock.forward(days=4)
    CaseRounds(desk).look()
    assert "deposit_due" not in what(desk, number)
    clock.forward(days=2)
    CaseRounds(desk).look()
    assert what(desk, number).count("deposit_due") == 1
    lose_replacement(desk, number, WAREHOUSE, "this one too")
    with pytest.raises(UnableToWork, match="was lost"):
        capture_deposit(desk, number, FINANCE, 1, "CAP-1")
    ship_replacement(desk, number, WAREHOUSE, "SF3")
    with pytest.raises(UnableToWork, match="still come in time"):
        capture_deposit(desk, number, FINANCE, 1, "CAP-1")
    clock.forward(days=6)
    CaseRounds(desk).look()
    capture_deposit(desk, number, FINANCE, 1, "CAP-1")
    lose_replacement(desk, number, WAREHOUSE, "and this one")
    assert what(desk, number).count("charge_given_back") == 1


def repaired_in_vain(desk: CaseDesk, number: int, wants: str) -> None:
    approve(desk, number, LEAD)
    back_and_inspected(desk, number)
    quote(desk, number, WAREHOUSE, "", "New switch")
    work_on(desk, number, WAREHOUSE, "start")
    work_on(desk, number, WAREHOUSE, "wait", "switch ordered")
    work_on(desk, number, WAREHOUSE, "go_on")
    finish(desk, number, WAREHOUSE)
    ship_replacement(desk, number, WAREHOUSE, "SF1")
    replacement_delivered(desk, number, BUYER, WAREHOUSE)
    failed(desk, number, BUYER, AGENT, wants, "It flickers again")


@pytest.mark.parametrize("wants", ["exchange", "return_refund"])
def test_after_two_failed_repairs_no_third_can_be_forced(desk: CaseDesk, wants: str) -> None:
    number = asked_for("repair")
    from amends.store.models import CaseFile

    file = CaseFile.objects.get(case_id=number)
    file.case_json = {**file.case_json, "market": "CN"}
    file.save()
    repaired_in_vain(desk, number, "repair")
    repaired_in_vain(desk, number, wants)
    state = desk.casework.look(number)
    assert state is not None
    assert state.decision is not None
    assert state.case["defect"]["repairs_failed"] == 2
    assert (state.decision["outcome"], state.decision["remedy"], state.decision["entitled"]) == ("accept", wants, True)
    rules = {one["rule"]: one["verdict"] for one in state.decision["because"]}
    assert rules["cn.repeat_repair"] == "holds"
    assert (state.tracks.decision, state.tracks.goods, state.tracks.repair, state.tracks.desk) == (
        "new",
        "none",
        "none",
        "open",
    )
    with pytest.raises(UnableToWork) as fault:
        quote(desk, number, WAREHOUSE, "", "A third one")
    assert fault.value.code == "not_possible"
    approve(desk, number, LEAD)
    back_and_inspected(desk, number)
    if wants == "return_refund":
        assert paid(desk) == [7_000]
    else:
        assert live_holds(desk, number) == [("l1", 1)]


def test_a_priced_repair_waits_for_the_buyers_consent_and_money(desk: CaseDesk) -> None:
    number = asked_for("repair")
    approve(desk, number, LEAD)
    back_and_inspected(desk, number)
    quote(desk, number, WAREHOUSE, "25.00", "New glass, not under warranty")
    state = desk.casework.look(number)
    assert state is not None
    assert state.status == "repair_quoted"
    with pytest.raises(UnableToWork):
        work_on(desk, number, WAREHOUSE, "start")
    answer_charge(desk, number, BUYER, 1, accepts=False, why="too much")
    assert tracks(desk, number)["repair"] == "declined"
    quote(desk, number, WAREHOUSE, "15.00", "New glass, second hand")
    answer_charge(desk, number, BUYER, 2, accepts=True)
    work_on(desk, number, WAREHOUSE, "start")
    finish(desk, number, WAREHOUSE, 30)
    with pytest.raises(UnableToWork, match="has not paid"):
        ship_replacement(desk, number, WAREHOUSE, "SF1")
    confirm_charge(desk, number, AGENT, 2, "TX9")
    ship_replacement(desk, number, WAREHOUSE, "SF1")
    assert last(desk, number, "repair_finished").data["warranty_days"] == 30


def test_a_missing_part_is_sent_without_anything_coming_back(desk: CaseDesk) -> None:
    number = asked_for("resend", "missing_item", ("l1", "l2"))
    choose(desk, number, AGENT, [{"line": "l1", "quantity": 1, "sku": "PART-7", "title": "Bag of screws"}])
    approve(desk, number, LEAD)
    assert live_holds(desk, number) == [("PART-7", 1)]
    ship_replacement(desk, number, WAREHOUSE, "SF1")
    assert [one["title"] for one in last(desk, number, "replacement_shipped").data["pieces"]] == ["Bag of screws"]
    replacement_delivered(desk, number, BUYER, WAREHOUSE)
    assert tracks(desk, number)["desk"] == "closed"
    assert paid(desk) == []


def test_price_protection_pays_the_difference_once_a_line(desk: CaseDesk) -> None:
    number = asked_for("price_adjustment", "better_price")
    protect(desk, number, AGENT, "58.00", "listing v2")
    assert last(desk, number, "price_protected").data["amount"] == "12.00"
    assert paid(desk) == [1_200]
    again = asked_for("price_adjustment", "better_price")
    with pytest.raises(UnableToWork, match="already"):
        protect(desk, again, AGENT, "50.00", "listing v3")
    other = asked_for("price_adjustment", "better_price", ("l2",))
    protect(desk, other, AGENT, "15.00", "listing v1")
    assert paid(desk) == [500]


@pytest.mark.parametrize(("price", "asked", "why"), [
    ("70.00", "2026-11-24T09:00:00+01:00", "not lower"),
    ("60.00", "2026-12-01T09:00:00+01:00", "period was over"),
])  # fmt: skip
def test_price_protection_is_refused_with_the_reason(desk: CaseDesk, price: str, asked: str, why: str) -> None:
    number = asked_for("price_adjustment", "better_price", request={"requested_at": asked})
    with pytest.raises(UnableToWork, match=why):
        protect(desk, number, AGENT, price, "listing v2")
    assert desk.casework.price_drop_paid(number, "l1") is False


def test_a_lower_price_that_was_taken_back_can_be_given_by_another_case(desk: CaseDesk) -> None:
    first = asked_for("price_adjustment", "better_price")
    protect(desk, first, AGENT, "58.00", "listing v2")
    undo(desk, first, AGENT)
    second = asked_for("price_adjustment", "better_price")
    protect(desk, second, AGENT, "58.00", "listing v2")
    with pytest.raises(UnableToWork, match="already"):
        protect(desk, first, AGENT, "58.00", "listing v2")


def test_price_protection_over_several_lines_pays_each_on_its_own_line(desk: CaseDesk) -> None:
    number = asked_for("price_adjustment", "better_price", ("l1", "l2"))
    with pytest.raises(UnableToWork, match="name the price of each line"):
        protect(desk, number, AGENT, "15.00", "listing v2")
    with pytest.raises(UnableToWork, match="not lower") as fault:
        protect_lines(desk, number, AGENT, {"l1": "58.00", "l2": "20.00"}, "listing v2")
    assert fault.value.field == "price-l2"
    assert "split" not in what(desk, number)
    protect_lines(desk, number, AGENT, {"l1": "58.00", "l2": "15.00"}, "listing v2")
    other = int(last(desk, number, "split").data["number"])
    assert last(desk, other, "price_protected").data["line"] == "l1"
    assert last(desk, number, "price_protected").data["line"] == "l2"
    assert sorted([*paid(desk), *paid(desk)]) == [500, 1_200]
    again = asked_for("price_adjustment", "better_price", ("l1", "l2"))
    with pytest.raises(UnableToWork, match="already"):
        protect_lines(desk, again, AGENT, {"l1": "50.00"}, "listing v3")


def test_the_sum_over_several_lines_is_held_against_the_limit(desk: CaseDesk) -> None:
    number = asked_for("price_adjustment", "better_price", ("l1", "l2"))
    with pytest.raises(UnableToWork, match="needs a lead"):
        protect_lines(desk, number, AGENT, {"l1": "30.00", "l2": "5.00"}, "listing v2")
    assert "split" not in what(desk, number)
    protect_lines(desk, number, LEAD, {"l1": "30.00"}, "listing v2")
    assert "price_protected" not in what(desk, number)
    assert paid(desk) == [4_000]


def test_a_case_is_not_split_or_merged_while_goods_are_under_way(desk: CaseDesk) -> None:
    number = asked_for("exchange", "quality", ("l1", "l2"))
    send_back(desk, number, BUYER, AGENT, "SF1234567890")
    with pytest.raises(UnableToWork, match="on their way back"):
        split(desk, number, AGENT, ["l2"])
    one, other = asked_for("exchange", order="O2"), asked_for("exchange", order="O2", lines=("l2",))
    send_back(desk, other, BUYER, AGENT, "SF1234567891")
    receive(desk, other, WAREHOUSE)
    for gone, kept in ((one, other), (other, one)):
        with pytest.raises(UnableToWork, match="not inspected yet"):
            merge(desk, gone, AGENT, kept)


def test_a_case_is_not_split_while_the_buyer_is_asked_for_money_or_money_went_back(desk: CaseDesk) -> None:
    number = asked_for("exchange", "quality", ("l1", "l2"))
    choose(desk, number, AGENT, [{**RED, "price": "82.50"}])
    with pytest.raises(UnableToWork, match="asked for money"):
        split(desk, number, AGENT, ["l2"])
    answer_charge(desk, number, BUYER, 1, accepts=False)
    given = asked_for("exchange", "quality", ("l1", "l2"), order="O3")
    desk.money.extra(given, 0, "goodwill", "5.00", "sorry", AGENT)
    with pytest.raises(UnableToWork, match="money was promised"):
        split(desk, given, AGENT, ["l2"])
