"""The same question about the same rows has one answer: in DuckDB over Parquet, in SQLite, in PostgreSQL; and parts make the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.facts.metric_columns import CASES, SALES, Fact, FactColumn, plain_fact
from amends.learn.metrics.ask import Question
from amends.learn.metrics.board import behind, heat, parts, shown, values_of
from amends.learn.metrics.catalogue import DIMENSIONS, METRICS
from amends.learn.metrics.costs import returned
from tests.databases import database
from tests.metric_house import DatabaseFacts, facts_in

__all__ = ["database"]

ASKED = Question(100, 106, frozenset({"m0", "m1"}), currency="CNY")
BEFORE = Question(93, 99, frozenset({"m0", "m1"}), currency="CNY")
_WORDS = {
    "merchant": ["m0", "m1", "m2"],
    "currency": ["CNY", "EUR"],
    "state": ["open", "closed"],
    "answered_by": ["", "person", "system", "platform"],
    "ruled": ["", "us", "buyer"],
    "grade": ["", "A", "C"],
    "dispute_end": ["", "won", "lost", "accepted"],
    "sku": ["", "A", "B 'x'", "椅子"],
}


def _of(column: FactColumn) -> st.SearchStrategy[Any]:
    if column.kind == "text":
        return st.sampled_from(_WORDS.get(column.name, ["", "a", "b"]))
    if column.name.endswith("_day"):
        days = st.integers(92, 107)
        return st.none() | days if column.empty else days
    if "minor" in column.name or "seconds" in column.name:
        numbers = st.integers(0, 10**6)
        return st.none() | numbers if column.empty else numbers
    return st.integers(0, 1)


def rows(columns: tuple[FactColumn, ...], table: str) -> st.SearchStrategy[list[Fact]]:
    one = st.fixed_dictionaries({column.name: _of(column) for column in columns if column.name != "id"})
    return st.lists(one, max_size=12).map(
        lambda found: [plain_fact(table) | row | {"id": place} for place, row in enumerate(found, 1)]  # type: ignore[arg-type]
    )


def answers(facts: Any) -> list[Any]:
    """Everything that the pages ask."""
    found: list[Any] = [
        [(one.metric.code, one.now, one.before, one.trend) for one in shown(facts, METRICS, ASKED, BEFORE)]
    ]
    for metric in METRICS:
        found += [sorted(parts(facts, metric, one.code, ASKED, BEFORE), key=str) for one in DIMENSIONS]
        found.append(behind(facts, metric, ASKED))
    narrowed = Question(100, 106, None, {"sku": "B 'x'"})
    found += [shown(facts, METRICS, narrowed, BEFORE), heat(facts, ASKED), returned(facts, ASKED)]
    return [*found, [sorted(values_of(facts, one.code, ASKED)) for one in DIMENSIONS]]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=rows(CASES, "cases"), sales=rows(SALES, "sales"))
def test_every_database_gives_the_same_answers(
    database: Any, tmp_path_factory: pytest.TempPathFactory, cases: list[Fact], sales: list[Fact]
) -> None:
    folder: Path = tmp_path_factory.mktemp("facts")
    assert answers(facts_in(folder, cases, sales)) == answers(DatabaseFacts(cases, sales))


@settings(max_examples=15, deadline=None)
@given(cases=rows(CASES, "cases"))
def test_parts_make_the_whole(tmp_path_factory: pytest.TempPathFactory, cases: list[Fact]) -> None:
    facts = facts_in(tmp_path_factory.mktemp("facts"), cases)
    for one in shown(facts, METRICS, ASKED, BEFORE):
        if one.metric.over == "cases":
            found = parts(facts, one.metric, "shop", ASKED, BEFORE)
            assert (sum([part.now.top for part in found]), sum([part.now.bottom for part in found])) == (
                one.now.top,
                one.now.bottom,
            )
