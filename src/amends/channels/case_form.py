"""Building a case file (`amends.case/1`) from what a row says; what it does not say is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from amends.basics.currencies import EXPONENTS
from amends.basics.money import write_minor
from amends.channels.cells import Columns, RowCells, UnableToReadCell
from amends.channels.reasons import reason_of
from amends.facts.imported import RowRefused, ShopSetting, SourceRow


def said(**fields: Any) -> dict[str, Any]:
    """The fields that say something: None, empty text, lists and mappings are left out."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {})}


def shop_part(shop: ShopSetting, labels: Iterable[str] = ()) -> dict[str, Any]:
    """The `shop` of a case file, with the marks that the row adds to the shop's own."""
    return said(channel=shop.channel, name=shop.name, labels=sorted({*shop.labels, *labels}))


def write(minor: int | None, currency: str) -> str | None:
    """An amount as a case file writes it."""
    return None if minor is None else write_minor(minor, EXPONENTS[currency])


def digits_of(shop: ShopSetting) -> int:
    """Digits after the point of the shop's currency."""
    return EXPONENTS.get(shop.currency, 2)


def grouped(rows: Iterable[SourceRow], columns: Columns, field: str) -> Iterator[Sequence[SourceRow]]:
    """Neighbouring rows with the same number in `field` are one case; a row without it stands alone."""
    aliases = columns.aliases[field]

    def key(row: SourceRow) -> object:
        found = next((row.cells[alias] for alias in aliases if alias in row.cells), None)
        return found if found and not row.fault else row.number

    return (tuple(group) for _, group in groupby(rows, key))


def reason(cells: RowCells, field: str, *more: str) -> str:
    """The reason's code by the texts in `field` and then in `more`; one that no table knows is `other`, and told."""
    for name in (field, *more):
        found = reason_of(cells.text(name))
        if found:
            return found
    text = cells.text(field)
    if text:
        cells.note(
            "reason_unknown",
            f"退款原因「{text[:40]}」归入「其他」，原文已保留",
            f"the reason {text[:40]!r} is taken as `other`; the original is kept",
            field,
        )
    else:
        cells.note("reason_missing", "没有填写原因，归入「其他」", "no reason is given; taken as `other`", field)
    return "other"


def faulty(rows: Sequence[SourceRow]) -> RowRefused | None:
    """The refusal of rows that the reader already found fault with."""
    return next((RowRefused(row.fault) for row in rows if row.fault), None)


def refused(fault: UnableToReadCell, key: str | None) -> RowRefused:
    """The refusal for a cell that cannot be read."""
    return RowRefused(fault.remark, key)


def closes(status: str | None, known: Mapping[str, str]) -> str | None:
    """`open` or `closed` by the platform's status: the known ones first, then by its words; None if neither tells."""
    if not status:
        return None
    plain = status.replace("，", ",").replace(" ", "")
    if plain in known:
        return known[plain]
    if plain.startswith(("待", "等待")):
        return "open"
    if any(word in plain for word in ("成功", "关闭", "完成", "完结", "取消", "撤销")):
        return "closed"
    return None
