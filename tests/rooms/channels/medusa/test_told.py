"""Orders and returns as Medusa 2.21.2 wrote them (an order with a return paid back, one with an exchange), and what is made of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.channels.medusa import reading
from amends.channels.medusa.orders import case_in, key_in, note_of
from amends.channels.medusa.standing import STATUSES, status_of
from amends.facts.channels import Access
from amends.facts.imported import CaseMade, ShopSetting
from amends.facts.platforms import Page, Window
from amends.facts.read_case import read_case
from tests.rooms.channels.talks import answered

HERE = Path(__file__).parent
ACCESS = Access(ShopSetting("medusa", "medusa", "DE", "EUR"), "https://api.example.com", {"secret_key": "sk_1"})
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


def payload(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def page() -> Page:
    window = Window(AT - timedelta(days=1), AT)
    return answered(reading.changed(ACCESS, window), payload("orders"), payload("returns"))


def test_a_return_that_was_received_and_paid_back(page: Page) -> None:
    told = page.cases[0]
    assert (told.status, told.standing, told.final, told.by_itself, told.alarms) == (
        "received:refunded", "succeeded", False, "", (),
    )  # fmt: skip
    assert isinstance(told.made, CaseMade)
    case = read_case(told.made.case)
    assert (case.request.kind, case.request.reason, told.made.state) == ("return_refund", "wrong_size", "closed")
    assert [(item.line.id, item.quantity) for item in case.request.lines] == [(case.order.lines[0].id, 1)]
    (refund,) = told.refunds
    assert (refund.amount, refund.currency, refund.moved) == (5_990, "EUR", True)
    assert refund.key.startswith("am")
    assert told.made.case["return_parcel"]["signed_at"]
    assert told.made.case["request"]["agreed_at"]


def test_what_was_paid_is_put_together_again_from_totals_that_have_shrunk(page: Page) -> None:
    order = payload("orders")["orders"][0]
    assert str(order["items"][0]["total"]) == "59.9"
    file = page.orders[0].file["order"]
    assert [(line["quantity"], line["paid"], line["list_price"]) for line in file["lines"]] == [(2, "119.80", "59.90")]
    assert file["shipping_paid"] == "5.00"
    assert [(one["captured"], one["refunded"]) for one in file["payments"]] == [("124.80", "59.90")]


def test_an_exchange_is_told_as_one_and_its_new_goods_are_no_line_that_was_sold(page: Page) -> None:
    told = page.cases[1]
    assert (told.status, told.standing) == ("received:exchange_delivered", "succeeded")
    assert isinstance(told.made, CaseMade)
    assert told.made.case["request"]["kind"] == "exchange"
    assert len(payload("orders")["orders"][1]["items"]) == 2
    assert [line["paid"] for line in told.made.case["order"]["lines"]] == ["119.80"]
    assert len(told.made.case["shipments"]) == 1


@pytest.mark.parametrize(
    ("own", "change", "status"),
    [
        ("requested", {}, "requested"),
        ("partially_received", {}, "partially_received"),
        ("received", {"summary": {"pending_difference": "-59.9"}}, "received"),
        ("received", {"summary": {"pending_difference": 0}}, "received:refunded"),
        ("canceled", {}, "canceled"),
        ("half_way", {}, "half_way"),
    ],
)
def test_a_status_without_any_refund_or_mark(own: str, change: dict[str, Any], status: str) -> None:
    order = {**payload("orders")["orders"][0], "payment_collections": [], "metadata": None, **change}
    found = {**payload("returns")["returns"][0], "status": own}
    assert status_of(found, order) == status
    assert (status in STATUSES) == (own != "half_way")


def test_a_note_holds_case_and_key_and_gives_them_back() -> None:
    assert key_in(note_of("return_1", "am77")) == "am77"
    assert case_in(note_of("return_1", "am77")) == "return_1"
    assert key_in("Amends by hand") == case_in("Sorry [really]") == key_in("") == ""
