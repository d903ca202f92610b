"""Policies: reading, compiling and asking thirty rules, and checking the examples against law and platform.

python -m bench.bench_policy
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from amends.decide.decide import assess
from amends.decide.policy.check.check import check_policy
from amends.decide.policy.compiled import compile_policy
from amends.decide.policy.read_policy import read_policy
from amends.wiring.house import load_rulebooks
from bench.bench_decide import ANCHOR, micros, samples
from bench.thirty_rules import as_amends

CONSOLE = Console(width=130)


def best_ms(work: Callable[[], object], rounds: int = 20) -> float:
    """The best of some rounds, in milliseconds."""
    found = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found = min(found, (time.perf_counter() - start) * 1000)
    return found


def main() -> None:
    """Print the tables."""
    text = as_amends()
    policy = read_policy(text)
    table = Table(title="a policy of thirty rules, milliseconds (best of 20)")
    for head in ("plain YAML reading", "reading with lines and checks", "compiling"):
        table.add_column(head, justify="right")
    plain = best_ms(lambda: yaml.load(text, yaml.CSafeLoader))
    table.add_row(
        f"{plain:.1f}", f"{best_ms(lambda: read_policy(text)):.1f}", f"{best_ms(lambda: compile_policy(policy)):.1f}"
    )
    CONSOLE.print(table)
    books = load_rulebooks()
    with tempfile.TemporaryDirectory() as folder:
        shops = samples(Path(folder))
    table = Table(title="what a policy of thirty rules proposes, microseconds a decision with all its reasons")
    for head in ("sample shop", "cases", "median", "95th percentile"):
        table.add_column(head, justify="left" if head == "sample shop" else "right")
    thirty = compile_policy(policy)
    for shop in shops:
        situations = [assess(case, ANCHOR, books)[0] for case in shop.cases]
        median, high = micros(thirty.propose, situations)
        table.add_row(shop.name, str(len(situations)), f"{median:.1f}", f"{high:.1f}")
    CONSOLE.print(table)
    table = Table(title="checking a policy against law and platform, one core")
    for head in ("policy", "rules", "seconds", "findings"):
        table.add_column(head, justify="left" if head == "policy" else "right")
    folder = resources.files("amends.decide.policy")
    for file in (folder.joinpath("standard.yaml"), *folder.joinpath("examples").iterdir()):
        compiled = compile_policy(read_policy(file.read_text(encoding="utf-8")))
        start = time.perf_counter()
        flaws = check_policy(compiled, books, ANCHOR)
        table.add_row(compiled.id, str(len(compiled.text.rules)), f"{time.perf_counter() - start:.1f}", str(len(flaws)))
    CONSOLE.print(table)


if __name__ == "__main__":
    main()
