"""A fake's money: whatever is tried in whatever order, no more goes back than came in, and a file remembers all of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.fakes.ledger import Ledger, Payment, Refund, Shelf, UnableToMove

CAPTURED = 1_000


def refund(number: int, amount: int, **changes: Any) -> Refund:
    settings: dict[str, Any] = {"currency": "EUR", "state": "succeeded", "payment": "p1"} | changes
    return Refund(f"r{number}", f"k{number}", amount=amount, at=0, **settings)


@pytest.fixture
def ledger() -> Ledger:
    found = Ledger(Shelf())
    found.capture(Payment("p1", CAPTURED, "EUR", 0))
    return found


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("refund"), st.integers(-5, 700), st.sampled_from(["pending", "succeeded"])),
            st.tuples(st.just("move"), st.integers(0, 20), st.sampled_from(["pending", "succeeded", "failed"])),
        ),
        max_size=25,
    )
)
def test_balances_hold_whatever_is_tried(steps: list[tuple[str, int, Any]]) -> None:
    with TemporaryDirectory() as folder:
        file = str(Path(folder) / "money.sqlite3")
        shelf = Shelf(file)
        ledger = Ledger(shelf)
        ledger.capture(Payment("p1", CAPTURED, "EUR", 0))
        for number, (what, value, state) in enumerate(steps):
            with suppress(UnableToMove):
                if what == "refund":
                    ledger.refund(refund(number, value, state=state))
                else:
                    ledger.move(f"r{value}", state)
            balance = ledger.balance("p1")
            assert balance["refunded"] + balance["pending"] + balance["left"] == CAPTURED
            assert min(balance["refunded"], balance["pending"], balance["left"]) >= 0
            assert balance["refunded"] == sum(one.amount for one in ledger.refunds("p1") if one.state == "succeeded")
        shelf.close()
        again = Shelf(file)
        assert Ledger(again).refunds() == ledger.refunds()
        assert Ledger(again).balance("p1") == ledger.balance("p1")
        again.close()


def test_refunds_keep_their_order_in_the_file_whatever_becomes_of_them() -> None:
    shelf = Shelf()
    ledger = Ledger(shelf)
    ledger.capture(Payment("p1", CAPTURED, "EUR", 0))
    for number in range(3):
        ledger.refund(refund(number, 1, state="pending"))
    ledger.move("r0", "succeeded")
    assert [one.id for one in Ledger(shelf).refunds()] == ["r0", "r1", "r2"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"amount": 1_001}, "over"),
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": 1, "currency": "USD"}, "currency"),
        ({"amount": 1, "payment": "p2"}, "no_payment"),
    ],
)
def test_what_cannot_be_moved_is_refused_with_its_reason(ledger: Ledger, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(UnableToMove) as caught:
        ledger.refund(refund(1, **changes))
    assert caught.value.why == why
    assert ledger.left("p1") == CAPTURED


def test_a_refund_that_failed_frees_its_money_and_stays_failed(ledger: Ledger) -> None:
    ledger.refund(refund(1, CAPTURED))
    assert ledger.left("p1") == 0
    turned = ledger.move("r1", "failed")
    assert (ledger.left("p1"), turned.was_moved) == (CAPTURED, True)
    with pytest.raises(UnableToMove, match="cannot become succeeded"):
        ledger.move("r1", "succeeded")


def test_a_payment_that_was_charged_back_pays_nothing_more(ledger: Ledger) -> None:
    payment = ledger.payment("p1")
    assert payment is not None
    payment.disputed = True
    with pytest.raises(UnableToMove, match="charged back"):
        ledger.refund(refund(1, 1))


def test_the_same_payment_again_stays_what_it_was(ledger: Ledger) -> None:
    assert ledger.capture(Payment("p1", 5, "EUR", 0)).amount == CAPTURED
    with pytest.raises(UnableToMove, match="above 0"):
        ledger.capture(Payment("p2", 0, "EUR", 0))
