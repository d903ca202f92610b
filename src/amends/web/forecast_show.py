"""A forecast as people read it: numbers with their bands, and what a chart reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from babel.numbers import format_decimal, format_percent

from amends.desk.forecast import Expected
from amends.facts.forecast import Band, Forecast, Held, SkuAhead
from amends.learn.forecast.model import OTHERS
from amends.web.metric_asked import day
from amends.web.metric_show import duration
from amends.web.tongues import LOCALES, tongue
from amends.web.words import page_words

_SURE = 10
"""Means from here on are written without tenths."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One number on top of the page. `lines`: what stands below it."""

    title: str
    value: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A day of the chart and of the table beside it. `came`: what was counted, where the day is over; `mean`: what is expected, else."""

    day: str
    came: str
    mean: str
    band80: str
    band95: str
    time: str
    raw: Band | None


def tiles_of(told: Expected) -> list[Tile]:
    """Will make the numbers of the whole time: returns, parcels, and hours of work."""
    found = told.found
    if not isinstance(found, Forecast):
        return []
    asked = Tile(_say("asked"), number(found.asked.mean), _bands(found.asked))
    if found.parcels is None:
        return [asked, Tile(_say("parcels"), "–", (_say("no_arrivals"),))]
    parcels = Tile(_say("parcels"), number(found.parcels.mean), _bands(found.parcels))
    if told.minutes is None:
        return [asked, parcels, Tile(_say("minutes"), "–", (_say("no_pace"),))]
    each = format_decimal(told.minutes, "0.0", locale=LOCALES[tongue()])
    measured = _say("per_parcel", minutes=each, base=whole(told.pace.parcels))
    low, high = [_time(many, told.minutes) for many in (found.parcels.low80, found.parcels.high80)]
    hours = Tile(
        _say("minutes"), _time(found.parcels.mean, told.minutes), (_say("band80", low=low, high=high), measured)
    )
    return [asked, parcels, hours]


def base_of(found: Forecast) -> str:
    """Will say how many returns of how many orders a forecast rests on."""
    told = {"returns": whole(found.returns), "orders": whole(found.orders), "days": whole(found.known_days)}
    return _say("base_told", **told)


def lines_of(found: Forecast, what: Literal["asked", "parcels"], minutes: float | None) -> list[Line]:
    """Will make the days of the last weeks and of those to come."""
    place = 1 if what == "asked" else 2
    over = [Line(f"{day(one[0]):%m-%d}", whole(one[place]), "", "", "", "", None) for one in found.before]
    coming = []
    for one in found.days:
        told = one.asked if what == "asked" else one.parcels
        if told is None:
            continue
        time = "" if minutes is None else _time(told.mean, minutes)
        spans = f"{told.low80}–{told.high80}", f"{told.low95}–{told.high95}"
        coming.append(Line(f"{day(one.day):%m-%d}", "", number(told.mean), *spans, time, told))
    return [*over, *coming]


@dataclass(frozen=True, slots=True)
class SkuLine:
    """A SKU of the table."""

    name: str
    category: str
    mean: str
    band80: str
    band95: str
    rate: str
    base: str
    units: str
    fit: str
    graded: str


def sku_lines(found: Sequence[SkuAhead]) -> list[SkuLine]:
    """Will make SKUs ready for a page."""
    return [
        SkuLine(
            _say("others") if one.sku == OTHERS else one.sku or "–",
            one.category,
            number(one.asked.mean),
            f"{one.asked.low80}–{one.asked.high80}",
            f"{one.asked.low95}–{one.asked.high95}",
            percent(one.rate),
            f"{whole(one.returns)} / {whole(one.orders)}",
            "–" if one.units is None else number(one.units),
            "–" if one.fit is None else number(one.fit),
            _say("fit_base", n=whole(one.graded)),
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """How past forecasts of one sort held."""

    name: str
    in80: str
    in95: str
    of: str
    missed: str
    flat: str
    week: str
    verdict: str
    best: bool


def record_of(found: Forecast) -> list[RecordLine]:
    """Will say how past forecasts held, of each sort that was measured."""
    named = (
        ("by_day_asked", found.held_asked),
        ("by_day_parcels", found.held_parcels),
        ("by_sku_asked", found.held_skus),
    )
    return [_record(name, held) for name, held in named if held is not None]


def _record(name: str, held: Held) -> RecordLine:
    return RecordLine(
        _say(name),
        percent(held.in80 / held.of),
        percent(held.in95 / held.of),
        whole(held.of),
        _error(held.missed),
        _error(held.flat),
        "–" if held.week is None else _error(held.week),
        _say("best" if held.best else "not_best"),
        held.best,
    )


def number(mean: float) -> str:
    """Will write a mean: whole where it is large, with a tenth where it is small."""
    return str(format_decimal(mean, "#,##0" if mean >= _SURE else "0.0", locale=LOCALES[tongue()]))


def whole(many: int) -> str:
    """Will write a count."""
    return str(format_decimal(many, locale=LOCALES[tongue()]))


def percent(share: float) -> str:
    """Will write a share."""
    return str(format_percent(share, "0%" if share >= 0.1 or share == 0 else "0.0%", locale=LOCALES[tongue()]))


def _error(missed: float) -> str:
    return str(format_decimal(missed, "0.00" if missed < _SURE else "0.0", locale=LOCALES[tongue()]))


def _bands(told: Band) -> tuple[str, str]:
    return (
        _say("band80", low=whole(told.low80), high=whole(told.high80)),
        _say("band95", low=whole(told.low95), high=whole(told.high95)),
    )


def _time(parcels: float, minutes: float) -> str:
    return duration(round(parcels * minutes * 60), tongue())


def _say(key: str, **told: object) -> str:
    return page_words(f"forecast.{key}", tongue(), **told)
