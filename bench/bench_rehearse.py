"""A policy of thirty rules over a long case history: alone, with law and platform joined, beside the same row by row and in zen-engine.

`python -m bench.bench_rehearse [CASES] [FOLDER]`: 10,000,000 cases unless said; a folder that holds a history already is used as it is.
The history is that of the sample shops, over and over, each time with other amounts, days and numbers.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import zen
from sqlglot import exp

from amends.decide.policy.compiled import compile_policy
from amends.decide.policy.conditions import Values, compile_condition
from amends.decide.policy.model import PolicyText
from amends.decide.policy.read_policy import read_policy
from amends.decide.rehearsal.compare_sql import flows
from amends.decide.rehearsal.decision_sql import decided
from amends.decide.rehearsal.shelf_sql import ShelfSql, first_match
from amends.desk.rehearsal.export import export_history
from amends.facts.vocabulary import VOCABULARY
from amends.learn.metrics.duck import open_duck, quoted
from amends.learn.rehearsal.folder import HistoryFolder
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy
from bench.thirty_rules import as_amends, as_zen

ROUNDS: Final = 5
SAMPLE: Final = 20_000
_HISTORY: Final = exp.to_table("history")


def fill(folder: Path, cases: int) -> None:
    """Write the history of so many cases."""
    from amends.wiring.readers import past_cases
    from amends.wiring.start import prepare

    with tempfile.TemporaryDirectory() as text:
        data = Path(text)
        prepare(data, None, True, lambda told: None)
        few = HistoryFolder(data / "few")
        many = export_history(past_cases(data, None), load_rulebooks(), few).written
        duck = open_duck("12GB")
        duck.execute("SET preserve_insertion_order = false")
        source = quoted(str(data / "few" / "month=*" / "*.parquet"))
        again = "(hash(i * 31 + case_number) >> 40)::BIGINT"
        duck.execute(
            f"COPY (SELECT * REPLACE (i * {many} + case_number AS case_number, amount_asked + {again} % 5000 AS amount_asked, "
            f"refund_total + {again} % 3000 AS refund_total, days_since_order + {again} % 20 AS days_since_order, "
            f"strftime(DATE '2024-01-01' + (i % 1000)::INT, '%Y-%m') AS month) "
            f"FROM read_parquet({source}, hive_partitioning = true, hive_types = {{'month': 'VARCHAR'}}), range({-(-cases // many)}) t(i) "
            f") TO {quoted(str(folder))} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month), OVERWRITE_OR_IGNORE)"
        )


def timed(work: Callable[[], Any]) -> float:
    """The median of some rounds in seconds; the first, which opens the files, is not counted."""
    work()
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return sorted(took)[ROUNDS // 2]


def measure(folder: Path) -> None:
    """Ask, and print."""
    history = HistoryFolder(folder)
    [[cases]] = history.ask("SELECT COUNT(*) FROM history")
    text = read_policy(as_amends())
    thirty, standard = compile_policy(text), load_policy(None)
    alone = exp.select(exp.alias_(first_match(text), "rule"), "COUNT(*)").from_(_HISTORY.copy()).group_by("rule")
    sides = decided(_HISTORY.copy(), {"now": ShelfSql([thirty, standard])}).subquery("h")
    one = exp.select("outcome_now", "COUNT(*)", "SUM(money_now)").from_(sides).group_by("outcome_now")
    both = flows(_HISTORY.copy(), ShelfSql([standard]), ShelfSql([thirty, standard]))
    size = sum([one.stat().st_size for one in folder.glob("month=*/*.parquet")]) / 1e6
    print(f"{cases:,} cases, {size:,.0f} MB of Parquet; two threads, 1 GB for DuckDB; medians of {ROUNDS}\n")
    print("| | s |\n|---|---|")
    with history.opened() as duck:
        raw = timed(
            lambda: duck.execute("SELECT reason, COUNT(*), SUM(refund_total) FROM history GROUP BY 1").fetchall()
        )
        print(f"| raw DuckDB: one sum by reason | {raw:.2f} |")
        first = timed(lambda: duck.execute(alone.sql("duckdb", identify=True)).fetchall())
        print(f"| the policy alone: which of the thirty rules | {first:.2f} |", flush=True)
        joined = timed(lambda: duck.execute(one.sql("duckdb", identify=True)).fetchall())
        print(f"| its decisions, law and platform joined: cases and money by outcome | {joined:.2f} |", flush=True)
        second = timed(lambda: duck.execute(both.sql("duckdb", identify=True)).fetchall())
        print(f"| its decisions and those of `standard`, compared by all that differs | {second:.2f} |", flush=True)
        names = list(VOCABULARY)
        asked = ", ".join([f'"{name}"' for name in names])
        rows = [
            dict(zip(names, row, strict=True))
            for row in duck.execute(f"SELECT {asked} FROM history LIMIT {SAMPLE}").fetchall()
        ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmemory of the process at its most: {peak:,.0f} MiB\n")
    print(f"| row by row, {len(rows):,} cases, extrapolated | s | times |\n|---|---|---|")
    for name, took in (("Amends, compiled closures", closures(text, rows)), ("zen-engine", zen_engine(rows))):
        whole = took / len(rows) * cases
        print(f"| {name} | {whole:,.0f} | {whole / first:,.0f} |")


def closures(policy: PolicyText, rows: list[dict[str, Any]]) -> float:
    """The rules asked of facts that are read already."""
    told = []
    for row in rows:
        values = Values(None)  # type: ignore[arg-type]
        values.update({name: frozenset(value) if isinstance(value, list) else value for name, value in row.items()})
        told.append(values)
    rules = [(rule.currencies, [compile_condition(one) for one in rule.when]) for rule in policy.rules]
    began = time.perf_counter()
    for values in told:
        for currencies, conditions in rules:
            if (not currencies or currencies == {values["currency"]}) and all(one(values) for one in conditions):
                break
    return time.perf_counter() - began


def zen_engine(rows: list[dict[str, Any]]) -> float:
    """The same table in zen-engine, over the same three facts."""
    decision = zen.ZenEngine().create_decision(as_zen())
    told = [{name: row[name] for name in ("days_since_order", "reason", "refund_total")} for row in rows]
    began = time.perf_counter()
    for one in told:
        decision.evaluate(one)
    return time.perf_counter() - began


def main() -> None:
    """Fill in a process of its own, so that the memory told is that of asking."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    if len(sys.argv) > 2 and sys.argv[2] == "--fill":
        fill(Path(sys.argv[3]), cases)
        return
    with tempfile.TemporaryDirectory() as text:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(text) / "history"
        if not folder.exists():
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "bench.bench_rehearse", str(cases), "--fill", str(folder)], check=True
            )
            print(f"written in {time.perf_counter() - began:.0f} s")
        measure(folder)


if __name__ == "__main__":
    main()
