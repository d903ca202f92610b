"""Webhooks of Shopify: the signature decides, age does not, and what they are about is found in whatever shape they come."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amends.channels.shopify.pushes import sign
from amends.facts.platforms import Pushed
from amends.facts.wire import UnableToTrustNotice
from tests.rooms.channels.shopify_house import ACCESS, AT, CHANNEL

RETURN, ORDER = "gid://shopify/Return/945000959", "gid://shopify/Order/450789469"


def push(topic: str, content: Any, **headers: str) -> Pushed:
    body = json.dumps(content).encode() if not isinstance(content, bytes) else content
    given = {
        "x-shopify-topic": topic,
        "x-shopify-hmac-sha256": sign(ACCESS.values["client_secret"], body),
        "x-shopify-event-id": "e1",
        **headers,
    }
    [told] = CHANNEL.pushed(ACCESS, given, body, AT)
    return told


def test_the_signature_by_the_known_vector() -> None:
    assert sign("s3cr", b'{"id":1}') == "7XvBe8p9FkMWfc+zd6QNC1sZV8qyhPpO0VdpTQz/Y/E="


@pytest.mark.parametrize(
    ("topic", "content", "what", "number"),
    [
        ("returns/request", {"admin_graphql_api_id": RETURN, "order": {"id": 450789469}}, "case", RETURN),
        ("returns/approve", {"id": 945000959}, "case", RETURN),
        ("returns/close", {"return": {"admin_graphql_api_id": RETURN}}, "case", RETURN),
        ("returns/update", {"order": {"admin_graphql_api_id": ORDER}}, "order", ORDER),
        (
            "reverse_deliveries/attach_deliverable",
            {"id": 1, "return": {"admin_graphql_api_id": RETURN}},
            "case",
            RETURN,
        ),
        ("reverse_fulfillment_orders/dispose", {"order_id": 450789469}, "order", ORDER),
        ("refunds/create", {"id": 509562969, "order_id": 450789469}, "order", ORDER),
        ("disputes/create", {"id": 285332461, "order_id": 450789469}, "order", ORDER),
        ("orders/updated", {"id": 450789469, "name": "#1001"}, "order", ORDER),
        ("disputes/update", {"id": 285332461, "order_id": None}, "other", ""),
        ("returns/request", {}, "other", ""),
        ("returns/request", [], "other", ""),
        ("app/uninstalled", b"no json", "other", ""),
    ],
)
def test_what_is_to_be_read_again(topic: str, content: Any, what: str, number: str) -> None:
    told = push(topic, content)
    assert (told.what, told.number, told.kind) == (what, number, topic)


def test_the_same_event_has_the_same_id_and_its_other_messages_others() -> None:
    once = push("returns/approve", {"id": 1})
    assert push("returns/approve", {"id": 1}, **{"x-shopify-webhook-id": "w2"}).id == once.id
    assert push("orders/updated", {"id": 1}).id != once.id
    assert push("returns/process", {"id": 1}).id != once.id
    assert push("returns/approve", {"id": 2}).id != once.id


def test_a_late_one_is_as_good_as_any() -> None:
    old = (AT - timedelta(hours=5)).isoformat()
    assert push("returns/request", {"id": 1}, **{"x-shopify-triggered-at": old}).at == AT - timedelta(hours=5)


@pytest.mark.parametrize("given", ["", "x", "é", sign("other", b"{}"), sign("shpss_amends_fake", b"{ }")])
def test_without_the_right_signature_nothing_is_believed(given: str) -> None:
    with pytest.raises(UnableToTrustNotice):
        CHANNEL.pushed(ACCESS, {"x-shopify-topic": "returns/request", "x-shopify-hmac-sha256": given}, b"{}", AT)


def test_without_a_secret_of_ours_nothing_is_believed() -> None:
    bare = replace(ACCESS, values={})
    with pytest.raises(UnableToTrustNotice):
        CHANNEL.pushed(bare, {"x-shopify-hmac-sha256": sign("", b"{}")}, b"{}", AT)
