"""Metrics as a table of a file: value, numerator, base, comparison, what its course says, and how each is reckoned."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Final

import xlsxwriter  # type: ignore[import-untyped]

from amends.basics.currencies import EXPONENTS
from amends.facts.words import Language
from amends.learn.metrics.board import Shown
from amends.learn.metrics.trend import SIGNALS, Value

Cell = str | int | float | None
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_HEADS: Final = (
    ("指标", "Metric"),
    ("值", "Value"),
    ("单位", "Unit"),
    ("分子", "Numerator"),
    ("基数", "Base"),
    ("对比期值", "Compared with"),
    ("对比期基数", "Its base"),
    ("走势", "Course"),
    ("口径", "Formula"),
    ("基数说明", "Base is"),
    ("起", "From"),
    ("止", "To"),
)


def metric_table(
    found: Sequence[Shown], header: tuple[date, date, str], language: Language
) -> tuple[list[str], list[list[Cell]]]:
    """Will give the header and a row for each metric; a value whose base is too small is left out, its base is not."""
    first, last, currency = header
    rows = [_row(one, first, last, currency, language) for one in found]
    return [zh if language == "zh" else en for zh, en in _HEADS], rows


def _row(one: Shown, first: date, last: date, currency: str, language: Language) -> list[Cell]:
    metric, zh = one.metric, language == "zh"
    signal = SIGNALS[one.trend.signal if one.trend.chart else "few"]
    unit = {"share": "", "seconds": "s", "money": currency, "score": ""}[metric.unit]
    digits = EXPONENTS.get(currency, 2)
    return [
        metric.name.zh if zh else metric.name.en,
        None if one.small or not one.possible else _value(one.now, metric.unit, digits),
        unit,
        one.now.top,
        one.now.bottom,
        _value(one.before, metric.unit, digits),
        one.before.bottom,
        signal.zh if zh else signal.en,
        metric.formula.zh if zh else metric.formula.en,
        metric.counted.zh if zh else metric.counted.en,
        str(first),
        str(last),
    ]


def _value(value: Value, unit: str, digits: int) -> float | None:
    ratio = value.ratio
    if ratio is None:
        return None
    return round(ratio / 10**digits, digits) if unit == "money" else round(ratio, 6)


def sheet(table: tuple[Sequence[str], Sequence[Sequence[Cell]]], form: str) -> bytes:
    """Will write a table as CSV that spreadsheet programs open rightly, or as XLSX."""
    return _workbook(*table) if form == "xlsx" else _csv(*table)


def _csv(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([["" if cell is None else _plain(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> Cell:
    """A text that a spreadsheet would reckon is made one that it shows."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _workbook(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page, bold = book.add_worksheet("metrics"), book.add_format({"bold": True})
    page.write_row(0, 0, header, bold)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell is not None:
                page.write(number, place, cell)
    page.set_column(0, 0, 28)
    page.set_column(7, 9, 40)
    page.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
