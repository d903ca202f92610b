"""A row as the reader hands it to a translator."""

from __future__ import annotations

from collections.abc import Mapping

from amends.facts.imported import CaseMade, ExportFormat, RowRefused, ShopSetting, SourceRow, tidy_header
from amends.facts.read_case import read_case


def row(given: Mapping[str, str], number: int = 2, damaged: tuple[str, ...] = ()) -> SourceRow:
    cells = {tidy_header(name): text.strip("\t") for name, text in given.items() if text.strip("\t-")}
    return SourceRow(number, cells, dict(given), frozenset(map(tidy_header, damaged)))


def made(form: ExportFormat, shop: ShopSetting, *rows: SourceRow) -> CaseMade:
    """The case, which the case reader must take."""
    result = form.translate(rows, shop)
    assert isinstance(result, CaseMade), result
    assert read_case(result.case).ignored in ((), ("return_parcel.carrier",))
    return result


def not_made(form: ExportFormat, shop: ShopSetting, *rows: SourceRow) -> RowRefused:
    result = form.translate(rows, shop)
    assert isinstance(result, RowRefused), result
    assert result.remark.zh
    assert result.remark.en
    return result


def codes(case: CaseMade) -> list[str]:
    return [remark.code for remark in case.remarks]
