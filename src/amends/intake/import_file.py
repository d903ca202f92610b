"""From a file on disk to case files: look at it, read it in its form, let the format translate its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from amends.facts.imported import CaseMade, ExportFormat, RowRefused, ShopSetting, SourceRow, Wanted
from amends.intake.case_files import read_case_files
from amends.intake.csv_sheet import read_csv
from amends.intake.look import Look, Opened, look_at
from amends.intake.workbook import read_workbook


class UnableToImport(ValueError):
    """No such form of file; the message names those there are."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A file being read: its name and fingerprint, how many rows at most, and what each group of rows became."""

    file: str
    sha256: str
    form: str
    total: int | None
    results: Iterator[tuple[Sequence[SourceRow], CaseMade | RowRefused]]


def form_named(forms: Iterable[ExportFormat], name: str) -> ExportFormat:
    """The form of file called `name`. `UnableToImport` where there is none."""
    every = tuple(forms)
    found = next((form for form in every if form.name == name), None)
    if found is None:
        raise UnableToImport(f"{name!r} is not a form of file; use one of {', '.join(form.name for form in every)}")
    return found


def translate_file(path: Path, form: ExportFormat, shop: ShopSetting) -> Translated:
    """Will open `path` as `form`. `UnableToReadFile` before the first row, never after: a bad row is a refusal."""
    look = look_at(path)
    opened = read_case_files(look) if form.wanted is None else read_sheet(look, form.wanted)
    results = ((rows, form.translate(rows, shop)) for rows in form.groups(opened.rows))
    return Translated(path.name, look.sha256, form.name, opened.total, results)


def read_sheet(look: Look, wanted: Wanted) -> Opened:
    """The rows under the header that `wanted` describes, in file order, empty rows left out.

    CSV (UTF-8, UTF-16, GBK) is a stream; a workbook is held in memory while it is read.
    """
    return read_csv(look, wanted) if look.kind == "text" else read_workbook(look, wanted)
