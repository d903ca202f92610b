"""Import: rows a second from file to book, beside the plain reading of the same file.

python bench/bench_import.py [ROWS]
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import orjson
import python_calamine
from rich.console import Console
from rich.table import Table

from amends.channels.cases.case_rows import CaseFiles
from amends.channels.douyin.after_sales import DouyinAfterSales
from amends.channels.taobao.refunds import TaobaoRefunds
from amends.desk.import_cases import import_cases
from amends.facts.imported import ExportFormat, IncomingCase, IncomingRefusal, PutOutcome, ShopSetting
from amends.intake.import_file import translate_file
from amends.intake.samples.douyin_shop import douyin_export
from amends.intake.samples.own_store import own_store_export
from amends.intake.samples.taobao_shop import taobao_export

ANCHOR = datetime.fromisoformat("2026-11-25T20:00:00+08:00")


class Nowhere:
    """A book that keeps nothing, so that the database's own time stays out of the figures."""

    def put(self, shop: ShopSetting, cases: Sequence[IncomingCase]) -> list[PutOutcome]:
        return ["new"] * len(cases)

    def keep_refused(self, shop: ShopSetting, refusals: Sequence[IncomingRefusal]) -> None:
        return None


def read_csv(path: Path) -> int:
    with io.TextIOWrapper(path.open("rb"), "gb18030", newline="") as text:
        return sum(1 for _ in csv.reader(text))


def read_workbook(path: Path) -> int:
    return sum(1 for _ in python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())


def read_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for line in file if orjson.loads(line))


def seconds(work: Callable[[], object]) -> float:
    """The best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def peak_mb(work: Callable[[], object]) -> float:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1024 / 1024


def files(folder: Path, rows: int) -> Iterator[tuple[str, Path, ExportFormat, Callable[[Path], int]]]:
    """The three kinds of file, `rows` rows each."""
    made: tuple[tuple[str, bytes, ExportFormat, Callable[[Path], int]], ...] = (
        ("a.xlsx", douyin_export(1, ANCHOR, rows), DouyinAfterSales(), read_workbook),
        ("a.csv", taobao_export(1, ANCHOR, rows), TaobaoRefunds(), read_csv),
        ("a.jsonl", own_store_export(1, ANCHOR, rows), CaseFiles(), read_lines),
    )
    for name, content, form, plain in made:
        path = folder / name
        path.write_bytes(content)
        yield name, path, form, plain


def main(rows: int) -> None:
    table = Table(title=f"import of {rows:,} rows: read, translate, check (best of 3, book that keeps nothing)")
    for head in ("file", "MB", "import s", "rows/s", "plain read s", "plain rows/s", "ratio", "peak MB (traced)"):
        table.add_column(head, justify="left" if head == "file" else "right")
    with tempfile.TemporaryDirectory() as folder:
        for name, path, form, plain in files(Path(folder), rows):
            shop = ShopSetting("bench", form.channel)

            def whole(path: Path = path, form: ExportFormat = form, shop: ShopSetting = shop) -> None:
                import_cases(translate_file(path, form, shop), shop, Nowhere())

            took = seconds(whole)
            bare = seconds(lambda path=path, plain=plain: plain(path))
            table.add_row(
                f"{name} ({form.name})",
                f"{path.stat().st_size / 1024 / 1024:.1f}",
                f"{took:.2f}",
                f"{rows / took:,.0f}",
                f"{bare:.2f}",
                f"{rows / bare:,.0f}",
                f"{took / bare:.1f}x",
                f"{peak_mb(whole):.0f}",
            )
    Console(width=130).print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
