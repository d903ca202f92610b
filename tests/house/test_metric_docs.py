"""docs/metrics.md says of every metric and every column what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.facts.metric_columns import TABLES
from amends.learn.metrics.catalogue import DIMENSIONS, METRICS
from amends.learn.metrics.metric import Metric

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")
LINES = [line for line in TEXT.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("metric", METRICS, ids=lambda one: one.code)
def test_a_metric_is_explained_as_it_is_reckoned(metric: Metric) -> None:
    base = f"{metric.over}: {metric.base_day or metric.day}"
    cells = (
        f"`{metric.code}`",
        f"{metric.name.en} / {metric.name.zh}",
        f"{metric.formula.en} / {metric.formula.zh}",
        f"`{metric.top}`, {metric.day}",
        f"`{metric.bottom}`, {base}",
        metric.unit,
        metric.better or "–",
        f"{metric.least:,}",
        f"{metric.ripens} d",
    )
    assert f"| {' | '.join(cells)} |" in LINES


def test_no_metric_and_no_column_is_explained_that_is_not_there() -> None:
    columns = [one for table in TABLES.values() for one in table]
    assert len(LINES) == len(METRICS) + len(columns)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_explained(table: str) -> None:
    for one in TABLES[table]:  # type: ignore[index]
        unknown = ", may be unknown" if one.empty else ""
        assert f"| `{one.name}` | {one.kind}{unknown} | {one.means} |" in LINES


def test_what_is_always_shown_as_a_pair_is_there_as_a_pair() -> None:
    pairs = {one.code: one.pair for one in METRICS if one.pair}
    assert {"automatic_share": "automatic_errors", "automatic_errors": "automatic_share"}.items() <= pairs.items()
    assert all(pairs[other] == code for code, other in pairs.items())


def test_every_dimension_is_a_column_of_cases() -> None:
    assert {one.code for one in DIMENSIONS} <= {one.name for one in TABLES["cases"]}
