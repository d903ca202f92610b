"""CSV and tab-separated exports, read as a stream: memory does not grow with the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from amends.facts.imported import SourceRow, Wanted
from amends.intake.header_row import LINES_LOOKED_AT, Header, as_row, find_header, header_missing
from amends.intake.look import Look, Opened, refuse

_DELIMITERS: Final = (",", "\t", ";")


def read_csv(look: Look, wanted: Wanted) -> Opened:
    """Will open the table and run over it once, so that a fault anywhere in it shows before any row is used.

    `UnableToReadFile`: no known header, or a quote that never closes.
    """
    header, delimiter = _find(look, wanted)
    total = sum(1 for number, _ in _cells(look, delimiter) if number > header.number)
    return Opened(_below(look, header, delimiter), total)


def _below(look: Look, header: Header, delimiter: str) -> Iterator[SourceRow]:
    for number, cells in _cells(look, delimiter):
        if number > header.number and (row := as_row(number, cells, header)):
            yield row


def _find(look: Look, wanted: Wanted) -> tuple[Header, str]:
    tops: list[list[Sequence[str]]] = []
    for delimiter in _DELIMITERS:
        top = list(islice(_cells(look, delimiter), LINES_LOOKED_AT))
        header = find_header(top, wanted)
        if header:
            return header, delimiter
        tops.append([cells for _, cells in top])
    raise header_missing(max(tops, key=lambda top: max((len(cells) for cells in top), default=0)), wanted)


def _cells(look: Look, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Row number (the line on which the row begins) and cells."""
    with look.path.open("rb") as file:
        file.seek(look.skip)
        reader = csv.reader(io.TextIOWrapper(file, look.encoding, newline=""), delimiter=delimiter)
        begins = 1
        try:
            for cells in reader:
                yield begins, cells
                begins = reader.line_num + 1
        except csv.Error:
            most = csv.field_size_limit()
            raise refuse(
                "quote_not_closed",
                f"第 {begins} 行引号没有结束，或一格超过 {most} 字；请重新导出",
                f"on line {begins} a quote is never closed or a cell has more than {most} characters; export it again",
            ) from None
