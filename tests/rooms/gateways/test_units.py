"""The same sum of money in the units of each gateway, where they are others than the standard's."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.basics.currencies import EXPONENTS
from amends.carry_out.collecting import said
from amends.facts.collect import CollectOrder
from amends.facts.wire import RefundOrder, Seal, UnableToSend, WireAnswer, WireRequest
from amends.gateways.adyen import Adyen, AdyenConfig
from amends.gateways.paypal import PayPal, PayPalConfig
from amends.gateways.stripe import Stripe, StripeConfig
from amends.gateways.units import ADYEN, PAYPAL, STRIPE, Units
from tests.rooms.gateways.test_adyen import NOW

SEAL = Seal(NOW, "nonce")
GATEWAYS: dict[str, Any] = {
    "stripe": Stripe(StripeConfig("sk", ("whsec",))),
    "adyen": Adyen(AdyenConfig("key", "Acct", ("ff" * 32,))),
    "paypal": PayPal(PayPalConfig("id", "secret", "hook", "")),
}


def wanted(body: bytes) -> str:
    """The amount in the body of a request, as it stands there."""
    if body.startswith(b"{"):
        amount = json.loads(body).get("amount") or json.loads(body)["purchase_units"][0]["amount"]
        return str(amount["value"])
    found = parse_qs(body.decode())
    return (found.get("amount") or found["line_items[0][price_data][unit_amount]"])[0]


class Ear:
    """A wire that hears what would be sent."""

    def __init__(self) -> None:
        self.heard: list[WireRequest] = []

    def call(self, request: WireRequest) -> WireAnswer:
        self.heard.append(request)
        return WireAnswer(503, {}, b"")


@pytest.mark.parametrize(
    ("gateway", "currency", "amount", "digits", "there"),
    [
        ("stripe", "EUR", 4_950, 2, "4950"),
        ("stripe", "JPY", 5_000, 0, "5000"),
        ("stripe", "ISK", 5_000, 0, "500000"),
        ("stripe", "UGX", 5_000, 0, "500000"),
        ("stripe", "MGA", 500_000, 2, "5000"),
        ("stripe", "KWD", 5_120, 3, "5120"),
        ("adyen", "IDR", 1_500_000, 2, "15000"),
        ("adyen", "CLP", 15_000, 0, "1500000"),
        ("adyen", "BHD", 5_124, 3, "5124"),
        ("paypal", "TWD", 30_000, 2, "300"),
        ("paypal", "JPY", 300, 0, "300"),
        ("paypal", "EUR", 4_950, 2, "49.50"),
    ],
)
def test_what_goes_back_and_what_is_asked_for_is_the_same_sum_there(
    gateway: str, currency: str, amount: int, digits: int, there: str
) -> None:
    door = GATEWAYS[gateway]
    assert wanted(door.send(RefundOrder("am01", amount, currency, digits, "P1", amount, "", 1), SEAL).body) == there
    ear = Ear()
    said(ear, door.collecting, CollectOrder("am01", "link", amount, currency, digits), SEAL, sends=True)
    assert wanted(ear.heard[0].body) == there


@pytest.mark.parametrize(
    ("gateway", "currency", "amount", "digits"),
    [
        ("stripe", "KWD", 5_124, 3),
        ("stripe", "MGA", 101, 2),
        ("adyen", "IDR", 150_050, 2),
        ("paypal", "HUF", 10_050, 2),
    ],
)
def test_what_cannot_be_said_there_to_the_unit_is_not_sent(
    gateway: str, currency: str, amount: int, digits: int
) -> None:
    door = GATEWAYS[gateway]
    with pytest.raises(UnableToSend, match=f"{gateway} takes {currency}"):
        door.send(RefundOrder("am01", amount, currency, digits, "P1", amount, "", 1), SEAL)
    ear = Ear()
    found = said(ear, door.collecting, CollectOrder("am01", "link", amount, currency, digits), SEAL, sends=True)
    assert (found.outcome, found.code, ear.heard) == ("failed", "unable_to_send", [])


@given(st.sampled_from([STRIPE, ADYEN, PAYPAL]), st.sampled_from(sorted(EXPONENTS)), st.integers(1, 10**9))
def test_what_is_said_there_is_read_back_as_the_same(units: Units, currency: str, amount: int) -> None:
    try:
        there = units.theirs(amount, currency)
    except UnableToSend:
        assert amount % 1_000
        return
    assert units.ours(there, currency) == amount


def test_an_amount_that_our_units_cannot_hold_agrees_with_no_lesser_one() -> None:
    assert STRIPE.ours(1_050, "ISK") == 11
    assert (STRIPE.ours(None, "ISK"), STRIPE.ours(5, None)) == (None, 5)
