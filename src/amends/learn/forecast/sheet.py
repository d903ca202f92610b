"""A forecast as a table of a file: by day, by SKU, or by day as the station plans it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from amends.facts.forecast import Band, Forecast
from amends.facts.words import Language
from amends.learn.metrics.sheet import Cell

WAYS: Final = ("day", "sku", "station")
_BANDS: Final = (("80% 下限", "80% low"), ("80% 上限", "80% high"), ("95% 下限", "95% low"), ("95% 上限", "95% high"))
_HEADS: Final = {
    "day": (("日期", "Day"), ("预计退货申请", "Returns asked for"), *_BANDS),
    "station": (
        ("日期", "Day"),
        ("预计到仓包裹", "Parcels to inspect"),
        *_BANDS,
        ("预计分钟", "Minutes"),
        ("分钟 80% 下限", "Minutes 80% low"),
        ("分钟 80% 上限", "Minutes 80% high"),
    ),
    "sku": (
        ("SKU", "SKU"),
        ("类目", "Category"),
        ("预计退货申请", "Returns asked for"),
        *_BANDS,
        ("最终退货率", "Share of orders in the end"),
        ("订单基数", "Orders behind it"),
        ("退货基数", "Returns behind it"),
        ("预计到仓件数", "Pieces that arrive"),
        ("其中可再售", "Of them fit to be sold"),
        ("质检基数", "Inspections behind it"),
    ),
}


def forecast_table(
    found: Forecast, way: str, minutes: float | None, language: Language
) -> tuple[list[str], list[list[Cell]]]:
    """Will give the header and the rows. `way`: one of `WAYS`; `minutes`: what one parcel takes, None: unknown."""
    heads = [zh if language == "zh" else en for zh, en in _HEADS[way]]
    if way == "sku":
        return heads, [
            [
                one.sku,
                one.category,
                *_cells(one.asked),
                round(one.rate, 4),
                one.orders,
                one.returns,
                _rounded(one.units),
                _rounded(one.fit),
                one.graded,
            ]
            for one in found.skus
        ]
    if way == "day":
        return heads, [[_day(one.day), *_cells(one.asked)] for one in found.days]
    return heads, [
        [_day(one.day), *_cells(one.parcels), *_minutes(one.parcels, minutes)]
        for one in found.days
        if one.parcels is not None
    ]


def _cells(told: Band) -> list[Cell]:
    return [round(told.mean, 2), told.low80, told.high80, told.low95, told.high95]


def _minutes(told: Band, minutes: float | None) -> list[Cell]:
    if minutes is None:
        return [None, None, None]
    return [round(each * minutes) for each in (told.mean, told.low80, told.high80)]


def _rounded(told: float | None) -> float | None:
    return None if told is None else round(told, 1)


def _day(number: int) -> str:
    return str(date(1970, 1, 1) + timedelta(days=number))
