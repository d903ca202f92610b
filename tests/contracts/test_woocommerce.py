"""What only WooCommerce does: errors with status 500, refunds as often as asked, pings, pages that move, hooks turned off."""

from __future__ import annotations

import contextlib
import json
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from amends.carry_out.wire import UnableToReach
from amends.channels.woocommerce.calls import post
from amends.channels.woocommerce.orders import label
from amends.facts.channels import UnableToTalk
from amends.facts.deeds import Deed, DeedLine, DeedOutcome
from amends.facts.platforms import Window
from amends.facts.wire import WireAnswer, WireRequest
from amends.fakes.woocommerce import FakeWooCommerce
from tests.contracts.channel_world import ChannelWorld, channel_world, now, seal


@pytest.fixture
def shop() -> Iterator[ChannelWorld]:
    with channel_world("woocommerce") as found:
        yield found


def refund(shop: ChannelWorld, order: str, amount: int, **more: Any) -> Deed:
    return Deed(f"am{order}{amount}", "agree_refund", "case-1", order, amount=amount, currency="EUR", **more)


@pytest.mark.parametrize(
    ("method", "amount", "outcome", "code"),
    [
        ("stripe", 5_901, "failed", "over"),
        ("bacs", 5_900, "person", "gateway_without_refunds"),
        ("unheard-of", 5_900, "person", "gateway_refused"),
        ("stripe", 5_900, "done", ""),
    ],
)
def test_one_code_with_status_500_is_told_apart_by_what_the_shop_shows(
    shop: ChannelWorld, method: str, amount: int, outcome: DeedOutcome, code: str
) -> None:
    sold = shop.sold(detail={"payment_method": method})
    receipt = shop.act(refund(shop, sold.number, amount))
    assert (receipt.outcome, receipt.code) == (outcome, code)
    assert shop.fake.ledger.moved(sold.payment) == (amount if outcome == "done" else 0)


def test_a_gateway_that_declines_is_for_a_person_and_not_tried_for_ever(shop: ChannelWorld) -> None:
    sold = shop.sold()
    shop.fake.faults.set("refuse", times=1, method="POST")
    receipt = shop.act(refund(shop, sold.number, 5_900))
    assert (receipt.outcome, receipt.code) == ("person", "gateway_refused")
    assert "declined" in receipt.message


def test_the_shop_itself_pays_the_same_request_twice(shop: ChannelWorld) -> None:
    sold = shop.sold()
    content = {"amount": "10.00", "meta_data": [{"key": "amends_key", "value": "am1"}]}
    for _ in range(2):
        shop.wire.call(post(shop.access, f"orders/{sold.number}/refunds", content))
    assert shop.fake.ledger.moved(sold.payment) == 2_000
    told = shop.say(shop.channel.order(shop.access, sold.number, seal()))
    assert told is not None
    assert [(one.amount, one.key, one.moved) for one in told.refunds] == [(1_000, "am1", True)] * 2


def test_a_refund_of_ours_that_has_no_key_yet_is_neither_paid_again_nor_taken_as_paid(shop: ChannelWorld) -> None:
    """The shop keeps the refund first, calls the gateway, and writes our key last: killed between, it leaves this."""
    sold = shop.sold(lines=[{"paid": 20_000}])
    shop.wire.call(post(shop.access, f"orders/{sold.number}/refunds", {"amount": "59.00", "reason": label("case-1")}))
    deed = refund(shop, sold.number, 5_900)
    assert (shop.acted(deed).outcome, shop.act(deed).outcome) == ("unknown", "unknown")
    assert shop.fake.ledger.moved(sold.payment) == 5_900
    assert shop.acted(refund(shop, sold.number, 5_800)).outcome == "absent"


def test_another_refund_of_the_same_amount_by_a_person_is_not_ours(shop: ChannelWorld) -> None:
    sold = shop.sold(lines=[{"paid": 20_000}])
    shop.fake.refund_outside(sold.payment, 5_900)
    deed = refund(shop, sold.number, 5_900)
    assert shop.acted(deed).outcome == "absent"
    assert shop.act(deed).outcome == "done"
    assert shop.fake.ledger.moved(sold.payment) == 11_800


def test_what_the_shop_would_not_notice_is_refused_here(shop: ChannelWorld) -> None:
    sold = shop.sold()
    assert shop.act(replace(refund(shop, sold.number, 100), currency="USD")).code == "currency"
    assert shop.act(replace(refund(shop, sold.number, 100), currency="EUR", digits=0)).code == "currency"
    assert shop.act(refund(shop, sold.number, 0)).code == "amount"
    assert shop.act(refund(shop, "999", 100)).outcome == "failed"
    assert shop.act(refund(shop, "../orders", 100)).outcome == "failed"
    assert shop.fake.ledger.moved(sold.payment) == 0


def test_an_answer_with_another_amount_is_not_taken_as_done(shop: ChannelWorld) -> None:
    sold = shop.sold()
    shop.fake.faults.set("wrong_amount", times=1, method="POST")
    receipt = shop.act(refund(shop, sold.number, 5_900))
    assert receipt.outcome == "unknown"
    assert receipt.alarm


def test_money_is_told_to_the_shops_books_line_by_line_with_tax_apart_and_stock_left_alone(shop: ChannelWorld) -> None:
    sold = shop.sold(lines=[{"paid": 5_900}, {"paid": 1_001, "quantity": 2}], shipping=600)
    first, second = (line.id for line in sold.lines)
    lines = (DeedLine(first, 1, 5_900), DeedLine(second, 1, 500))
    sent: list[WireRequest] = []
    deed = refund(shop, sold.number, 7_000, lines=lines, shipping=600)
    assert tapped(shop, deed, sent.append).outcome == "done"
    content = json.loads(sent[-1].body)
    assert (content["amount"], content["api_refund"], content["api_restock"]) == ("70.00", True, False)
    assert [(item["id"], item.get("quantity")) for item in content["line_items"]] == [
        (int(first), 1), (int(second), 1), (int(sold.number) * 100, None),
    ]  # fmt: skip
    assert content["line_items"][0]["refund_total"] == "49.57"
    assert content["line_items"][0]["refund_tax"] == [{"id": 1, "refund_total": "9.43"}]
    assert sum_of(content["line_items"]) == 7_000


def test_more_for_the_lines_than_is_paid_is_cut_to_what_is_paid(shop: ChannelWorld) -> None:
    sold = shop.sold()
    sent: list[WireRequest] = []
    deed = refund(shop, sold.number, 3_333, lines=(DeedLine(sold.lines[0].id, 1, 5_900),))
    assert tapped(shop, deed, sent.append).outcome == "done"
    assert sum_of(json.loads(sent[-1].body)["line_items"]) == 3_333


def test_an_order_that_leaves_the_window_while_it_is_walked_hides_no_other(shop: ChannelWorld) -> None:
    numbers = [shop.sold().number for _ in range(shop.channel.can.page_size + 5)]
    since, until = now().replace(year=now().year - 1), now()
    page = shop.page(since, until)
    seen = [told.number for told in page.orders]
    gone = shop.fake.market.order(numbers[0])
    gone.updated_at = int(until.timestamp()) + 60
    cursor = page.cursor
    while cursor:
        page = shop.page(since, until, cursor)
        seen += [told.number for told in page.orders]
        cursor = page.cursor
    assert set(numbers) <= set(seen)


def test_money_that_no_case_file_can_hold_does_not_stop_the_others(shop: ChannelWorld) -> None:
    odd, sold = shop.sold(), shop.sold()
    odd.currency = "XBTC"
    _, listed = shop.everything()
    assert [told.number for told in listed] == [sold.number]
    with pytest.raises(UnableToTalk, match="XBTC"):
        shop.say(shop.channel.order(shop.access, odd.number, seal()))


def test_plain_http_is_spoken_to_this_machine_only(shop: ChannelWorld) -> None:
    far = replace(shop.access, url="http://shop.example.com")
    with pytest.raises(UnableToTalk) as told:
        shop.say(shop.channel.probe(far, seal()))
    assert (told.value.why, told.value.code) == ("refused", "not_https")
    assert shop.say(shop.channel.act(far, refund(shop, "1001", 100), seal())).outcome == "unknown"


def test_a_new_webhook_is_tried_with_an_unsigned_ping_that_says_nothing(shop: ChannelWorld) -> None:
    shop.wire.call(post(shop.access, "webhooks", {"delivery_url": shop.ear.url, "topic": "order.updated"}))
    headers, body = shop.heard()[0]
    assert body == b"webhook_id=1"
    assert shop.channel.pushed(shop.access, headers, body, now()) == ()


def test_a_signature_of_the_shop_as_published() -> None:
    from amends.wiring.channels import BY_NAME

    with channel_world("woocommerce") as shop:
        access = replace(shop.access, values={"webhook_secret": "s3cr"})
        headers = {
            "x-wc-webhook-signature": "7XvBe8p9FkMWfc+zd6QNC1sZV8qyhPpO0VdpTQz/Y/E=",
            "x-wc-webhook-topic": "order.updated",
        }
        (told,) = BY_NAME["woocommerce"].pushed(access, headers, b'{"id":1}', now())
    assert (told.what, told.number, told.kind) == ("order", "1", "order.updated")


def test_without_a_secret_nothing_is_trusted(shop: ChannelWorld) -> None:
    from amends.facts.wire import UnableToTrustNotice

    access = replace(shop.access, values={**shop.access.values, "webhook_secret": ""})
    shop.sold()
    headers, body = shop.heard()[0]
    with pytest.raises(UnableToTrustNotice, match="webhook_secret"):
        shop.channel.pushed(access, headers, body, now())


def test_after_five_refusals_in_a_row_the_fake_turns_its_webhook_off_as_the_shop_does() -> None:
    fake = FakeWooCommerce()
    try:
        fake.courier.aim("http://127.0.0.1:9/none")
        for _ in range(5):
            fake.log("webhook", status=500)
        assert fake.told_order(fake.sell(), "updated") == []
        fake.log("webhook", status=200)
        assert len(fake.told_order(fake.sell(), "updated")) == 1
    finally:
        fake.end()


def test_over_plain_http_the_fake_looks_at_no_password() -> None:
    with channel_world("woocommerce") as shop, pytest.raises(OSError, match="401"):
        urllib.request.urlopen(f"{shop.server.url}/wp-json/wc/v3/orders", timeout=5)


@pytest.mark.parametrize("fault", ["drop_after", "drop_before", "error_after", "malformed"])
def test_a_note_is_written_once(shop: ChannelWorld, fault: str) -> None:
    sold = shop.sold()
    deed = Deed("am77", "note", "case-1", sold.number, text="refunded 59.00")
    shop.fake.faults.set(fault, times=1, method="POST")
    with contextlib.suppress(UnableToReach):
        assert shop.act(deed).outcome == "unknown"
    assert shop.act(deed).outcome == "done"
    notes = shop.fake.market.order(sold.number).detail["notes"]
    assert [note["note"] for note in notes] == ["refunded 59.00\n[am77]"]


def test_what_it_does_not_know_is_for_a_person(shop: ChannelWorld) -> None:
    sold = shop.sold()
    assert shop.act(Deed("am1", "ship_replacement", "case-1", sold.number)).outcome == "person"
    assert shop.acted(Deed("am1", "ship_replacement", "case-1", sold.number)).outcome == "person"


def tapped(shop: ChannelWorld, deed: Deed, hear: Callable[[WireRequest], None]) -> Any:
    """The receipt of a deed, every POST heard."""

    def call() -> Any:
        told = shop.channel.act(shop.access, deed, seal())
        answer: WireAnswer | None = None
        while True:
            try:
                request = next(told) if answer is None else told.send(answer)
            except StopIteration as end:
                return end.value
            if request.method == "POST":
                hear(request)
            answer = shop.wire.call(request)

    return call()


def sum_of(items: list[dict[str, Any]]) -> int:
    texts = [item["refund_total"] for item in items] + [
        tax["refund_total"] for item in items for tax in item["refund_tax"]
    ]
    return sum(int(text.replace(".", "")) for text in texts)


def test_questions_are_marked_so_that_no_cache_answers_them_with_what_was_before(shop: ChannelWorld) -> None:
    sold = shop.sold()
    deed = refund(shop, sold.number, 100)
    shop.acted(deed)
    shop.acted(deed)
    asked = [event["target"] for event in shop.fake.events if event["what"] == "call"]
    assert len(asked) == len(set(asked)) == 2


def test_without_paging_headers_a_full_page_still_leads_to_the_next(shop: ChannelWorld) -> None:
    numbers = {shop.sold().number for _ in range(shop.channel.can.page_size + 1)}
    seen: set[str] = set()
    cursor, last = "", False
    while not last:
        told = shop.channel.changed(shop.access, Window(now().replace(year=now().year - 1), now(), cursor), seal())
        answer = shop.wire.call(next(told))
        with pytest.raises(StopIteration) as end:
            told.send(replace(answer, headers={}))
        seen |= {order.number for order in end.value.value.orders}
        cursor = end.value.value.cursor
        last = not cursor
    assert seen == numbers
