"""The same by gateways that wait for our word, or only tell by notices: held, taken, given back, and pages that end by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from amends.desk.cases.advance import advance
from amends.desk.cases.approve import approve
from amends.desk.cases.charges import answer_charge, capture_deposit, drop_charge
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.going_out import choose
from amends.desk.cases.parcels import inspect, replacement_delivered, send_back, ship_replacement
from amends.desk.cases.remedy_look import remedy_look
from amends.desk.cases.run import CaseRounds
from amends.facts.collect import PaymentTold, told_payment_json
from amends.facts.collect_work import Collection
from amends.facts.wire import Notice
from tests.case_house import AGENT, BUYER, FINANCE, LEAD, WAREHOUSE
from tests.collect_house import CollectHouse, booked, collecting
from tests.databases import Database, database
from tests.remedy_house import asked_for, what

__all__ = ["database"]
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
RED = {"line": "l1", "sku": "LAMP-RED", "title": "Red lamp", "price": "82.50"}


@pytest.fixture
def paypal(database: Database) -> Iterator[CollectHouse]:
    with collecting("paypal", hold_days=7) as found:
        found.same_time()
        yield found


@pytest.fixture
def adyen(database: Database) -> Iterator[CollectHouse]:
    with collecting("adyen") as found:
        found.same_time()
        yield found


def asked_more(there: CollectHouse) -> int:
    """An exchange for something that costs 12.50 more, agreed to, with its page."""
    number = asked_for("exchange")
    approve(there.desk, number, LEAD)
    choose(there.desk, number, AGENT, [RED])
    answer_charge(there.desk, number, BUYER, 1, accepts=True)
    there.go_on(2)
    return number


def lent(there: CollectHouse) -> int:
    """An exchange whose replacement went first, against a deposit that the buyer had held on a page."""
    number = asked_for("exchange")
    approve(there.desk, number, LEAD)
    advance(there.desk, number, AGENT, "70.00", 4)
    answer_charge(there.desk, number, BUYER, 1, accepts=True)
    there.go_on(2)
    there.pay(number)
    there.notices()
    there.go_on(2)
    ship_replacement(there.desk, number, WAREHOUSE, "SF1")
    replacement_delivered(there.desk, number, BUYER, WAREHOUSE)
    return number


def test_what_the_buyer_approves_is_taken_once_and_booked(paypal: CollectHouse) -> None:
    number = asked_more(paypal)
    paypal.pay(number, "declined")
    paypal.go_on(1)
    assert paypal.charge(number) == "agreed"
    paypal.pay(number)
    paypal.go_on(2)
    assert (paypal.charge(number), paypal.steps(number)) == ("paid", [("link", "succeeded")])
    assert booked(paypal.desk, number)[-1] == (f"extra-{number}-1", 1_250)
    assert what(paypal.desk, number).count("charge_paid") == 1


def test_a_deposit_is_taken_by_a_number_of_its_own_and_goes_back_by_it(paypal: CollectHouse) -> None:
    from amends.store.models import OrderPayment

    number = lent(paypal)
    hold = paypal.last(number).payment
    assert paypal.fake.money_of(hold) == {"held": 7_000, "taken": 0}
    paypal.clock.forward(days=4)
    CaseRounds(paypal.desk).look()
    paypal.go_on()
    taken = paypal.last(number)
    assert (paypal.charge(number), taken.kind, taken.payment != hold) == ("captured", "capture", True)
    assert set(paypal.notices()) == {"200"}
    assert what(paypal.desk, number).count("deposit_captured") == 1
    send_back(paypal.desk, number, BUYER, AGENT, "SF1234567890")
    inspect(paypal.desk, number, WAREHOUSE, "A")
    box: Any = paypal.desk.money.till.box(number)
    steps = [(one.step.gateway, one.step.amount) for plan in box.plans for one in plan.steps]
    assert (paypal.charge(number), steps) == ("given_back", [("paypal", 7_000)])
    assert OrderPayment.objects.get(name=f"extra-{number}-1").reference == taken.payment


def test_a_page_that_ended_unpaid_gives_way_to_another_when_the_buyer_asks(paypal: CollectHouse) -> None:
    desk, number = paypal.desk, asked_more(paypal)
    first = paypal.last(number).link
    assert desk.casework.charges(number)[0].link == first
    paypal.clock.forward(hours=3)
    paypal.go_on(2)
    state = desk.casework.look(number)
    assert state is not None
    look = remedy_look(desk, state, desk.casework.history(number))
    assert look is not None
    assert (look.pages_ended, look.charges[0].link, state.exception) == ({1}, "", "")
    assert what(desk, number).count("page_ended") == 1
    answer_charge(desk, number, BUYER, 1, accepts=True)
    with pytest.raises(UnableToWork, match="agreed"):
        answer_charge(desk, number, BUYER, 1, accepts=True)
    paypal.go_on(2)
    assert paypal.steps(number) == [("link", "closed"), ("link", "sent")]
    assert desk.casework.charges(number)[0].link == paypal.last(number).link != first
    paypal.pay(number)
    paypal.go_on(2)
    assert paypal.charge(number) == "paid"


def test_what_is_approved_after_it_was_called_off_is_not_taken(paypal: CollectHouse) -> None:
    number = asked_more(paypal)
    drop_charge(paypal.desk, number, AGENT, 1)
    paypal.pay(number)
    paypal.go_on(3)
    assert (paypal.charge(number), paypal.steps(number)) == ("dropped", [("link", "closed"), ("close", "succeeded")])
    assert paypal.fake.ledger.payments() == []


def overdue(there: CollectHouse) -> int:
    """The goods did not come in time, and the deposit is to be taken: asked for, and received."""
    number = lent(there)
    assert there.charge(number) == "held"
    there.clock.forward(days=4)
    CaseRounds(there.desk).look()
    return number


def test_what_only_notices_tell_is_held_taken_and_given_back_once(adyen: CollectHouse) -> None:
    number = overdue(adyen)
    adyen.go_on()
    assert (adyen.charge(number), adyen.last(number).state) == ("due", "sent")
    assert set(adyen.notices()) == {"200"}
    assert (adyen.charge(number), adyen.last(number).state) == ("captured", "succeeded")
    assert booked(adyen.desk, number)[-1] == (f"extra-{number}-1", 7_000)
    send_back(adyen.desk, number, BUYER, AGENT, "SF1234567890")
    inspect(adyen.desk, number, WAREHOUSE, "A")
    box: Any = adyen.desk.money.till.box(number)
    steps = [(one.step.gateway, one.step.amount) for plan in box.plans for one in plan.steps]
    assert (adyen.charge(number), steps) == ("given_back", [("adyen", 7_000)])


def test_a_capture_that_was_received_and_then_refused_is_for_a_person_who_tries_again(adyen: CollectHouse) -> None:
    number = overdue(adyen)
    adyen.fake.faults.set("refuse", path="captures")
    adyen.go_on()
    adyen.notices()
    state = adyen.desk.casework.look(number)
    assert state is not None
    assert (adyen.charge(number), adyen.last(number).state, state.exception) == ("due", "failed", "money_trouble")
    capture_deposit(adyen.desk, number, FINANCE, 1, "")
    adyen.go_on()
    adyen.notices()
    assert adyen.charge(number) == "captured"
    assert adyen.fake.money_of(adyen.last(number).payment) == {"held": 0, "taken": 7_000}


def test_a_capture_whose_answer_was_lost_is_not_sent_again_once_the_goods_are_here(adyen: CollectHouse) -> None:
    number = overdue(adyen)
    adyen.fake.faults.set("drop_after", path="captures")
    adyen.clock.forward(minutes=1)
    adyen.runner().run_due()
    assert adyen.last(number).state == "unknown"
    send_back(adyen.desk, number, BUYER, AGENT, "SF1234567890")
    inspect(adyen.desk, number, WAREHOUSE, "A")
    adyen.go_on()
    asked = [one for one in adyen.fake.events if one["what"] == "call" and "captures" in one["target"]]
    assert (len(asked), adyen.charge(number), adyen.last(number).state) == (1, "released", "unknown")
    adyen.notices()
    adyen.go_on(1)
    assert adyen.charge(number) == "given_back"


def tell(there: CollectHouse, event: str, about: Collection) -> list[str]:
    """Adyen tells of an event of a payment by itself; why people must look at what was told."""
    from amends.store.inbox_book import DatabaseInbox
    from amends.store.models import CollectionRow

    key = CollectionRow.objects.get(pk=about.number).key
    item = there.fake.item(event, f"N{event}", about.payment, key, about.amount, about.currency, "true")
    there.fake.send_notices((item,))
    there.notices()
    return [one.reason for one in DatabaseInbox().waiting(None, ("exception",))]


@pytest.mark.parametrize(("event", "word"), [("CAPTURE_FAILED", "failed"), ("CANCELLATION", "cancelled")])
def test_money_that_was_paid_and_then_did_not_come_is_for_a_person(adyen: CollectHouse, event: str, word: str) -> None:
    number = asked_more(adyen)
    adyen.pay(number)
    adyen.notices()
    assert adyen.charge(number) == "paid"
    assert [word in reason for reason in tell(adyen, event, adyen.last(number))] == [True]


def test_a_word_from_before_a_capture_says_nothing_of_it(paypal: CollectHouse) -> None:
    """The capture's answer was lost, the goods came meanwhile, and the notice of the hold comes late: it may have been taken."""
    from amends.store.collect_told import take_collection
    from amends.store.models import CollectionRow

    number = overdue(paypal)
    paypal.fake.faults.set("drop_after", path="capture")
    paypal.clock.forward(minutes=1)
    paypal.runner().run_due()
    assert paypal.last(number).state == "unknown"
    send_back(paypal.desk, number, BUYER, AGENT, "SF1234567890")
    inspect(paypal.desk, number, WAREHOUSE, "A")
    brought = CollectionRow.objects.get(case_id=number, kind="link")
    told = PaymentTold("held", brought.payment, 7_000, "EUR")
    late = Notice("late", "collection", brought.key, None, told.payment, None, None, {"told": told_payment_json(told)})
    assert take_collection("paypal", late, paypal.clock()) == ("done", "")
    assert CollectionRow.objects.get(case_id=number, kind="capture").state == "unknown"
    paypal.go_on()
    assert (paypal.charge(number), paypal.fake.money_of(brought.payment)) == ("given_back", {"held": 0, "taken": 7_000})


def test_a_deposit_that_is_being_taken_is_not_written_down_by_hand_as_well(adyen: CollectHouse) -> None:
    number = overdue(adyen)
    adyen.go_on()
    assert adyen.last(number).state == "sent"
    with pytest.raises(UnableToWork, match="taking this deposit"):
        capture_deposit(adyen.desk, number, FINANCE, 1, "BANK-1")
    adyen.notices()
    assert adyen.charge(number) == "captured"


def test_a_deposit_taken_by_hand_and_by_the_gateway_is_for_a_person(adyen: CollectHouse) -> None:
    number = overdue(adyen)
    adyen.fake.faults.set("drop_after", path="captures")
    adyen.clock.forward(minutes=1)
    adyen.runner().run_due()
    assert adyen.last(number).state == "unknown"
    capture_deposit(adyen.desk, number, FINANCE, 1, "BANK-1")
    adyen.notices()
    state = adyen.desk.casework.look(number)
    assert state is not None
    assert (adyen.charge(number), state.exception) == ("captured", "money_trouble")
    assert what(adyen.desk, number).count("paid_twice") == 1
    assert [one for one in booked(adyen.desk, number) if one[0].startswith("extra")] == [(f"extra-{number}-1", 7_000)]


def test_a_question_that_was_wanted_when_it_was_claimed_takes_nothing_once_it_is_called_off(
    paypal: CollectHouse,
) -> None:
    from amends.store.collect_book import DatabaseCollections

    number = asked_more(paypal)
    paypal.pay(number)
    paypal.clock.forward(minutes=31)
    paypal.same_time()
    claims = DatabaseCollections().claim("slow", paypal.clock(), 60, 9)
    drop_charge(paypal.desk, number, AGENT, 1)
    assert [paypal.runner("slow").work(claim) for claim in claims] == [None]
    assert paypal.fake.ledger.payments() == []
    paypal.go_on(3)
    assert paypal.steps(number) == [("link", "closed"), ("close", "succeeded")]
    assert paypal.fake.ledger.payments() == []
