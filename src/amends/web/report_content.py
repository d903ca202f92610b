"""A report in words: what its PDF shows, every number with its base and how it is reckoned, in the report's own language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from amends.facts.rulebook import Says
from amends.facts.words import say
from amends.learn.metrics.board import Part, Shown
from amends.learn.metrics.catalogue import BY_DIMENSION
from amends.learn.metrics.metric import Metric
from amends.learn.metrics.trend import SIGNALS, Point, Value
from amends.learn.reports.gather import Gathered
from amends.learn.reports.workbook import Tongue as BookTongue
from amends.web.metric_asked import day
from amends.web.metric_show import base_words, change_words, value_words, why_small
from amends.web.metric_tags import GROUPS
from amends.web.tongues import Tongue, from_known, known_in, one_of
from amends.web.words import page_words

MOST_ROWS: Final = 20
"""Parts of a metric that the PDF shows; the workbook has more."""
_WORDS: Final = (
    "figures", "metric", "value", "base", "change", "course", "base_note", "courses", "chart_note", "no_course", "formula",
    "base_is", "parts_note", "before", "remark",
)  # fmt: skip
_LANGUAGES: Final[dict[str, Tongue]] = {"zh": "zh", "zh_hant": "zh_hant", "en": "en"}


def tongue_of(language: str) -> Tongue:
    """Will give a report's language as the pages know it."""
    return _LANGUAGES.get(language, "en")


def book_tongue(language: str) -> BookTongue:
    """Will give how the workbook of a report speaks."""
    own = tongue_of(language)
    return BookTongue(lambda words: _said(words, own), lambda by, value: part_name(by, value, own))


def content_of(told: Gathered, as_of: str, warning: str = "") -> dict[str, Any]:
    """Will write a report as plain values, to be drawn. `as_of`: when its facts were read; `warning`: what speaks against them."""
    report, own = told.report, tongue_of(told.report.language)
    by = _said(BY_DIMENSION[report.by].name, own) if report.by else ""
    before = told.span.before
    return {
        "language": own,
        "house": page_words("brand", own),
        "name": report.name,
        "days": f"{told.span.first} – {told.span.last}",
        "compared": page_words("reports.compared", own, first=before.first, last=before.last),
        "of": _of(report.shops, report.currency, own),
        "made": page_words("reports.as_of", own, when=as_of),
        "warning": warning,
        "words": {name: page_words(f"reports.pdf_{name}", own) for name in _WORDS},
        "metrics": [_metric(one, report.currency, own) for one in told.found],
        "by": page_words("reports.by_title", own, by=by) if by else "",
        "by_head": by,
        "parts": [
            {"name": _said(metric.name, own), "rows": _rows(metric, found, report.by, report.currency, own)}
            for metric, found in told.parts
        ],
    }


def _of(shops: Sequence[str], currency: str, own: Tongue) -> str:
    between = ", " if own == "en" else "、"
    of = between.join(shops) if shops else page_words("reports.all_shops", own)
    return page_words("reports.of", own, shops=of, currency=currency)


def _said(words: Says, own: Tongue) -> str:
    return one_of({"zh": words.zh, "en": words.en}, own)


def part_name(by: str, value: str, own: Tongue) -> str:
    """Will name a value of a dimension."""
    group = GROUPS.get(by)
    named = from_known(say(group, value, known_in(own)), own) if group else value
    return named or "–"


def _metric(one: Shown, currency: str, own: Tongue) -> dict[str, Any]:
    signal = one.trend.signal if one.trend.chart else "few"
    return {
        "name": _said(one.metric.name, own),
        "value": value_words(one.metric, one.now, currency, own) if one.possible else "–",
        "base": base_words(one.metric, one.now, currency, own),
        "change": change_words(one, currency, own),
        "course": _said(SIGNALS[signal], own),
        "signal": signal not in ("", "few"),
        "small": one.small or not one.possible,
        "why": why_small(one, currency, own),
        "formula": _said(one.metric.formula, own),
        "base_is": _said(one.metric.counted, own),
        "chart": _chart(one, currency, own),
    }


def _chart(one: Shown, currency: str, own: Tongue) -> dict[str, Any] | None:
    """A course as shares of the width and the height of its drawing; None where there is nothing to draw."""
    points = one.trend.points
    seen = [ratio for point in points for ratio in (point.value.ratio, point.high, point.low) if ratio is not None]
    if len([1 for point in points if point.value.bottom]) < 2 or not seen:
        return None
    low, high = min(0.0, *seen), max(*seen, 0.0)
    high = high if high > low else low + 1
    middle = one.trend.middle

    def up(ratio: float | None) -> float | None:
        return None if ratio is None else round((ratio - low) / (high - low), 5)

    def edge(ratio: float) -> str:
        return value_words(one.metric, _as_value(ratio), currency, own)

    return {
        "points": [
            {
                "x": round(place / (len(points) - 1), 5),
                "y": up(point.value.ratio),
                "low": up(point.low),
                "high": up(point.high),
                "signal": bool(point.signal),
                "ripe": point.ripe,
            }
            for place, point in enumerate(points)
        ],
        "middle": up(middle),
        "top": edge(high),
        "bottom": edge(low),
        "first": _days(points[0]),
        "last": _days(points[-1]),
    }


def _days(point: Point) -> str:
    return str(day(point.first)) if point.first == point.last else f"{day(point.first)} – {day(point.last)}"


def _as_value(ratio: float) -> Value:
    return Value(round(ratio * 1_000_000), 1_000_000)


def _rows(metric: Metric, found: Sequence[Part], by: str, currency: str, own: Tongue) -> list[dict[str, Any]]:
    return [
        {
            "name": part_name(by, one.name, own),
            "value": value_words(metric, one.now, currency, own),
            "base": base_words(metric, one.now, currency, own),
            "before": value_words(metric, one.before, currency, own),
            "remark": page_words(f"reports.{one.unusual}", own) if one.unusual else "",
            "unusual": bool(one.unusual),
            "small": metric.small(one.now.bottom),
        }
        for one in found[:MOST_ROWS]
    ]


def moment_words(at: datetime | None, zone: str, own: Tongue) -> str:
    """Will write when facts were read; in words where they never were."""
    return f"{at:%Y-%m-%d %H:%M} ({zone})" if at else page_words("metrics.never", own)
