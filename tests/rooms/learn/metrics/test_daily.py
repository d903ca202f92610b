"""Sums a day tell what the rows tell: whatever rows there are, before the sums are written, after, and when rows change."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.facts.metric_columns import Fact
from amends.learn.metrics.ask import Question, Row, sums, top_of
from amends.learn.metrics.board import heat, parts, shown
from amends.learn.metrics.catalogue import BY_CODE, METRICS
from amends.learn.metrics.costs import returned
from amends.learn.metrics.daily import ALL, DAILIES
from amends.learn.metrics.daily_files import sums_path
from amends.learn.metrics.facts import ParquetFacts
from amends.learn.metrics.parquet import BUCKET
from tests.metric_house import case, facts_in, sale

SPAN, BEFORE = Question(100, 102), Question(97, 99)
WIDE = Question(60, 121), Question(-2, 59)
"""Weeks make its points, which its 62 days do not fill, and whole stretches of the heat table lie in it."""


def told() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "shop": st.sampled_from(["one", "two"]),
            "currency": st.sampled_from(["CNY", "EUR"]),
            "sku": st.sampled_from(["", "A"]),
            "grade": st.sampled_from(["", "B"]),
            "came_back": st.integers(0, 1),
            "counts_refund": st.integers(0, 1),
            "returned_minor": st.integers(0, 10**9),
            "seconds_to_close": st.none() | st.integers(0, 10**6),
        }
    )


def rows() -> st.SearchStrategy[tuple[list[Fact], list[Fact]]]:
    days = st.integers(97, 102) | st.integers(40, 130)
    closed = st.none() | days
    cases = st.lists(st.tuples(days, closed, told()), max_size=8)
    sales = st.lists(st.tuples(st.none() | days, st.sampled_from(["one", "two"])), max_size=8)
    return st.tuples(
        cases.map(
            lambda some: [
                case(n + n % 2 * BUCKET, opened_day=d, closed_day=c, state="closed" if c else "open", **t)
                for n, (d, c, t) in enumerate(some, 1)
            ]
        ),
        sales.map(lambda some: [sale(n, paid_day=d, shop=shop) for n, (d, shop) in enumerate(some, 1)]),
    )


class ByRows:
    """The same facts, asked of the rows alone."""

    def __init__(self, facts: ParquetFacts) -> None:
        self.facts = facts

    def ask(self, sql: str, given: Sequence[object], days: tuple[int, int] | None = None) -> list[Row]:
        for daily in ALL:
            sql = sql.replace(f"FROM {daily.name} ", f"FROM ({daily.sql(daily.table)}) AS {daily.name} ")
        return self.facts.ask(sql, given)


def board(facts: Any) -> object:
    one_shop = [Question(*days, only={"shop": "one"}) for days in ((100, 102), (97, 99))]
    by_shop = [parts(facts, one, "shop", SPAN, BEFORE) for one in METRICS[::8]]
    wide = shown(facts, METRICS, *WIDE), heat(facts, WIDE[0]), returned(facts, WIDE[0])
    return shown(facts, METRICS, SPAN, BEFORE), shown(facts, METRICS, *one_shop), by_shop, wide


@settings(max_examples=4)
@given(rows())
def test_sums_tell_what_rows_tell(some: tuple[list[Fact], list[Fact]]) -> None:
    cases, sales = some
    of_cases, of_sales = ([one for one in ALL if one.table == table] for table in ("cases", "sales"))
    with tempfile.TemporaryDirectory() as folder:
        facts = facts_in(Path(folder), cases, sales)
        before_sums = board(facts)
        buckets = len({one["id"] // BUCKET for one in cases}) * len(of_cases)
        assert facts.store.sum_up(facts.store.manifest()) == buckets + (len(of_sales) if sales else 0)
        assert board(facts) == before_sums == board(ByRows(facts))


@settings(max_examples=3)
@given(rows())
def test_points_and_totals_add_up_the_days_they_name(some: tuple[list[Fact], list[Fact]]) -> None:
    metrics = [BY_CODE[code] for code in ("refund_rate_orders", "time_to_close")]
    with tempfile.TemporaryDirectory() as folder:
        facts = facts_in(Path(folder), *some)
        facts.store.sum_up(facts.store.manifest())
        for question, before in (WIDE, (replace(WIDE[0], today=200), Question(40, 101))):
            for one in shown(facts, metrics, question, before):
                spans = [(question.first, question.last, one.now), (before.first, before.last, one.before)]
                for first, last, value in [*spans, *[(at.first, at.last, at.value) for at in one.trend.points]]:
                    added = f"SELECT SUM({one.metric.top}) FROM cases WHERE {one.metric.day} BETWEEN ? AND ?"
                    assert value.top == (facts.ask(added, (first, last))[0][0] or 0)


def test_files_that_stand_together_are_read_as_one_until_one_of_them_changes(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, [case(1, counts_refund=1), case(BUCKET, counts_refund=1)])
    facts.store.sum_up(facts.store.manifest())
    source = facts.store.source("cases_by_opened_day", facts.store.manifest())
    assert source.count(".parquet") == 1
    facts_in(tmp_path, [case(1, counts_refund=0)])
    assert facts.store.source("cases_by_opened_day", facts.store.manifest()).count(".parquet") == 2
    assert shown(facts, [BY_CODE["refund_rate_orders"]], SPAN, BEFORE)[0].now.top == 1
    for path in tmp_path.glob("*.parquet"):
        os.utime(path, (0, 0))
    facts.store.sum_up(facts.store.manifest())
    facts.store.keep(facts.store.manifest())
    assert facts.store.source("cases_by_opened_day", facts.store.manifest()).count(".parquet") == 1
    assert not any(str(path) in source for path in tmp_path.glob("*-all*"))


def test_rows_that_change_have_new_sums_and_old_sums_go(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, [case(1, counts_refund=1)])
    assert facts.store.sum_up(facts.store.manifest()) == len([one for one in ALL if one.table == "cases"])
    assert facts.store.sum_up(facts.store.manifest()) == 0
    asked = sums(SPAN, "cases", "opened_day", [top_of(BY_CODE["refund_rate_orders"], SPAN)], "shop")
    assert "cases_by_opened_day" in asked[0]
    assert facts.ask(*asked, SPAN.within) == [("one", 1)]
    facts_in(tmp_path, [case(1, counts_refund=0), case(2, counts_refund=0)])
    assert facts.ask(*asked, SPAN.within) == [("one", 0)]
    assert facts.store.sum_up(facts.store.manifest()) == len([one for one in ALL if one.table == "cases"])
    assert facts.ask(*asked, SPAN.within) == [("one", 0)]


def test_sums_of_other_metrics_are_not_taken_for_these(tmp_path: Path) -> None:
    facts = facts_in(tmp_path, [case(1)])
    daily = DAILIES["cases", "opened_day"]
    fewer = type(daily)(daily.table, daily.day, daily.terms[:1])
    (rows_file,) = facts.store.manifest().files["cases"].values()
    assert sums_path(tmp_path, rows_file, daily) != sums_path(tmp_path, rows_file, fewer)


def test_what_sums_do_not_keep_is_asked_of_rows() -> None:
    by_sku = sums(SPAN, "cases", "opened_day", [top_of(BY_CODE["refund_rate_orders"], SPAN)], "sku")
    only = Question(100, 102, only={"reason": "quality"})
    one_reason = sums(only, "cases", "opened_day", [top_of(BY_CODE["refund_rate_orders"], only)], "opened_day")
    assert " FROM cases " in by_sku[0]
    assert " FROM cases " in one_reason[0]
