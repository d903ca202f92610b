"""The rehearsal of a policy on Apache Spark, held against DuckDB over the same Parquet folder: `make spark-proof`.

`python -m bench.spark_proof [CASES]`: 30,000 cases of the sample shops unless said, then random cases under random policies as in the laws.
Spark and py4j come from `locks/spark.txt` into `.tools/spark`, Java from Debian; neither is part of Amends, of its environment or of its
tests. Local mode with two workers (`local[2]`). The exit code is 1 where one answer differs.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from hypothesis import Phase, given, settings
from hypothesis.strategies import lists

from amends.decide.policy.compiled import CompiledPolicy, compile_policy
from amends.decide.policy.model import PolicyText
from amends.decide.policy.read_policy import read_policy
from amends.decide.rehearsal.history_row import history_row
from amends.desk.rehearsal.rehearse import rehearse_history
from amends.facts.history import HistoryRow
from amends.facts.read_case import read_case
from amends.facts.rehearsed import Rehearsed
from amends.learn.rehearsal.folder import HistoryFolder
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy
from bench.bench_rehearse import fill
from bench.thirty_rules import as_amends
from tests.laws.any_case import cases as any_case
from tests.laws.test_rehearsal_laws import policies as any_policy

MASTER: Final = "local[2]"
CASES: Final = 30_000
EXAMPLES: Final = 100
AT: Final = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
TOOLS: Final = Path(".tools/spark")
RANDOM: Final = 40
"""How often a random policy and eight random cases are drawn."""
ASKED: Final = 3
"""How many of the policies are asked of all the cases: planning one of these queries takes Spark long."""


class SparkHistory:
    """A folder of Parquet as the table `history` of a Spark session (`amends.desk.rehearsal.ports.History`)."""

    dialect: Final = "spark"

    def __init__(self, spark: Any, folder: Path) -> None:
        self._spark = spark
        spark.read.parquet(str(folder)).createOrReplaceTempView("history")

    def write(self, rows: object) -> int:
        """Reading only."""
        raise NotImplementedError

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Will give the rows as plain tuples."""
        return [tuple(row) for row in self._spark.sql(sql).collect()]


@contextmanager
def session() -> Iterator[Any]:
    """A Spark with two workers, ended afterwards."""
    sys.path.insert(0, str(TOOLS.resolve()))
    os.environ.setdefault("SPARK_HOME", str((TOOLS / "pyspark").resolve()))
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
    }
    built = SparkSession.builder.master(MASTER).appName("amends")
    for name, value in settings.items():
        built = built.config(name, value)
    spark = built.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def drawn() -> tuple[list[PolicyText], list[HistoryRow]]:
    """Random policies, and random cases with values missing, always the same ones."""
    texts: list[PolicyText] = []
    rows: list[HistoryRow] = []
    books = load_rulebooks()

    @settings(max_examples=RANDOM, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(any_policy(), lists(any_case(), min_size=8, max_size=8))
    def draw(text: PolicyText, raws: list[dict[str, Any]]) -> None:
        texts.append(text)
        rows.extend([history_row(len(rows) + n, "acme", read_case(raw), AT, books) for n, raw in enumerate(raws)])

    draw()
    return texts, rows


def held(
    engines: tuple[HistoryFolder, SparkHistory], before: Sequence[CompiledPolicy], after: Sequence[CompiledPolicy]
) -> tuple[bool, Rehearsed, list[float]]:
    """The whole rehearsal on both: whether every count, sum, example and reason is the same, what DuckDB says, and the seconds of each."""
    told, took = [], []
    for engine in engines:
        began = time.perf_counter()
        told.append(rehearse_history(engine, before, after, EXAMPLES))
        took.append(time.perf_counter() - began)
    return told[0] == told[1], told[0], took


def main() -> None:
    """Prove, and print."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    standard, thirty = load_policy(None), compile_policy(read_policy(as_amends()))
    equal = True
    with tempfile.TemporaryDirectory() as place, session() as spark:
        print(
            f"Spark {spark.version}, {MASTER}\n\n| | cases | change | equal | DuckDB s | Spark s |\n|---|---|---|---|---|---|"
        )
        samples, any_folder = Path(place) / "samples", HistoryFolder(Path(place) / "random")
        fill(samples, cases)
        engines = HistoryFolder(samples), SparkHistory(spark, samples)
        same, found, took = held(engines, [standard], [thirty, standard])
        equal &= _told("sample shops, thirty rules against `standard`", found.cases, found.changed, same, took)
        texts, rows = drawn()
        any_folder.write(rows)
        engines = any_folder, SparkHistory(spark, any_folder.folder)
        results = [held(engines, [standard], [compile_policy(text), standard]) for text in texts[:ASKED]]
        looked = sum([one[1].cases for one in results])
        changed = sum([one[1].changed for one in results])
        total = [sum([one[2][place] for one in results]) for place in (0, 1)]
        same = False not in [one[0] for one in results]
        equal &= _told(f"random cases, {ASKED} random policies against `standard`", looked, changed, same, total)
    sys.exit(0 if equal else 1)


def _told(name: str, cases: int, changed: int, same: bool, took: Sequence[float]) -> bool:
    times = " | ".join([f"{one:.1f}" for one in took])
    print(f"| {name} | {cases:,} | {changed:,} | {'yes' if same else 'NO'} | {times} |", flush=True)
    return same


if __name__ == "__main__":
    main()
