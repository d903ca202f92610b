"""Every metric against a small table that was worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.facts.metric_columns import Fact
from amends.learn.metrics.ask import Question
from amends.learn.metrics.board import behind, heat, parts, shown
from amends.learn.metrics.catalogue import BY_CODE, METRICS
from amends.learn.metrics.metric import Metric
from amends.learn.metrics.trend import Value
from tests.metric_house import case, facts_in, sale

ASKED = Question(100, 109)
BEFORE = Question(90, 99)
CLOSED = {"state": "closed", "closed_day": 105}
ASKED_ABOUT = {"survey_asked": 1, "survey_day": 106}
ANSWERED = {**ASKED_ABOUT, "survey_answered": 1}

CASES: list[Fact] = [
    # refunded without goods back, by the house alone, closed after an hour
    case(1, sku="A", reason="quality", quality=1, pieces=1, refunded_pieces=1, value_minor=10000, returned_minor=8000, lost_minor=8000,
         counts_refund=1, answered_by="system", automatic=1, limited=1, in_limit=1, seconds_to_act=60,
         seconds_to_close=3600, **CLOSED, **ASKED_ABOUT),
    # goods came back as grade C, by a person, late, the platform was called in and ruled for the buyer
    case(2, sku="A", reason="damaged", quality=1, pieces=2, refunded_pieces=2, back_pieces=2, came_back=1, grade="C", value_minor=20000,
         back_minor=20000, returned_minor=20000, lost_minor=20000, counts_refund=1, counts_return=1, answered_by="person", touched=1,
         wrong=1, overturned=1, stepped_in=1, ruled="buyer", limited=1, in_limit=0, seconds_to_act=7200, seconds_to_close=10800, replies=2,
         chats=3, chats_soon=2, reply_seconds=600, **CLOSED, **ANSWERED, survey_score=2, survey_unhappy=1, contacted=1, recovered=1),
    # exchanged, by a person
    case(3, sku="B", reason="changed_mind", pieces=1, back_pieces=1, came_back=1, grade="A", value_minor=5000, back_minor=5000,
         kept_minor=5000, counts_return=1, answered_by="person", touched=1, seconds_to_act=600,
         seconds_to_close=7200, **CLOSED, **ANSWERED, survey_score=5),
    # open; the platform ruled for us; a dispute that was won and cost 15.00
    case(4, sku="B", reason="not_received", pieces=1, state="open", stepped_in=1, ruled="us", replies=1, reply_seconds=300, disputed=1,
         chats=1, dispute_end="won", disputed_minor=10000, won_minor=10000, dispute_net_minor=8500),
    # a second case of an order, answered by the house and then reopened; a dispute that was lost and cost 15.00
    case(5, sku="B", reason="quality", quality=1, counts_order=0, answered_by="system", wrong=1, overturned=1, disputed=1,
         dispute_end="lost", disputed_minor=30000, dispute_net_minor=-1500, seconds_to_act=120,
         seconds_to_close=1800, **CLOSED, **ANSWERED, survey_score=1, survey_unhappy=1),
    # of an order that nobody told: in no rate over orders; a dispute that was accepted
    case(6, order_known=0, sku="C", reason="quality", quality=1, counts_refund=1, refunded_pieces=1, returned_minor=4000, stepped_in=1,
         ruled="buyer", state="open", disputed=1, dispute_end="accepted", disputed_minor=9000),
    # of the days before
    case(7, opened_day=95, sku="A", quality=1, counts_refund=1, returned_minor=1000, refunded_pieces=1),
    # in other money
    case(8, currency="EUR", sku="A", reason="quality", returned_minor=700, lost_minor=700, seconds_to_act=60, seconds_to_close=600,
         answered_by="person", **CLOSED),
]  # fmt: skip
SALES = [
    *[sale(number, sku="A") for number in range(1, 7)],
    *[sale(number, sku="B", pieces=2, value_minor=5000) for number in range(7, 11)],
    sale(10, sku="A", whole=0),
    sale(11, paid_day=100, shipped_day=None, signed_day=None),
    sale(12, paid_day=95, signed_day=96),
]
WORKED: dict[str, Value] = {
    "refund_rate_orders": Value(2, 11),
    "refund_rate_pieces": Value(3, 6 + 8 + 1 + 1),
    "refund_rate_value": Value(28000, 6 * 10000 + 4 * 5000 + 10000 + 10000),
    "return_rate_orders": Value(2, 10),
    "return_rate_pieces": Value(3, 6 + 8 + 1),
    "return_rate_value": Value(25000, 6 * 10000 + 4 * 5000 + 10000),
    "quality_rate": Value(2, 10),
    "help_rate": Value(2, 11),
    "liable_rate": Value(1, 11),
    "time_to_act": Value(60 + 7200 + 600 + 120 + 60, 5),
    "time_to_close": Value(3600 + 10800 + 7200 + 1800 + 600, 5),
    "refund_time": Value(3600 + 10800, 2),
    "within_limit": Value(1, 2),
    "reply_time": Value(900, 3),
    "reply_3min": Value(2, 3 + 1),
    "closed_alone": Value(4, 5),
    "intervention_rate": Value(3, 7),
    "ruling_rate": Value(2, 3),
    "automatic_share": Value(1, 5),
    "automatic_errors": Value(1, 2),
    "overturned_rate": Value(2, 5),
    "returned": Value(28000, 4),
    "kept": Value(5000, 4),
    "lost": Value(28000, 4),
    "kept_share": Value(5000, 25000),
    "dispute_wins": Value(1, 2),
    "recovery_rate": Value(10000, 40000),
    "net_recovery": Value(7000, 2),
    "survey_answered": Value(3, 4),
    "survey_mean": Value(2 + 5 + 1, 3),
    "survey_unhappy": Value(2, 3),
    "recovered": Value(1, 2),
}


def test_every_metric_is_worked_out_here() -> None:
    assert WORKED.keys() == BY_CODE.keys()


@pytest.mark.parametrize("code", WORKED)
def test_a_metric_gives_what_the_hand_gives(code: str, tmp_path: Path) -> None:
    facts = facts_in(tmp_path, CASES, SALES)
    found = shown(facts, [BY_CODE[code]], ASKED, BEFORE)[0]
    assert found.now == WORKED[code]


def test_what_it_is_compared_with_is_counted_by_its_own_days(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, CASES, SALES)
    found = shown(facts, [BY_CODE["refund_rate_orders"]], ASKED, BEFORE)[0]
    assert found.before == Value(1, 1)


def test_days_that_lie_in_both_stretches_are_counted_once_in_each(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, CASES, SALES)
    found = shown(facts, [BY_CODE["intervention_rate"]], ASKED, Question(92, 101))[0]
    assert (found.now, found.before) == (WORKED["intervention_rate"], Value(3, 8))


def test_by_sku_an_order_counts_under_each_sku_that_it_has(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, CASES, SALES)
    found = {one.name: one.now for one in parts(facts, BY_CODE["refund_rate_orders"], "sku", ASKED, BEFORE)}
    assert (found["A"], found["B"]) == (Value(2, 7), Value(0, 4))


def test_rates_over_orders_are_not_taken_apart_by_what_orders_do_not_tell(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, CASES, SALES)
    assert parts(facts, BY_CODE["refund_rate_orders"], "reason", ASKED, BEFORE) == []
    narrowed = Question(100, 109, only={"reason": "quality"})
    assert not shown(facts, [BY_CODE["refund_rate_orders"]], narrowed, narrowed)[0].possible


@pytest.mark.parametrize("metric", METRICS, ids=lambda one: one.code)
def test_a_share_of_cases_opens_the_very_cases_that_it_counts(metric: Metric, tmp_path: Path) -> None:
    numbers, many = behind(facts_in(tmp_path, CASES, SALES), metric, ASKED)
    assert len(numbers) == many
    if metric.counts and metric.code not in ("within_limit", "closed_alone", "dispute_wins"):
        assert many == WORKED[metric.code].top
    if metric.code in ("within_limit", "closed_alone"):
        assert many == WORKED[metric.code].bottom - WORKED[metric.code].top
    if metric.unit == "seconds" and metric.code != "reply_time":
        assert many == WORKED[metric.code].bottom


def test_the_wall_holds_in_every_question(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, [*CASES, case(50, merchant="other", stepped_in=1)], SALES)
    own = Question(100, 109, frozenset({"main"}))
    none = Question(100, 109, frozenset())
    assert shown(facts, [BY_CODE["intervention_rate"]], own, own)[0].now == WORKED["intervention_rate"]
    assert shown(facts, [BY_CODE["intervention_rate"]], none, none)[0].now == Value()
    assert behind(facts, None, own) == ([8, 6, 5, 4, 3, 2, 1], 7)


def test_the_heat_table_counts_cases_by_reason_and_sku(tmp_path: Path) -> None:
    found = heat(facts_in(tmp_path, CASES, SALES), ASKED)
    assert (found.skus, found.cases, found.most) == (("A", "B", "C"), 7, 2)
    assert {reason: cells for reason, cells, _ in found.rows}["quality"] == (2, 1, 1)
