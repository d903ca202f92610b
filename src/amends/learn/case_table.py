"""Cases as the rows of a table, and the table as a file: CSV that spreadsheet programs open rightly, XLSX, or case files."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, Final, Literal, Protocol

import xlsxwriter  # type: ignore[import-untyped]

from amends.facts.case_table import COLUMNS, TableColumn, WholeCase
from amends.facts.listed import ListQuery
from amends.facts.people import Merchants
from amends.facts.words import Language, say

TableForm = Literal["csv", "xlsx", "jsonl"]
FORMS: Final[tuple[TableForm, ...]] = ("csv", "xlsx", "jsonl")
MOST: Final = 100_000
"""Cases that one file holds; a spreadsheet ends at a million rows, and a case may have several."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class CaseSource(Protocol):
    """Where cases are written out from."""

    def whole(self, query: ListQuery, merchants: Merchants, most: int) -> Iterator[WholeCase]:
        """Give the cases of a question, in the list's order, without holding them all."""
        ...


def rows_of(one: WholeCase, language: Language) -> Iterator[dict[str, str]]:
    """Will give the rows of a case: one a line of the order, the case's own cells on the first."""
    case, decision = one.case, one.decision or {}
    asked = {str(line.get("id")): line.get("quantity") for line in _at(case, "request.lines") or ()}
    for place, line in enumerate(_at(case, "order.lines") or [{}]):
        row = {}
        for column in COLUMNS:
            if column.of_line:
                value = asked.get(str(line.get("id"))) if column.name == "asked_quantity" else _at(line, column.path)
            elif place:
                value = case.get("case") if column.name == "case" else None
            else:
                value = _own(column, one, case, decision)
            row[column.name] = _shown(column, value, language)
        yield row


def _own(column: TableColumn, one: WholeCase, case: Mapping[str, Any], decision: Mapping[str, Any]) -> Any:
    shipments, payments = case.get("shipments") or [{}], _at(case, "order.payments") or [{}]
    special: dict[str, Callable[[], Any]] = {
        "state": lambda: one.state,
        "method": lambda: payments[0].get("method"),
        "payment": lambda: payments[0].get("reference"),
        "waybill": lambda: shipments[0].get("id"),
        "shipped_at": lambda: shipments[0].get("shipped_at"),
        "delivered_at": lambda: shipments[0].get("delivered_at"),
        "trace": lambda: shipments[0].get("trace"),
    }
    found = special.get(column.name)
    return found() if found else _at(decision if column.out_only else case, column.path)


def _at(found: Any, path: str) -> Any:
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def _shown(column: TableColumn, value: Any, language: Language) -> str:
    if value is None:
        return ""
    return say(column.codes, str(value), language) if column.codes else str(value)


def header(language: Language) -> list[str]:
    """Will give the headers in a language."""
    return [one.zh if language == "zh" else one.en for one in COLUMNS]


def write_table(cases: Iterable[WholeCase], form: TableForm, language: Language, out: IO[bytes]) -> int:
    """Will write cases into a file that is open for writing; how many there were. Holds one case at a time."""
    if form == "jsonl":
        return _lines(cases, out)
    return _workbook(cases, language, out) if form == "xlsx" else _csv(cases, language, out)


def table_pieces(cases: Iterable[WholeCase], form: TableForm, language: Language) -> Iterator[bytes]:
    """Will give the file piece by piece, as an answer is sent."""
    with tempfile.TemporaryFile() as out:
        write_table(cases, form, language, out)
        out.seek(0)
        while piece := out.read(65_536):
            yield piece


def _lines(cases: Iterable[WholeCase], out: IO[bytes]) -> int:
    many = 0
    for one in cases:
        out.write(json.dumps(one.case, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        many += 1
    return many


def _csv(cases: Iterable[WholeCase], language: Language, out: IO[bytes]) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer, many = csv.writer(text), 0
    writer.writerow(header(language))
    for one in cases:
        for row in rows_of(one, language):
            writer.writerow([_harmless(column, row[column.name]) for column in COLUMNS])
        many += 1
    text.detach()
    return many


def _harmless(column: TableColumn, text: str) -> str:
    """A cell that no spreadsheet program takes for a formula, and a long number that it does not round: a tab before it does both."""
    if column.kind == "id" and len(text) > 11 and text.isdigit():
        return f"\t{text}"
    return f"\t{text}" if text.startswith(_FORMULA) else text


def _workbook(cases: Iterable[WholeCase], language: Language, out: IO[bytes]) -> int:
    book = xlsxwriter.Workbook(
        out,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    sheet, many, line = book.add_worksheet("Amends"), 0, 1
    sheet.freeze_panes(1, 1)
    bold = book.add_format({"bold": True, "bg_color": "#E7EEEC", "border": 1})
    for place, (column, name) in enumerate(zip(COLUMNS, header(language), strict=True)):
        sheet.set_column(place, place, 20 if column.kind in ("id", "time") else 12)
        sheet.write_string(0, place, name, bold)
    for one in cases:
        for row in rows_of(one, language):
            for place, column in enumerate(COLUMNS):
                if row[column.name]:
                    sheet.write_string(line, place, row[column.name])
            line += 1
        many += 1
    book.close()
    return many
