"""A report as a workbook: one sheet a table, every cell of its own kind, values reckoned from numerator and base beside them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from amends.basics.currencies import EXPONENTS
from amends.facts.rulebook import Says
from amends.learn.metrics.board import Part, Shown
from amends.learn.metrics.catalogue import BY_DIMENSION
from amends.learn.metrics.metric import Metric, both
from amends.learn.metrics.trend import SIGNALS, Value
from amends.learn.reports.gather import Gathered

_ZERO: Final = date(1970, 1, 1)
_DAY: Final = 86400
_NAME: Final = both("指标", "Metric")
_VALUE: Final = both("值", "Value")
_TOP: Final = both("分子", "Numerator")
_BASE: Final = both("基数", "Base")
_BEFORE: Final = both("对比期值", "Compared with")
_BEFORE_TOP: Final = both("对比期分子", "Its numerator")
_BEFORE_BASE: Final = both("对比期基数", "Its base")
_COURSE: Final = both("走势", "Course")
_FROM: Final = both("起", "From")
_TO: Final = both("止", "To")
_REMARK: Final = both("说明", "Remark")
_FIGURES: Final = (_NAME, _VALUE, _TOP, _BASE, _BEFORE, _BEFORE_TOP, _BEFORE_BASE, _COURSE, _FROM, _TO)
_COURSES: Final = (
    _NAME,
    _FROM,
    _TO,
    _VALUE,
    _TOP,
    _BASE,
    both("控制下限", "Lower limit"),
    both("均值", "Middle"),
    both("控制上限", "Upper limit"),
    _REMARK,
)
_NOTES: Final = (
    both("代码", "Code"),
    _NAME,
    both("口径", "Formula"),
    both("基数说明", "Base is"),
    both("单位", "Unit"),
    both("最小基数", "Least base"),
    both("成熟天数", "Ripe after, days"),
)
_SHEETS: Final = (both("指标", "Figures"), both("走势", "Courses"), both("分项", "Parts"), both("口径", "Notes"))
_UNITS: Final = {
    "share": both("占比", "share"),
    "seconds": both("时长（时:分）", "time (h:mm)"),
    "score": both("1–5 分", "1 to 5"),
}
_SMALL: Final = both("基数过小", "base too small")
_UNRIPE: Final = both("尚未成熟，不判定", "not ripe, not judged")
_UNUSUAL: Final = {
    "above": both("高于整体控制限", "above the whole's limits"),
    "below": both("低于整体控制限", "below the whole's limits"),
}


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a workbook speaks: `say` gives a text in its language, `name` that of a dimension's value."""

    say: Callable[[Says], str]
    name: Callable[[str, str], str]


class _Sheet:
    """One sheet being written, row by row."""

    def __init__(self, book: Any, tongue: Tongue, currency: str, title: Says, heads: Sequence[Says]) -> None:
        self._page = book.add_worksheet(tongue.say(title)[:31])
        self._tongue, self._digits, self.row = tongue, EXPONENTS.get(currency, 2), 0
        money = f"[${currency}] #,##0{'.' + '0' * self._digits if self._digits else ''}"
        self._forms = {
            "share": book.add_format({"num_format": "0.00%"}),
            "seconds": book.add_format({"num_format": "[h]:mm"}),
            "money": book.add_format({"num_format": money}),
            "score": book.add_format({"num_format": "0.00"}),
            "count": book.add_format({"num_format": "#,##0"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for place, head in enumerate(heads):
            self._page.write_string(0, place, tongue.say(head), bold)
        self._page.freeze_panes(1, 1)

    def widths(self, *widths: int) -> None:
        """Will make columns as wide as so many letters."""
        for place, width in enumerate(widths):
            self._page.set_column(place, place, width)

    def next(self) -> None:
        """Will begin the next row."""
        self.row += 1

    def text(self, place: int, words: str) -> None:
        """Will write words; never a formula, whatever they begin with."""
        self._page.write_string(self.row, place, words, self._forms["text"])

    def say(self, place: int, words: Says) -> None:
        """Will write words of the house."""
        self.text(place, self._tongue.say(words))

    def count(self, place: int, number: int) -> None:
        """Will write a whole number."""
        self._page.write_number(self.row, place, number, self._forms["count"])

    def day(self, place: int, number: int) -> None:
        """Will write a day as a date."""
        self._page.write_datetime(self.row, place, _ZERO + timedelta(days=number), self._forms["day"])

    def top(self, place: int, metric: Metric, number: int) -> None:
        """Will write a numerator: money, time or a number, as its metric adds up."""
        if metric.unit == "money" or (metric.unit == "share" and "minor" in metric.top):
            self._page.write_number(self.row, place, number / 10**self._digits, self._forms["money"])
        elif metric.unit == "seconds":
            self._page.write_number(self.row, place, number / _DAY, self._forms["seconds"])
        else:
            self.count(place, number)

    def base(self, place: int, metric: Metric, number: int) -> None:
        """Will write a base: money under shares of money, else a number."""
        if metric.unit == "share" and "minor" in metric.bottom:
            self._page.write_number(self.row, place, number / 10**self._digits, self._forms["money"])
        else:
            self.count(place, number)

    def ratio(self, place: int, metric: Metric, ratio: float | None) -> None:
        """Will write a limit or a middle."""
        if ratio is not None:
            self._page.write_number(self.row, place, self._scaled(metric, ratio), self._forms[metric.unit])

    def value(self, place: int, metric: Metric, value: Value, top: int) -> None:
        """Will write a value as the formula over its numerator and base, which stand in `top` and the column after it."""
        if value.ratio is None:
            return
        cells = f"{_column(top)}{self.row + 1}", f"{_column(top + 1)}{self.row + 1}"
        self._page.write_formula(
            self.row, place, f"={cells[0]}/{cells[1]}", self._forms[metric.unit], self._scaled(metric, value.ratio)
        )

    def _scaled(self, metric: Metric, ratio: float) -> float:
        if metric.unit == "seconds":
            return ratio / _DAY
        return ratio / 10**self._digits if metric.unit == "money" else ratio


def _column(place: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]


def workbook(told: Gathered, tongue: Tongue) -> bytes:
    """Will write a report as XLSX: figures, courses, parts (where it is taken apart) and notes. The same in gives the same out."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": told.report.name, "created": _made(told.span.last)})
    currency = told.report.currency
    _figures(_Sheet(book, tongue, currency, _SHEETS[0], _FIGURES), told)
    _courses(_Sheet(book, tongue, currency, _SHEETS[1], _COURSES), told.found)
    if told.parts:
        heads = (_NAME, BY_DIMENSION[told.report.by].name, *_FIGURES[1:7], _REMARK)
        _parts(_Sheet(book, tongue, currency, _SHEETS[2], heads), told, tongue)
    _notes(_Sheet(book, tongue, currency, _SHEETS[3], _NOTES), told.found, currency)
    book.close()
    return out.getvalue()


def _made(day: date) -> datetime:
    return datetime.combine(day, time(), UTC).replace(tzinfo=None)


def _figures(page: _Sheet, told: Gathered) -> None:
    page.widths(26, 14, 14, 14, 14, 14, 14, 40, 12, 12)
    for one in told.found:
        page.next()
        page.say(0, one.metric.name)
        _pair(page, 1, one.metric, one.now)
        _pair(page, 4, one.metric, one.before)
        page.say(7, _SMALL if one.small else SIGNALS[one.trend.signal if one.trend.chart else "few"])
        page.day(8, (told.span.first - _ZERO).days)
        page.day(9, (told.span.last - _ZERO).days)


def _pair(page: _Sheet, place: int, metric: Metric, value: Value) -> None:
    page.value(place, metric, value, place + 1)
    page.top(place + 1, metric, value.top)
    page.base(place + 2, metric, value.bottom)


def _courses(page: _Sheet, found: Sequence[Shown]) -> None:
    page.widths(26, 12, 12, 14, 14, 14, 14, 14, 14, 40)
    for one in found:
        for point in one.trend.points:
            page.next()
            page.say(0, one.metric.name)
            page.day(1, point.first)
            page.day(2, point.last)
            _pair(page, 3, one.metric, point.value)
            page.ratio(6, one.metric, point.low)
            page.ratio(7, one.metric, one.trend.middle)
            page.ratio(8, one.metric, point.high)
            if point.signal or not point.ripe:
                page.say(9, SIGNALS[point.signal] if point.ripe else _UNRIPE)


def _parts(page: _Sheet, told: Gathered, tongue: Tongue) -> None:
    page.widths(26, 22, 14, 14, 14, 14, 14, 14, 30)
    for metric, found in told.parts:
        for part in found:
            page.next()
            page.say(0, metric.name)
            page.text(1, tongue.name(told.report.by, part.name))
            _pair(page, 2, metric, part.now)
            _pair(page, 5, metric, part.before)
            _remark(page, metric, part)


def _remark(page: _Sheet, metric: Metric, part: Part) -> None:
    if part.unusual:
        page.say(8, _UNUSUAL[part.unusual])
    elif metric.small(part.now.bottom):
        page.say(8, _SMALL)


def _notes(page: _Sheet, found: Sequence[Shown], currency: str) -> None:
    page.widths(24, 26, 70, 40, 16, 12, 12)
    for one in found:
        metric = one.metric
        page.next()
        page.text(0, metric.code)
        page.say(1, metric.name)
        page.say(2, metric.formula)
        page.say(3, metric.counted)
        page.say(4, _UNITS.get(metric.unit) or both(currency, currency))
        page.base(5, metric, metric.least)
        page.count(6, metric.ripens)
