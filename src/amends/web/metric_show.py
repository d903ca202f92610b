"""Metrics as people read them: values with their base, what moved, and the words that say how each is reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from babel.numbers import format_decimal, format_percent

from amends.basics.currencies import EXPONENTS
from amends.facts.rulebook import Says
from amends.learn.metrics.board import Part, Shown
from amends.learn.metrics.metric import Metric
from amends.learn.metrics.trend import SIGNALS, Value
from amends.web import show
from amends.web.metric_asked import Asked, day
from amends.web.tongues import LOCALES, Tongue, one_of, tongue
from amends.web.words import page_words

_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86400


@dataclass(frozen=True, slots=True)
class Card:
    """A metric ready for a page. `raw`: the value as a chart reads it; `better`: whether its change is for the better."""

    code: str
    name: str
    formula: str
    value: str
    base: str
    base_name: str
    change: str
    better: str
    signal: str
    signal_words: str
    small: bool
    why_small: str
    points: tuple[CardPoint, ...]
    middle: str
    chart: str
    unit: str
    address: str
    behind: str
    unripe: int

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw."""
        return any(point.raw for point in self.points)


@dataclass(frozen=True, slots=True)
class CardPoint:
    """A point of a course: its days, what people read, what a chart reads ("" where there is no base)."""

    days: str
    value: str
    base: str
    raw: str
    low: str
    high: str
    signal: str
    ripe: bool = True


def card(one: Shown, asked: Asked) -> Card:
    """Will make a metric ready to be shown."""
    metric, language = one.metric, tongue()
    currency = asked.question.currency
    return Card(
        code=metric.code,
        name=words(metric.name),
        formula=words(metric.formula),
        value=value_words(metric, one.now, currency, language) if one.possible else "–",
        base=base_words(metric, one.now, currency, language),
        base_name=words(metric.counted),
        change=change_words(one, currency, language),
        better=_better(metric, one),
        signal=one.trend.signal,
        signal_words=words(SIGNALS[one.trend.signal if one.trend.chart else "few"]),
        small=one.small or not one.possible,
        why_small=why_small(one, currency, language),
        points=tuple(
            [
                CardPoint(
                    _days(point.first, point.last),
                    value_words(metric, point.value, currency, language),
                    base_words(metric, point.value, currency, language),
                    _raw(metric, point.value.ratio, currency),
                    _raw(metric, point.low, currency),
                    _raw(metric, point.high, currency),
                    point.signal,
                    point.ripe,
                )
                for point in one.trend.points
            ]
        ),
        middle=_raw(metric, one.trend.middle, currency),
        chart=one.trend.chart,
        unit={"share": "%", "seconds": "h", "money": currency, "score": "1–5"}[metric.unit],
        address=f"/metrics/{metric.code}{asked.address()}",
        behind=f"/metrics/cases{asked.address(metric=metric.code)}",
        unripe=metric.ripens if any(not point.ripe for point in one.trend.points) else 0,
    )


def words(said: Says) -> str:
    """Will give a text in the language of the page."""
    return one_of({"zh": said.zh, "en": said.en}, tongue())


def value_words(metric: Metric, value: Value, currency: str, language: Tongue) -> str:
    """Will write a value; – where there is no base."""
    ratio = value.ratio
    if ratio is None:
        return "–"
    if metric.unit == "share":
        return str(format_percent(ratio, "0.00%" if ratio < 0.01 else "0.0%", locale=LOCALES[language]))
    if metric.unit == "money":
        return show.money(round(ratio), currency, language)
    if metric.unit == "score":
        return str(format_decimal(ratio, "0.00", locale=LOCALES[language]))
    return duration(round(ratio), language)


def base_words(metric: Metric, value: Value, currency: str, language: Tongue) -> str:
    """Will write numerator and base of a share, or the base alone."""
    if metric.unit == "share":
        top = _amount(metric, value.top, metric.top, currency, language)
        return f"{top} / {_amount(metric, value.bottom, metric.bottom, currency, language)}"
    return str(format_decimal(value.bottom, locale=LOCALES[language]))


def _amount(metric: Metric, number: int, term: str, currency: str, language: Tongue) -> str:
    if "minor" in term:
        return show.money(number, currency, language)
    return str(format_decimal(number, locale=LOCALES[language]))


def duration(seconds: int, language: Tongue) -> str:
    """Will write how long something took, in two units at most."""
    if seconds >= _DAY:
        return page_words("metrics.days_hours", language, d=seconds // _DAY, h=seconds % _DAY // _HOUR)
    if seconds >= _HOUR:
        return page_words("metrics.hours_minutes", language, h=seconds // _HOUR, m=seconds % _HOUR // _MINUTE)
    return page_words("metrics.minutes", language, m=max(1, seconds // _MINUTE) if seconds else 0)


def change_words(one: Shown, currency: str, language: Tongue) -> str:
    """Will write how far a value moved; "" where there is nothing to compare."""
    metric = one.metric
    now, then = one.now.ratio, one.before.ratio
    if now is None or then is None:
        return ""
    sign = "+" if now > then else "−" if now < then else "±"
    if metric.unit == "share":
        points = format_decimal(abs(now - then) * 100, "0.0#", locale=LOCALES[language])
        named = page_words("metrics.points", language)
        return f"{sign}{points} {named}"
    if metric.unit == "money":
        return sign + show.money(round(abs(now - then)), currency, language)
    if metric.unit == "score":
        return sign + str(format_decimal(abs(now - then), "0.00", locale=LOCALES[language]))
    return sign + duration(round(abs(now - then)), language)


def _better(metric: Metric, one: Shown) -> str:
    """A change is for the better or the worse only where the course says that it is more than chance."""
    now, then = one.now.ratio, one.before.ratio
    if now is None or then is None or now == then or not metric.better or one.small or not one.trend.signal:
        return ""
    return "better" if (now < then) == (metric.better == "low") else "worse"


def why_small(one: Shown, currency: str, language: Tongue) -> str:
    """Will say why a value tells nothing; "" where it does."""
    bottom = one.metric.bottom if one.metric.unit == "share" else ""
    if not one.possible:
        return page_words("metrics.not_by_this", language)
    if one.now.bottom == 0:
        key = "metrics.no_orders" if one.metric.over == "sales" else "metrics.no_base"
        return page_words(key, language)
    if not one.small:
        return ""
    return page_words(
        "metrics.small", language, least=_amount(one.metric, one.metric.least, bottom, currency, language)
    )


def _raw(metric: Metric, ratio: float | None, currency: str) -> str:
    if ratio is None:
        return ""
    if metric.unit == "share":
        return f"{ratio * 100:.4f}"
    if metric.unit == "score":
        return f"{ratio:.4f}"
    return f"{ratio / _HOUR:.3f}" if metric.unit == "seconds" else f"{ratio / 10 ** EXPONENTS.get(currency, 2):.2f}"


def _days(first: int, last: int) -> str:
    return f"{day(first):%m-%d}" if first == last else f"{day(first):%m-%d}–{day(last):%m-%d}"


@dataclass(frozen=True, slots=True)
class PartLine:
    """A value of a dimension ready for a page."""

    name: str
    value: str
    base: str
    before: str
    unusual: str
    small: bool
    width: int
    behind: str


def part_lines(metric: Metric, by: str, found: list[Part], asked: Asked) -> list[PartLine]:
    """Will make the parts of a metric ready; `width`: tenths of the largest value, for a bar."""
    language, currency = tongue(), asked.question.currency
    most = max([one.now.ratio or 0 for one in found], default=0)
    return [
        PartLine(
            one.name,
            value_words(metric, one.now, currency, language),
            base_words(metric, one.now, currency, language),
            value_words(metric, one.before, currency, language),
            one.unusual,
            metric.small(one.now.bottom),
            round(max(0, one.now.ratio or 0) / most * 20) if most else 0,
            f"/metrics/cases{asked.address(metric=metric.code, **{by: one.name})}" if one.name else "",
        )
        for one in found
    ]
