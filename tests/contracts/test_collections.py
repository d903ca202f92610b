"""What a gateway that takes money in promises, against its fake over real HTTP: asks, holds and takes once, believes no more than told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from amends.facts.collect import PAGE_ENDED, PAGE_SHUT, concluded
from amends.fakes.ledger import UnableToMove
from tests.contracts.collect_world import AMOUNT, COLLECTS, ENDS, SAVES, Till, till

DAY = 86_400


@pytest.fixture(params=COLLECTS)
def there(request: pytest.FixtureRequest) -> Iterator[Till]:
    with till(request.param) as found:
        yield found


def test_a_page_is_paid_once_and_told_rightly(there: Till) -> None:
    order, page = there.page()
    assert page.outcome == "pending"
    assert page.link.startswith("http")
    assert there.ask(order).outcome == "pending"
    there.fake.visit(page.reference)
    paid = there.ask(order)
    assert (paid.outcome, paid.amount, paid.currency) == ("succeeded", AMOUNT, "EUR")
    assert there.fake.ledger.payment(paid.payment).amount == AMOUNT
    with pytest.raises(ValueError, match="not active"):
        there.fake.visit(page.reference)


def test_a_declined_card_leaves_the_page_open(there: Till) -> None:
    order, page = there.page()
    there.fake.visit(page.reference, "declined")
    assert there.ask(order).outcome == "pending"
    there.fake.visit(page.reference, "good")
    assert there.ask(order).outcome == "succeeded"


def test_what_a_buyer_lets_be_held_is_held_and_not_taken(there: Till) -> None:
    held = there.held()
    assert (held.outcome, held.amount) == ("succeeded", AMOUNT)
    assert held.until is not None
    assert there.money(held.payment) == {"held": AMOUNT, "taken": 0}


@pytest.mark.parametrize("amount", [AMOUNT, 1_200])
def test_what_is_held_is_taken_once_in_whole_or_in_part_and_can_go_back(there: Till, amount: int) -> None:
    order = there.about("capture", there.held(), amount=amount)
    found = {there.settle(order).payment for _ in range(3)}
    assert len(found) == 1
    assert there.money(order.about) == {"held": 0, "taken": amount}
    assert there.fake.ledger.left(found.pop()) == amount
    again = there.settle(replace(order, key=next(there.world.keys)))
    assert again.outcome in ("succeeded", "failed", "unknown")
    assert there.money(order.about)["taken"] == amount


def test_what_is_let_go_is_not_held_and_cannot_be_taken(there: Till) -> None:
    held = there.held()
    assert there.settle(there.about("release", held)).outcome == "succeeded"
    again = there.settle(there.about("release", held))
    assert again.outcome == ("failed" if there.trait.by_notice else "succeeded")
    assert there.settle(there.about("capture", held)).outcome == "failed"
    assert there.money(held.payment) == {"held": 0, "taken": 0}


def test_what_was_taken_is_not_said_to_be_let_go(there: Till) -> None:
    held = there.held()
    assert there.settle(there.about("capture", held)).outcome == "succeeded"
    found = there.settle(there.about("release", held))
    assert (found.outcome, bool(found.alarm)) == ("failed", True)


def test_a_hold_that_nobody_takes_in_time_is_gone(there: Till) -> None:
    held = there.held()
    assert there.door.limits.hold_days <= there.trait.lasts  # type: ignore[operator]
    there.forward(there.trait.lasts * DAY + 60)
    assert there.fake.expire_holds() == [held.payment]
    assert there.settle(there.about("capture", held)).outcome == "failed"
    assert there.money(held.payment) == {"held": 0, "taken": 0}


def test_more_than_is_held_is_never_taken(there: Till) -> None:
    held = there.held()
    assert there.settle(there.about("capture", held, amount=AMOUNT + 1)).outcome == "failed"
    assert there.money(held.payment) == {"held": AMOUNT, "taken": 0}


@pytest.mark.parametrize("there", SAVES, indirect=True)
def test_a_saved_card_is_held_once_without_the_buyer(there: Till) -> None:
    earlier = there.world.paid()
    order = there.order("authorise", hold=True, earlier=earlier.id)
    assert (there.settle(order).outcome, there.settle(order).code) == ("failed", "no_saved_method")
    there.fake.save_method(earlier.id)
    order = there.order("authorise", hold=True, earlier=earlier.id)
    found = [there.settle(order) for _ in range(3)]
    assert {one.outcome for one in found} == {"succeeded"}
    assert len({one.payment for one in found}) == 1
    assert there.ask(replace(order, reference="")).payment == found[0].payment


@pytest.mark.parametrize("there", SAVES, indirect=True)
@pytest.mark.parametrize("fault", ["decline", "authenticate"])
def test_a_card_that_is_refused_holds_nothing_and_the_question_says_so(there: Till, fault: str) -> None:
    earlier = there.world.paid()
    there.fake.save_method(earlier.id)
    there.world.fault(fault, method="POST")
    order = there.order("authorise", hold=True, earlier=earlier.id)
    refused = there.send(order)
    assert refused.outcome == "failed"
    assert refused.code
    assert there.ask(order).outcome == "failed"


def _steps(there: Till, kind: str) -> Any:
    if kind == "authorise":
        earlier = there.world.paid()
        there.fake.save_method(earlier.id)
        return there.order(kind, hold=True, earlier=earlier.id)
    return there.order(kind, hold=True) if kind == "link" else there.about(kind, there.held())


@pytest.mark.parametrize("kind", ["link", "authorise", "capture", "release"])
@pytest.mark.parametrize(
    "fault",
    [
        {"name": "drop_after"},
        {"name": "drop_before"},
        {"name": "error_before", "status": 503},
        {"name": "error_after", "status": 502},
        {"name": "throttle", "seconds": 1},
        {"name": "commit_late", "ms": 40, "status": 0},
        {"name": "malformed"},
    ],
    ids=lambda fault: str(fault["name"]),
)
def test_whatever_happens_to_a_call_it_is_done_once_or_stays_in_doubt(
    there: Till, kind: str, fault: dict[str, Any]
) -> None:
    if kind == "authorise" and there.world.name not in SAVES:
        return
    order = _steps(there, kind)
    there.world.fault(**fault, method="POST", times=1)
    first = there.send(order)
    assert first.outcome in ("unknown", "absent", "pending")
    found = there.settle(order)
    there.fake.later.after(0, lambda: None)
    if there.world.name == "stripe" and fault["name"] == "error_before":
        assert found.outcome in ("unknown", "absent")  # an error is given again for its key
        return
    if kind == "link":
        assert found.link
        assert len(there.fake.shelf.all(there.trait.pages)) == 1
    else:
        assert found.outcome == "succeeded"
        held = [one for one in there.fake.shelf.all(there.trait.holds) if one["amount"] == AMOUNT]
        assert len(held) == 1


@pytest.mark.parametrize("fault", ["wrong_amount", "wrong_currency", "strange_status"])
def test_an_answer_that_disagrees_is_no_success_and_calls_a_person(there: Till, fault: str) -> None:
    order = there.about("capture", there.held())
    there.world.fault(fault, times=None)
    found = there.send(order)
    assert (found.outcome, bool(found.alarm)) == ("unknown", True)


def test_pressed_from_many_sides_a_hold_is_taken_or_let_go_never_both(there: Till) -> None:
    held = there.held()
    orders = [there.about("capture", held), there.about("release", held)] * 3
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(there.settle, orders))
    money = there.money(held.payment)
    taken = [one.outcome for one, order in zip(found, orders, strict=True) if order.kind == "capture"]
    assert money["held"] == 0
    assert ("succeeded" in taken) == (money["taken"] == AMOUNT)


def test_a_page_that_is_shut_takes_no_payment_and_an_open_visit_ends(there: Till) -> None:
    order, page = there.page()
    there.fake.visit(page.reference, "left")
    close = there.order("close", about=page.reference)
    assert there.ask(close).outcome in ("absent", "succeeded")
    assert there.settle(close).outcome == "succeeded"
    assert there.settle(close).outcome == "succeeded"
    with suppress(UnableToMove):  # where it raises nothing, what the buyer says on the page has no effect
        there.fake.visit(page.reference)
    shut = there.ask(replace(order, wanted=False))
    assert (shut.outcome, shut.code) == ("failed", PAGE_SHUT)
    assert there.fake.ledger.payments() == []


@pytest.mark.parametrize("there", ENDS, indirect=True)
def test_a_page_that_ended_by_itself_says_so_and_takes_nothing_any_more(there: Till) -> None:
    order, page = there.page()
    there.forward(there.trait.page_seconds + 60)  # type: ignore[operator]
    over = there.ask(order)
    assert (over.outcome, over.code) == ("failed", PAGE_ENDED)
    with pytest.raises(UnableToMove):
        there.fake.visit(page.reference)


def test_a_capture_that_is_refused_leaves_the_money_held_and_can_be_tried_again(there: Till) -> None:
    held = there.held()
    there.world.fault("refuse", method="POST")
    refused = there.settle(there.about("capture", held))
    assert (refused.outcome, bool(refused.code)) == ("failed", True)
    assert there.money(held.payment) == {"held": AMOUNT, "taken": 0}
    assert there.settle(there.about("capture", held)).outcome == "succeeded"


def test_a_buyer_who_was_faster_than_the_shutting_is_told(there: Till) -> None:
    order, page = there.page()
    there.fake.visit(page.reference)
    assert there.ask(order).outcome == "succeeded"
    shut = there.settle(there.order("close", about=page.reference))
    assert (shut.outcome, shut.code) == ("failed", "paid")
    assert there.ask(order).outcome == "succeeded"


def test_notices_tell_of_holding_taking_and_letting_go_however_often_they_come(there: Till) -> None:
    there.world.fault("webhook_duplicate", times=None)
    order, page = there.page(hold=True)
    there.fake.visit(page.reference)
    held = there.ask(order)
    assert "succeeded" in there.concluded(order, there.trait.notices[0])
    capture = there.about("capture", held)
    taken = there.settle(capture)
    told = there.told(there.trait.notices[1], order)
    assert concluded(capture, told[-1]).outcome == "succeeded"
    assert {one.first for one in told} - {""} == {held.payment}
    assert told[-1].payment == taken.payment


def test_asked_about_what_never_was_it_says_absent_or_asks_on(there: Till) -> None:
    for kind in ("link", *(("authorise",) if there.world.name in SAVES else ()), "capture", "release"):
        assert there.ask(_steps(there, kind)).outcome == "absent"
