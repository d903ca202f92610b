"""Gateways and routes out of `gateways.yaml`: each fault names its field."""

from __future__ import annotations

import pytest

from amends.carry_out.runner import InHouse
from amends.gateways.stripe import Stripe
from amends.wiring.ways import WANTED, UnableToReadWays, read_ways

STRIPE = "gateways:\n  stripe: {secret_key: sk, webhook_secrets: [a, b]}\n"


def test_without_a_file_everything_is_paid_by_hand_or_in_house() -> None:
    ways = read_ways("")
    assert set(ways.routes("any")) == set(WANTED)
    assert ways.routes("any")["card"] == "manual"
    assert ways.routes("any")["gift_card"] == "gift_card"
    assert all(isinstance(way, InHouse) for way in ways.gateways.values())
    assert ways.hosts == frozenset()


def test_a_gateway_is_built_and_routed_to() -> None:
    ways = read_ways(STRIPE + "routes:\n  default: {card: stripe}\n  shops:\n    acme: {card: manual}\n")
    found = ways.gateways["stripe"]
    assert isinstance(found, Stripe)
    assert found.config.webhook_secrets == ("a", "b")
    assert ways.routes("other")["card"] == "stripe"
    assert ways.routes("acme")["card"] == "manual"
    assert ways.hosts == {"api.stripe.com", "files.stripe.com"}
    assert set(ways.can) == {"stripe"}


def test_two_accounts_of_one_kind_have_names_of_their_own() -> None:
    uk = "  stripe_uk: {kind: stripe, secret_key: a, webhook_secrets: [x]}\n"
    us = "  stripe_us: {kind: stripe, secret_key: b, webhook_secrets: [y]}\n"
    text = f"gateways:\n{uk}{us}"
    assert {name for name in read_ways(text).gateways if name.startswith("stripe")} == {"stripe_uk", "stripe_us"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("gateways: [1]", "gateways: a mapping"),
        ("gateway: {}", "not gateway"),
        ("[1]", "gateways and routes"),
        ("{", "not YAML"),
        ("gateways: {strip: {}}", "gateways.strip.kind: 'strip' is not one of"),
        ("gateways: {stripe: {webhook_secrets: [a]}}", "gateways.stripe.secret_key: this is needed"),
        ("gateways: {stripe: {secret_key: a, webhook_secrets: [b], secret: c}}", "gateways.stripe.secret: unknown"),
        (STRIPE + "routes: {default: {cards: stripe}}", "routes.default.cards: not one of"),
        (STRIPE + "routes: {default: {card: strip}}", "routes.default.card: there is no gateway 'strip'"),
        (STRIPE + "routes: {shops: {a: {card: x}}}", "routes.shops.a.card"),
        (
            "gateways: {wechat_pay: {merchant: m, serial: s, private_key: nope, api_v3_key: k, platform_keys: {a: b}}}",
            "gateways.wechat_pay",
        ),
    ],
)
def test_a_fault_names_its_field(text: str, told: str) -> None:
    with pytest.raises(UnableToReadWays) as caught:
        read_ways(text)
    assert told in str(caught.value)
