"""Ways of paying without a wire: credit and cards settle at once, payments by hand wait for a person."""

import pytest

from amends.facts.wire import RefundOrder
from amends.gateways.gift_card import GiftCard
from amends.gateways.manual import Manual
from amends.gateways.store_credit import StoreCredit


def order(reference: str = "", key: str = "am0001") -> RefundOrder:
    return RefundOrder(key, 2_500, "JPY", 0, reference, 10_000, "", 1)


def test_store_credit_is_given_once_under_its_own_key() -> None:
    receipt = StoreCredit().settle(order())
    assert (receipt.outcome, receipt.reference) == ("succeeded", "am0001")
    assert (receipt.amount, receipt.currency) == (2_500, "JPY")
    assert StoreCredit().settle(order()) == receipt


def test_a_gift_card_is_filled_again_and_two_steps_on_one_card_are_told_apart() -> None:
    first, second = [GiftCard().settle(order("GC-2026-000007", key)) for key in ("am0001", "am0002")]
    assert (first.outcome, first.amount, first.currency) == ("succeeded", 2_500, "JPY")
    assert "GC-2026-000007" in str(first.reference)
    assert first.reference != second.reference


def test_a_gift_card_that_nobody_names_cannot_be_filled() -> None:
    receipt = GiftCard().settle(order())
    assert (receipt.outcome, receipt.code) == ("failed", "no_card")


@pytest.mark.parametrize("attempt", [1, 50])
def test_a_payment_by_hand_never_succeeds_by_itself(attempt: int) -> None:
    receipt = Manual().settle(RefundOrder("am0001", 2_500, "CNY", 2, "", 10_000, "", attempt))
    assert (receipt.outcome, receipt.reference, receipt.retry_after) == ("pending", None, 86_400)
