"""Whatever is sent, asked and spoilt in whatever order: no success without money, no failure with it, never too much."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.carry_out.wire import UnableToReach
from tests.contracts.gateway_world import NAMES, PAID, world

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["send", "ask", "finish", "settle"]),
        st.integers(0, 2),
        st.sampled_from(
            [None, None, "drop_after", "drop_before", "error_after", "malformed", "wrong_amount", "refuse"]
        ),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_in_any_order_no_success_without_money_and_never_too_much(name: str, steps: list[Any]) -> None:
    with world(name) as there:
        payment = there.paid()
        orders = [there.order(payment, amount) for amount in (4_000, 4_000, 4_000)]
        for what, place, fault in steps:
            if fault:
                there.fault(fault)
            order = orders[place]
            try:
                if what == "finish":
                    there.finish()
                    continue
                receipt = {"send": there.send, "ask": there.ask, "settle": there.settle}[what](order)
            except UnableToReach:
                continue
            if receipt.outcome == "succeeded":
                held = [refund for refund in there.server.fake.ledger.refunds(payment.id) if refund.was_moved]
                assert receipt.reference in {refund.id for refund in held} | {refund.key for refund in held} | {
                    payment.id
                }
        balance = there.balance(payment)
        assert balance["refunded"] + balance["pending"] <= PAID
        assert balance["refunded"] + balance["pending"] in (0, 4_000, 8_000)
        there.server.fake.faults.clear()
        there.finish()
        for order in orders:
            receipt = there.try_send(order)
            if receipt.outcome not in ("succeeded", "failed"):
                receipt = there.ask(replace(order, reference=receipt.reference or ""))
            held = [one for one in there.server.fake.ledger.refunds(payment.id) if one.key == order.key]
            moved = [one.amount for one in held if one.state != "failed"]
            assert len(moved) <= 1
            assert (receipt.outcome, moved) not in (
                ("succeeded", []),
                ("failed", [order.amount]),
                ("absent", [order.amount]),
            )
