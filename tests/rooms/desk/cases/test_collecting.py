"""Remedies whose money goes through a gateway: paid on its page, held, taken, let go, each once, whatever is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from amends.desk.cases.advance import advance
from amends.desk.cases.approve import approve
from amends.desk.cases.charges import answer_charge, capture_deposit, confirm_charge, drop_charge, link_charge
from amends.desk.cases.close import withdraw
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.going_out import choose
from amends.desk.cases.parcels import inspect, replacement_delivered, send_back, ship_replacement
from amends.desk.cases.run import CaseRounds
from tests.case_house import AGENT, BUYER, FINANCE, LEAD, WAREHOUSE
from tests.collect_house import CollectHouse, booked, collecting
from tests.databases import Database, database
from tests.remedy_house import asked_for, last, what

__all__ = ["database"]
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
RED = {"line": "l1", "sku": "LAMP-RED", "title": "Red lamp", "price": "82.50"}


@pytest.fixture
def there(database: Database) -> Iterator[CollectHouse]:
    with collecting() as found:
        yield found


def asked_more(there: CollectHouse) -> int:
    """An exchange for something that costs 12.50 more, which the buyer agreed to."""
    number = asked_for("exchange")
    approve(there.desk, number, LEAD)
    choose(there.desk, number, AGENT, [RED])
    answer_charge(there.desk, number, BUYER, 1, accepts=True)
    return number


def lent(there: CollectHouse, *, saved: bool = False, days: int = 4) -> int:
    """An exchange whose replacement goes first, against a deposit that the buyer agreed to."""
    there.fake.pay(9_000, "EUR", "pi_O1")
    if saved:
        there.fake.save_method("pi_O1")
    number = asked_for("exchange")
    approve(there.desk, number, LEAD)
    advance(there.desk, number, AGENT, "70.00", days)
    answer_charge(there.desk, number, BUYER, 1, accepts=True)
    return number


def sent_first(there: CollectHouse, **given: Any) -> int:
    """The same, with the deposit held and the replacement delivered."""
    number = lent(there, saved=True, **given)
    there.go_on()
    ship_replacement(there.desk, number, WAREHOUSE, "SF1")
    replacement_delivered(there.desk, number, BUYER, WAREHOUSE)
    return number


@ON_SQLITE
def test_a_difference_is_paid_on_the_gateways_page_and_the_exchange_goes_on(there: CollectHouse) -> None:
    desk, number = there.desk, asked_more(there)
    there.go_on()
    assert desk.casework.charges(number)[0].link == there.last(number).link
    assert (there.charge(number), there.steps(number)) == ("agreed", [("link", "sent")])
    there.pay(number, "declined")
    there.go_on()
    assert there.charge(number) == "agreed"
    there.pay(number)
    there.go_on()
    assert there.charge(number) == "paid"
    assert booked(desk, number)[-1] == (f"extra-{number}-1", 1_250)
    send_back(desk, number, BUYER, AGENT, "SF1234567890")
    inspect(desk, number, WAREHOUSE, "A")
    ship_replacement(desk, number, WAREHOUSE, "SF2")
    replacement_delivered(desk, number, BUYER, WAREHOUSE)
    there.go_on()
    assert there.steps(number) == [("link", "succeeded")]
    assert what(desk, number).count("charge_paid") == 1


def test_a_notice_is_enough_however_often_it_comes(there: CollectHouse) -> None:
    number = asked_more(there)
    there.go_on()
    there.pay(number)
    assert set(there.notices()) == {"200"}
    assert there.charge(number) == "paid"
    assert booked(there.desk, number)[1:] == [(f"extra-{number}-1", 1_250)]
    there.go_on()
    assert what(there.desk, number).count("charge_paid") == 1


@ON_SQLITE
def test_what_was_paid_and_not_carried_out_goes_back_by_the_same_gateway(there: CollectHouse) -> None:
    number = asked_more(there)
    there.go_on()
    there.pay(number)
    there.go_on()
    withdraw(there.desk, number, BUYER, AGENT)
    box: Any = there.desk.money.till.box(number)
    steps = [(one.step.gateway, one.step.amount) for plan in box.plans for one in plan.steps]
    assert steps == [("stripe", 1_250)]


def test_a_page_that_is_not_wanted_any_more_is_shut_and_a_late_payment_goes_back(there: CollectHouse) -> None:
    number = asked_more(there)
    there.go_on()
    page = there.last(number).reference
    drop_charge(there.desk, number, AGENT, 1)
    there.go_on()
    assert there.steps(number) == [("link", "closed"), ("close", "succeeded")]
    with pytest.raises(ValueError, match="not active"):
        there.fake.visit(page)
    late = asked_more_of_another(there)
    drop_charge(there.desk, late, AGENT, 1)
    there.pay(late)
    there.go_on()
    assert there.charge(late) == "given_back"
    assert booked(there.desk, late)[-1] == (f"extra-{late}-1", 1_250)
    assert ("close", "failed") in there.steps(late)


def asked_more_of_another(there: CollectHouse) -> int:
    number = asked_for("exchange", order="O2")
    approve(there.desk, number, LEAD)
    choose(there.desk, number, AGENT, [RED])
    answer_charge(there.desk, number, BUYER, 1, accepts=True)
    there.go_on()
    return number


@ON_SQLITE
def test_what_people_write_down_by_hand_shuts_the_page(there: CollectHouse) -> None:
    number = asked_more(there)
    there.go_on()
    confirm_charge(there.desk, number, AGENT, 1, "BANK-77")
    there.go_on()
    assert there.steps(number) == [("link", "closed"), ("close", "succeeded")]
    other = asked_more_of_another(there)
    link_charge(there.desk, other, AGENT, 1, "https://pay.example/own")
    there.go_on()
    assert ("close", "succeeded") in there.steps(other)
    assert there.desk.casework.charges(other)[0].link == "https://pay.example/own"


@ON_SQLITE
def test_paid_by_hand_and_on_the_page_is_told_to_a_person(there: CollectHouse) -> None:
    number = asked_more(there)
    there.go_on()
    there.pay(number)
    confirm_charge(there.desk, number, AGENT, 1, "BANK-77")
    there.go_on()
    assert "paid_twice" in what(there.desk, number)
    state = there.desk.casework.look(number)
    assert state is not None
    assert state.exception == "money_trouble"


@ON_SQLITE
def test_a_deposit_is_held_on_the_saved_card_and_let_go_when_the_goods_come(there: CollectHouse) -> None:
    number = sent_first(there)
    assert there.charge(number) == "held"
    payment = there.last(number).payment
    assert there.fake.money_of(payment) == {"held": 7_000, "taken": 0}
    send_back(there.desk, number, BUYER, AGENT, "SF1234567890")
    inspect(there.desk, number, WAREHOUSE, "A")
    there.go_on()
    assert there.steps(number) == [("authorise", "succeeded"), ("release", "succeeded")]
    assert there.fake.money_of(payment) == {"held": 0, "taken": 0}
    assert booked(there.desk, number) == []


def test_a_deposit_is_taken_when_the_goods_do_not_come_and_goes_back_when_they_come_late(there: CollectHouse) -> None:
    desk, number = there.desk, sent_first(there)
    payment = there.last(number).payment
    there.clock.forward(days=4)
    CaseRounds(desk).look()
    assert there.charge(number) == "due"
    there.go_on()
    there.go_on()
    assert (there.charge(number), there.fake.money_of(payment)) == ("captured", {"held": 0, "taken": 7_000})
    assert booked(desk, number)[-1] == (f"extra-{number}-1", 7_000)
    assert what(desk, number).count("deposit_captured") == 1
    send_back(desk, number, BUYER, AGENT, "SF1234567890")
    inspect(desk, number, WAREHOUSE, "A")
    box: Any = desk.money.till.box(number)
    assert [(one.step.gateway, one.step.amount) for plan in box.plans for one in plan.steps] == [("stripe", 7_000)]


@ON_SQLITE
def test_with_a_parcel_on_its_way_a_person_decides_about_the_deposit(there: CollectHouse) -> None:
    desk, number = there.desk, sent_first(there)
    send_back(desk, number, BUYER, AGENT, "SF1234567890")
    there.clock.forward(days=4)
    CaseRounds(desk).look()
    there.go_on()
    assert (there.charge(number), there.steps(number)) == ("due", [("authorise", "succeeded")])
    capture_deposit(desk, number, FINANCE, 1, "")
    capture_deposit(desk, number, FINANCE, 1, "")
    there.go_on()
    assert (there.charge(number), there.steps(number)[1:]) == ("captured", [("capture", "succeeded")])


@ON_SQLITE
@pytest.mark.parametrize("fault", ["decline", "authenticate"])
def test_a_card_that_is_refused_becomes_a_page_on_which_the_buyer_has_it_held(there: CollectHouse, fault: str) -> None:
    there.fake.faults.set(fault, method="POST", path="payment_intents")
    number = lent(there, saved=True)
    there.go_on()
    assert there.steps(number) == [("authorise", "failed"), ("link", "sent")]
    with pytest.raises(UnableToWork, match="not held"):
        ship_replacement(there.desk, number, WAREHOUSE, "SF1")
    there.pay(number)
    there.go_on()
    assert there.charge(number) == "held"
    ship_replacement(there.desk, number, WAREHOUSE, "SF1")


@ON_SQLITE
def test_a_hold_is_never_promised_for_longer_than_a_card_holds(there: CollectHouse) -> None:
    number = asked_for("exchange")
    approve(there.desk, number, LEAD)
    with pytest.raises(UnableToWork, match="at most 6 days"):
        advance(there.desk, number, AGENT, "70.00", 14)
    advance(there.desk, number, AGENT, "70.00", 14, "https://pay.example/own")


@ON_SQLITE
def test_a_hold_that_time_let_go_is_told_to_a_person(there: CollectHouse) -> None:
    number = sent_first(there)
    there.fake.clock_offset = 6 * 86_400
    there.clock.forward(days=12)
    there.go_on()
    assert (there.charge(number), there.steps(number)) == ("lapsed", [("authorise", "lapsed")])
    state = there.desk.casework.look(number)
    assert state is not None
    assert state.exception == "money_trouble"


@ON_SQLITE
def test_goods_that_come_while_the_deposit_is_being_taken_end_with_nothing_taken(there: CollectHouse) -> None:
    desk, number = there.desk, sent_first(there)
    payment = there.last(number).payment
    there.clock.forward(days=4)
    CaseRounds(desk).look()
    there.fake.faults.set("drop_after", path="capture")
    there.clock.forward(minutes=5)
    there.runner().run_due()
    assert there.steps(number)[-1] == ("capture", "unknown")
    send_back(desk, number, BUYER, AGENT, "SF1234567890")
    inspect(desk, number, WAREHOUSE, "A")
    there.go_on()
    assert there.charge(number) == "given_back"
    assert there.fake.money_of(payment)["taken"] == 7_000
    box: Any = desk.money.till.box(number)
    assert [(plan.purpose, plan.total) for plan in box.plans] == [("give_back", 7_000)]
    assert last(desk, number, "deposit_captured")
