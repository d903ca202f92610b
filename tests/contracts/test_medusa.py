"""What only Medusa does: receipts in three steps, labels before cancelling, refunds that are known before they are paid."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from amends.carry_out.wire import UnableToReach
from amends.channels.medusa.calls import post_text
from amends.facts.deeds import Deed, DeedLine
from amends.facts.imported import CaseMade
from amends.facts.wire import UnableToTrustNotice
from tests.contracts.channel_world import ChannelWorld, channel_world, now, seal


@pytest.fixture
def shop() -> Iterator[ChannelWorld]:
    with channel_world("medusa") as found:
        yield found


def refund(shop: ChannelWorld, order: str, amount: int, **more: Any) -> Deed:
    return Deed(f"am{amount}", "agree_refund", "return_00000001", order, amount=amount, currency="EUR", **more)


def made(shop: ChannelWorld, number: str) -> dict[str, Any]:
    told = shop.one(number).made
    assert isinstance(told, CaseMade)
    return told.case


def test_the_server_itself_pays_the_same_request_twice(shop: ChannelWorld) -> None:
    sold = shop.sold()
    for _ in range(2):
        shop.wire.call(post_text(shop.access, f"payments/{sold.payment}/refund", '{"amount":10.00,"note":"same"}'))
    assert shop.fake.ledger.moved(sold.payment) == 2_000
    told = shop.say(shop.channel.order(shop.access, sold.number, seal()))
    assert told is not None
    assert [(one.amount, one.key, one.payment, one.moved) for one in told.refunds] == [
        (1_000, "", sold.payment, True)
    ] * 2


def test_a_refund_that_its_provider_has_not_answered_yet_is_under_way_and_not_paid_again(shop: ChannelWorld) -> None:
    case = shop.asked("return_refund")
    deed = shop.deed("agree_refund", case)
    for fault in ("pending", "drop_after"):
        shop.fake.faults.set(fault, times=1, method="POST")
    with pytest.raises(UnableToReach):
        shop.act(deed)
    assert shop.acted(deed).outcome == shop.act(deed).outcome == "pending"
    assert shop.one(case.number).standing == "requested"
    (under_way,) = shop.fake.ledger.refunds()
    shop.fake.finish(under_way.id)
    assert shop.acted(deed).outcome == "done"
    assert shop.one(case.number).status == "requested:refunded"


def test_a_refund_that_its_provider_turned_down_is_gone_and_absent(shop: ChannelWorld) -> None:
    deed = shop.deed("agree_refund", shop.asked("return_refund"))
    shop.fake.faults.set("pending", times=1, method="POST")
    shop.act(deed)
    (under_way,) = shop.fake.ledger.refunds()
    shop.fake.finish(under_way.id, "failed")
    assert shop.acted(deed).outcome == "absent"


def test_where_the_server_broke_off_a_person_looks_at_the_provider(shop: ChannelWorld) -> None:
    case = shop.asked("return_refund")
    shop.fake.faults.set("refuse", times=1, method="POST")
    receipt = shop.act(shop.deed("agree_refund", case))
    assert (receipt.outcome, receipt.code) == ("person", "provider_unknown_error")
    assert receipt.alarm


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"currency": "USD"}, "currency"),
        ({"digits": 0}, "currency"),
        ({"amount": 0}, "amount"),
        ({"payment": "pay_other"}, "over"),
    ],
)
def test_what_the_server_would_not_notice_is_refused_here(
    shop: ChannelWorld, change: dict[str, Any], code: str
) -> None:
    sold = shop.sold()
    receipt = shop.act(replace(refund(shop, sold.number, 100), **change))
    assert (receipt.outcome, receipt.code) == ("failed", code)
    assert shop.act(refund(shop, "order_nobody", 100)).outcome == "failed"
    assert shop.fake.ledger.moved(sold.payment) == 0


def test_a_case_name_cannot_break_out_of_the_note(shop: ChannelWorld) -> None:
    sold = shop.sold()
    deed = replace(refund(shop, sold.number, 100), case='x","amount":5900,"y":"[z')
    assert shop.act(deed).outcome == "done"
    assert shop.fake.ledger.moved(sold.payment) == 100
    assert shop.acted(deed).outcome == "done"


@pytest.mark.parametrize("step", ["/receive", "/receive-items", "/receive/confirm"])
def test_a_receipt_that_broke_off_is_gone_on_with(shop: ChannelWorld, step: str) -> None:
    case = shop.ready("confirm_receipt")
    deed = shop.deed("confirm_receipt", case)
    shop.fake.faults.set("drop_after", times=1, method="POST", path=step)
    with contextlib.suppress(UnableToReach):
        shop.act(deed)
    assert shop.acted(deed).outcome in ("absent", "done")
    assert shop.act(deed).outcome == "done"
    (change,) = shop.fake.market.order(case.order).detail["changes"]
    assert (change["status"], len(change["actions"])) == ("confirmed", 1)
    assert shop.one(case.number).status == "received"


def test_an_order_that_somebody_is_changing_over_there_is_left_to_people(shop: ChannelWorld) -> None:
    case = shop.ready("confirm_receipt")
    shop.act(replace(shop.deed("confirm_receipt", case), key="begun"))
    shop.fake.market.order(case.order).detail["changes"][0] |= {"status": "pending", "description": "by hand"}
    shop.fake.force(case.number, "awaiting_return", received_at=0)
    assert shop.act(shop.deed("confirm_receipt", case)).code == "order_is_edited"


def test_only_the_pieces_that_came_are_received(shop: ChannelWorld) -> None:
    sold = shop.sold(lines=[{"paid": 5_900, "quantity": 3}])
    case = shop.fake.ask(sold.number, "return_refund")
    deed = replace(shop.deed("confirm_receipt", case), lines=(DeedLine(sold.lines[0].id, 2),))
    assert shop.act(deed).outcome == "done"
    (change,) = shop.fake.market.order(sold.number).detail["changes"]
    assert [action["details"]["quantity"] for action in change["actions"]] == [2]


def test_what_was_canceled_is_stale(shop: ChannelWorld) -> None:
    case = shop.asked("return_refund")
    deeds = [shop.deed(action, case) for action in ("agree_return", "refuse", "confirm_receipt")]
    shop.fake.by_hand(case.number, "withdraw")
    assert [shop.act(deed).outcome for deed in deeds] == ["stale"] * 3


def test_agreeing_leaves_other_marks_at_the_order_alone_and_tells_when(shop: ChannelWorld) -> None:
    case = shop.asked("return_refund")
    shop.fake.market.order(case.order).detail["metadata"] = {"erp": "4711"}
    assert shop.act(shop.deed("agree_return", case)).outcome == "done"
    assert shop.fake.market.order(case.order).detail["metadata"]["erp"] == "4711"
    assert abs((now() - shop.one(case.number).updated_at).total_seconds()) < 60
    assert made(shop, case.number)["request"]["agreed_at"]


def test_a_draft_is_no_case_yet(shop: ChannelWorld) -> None:
    case = shop.asked("return_refund")
    shop.fake.force(case.number, "requested", strange="open")
    assert shop.say(shop.channel.one(shop.access, case.number, seal())) is None
    assert shop.everything()[0] == []


def test_what_was_paid_is_told_whole_after_goods_came_back_and_an_exchange_adds_no_line(shop: ChannelWorld) -> None:
    case = shop.asked("exchange")
    before = made(shop, case.number)["order"]
    shop.act(shop.deed("confirm_receipt", case))
    after = made(shop, case.number)
    assert after["order"] == before
    assert [line["paid"] for line in before["lines"]] == ["59.00"]
    assert after["return_parcel"]["signed_at"]
    assert shop.one(case.number).standing == "awaiting_replacement"


def test_nothing_that_comes_by_push_is_trusted(shop: ChannelWorld) -> None:
    with pytest.raises(UnableToTrustNotice):
        shop.channel.pushed(shop.access, {}, b"{}", now())
