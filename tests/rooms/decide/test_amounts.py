"""Refunds laid out: lines in proportion, deductions that fit, tenders in the order of the contract."""

from __future__ import annotations

import pytest

from amends.decide.amounts import lay_out, tenders
from amends.facts.case import Case, Payment
from amends.facts.decision import Deduction
from amends.facts.read_case import read_case
from tests.journeys.cases import bent


def _paid(*parts: tuple[str, str, int, int]) -> list[Payment]:
    return [Payment(*part) for part in parts]


def _case(lines: list[tuple[int, str]], *captured: str) -> Case:
    case = bent("order.lines", [{"id": f"l{n}", "quantity": q, "paid": paid} for n, (q, paid) in enumerate(lines)])
    case["shipments"] = []
    case["order"]["payments"] = [{"id": f"p{n}", "method": "card", "captured": text} for n, text in enumerate(captured)]
    return read_case(case)


def _amounts(found: tuple[object, ...]) -> list[tuple[str, int]]:
    return [(item.payment, item.amount) for item in found]  # type: ignore[attr-defined]


def test_a_full_refund_gives_each_payment_what_it_has_left() -> None:
    paid = _paid(("a", "gift_card", 500, 100), ("b", "card", 700, 0))
    assert _amounts(tenders(paid, 1100, frozenset())) == [("a", 400), ("b", 700)]


def test_a_partial_refund_takes_cards_first_then_balance_then_gift_card() -> None:
    paid = _paid(
        ("g", "gift_card", 300, 0), ("b", "balance", 300, 0), ("c", "card", 300, 0), ("w", "wechat_pay", 300, 0)
    )
    assert _amounts(tenders(paid, 700, frozenset())) == [("b", 100), ("c", 300), ("w", 300)]
    assert _amounts(tenders(paid, 1000, frozenset())) == [("g", 100), ("b", 300), ("c", 300), ("w", 300)]


def test_points_go_back_in_their_own_proportion_where_the_law_says_so() -> None:
    paid = _paid(("c", "card", 900, 0), ("p", "points", 100, 0))
    assert _amounts(tenders(paid, 505, frozenset({"points", "coupon"}))) == [("c", 454), ("p", 51)]
    assert _amounts(tenders(paid, 505, frozenset())) == [("c", 505)]


def test_points_used_up_before_leave_their_part_to_the_others() -> None:
    paid = _paid(("c", "card", 900, 0), ("p", "points", 100, 100))
    assert _amounts(tenders(paid, 500, frozenset({"points"}))) == [("c", 500)]


def test_less_than_the_price_is_split_over_the_lines_without_losing_a_unit() -> None:
    case = _case([(1, "50.00"), (1, "50.00"), (1, "50.00")], "150.00")
    refund = lay_out(case, case.request.lines, 10_000, 0, [], frozenset())
    assert [line.amount for line in refund.lines] == [3334, 3333, 3333]
    assert refund.total == 10_000


def test_deductions_never_push_a_refund_below_zero() -> None:
    case = _case([(1, "20.00")], "20.00")
    taken = [Deduction("gift", 1500, "a"), Deduction("free_shipping_lost", 1500, "b")]
    refund = lay_out(case, case.request.lines, 2000, 0, taken, frozenset())
    assert refund.total == 0
    assert [(item.kind, item.amount) for item in refund.deductions] == [("gift", 1500), ("free_shipping_lost", 500)]


def test_what_the_payments_cannot_give_is_a_deduction_of_its_own() -> None:
    case = _case([(1, "20.00")], "15.00")
    refund = lay_out(case, case.request.lines, 2000, 0, [], frozenset())
    assert refund.total == 1500
    assert [(item.kind, item.amount) for item in refund.deductions] == [("payment_cap", 500)]


@pytest.mark.parametrize(("quantity", "asked", "amount"), [(3, 1, 3333), (3, 2, 6667), (2, 1, 5000), (7, 3, 4286)])
def test_a_part_of_a_line_is_rounded_half_up(quantity: int, asked: int, amount: int) -> None:
    case = bent("order.lines.0.quantity", quantity)
    case["order"]["lines"][0]["paid"] = "100.00"
    case["request"]["lines"] = [{"id": "l1", "quantity": asked}]
    read = read_case(case)
    refund = lay_out(read, read.request.lines, amount, 0, [], frozenset())
    assert [line.amount for line in refund.lines] == [amount]
