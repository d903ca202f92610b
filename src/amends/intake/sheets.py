"""A platform's table, as exported: CSV in UTF-8, UTF-16 or GBK, or Excel; rows of clean text with their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from amends.facts.imported import SourceRow, Wanted
from amends.intake.csv_sheet import read_csv
from amends.intake.look import Look
from amends.intake.workbook import read_workbook


def read_sheet(look: Look, wanted: Wanted) -> Iterator[SourceRow]:
    """Will yield the rows under the header that `wanted` describes, in file order, empty rows left out.

    CSV is a stream; a workbook is held in memory while it is read. `UnableToReadFile` says why it cannot be read.
    """
    return read_csv(look, wanted) if look.kind == "text" else read_workbook(look, wanted)
