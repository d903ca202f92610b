"""Deeds at Shopify: what is sent, what is not, and what each answer means."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amends.channels.shopify.documents import DOCUMENTS
from amends.channels.shopify.paying import _parent, of_refund
from amends.facts.channels import UnableToTalk
from amends.facts.deeds import DeedLine
from amends.facts.platforms import Window
from amends.facts.wire import WireAnswer
from amends.fakes.graphql import cost, read
from amends.fakes.ledger import Payment
from amends.fakes.shopify import FakeShopify
from tests.contracts.channel_world import now
from tests.rooms.channels.shopify_house import ACCESS, CHANNEL, SEAL, House, deed


@pytest.fixture
def house() -> House:
    return House()


def refund_input(house: House) -> dict[str, Any]:
    [body] = house.sent("AmendsRefund(")
    found: dict[str, Any] = json.loads(body)["variables"]["input"]
    return found


def test_an_order_without_a_return_is_paid_back_by_the_orders_name(house: House) -> None:
    order = house.fake.sell([{"paid": 5_900}], shipping=490)
    paid = deed(
        "agree_refund",
        order=order.number,
        amount=6_390,
        shipping=490,
        payment=order.payment,
        lines=(DeedLine(order.lines[0].id, 1, 5_900),),
        text="withdrawal [x]",
    )
    receipt = house.act(paid)
    assert (receipt.outcome, receipt.amount, receipt.currency) == ("done", 6_390, "EUR")
    sent = refund_input(house)
    assert sent["note"] == "withdrawal (x) [amends:am0123456789abcdef]"
    assert sent["shipping"] == {"amount": "4.90"}
    assert sent["notify"] is False
    assert [move["amount"] for move in sent["transactions"]] == ["63.90"]
    assert [(line["quantity"], line["restockType"]) for line in sent["refundLineItems"]] == [(1, "NO_RESTOCK")]
    told = house.say(CHANNEL.order(ACCESS, order.number, SEAL))
    assert told is not None
    assert [(refund.key, refund.reference, refund.payment) for refund in told.refunds] == [
        (paid.key, receipt.reference, order.payment)
    ]
    assert house.sent("returnClose") == []


def test_a_return_that_is_paid_is_closed_and_the_money_told_as_its_own(house: House) -> None:
    case = house.fake.ask(house.fake.sell().number)
    receipt = house.act(deed("agree_refund", case, amount=case.amount))
    assert receipt.outcome == "done"
    told = house.say(CHANNEL.one(ACCESS, case.number, SEAL))
    assert told is not None
    assert (told.standing, told.final, told.by_itself) == ("succeeded", True, "")
    assert [refund.reference for refund in told.refunds] == [receipt.reference]


def test_a_return_that_cannot_be_closed_is_paid_all_the_same_and_says_so(house: House) -> None:
    case = house.fake.ask(house.fake.sell().number)
    house.fake.faults.set("error_before", status=503, skip=4)
    receipt = house.act(deed("agree_refund", case, amount=case.amount))
    assert receipt.outcome == "done"
    assert "could not be closed" in receipt.alarm
    again = house.act(deed("agree_refund", case, amount=case.amount))
    assert (again.outcome, again.alarm, again.reference) == ("done", "", receipt.reference)
    assert house.fake.market.case(case.number).standing == "succeeded"


def test_a_part_of_a_price_leaves_the_goods_sold(house: House) -> None:
    order = house.fake.sell([{"paid": 5_900}])
    part = deed("agree_refund", order=order.number, amount=1_000, lines=(DeedLine(order.lines[0].id, 1, 1_000),))
    assert house.act(part).outcome == "done"
    assert "refundLineItems" not in refund_input(house)


def test_the_pieces_of_a_return_are_left_to_the_return(house: House) -> None:
    order = house.fake.sell([{"paid": 5_900}, {"paid": 1_000}])
    case = house.fake.ask(order.number)
    case.lines = case.lines[:1]
    lines = tuple(DeedLine(line.id, 1, line.paid) for line in order.lines)
    assert house.act(deed("agree_refund", case, amount=6_900, lines=lines)).outcome == "done"
    assert [line["lineItemId"] for line in refund_input(house)["refundLineItems"]] == [
        f"gid://shopify/LineItem/{order.lines[1].id}"
    ]


def test_a_compensation_of_the_whole_price_leaves_the_goods_sold(house: House) -> None:
    order = house.fake.sell([{"paid": 500}])
    whole = deed("agree_refund", order=order.number, amount=500, kind="compensation")
    assert house.act(replace(whole, lines=(DeedLine(order.lines[0].id, 1, 500),))).outcome == "done"
    assert "refundLineItems" not in refund_input(house)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("refuse", "failed"), ("pending", "pending"), ("strange_status", "unknown"), ("wrong_amount", "unknown")],
)
def test_a_refund_is_what_its_money_is(house: House, fault: str, outcome: str) -> None:
    order = house.fake.sell()
    house.fake.faults.set(fault)
    house.fake.faults.set(fault)
    house.fake.faults.set(fault)
    receipt = house.act(deed("agree_refund", order=order.number, amount=100))
    assert receipt.outcome == outcome
    assert bool(receipt.alarm) == (outcome == "unknown")


def test_a_refund_whose_money_came_back_is_failed(house: House) -> None:
    order = house.fake.sell()
    paid = deed("agree_refund", order=order.number, amount=100)
    assert house.act(paid).outcome == "done"
    house.fake.turn_back(house.fake.ledger.refunds(order.payment)[0].id)
    assert house.acted(paid).outcome == "failed"
    told = house.say(CHANNEL.order(ACCESS, order.number, SEAL))
    assert told is not None
    assert told.refunds == ()
    assert told.file["order"]["payments"][0]["refunded"] == "0.00"


def test_a_payment_made_outside_shopify_is_for_a_person(house: House) -> None:
    order = house.fake.sell(detail={"gateway": "manual"})
    receipt = house.act(deed("agree_refund", order=order.number, amount=100))
    assert (receipt.outcome, receipt.code) == ("person", "manual_gateway")
    assert house.sent("AmendsRefund(") == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"amount": 100, "currency": "USD"}, "amount"),
        ({"amount": 0}, "amount"),
        ({"amount": None}, "amount"),
        ({"amount": 100, "payment": "elsewhere"}, "no_payment"),
        ({"amount": 5_901}, "user_error"),
    ],
)
def test_what_cannot_be_paid_is_failed_and_nothing_moves(house: House, more: dict[str, Any], code: str) -> None:
    order = house.fake.sell([{"paid": 5_900}])
    receipt = house.act(deed("agree_refund", order=order.number, **more))
    assert (receipt.outcome, receipt.code) == ("failed", code)
    assert house.fake.ledger.moved(order.payment) == 0


def test_an_order_nobody_has_is_failed(house: House) -> None:
    assert house.act(deed("agree_refund", order="#77", amount=1)).code == "missing"
    assert house.act(deed("agree_refund", order="", amount=1)).code == "missing"
    assert house.act(deed("note", order="#77", text="x")).code == "missing"
    for action in ("agree_return", "refuse", "confirm_receipt"):
        assert house.act(deed(action, order="#77")).code == "missing"


def test_the_same_key_with_other_words_pays_nothing_more(house: House) -> None:
    order = house.fake.sell()
    assert house.act(deed("agree_refund", order=order.number, amount=100)).outcome == "done"
    other = house.act(deed("agree_refund", order=order.number, amount=200))
    assert other.outcome == "unknown"
    assert other.alarm
    assert house.fake.ledger.moved(order.payment) == 100


def test_a_document_without_its_key_is_refused_by_the_stand_in() -> None:
    house = House(by_schema=False)
    order = house.fake.sell()
    assert house.act(deed("agree_refund", order=order.number, amount=100)).outcome == "done"
    [body] = house.sent("AmendsRefund(")
    content = json.loads(body)
    content["query"] = content["query"].replace(" @idempotent(key: $key)", "")
    request = replace(next(r for r in house.asked if r.body == body), body=json.dumps(content).encode())

    def once() -> Any:
        return (yield request)

    answer = json.loads(house.say(once()).body)
    assert "@idempotent" in answer["errors"][0]["message"]
    assert house.fake.ledger.moved(order.payment) == 100


def test_a_refund_that_is_being_made_is_unknown_and_asked_about_again(house: House) -> None:
    order = house.fake.sell()
    paid = deed("agree_refund", order=order.number, amount=100)
    house.fake._underway.add(paid.key)
    receipt = house.act(paid)
    assert (receipt.outcome, receipt.code) == ("unknown", "IDEMPOTENCY_CONCURRENT_REQUEST")
    assert receipt.retry_after


def test_out_of_points_nothing_was_done_and_the_wait_is_told(house: House) -> None:
    order = house.fake.sell()
    house.fake.faults.set("throttle", seconds=9, skip=2)
    receipt = house.act(deed("agree_refund", order=order.number, amount=100))
    assert (receipt.outcome, receipt.retry_after) == ("absent", 9)
    house.fake.faults.set("throttle", seconds=9)
    look = house.act(deed("agree_refund", order=order.number, amount=100))
    assert (look.outcome, look.retry_after) == ("unknown", 9)


def test_refusing_names_one_of_shopifys_reasons(house: House) -> None:
    case = house.fake.ask(house.fake.sell().number)
    assert house.act(deed("refuse", case, reason="because")).code == "reason"
    assert house.act(deed("refuse", case, text="x" * 501)).code == "too_long"
    assert house.asked == []
    assert house.act(deed("refuse", case, reason="FINAL_SALE", text="Sorry")).outcome == "done"
    [body] = house.sent("AmendsDecline(")
    sent = json.loads(body)["variables"]["input"]
    assert (sent["declineReason"], sent["declineNote"], sent["notifyCustomer"]) == ("FINAL_SALE", "Sorry", True)
    assert house.act(deed("agree_return", case)).outcome == "stale"
    assert house.acted(deed("agree_return", case)).outcome == "absent"


def test_a_return_that_is_under_way_cannot_be_refused(house: House) -> None:
    case = house.fake.ask(house.fake.sell().number)
    assert house.act(deed("agree_return", case)).outcome == "done"
    assert house.act(deed("refuse", case)).outcome == "stale"


def test_a_return_that_moved_between_look_and_deed_is_stale(house: House) -> None:
    case = house.fake.ask(house.fake.sell().number)
    told = CHANNEL.act(ACCESS, deed("agree_return", case), SEAL)
    house.fake.seller(case.number, "refuse")
    first = {"data": {"orders": {"nodes": [{"id": "gid://shopify/Order/5000000001001", "name": case.order}]}}}
    next(told)
    answer = house.say(_handed(told, first, house, case.number))
    assert (answer.outcome, answer.code) == ("stale", "INVALID_STATE")


def _handed(told: Any, first: dict[str, Any], house: House, number: str) -> Any:
    """Go on with a talk whose reading of the return was made before it moved."""

    def as_answer(content: Any) -> WireAnswer:
        return WireAnswer(200, {}, json.dumps(content).encode())

    told.send(as_answer(first))
    identity = house.fake.shapes.return_gid(number)
    asked = {"id": identity, "name": number, "status": "REQUESTED"}
    returns = {"nodes": [asked], "pageInfo": {"hasNextPage": False}}
    request = told.send(as_answer({"data": {"order": {"id": "x", "returns": returns}}}))
    answer = yield request
    try:
        told.send(answer)
    except StopIteration as end:
        return end.value
    raise AssertionError("one more call than was thought")


def test_goods_are_taken_in_line_by_line(house: House) -> None:
    order = house.fake.sell([{"paid": 1_000, "quantity": 2}, {"paid": 500}])
    case = house.fake.ask(order.number)
    house.act(deed("agree_return", case))
    one = deed("confirm_receipt", case, lines=(DeedLine(order.lines[0].id, 1),))
    assert house.acted(one).outcome == "absent"
    assert house.act(one).outcome == "done"
    assert house.acted(one).outcome == "done"
    told = house.say(CHANNEL.one(ACCESS, case.number, SEAL))
    assert told is not None
    assert told.status == "OPEN.RETURNING"
    rest = deed("confirm_receipt", case, reason="NOT_RESTOCKED")
    assert house.act(rest).outcome == "done"
    told = house.say(CHANNEL.one(ACCESS, case.number, SEAL))
    assert told is not None
    assert told.status == "OPEN.RECEIVED"
    assert house.act(rest).outcome == "done"
    assert house.act(deed("confirm_receipt", case, reason="RESTOCKED")).code == "reason"


def test_goods_of_a_return_that_nobody_agreed_to_are_not_taken_in(house: House) -> None:
    case = house.fake.ask(house.fake.sell().number)
    assert house.act(deed("confirm_receipt", case)).outcome == "stale"


def test_a_note_is_added_below_what_stands_there_and_once(house: House) -> None:
    order = house.fake.sell(detail={"note": "Ring twice"})
    noted = deed("note", order=order.number, text="agreed by Amends")
    assert house.acted(noted).outcome == "absent"
    for _ in range(2):
        assert house.act(noted).outcome == "done"
    assert house.acted(noted).outcome == "done"
    assert house.fake.market.order(order.number).detail["note"] == (
        "Ring twice\nagreed by Amends [amends:am0123456789abcdef]"
    )
    assert house.act(deed("note", order=order.number, text="x" * 5_000, reason="")).outcome == "done"
    long = replace(noted, key="another", text="x" * 5_000)
    assert house.act(long).code == "too_long"


def test_what_only_a_person_can_do_there_is_said(house: House) -> None:
    for action in CHANNEL.can.by_person:
        assert house.act(deed(action, order="#1001")).outcome == "person"
    assert house.asked == []


def test_yen_have_no_digits_behind_the_point() -> None:
    class Yen(FakeShopify):
        currency = "JPY"

    house = House(Yen())
    order = house.fake.sell([{"paid": 5_900}], shipping=300)
    assert house.act(deed("agree_refund", order=order.number, amount=1_000, currency="JPY")).outcome == "done"
    assert refund_input(house)["transactions"][0]["amount"] == "1000"
    assert house.fake.ledger.moved(order.payment) == 1_000
    told = house.say(CHANNEL.order(ACCESS, order.number, SEAL))
    assert told is not None
    assert told.file["order"]["lines"][0]["paid"] == "5900"
    assert told.file["order"]["payments"][0] | {"reference": ""} == {
        "id": order.payment,
        "method": "card",
        "captured": "6200",
        "refunded": "1000",
        "reference": "",
    }


def test_a_page_ends_where_the_points_do_and_goes_on_from_there(house: House) -> None:
    for _ in range(4):
        house.fake.ask(house.fake.sell().number)
    window = Window(now() - timedelta(days=9), now() + timedelta(minutes=1))
    house.fake.points.most, house.fake.points.a_second = 2 * cost(read(DOCUMENTS["order"]), {}) + 100, 0
    first = house.say(CHANNEL.changed(ACCESS, window, SEAL))
    assert 0 < len(first.cases) < 4
    assert first.cursor
    house.fake.points.most = 10_000
    rest = house.say(CHANNEL.changed(ACCESS, replace(window, cursor=first.cursor), SEAL))
    assert [told.number for page in (first, rest) for told in page.cases] == [f"#{1001 + n}-R1" for n in range(4)]
    assert rest.cursor == ""
    house.fake.points.most = 0
    with pytest.raises(UnableToTalk) as told:
        house.say(CHANNEL.changed(ACCESS, window, SEAL))
    assert told.value.why == "throttled"


def test_two_payments_need_a_name_unless_only_one_has_enough() -> None:
    house = House()
    order = house.fake.sell()
    sale = house.fake.shapes.sale(order)
    gift = {**sale, "id": "gid://shopify/OrderTransaction/2", "gateway": "gift_card", "paymentId": "g1"}
    plain = {
        "id": "gid://shopify/Order/1",
        "presentmentCurrencyCode": "EUR",
        "transactions": [sale, gift],
        "refunds": [],
    }
    assert getattr(_parent(plain, "", 100, 2), "code", None) == "which_payment"
    assert _parent(plain, "g1", 100, 2) == gift
    assert _parent(plain, "2", 100, 2) == gift
    gone = {**sale, "id": "x", "kind": "REFUND", "parentTransaction": sale}
    assert _parent({**plain, "transactions": [sale, gift, gone]}, "", 100, 2) == gift


def test_a_refund_without_money_is_never_called_done() -> None:
    bare = {"id": "gid://shopify/Refund/1", "transactions": {"nodes": []}}
    receipt = of_refund(bare, deed("agree_refund", amount=1), {"presentmentCurrencyCode": "EUR"})
    assert receipt.outcome == "unknown"
    assert receipt.alarm


def test_a_disputed_payment_is_told_with_the_case(house: House) -> None:
    case = house.fake.ask(house.fake.sell().number)
    order = house.fake.market.order(case.order)
    payment = house.fake.ledger.payment(order.payment)
    assert isinstance(payment, Payment)
    house.fake.dispute(order.payment)
    told = house.say(CHANNEL.one(ACCESS, case.number, SEAL))
    assert told is not None
    assert getattr(told.made, "case", {})["dispute"] == {"stage": "evidence_due"}
