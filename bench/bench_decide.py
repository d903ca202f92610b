"""Deciding: one case in-process, a large file through the command, and thirty rules beside two rule engines.

python -m bench.bench_decide [CASES]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import json_logic
import orjson
import zen
from rich.console import Console
from rich.table import Table

from amends.decide.decide import assess, decide
from amends.decide.policy.compiled import compile_policy
from amends.decide.policy.read_policy import read_policy
from amends.desk.import_cases import import_cases
from amends.facts.case import Case
from amends.facts.decision_json import decision_json
from amends.facts.imported import IncomingCase, IncomingRefusal, PutOutcome, ShopSetting
from amends.facts.read_case import read_case
from amends.facts.vocabulary import value_of
from amends.intake.import_file import form_named, translate_file
from amends.intake.samples.make import sample_exports
from amends.wiring.house import FORMS, load_rulebooks
from amends.wiring.policies import load_policy
from bench.thirty_rules import as_amends, as_json_logic, as_zen

ANCHOR = datetime.fromisoformat("2026-11-25T20:00:00+08:00")
CONSOLE = Console(width=130)
Item = TypeVar("Item")


@dataclass
class Sample:
    """The cases of one sample shop, as mappings and as read."""

    name: str
    raws: list[dict[str, Any]]
    cases: list[Case]


class Gathered:
    """A book that keeps the case files in memory."""

    def __init__(self) -> None:
        self.raws: list[dict[str, Any]] = []

    def put(self, shop: ShopSetting, cases: Sequence[IncomingCase]) -> list[PutOutcome]:
        self.raws += [incoming.made.case for incoming in cases]
        return ["new"] * len(cases)

    def keep_refused(self, shop: ShopSetting, refusals: Sequence[IncomingRefusal]) -> None:
        return None


def samples(folder: Path) -> list[Sample]:
    """The three sample shops, brought in by their importers."""
    found = []
    for export in sample_exports(ANCHOR):
        path = folder / export.file
        path.write_bytes(export.content)
        book = Gathered()
        import_cases(translate_file(path, form_named(FORMS, export.form), export.shop), export.shop, book)
        found.append(Sample(export.shop.channel, book.raws, [read_case(raw) for raw in book.raws]))
    return found


def micros(work: Callable[[Item], object], inputs: Sequence[Item], rounds: int = 7) -> tuple[float, float]:
    """Median and 95th percentile over the inputs, in microseconds; each input counts with the best of its rounds."""
    best = [float("inf")] * len(inputs)
    for _ in range(rounds):
        for place, item in enumerate(inputs):
            start = time.perf_counter_ns()
            work(item)
            best[place] = min(best[place], (time.perf_counter_ns() - start) / 1000)
    return statistics.median(best), statistics.quantiles(best, n=20)[-1]


def one_decision(found: list[Sample]) -> None:
    """Reading, deciding with full reasons, and the decision as JSON, each on its own."""
    books, policy = load_rulebooks(), load_policy(None)
    table = Table(title="one case, in-process, one core: median / 95th percentile, microseconds")
    for head in ("cases", "read", "decide", "reasons told", "to JSON"):
        table.add_column(head, justify="left" if head == "cases" else "right")
    for sample in found:
        decisions = [decide(case, ANCHOR, books, policy) for case in sample.cases]
        timed = (
            micros(read_case, sample.raws),
            micros(lambda case: decide(case, ANCHOR, books, policy), sample.cases),
            micros(lambda decision: orjson.dumps(decision_json(decision)), decisions),
        )
        read, decided, written = [f"{median:.0f} / {high:.0f}" for median, high in timed]
        told = statistics.median([len(decision.because) for decision in decisions])
        table.add_row(f"{len(sample.cases)} {sample.name}", read, decided, f"{told:.0f}", written)
    CONSOLE.print(table)


def thirty_rules(found: list[Sample]) -> None:
    """The same thirty rules, none of which holds, through each engine."""
    books = load_rulebooks()
    start = time.perf_counter()
    policy = compile_policy(read_policy(as_amends()))
    compiled = (time.perf_counter() - start) * 1000
    cases = next(sample.cases for sample in found if sample.name == "douyin")
    situations = [assess(case, ANCHOR, books)[0] for case in cases]
    names = ("reason", "refund_total", "days_since_order")
    flat = [{name: value_of(name, situation) for name in names} for situation in situations]
    full = [item for item in zip(situations, flat, strict=True) if all(value is not None for value in item[1].values())]
    situations, flat = [list(part) for part in zip(*full, strict=True)]
    graph, logic = zen.ZenEngine().create_decision(as_zen()), as_json_logic()
    check_alike(policy, graph, logic, situations, flat)
    table = Table(title=f"thirty rules over {len(flat)} cases (Amends compiles them in {compiled:.1f} ms)")
    for head in ("engine", "tells why", "median us", "95th us", "of Amends"):
        table.add_column(head, justify="right" if "us" in head or head == "of Amends" else "left")
    rows = [
        ("Amends, every reason in two languages", "yes", micros(policy.propose, situations)),
        ("zen-engine, with its trace", "trace", micros(lambda item: graph.evaluate(item, {"trace": True}), flat)),
        ("zen-engine", "no", micros(graph.evaluate, flat)),
        ("json-logic (panzi-json-logic)", "no", micros(lambda item: json_logic.jsonLogic(logic, item), flat)),
    ]
    ours = rows[0][2][0]
    for name, why, (median, high) in rows:
        table.add_row(name, why, f"{median:.1f}", f"{high:.1f}", f"{median / ours:.1f}x")
    CONSOLE.print(table)


def check_alike(policy: Any, graph: Any, logic: Any, situations: list[Any], flat: list[dict[str, Any]]) -> None:
    """All three give the same answer, or the comparison is worth nothing."""
    for situation, item in zip(situations, flat, strict=True):
        ours = policy.propose(situation)[0].rule.rsplit(".", 1)[-1]
        theirs = graph.evaluate(item)["result"]["rule"], json_logic.jsonLogic(logic, item)
        if {ours, *theirs} != {ours}:
            raise SystemExit(f"the engines disagree: {ours}, {theirs} for {item}")


def large_file(found: list[Sample], count: int, folder: Path) -> None:
    """A file of `count` cases through `amends decide`, with the memory of all its processes together."""
    path = folder / "many.jsonl"
    lines = [orjson.dumps(raw) for sample in found for raw in sample.raws]
    with path.open("wb") as file:
        for place in range(count):
            file.write(lines[place % len(lines)] + b"\n")
    start = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)
    bare = time.perf_counter() - start
    with (folder / "out.jsonl").open("wb") as out:
        command = [sys.executable, "-m", "amends", "decide", str(path), "--at", ANCHOR.isoformat()]
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        peak = watch(child)
        took = time.perf_counter() - start
    with (folder / "out.jsonl").open("rb") as out:
        written = sum(1 for _ in out)
    table = Table(title=f"amends decide, {count:,} cases, {path.stat().st_size / 1e6:.0f} MB in, {written:,} decisions")
    for head in ("seconds", "cases/s", "peak MB, all processes", "bare orjson reading, s"):
        table.add_column(head, justify="right")
    table.add_row(f"{took:.1f}", f"{count / took:,.0f}", f"{peak / 1e6:.0f}", f"{bare:.1f}")
    CONSOLE.print(table)


def watch(child: subprocess.Popen[bytes]) -> int:
    """Wait for the end; the highest proportional memory (shared pages split) of the process and its workers, in bytes."""
    peak = 0
    while child.poll() is None:
        peak = max(peak, sum(shared_out(process) for process in family(str(child.pid))))
        time.sleep(0.1)
    return peak


def family(process: str) -> list[str]:
    """The process and all that it started."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [process, *[grandchild for child in children for grandchild in family(child)]]


def shared_out(process: str) -> int:
    """The memory of one process in bytes, pages shared with others counted in parts (PSS)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def main(count: int) -> None:
    """Print the three tables."""
    with tempfile.TemporaryDirectory() as name:
        found = samples(Path(name))
        one_decision(found)
        thirty_rules(found)
        large_file(found, count, Path(name))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
