"""The stand-in for Shopify: keys that outlive it, states that are enforced, points, webhooks, doors for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from amends.channels.shopify.documents import DOCUMENTS
from amends.fakes.admin import administer
from amends.fakes.calls import Call
from amends.fakes.shopify import TOKEN, FakeShopify

ADDRESS = "/admin/api/2026-10/graphql.json"


def ask(fake: FakeShopify, document: str, token: str = TOKEN, **variables: Any) -> dict[str, Any]:
    body = json.dumps({"query": DOCUMENTS.get(document, document), "variables": variables}).encode()
    reply = fake.serve(Call("POST", ADDRESS, {"x-shopify-access-token": token}, body))
    assert reply is not None
    found: dict[str, Any] = json.loads(reply.body)
    return found


def refund(fake: FakeShopify, key: str, amount: str = "10.00", **more: Any) -> dict[str, Any]:
    order = fake.market.order("#1001")
    move = {"orderId": fake.shapes.order_gid("#1001"), "parentId": fake.shapes.sale(order)["id"]}
    move |= {"gateway": "shopify_payments", "kind": "REFUND", "amount": amount}
    return ask(fake, "refund", input={"orderId": move["orderId"], "transactions": [move], **more}, key=key)


def test_a_key_pays_once_also_after_a_restart(tmp_path: Path) -> None:
    file = str(tmp_path / "shop.db")
    fake = FakeShopify(file)
    payment = fake.sell().payment
    first = refund(fake, "k1")
    fake.end()
    fake = FakeShopify(file)
    again = refund(fake, "k1")
    assert again["data"] == first["data"]
    assert fake.ledger.moved(payment) == 1_000
    other = refund(fake, "k1", "11.00")
    assert other["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_PARAMETER_MISMATCH"
    assert refund(fake, "k2")["data"]["refundCreate"]["userErrors"] == []
    assert fake.ledger.moved(payment) == 2_000
    fake.end()


@pytest.mark.parametrize("key", ["", "   "])
def test_without_a_key_nothing_is_paid(key: str) -> None:
    fake = FakeShopify()
    payment = fake.sell().payment
    assert "@idempotent" in refund(fake, key)["errors"][0]["message"]
    assert fake.ledger.moved(payment) == 0


def test_what_is_refused_was_not_done_and_leaves_its_key_free() -> None:
    fake = FakeShopify()
    order = fake.sell([{"paid": 1_000}])
    over = refund(fake, "k1", "10.01")["data"]["refundCreate"]
    assert over["refund"] is None
    assert over["userErrors"][0]["message"].startswith("Refund amount")
    lines = [{"lineItemId": f"gid://shopify/LineItem/{order.lines[0].id}", "quantity": 2}]
    assert refund(fake, "k1", refundLineItems=lines)["data"]["refundCreate"]["userErrors"]
    assert refund(fake, "k1", currency="USD")["data"]["refundCreate"]["userErrors"]
    assert fake.ledger.moved(order.payment) == 0
    assert refund(fake, "k1")["data"]["refundCreate"]["userErrors"] == []


def test_states_are_enforced() -> None:
    fake = FakeShopify()
    case = fake.ask(fake.sell().number)
    identity = fake.shapes.return_gid(case.number)

    def codes(document: str, **variables: Any) -> list[str]:
        [payload] = ask(fake, document, **variables)["data"].values()
        return [error["code"] for error in payload["userErrors"]]

    assert codes("close", id=identity) == ["INVALID_STATE"]
    assert codes("approve", input={"id": "gid://shopify/Return/1"}) == ["NOT_FOUND"]
    assert codes("approve", input={"id": identity}) == []
    assert codes("approve", input={"id": identity}) == ["INVALID_STATE"]
    assert codes("decline", input={"id": identity, "declineReason": "OTHER"}) == ["INVALID_STATE"]
    line = {"reverseFulfillmentOrderLineItemId": f"gid://shopify/ReverseFulfillmentOrderLineItem/{case.lines[0]}"}
    assert codes("dispose", items=[{**line, "quantity": 1, "dispositionType": "RESTOCKED"}]) == ["BLANK"]
    assert codes("dispose", items=[{**line, "quantity": 2, "dispositionType": "MISSING"}]) == ["INVALID"]
    assert codes("dispose", items=[{**line, "quantity": 1, "dispositionType": "MISSING"}]) == []
    assert codes("close", id=identity) == []
    assert codes("close", id=identity) == ["INVALID_STATE"]


def test_only_its_own_token_is_let_in() -> None:
    fake = FakeShopify()
    body = json.dumps({"query": DOCUMENTS["probe"]}).encode()
    reply = fake.serve(Call("POST", ADDRESS, {"x-shopify-access-token": "shpat_other"}, body))
    assert reply is not None
    assert reply.status == 401


@pytest.mark.parametrize(
    "text",
    ["{ products(first: 1) { nodes { id } } }", "mutation { orderCancel { id } }", "{ shop { email } }", "{ shop {"],
)
def test_what_it_does_not_know_it_says(text: str) -> None:
    assert ask(FakeShopify(), text)["errors"][0]["extensions"]["code"] == "notKnownHere"


def test_too_dear_a_document_and_too_few_points() -> None:
    fake = FakeShopify()
    dear = ask(fake, "{ orders(first: 250) { nodes { id lineItems(first: 50) { nodes { id } } } } }")
    assert dear["errors"][0]["extensions"]["code"] == "MAX_COST_EXCEEDED"
    fake.points.most, fake.points.a_second = 5, 0
    poor = ask(
        fake, "changed", first=20, query="updated_at:>='2026-01-01T00:00:00Z' AND updated_at:<'2027-01-01T00:00:00Z'"
    )
    assert poor["errors"][0]["extensions"]["code"] == "THROTTLED"
    assert poor["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"] == 5
    assert ask(fake, "probe")["extensions"]["cost"]["requestedQueryCost"] == 3


def test_people_sell_and_ask_through_its_doors() -> None:
    fake = FakeShopify()

    def door(path: str, **content: Any) -> Any:
        return json.loads(administer(fake, Call("POST", f"/__fake__/{path}", {}, json.dumps(content).encode())).body)

    assert door("orders", lines=[{"paid": 100}])["number"] == "#1001"
    assert door("cases", order="#1001", kind="refund_only")["kind"] == "return_refund"
    assert door("cases", order="#1001")["number"] == "#1001-R2"
    topics = [told.kind for told in fake.courier.held]
    assert topics == ["orders/create", "returns/request", "returns/request"]
    fake.refund_outside("pay-#1001", 10)
    fake.dispute("pay-#1001")
    assert [told.kind for told in fake.courier.held][3:] == ["refunds/create", "disputes/create"]
