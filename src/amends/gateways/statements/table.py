"""Finding a statement's table among its lines, and reading its cells; what cannot be read is told, not guessed."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, UnableToReadAmount, read_minor
from amends.facts.rulebook import Says
from amends.facts.statement import RefusedRow, Sheet, StatementLine, UnableToReadStatement

CHINA: Final = timezone(timedelta(hours=8))
Cells = Iterator[tuple[int, list[str]]]
_TIME: Final = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII)
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_LONGEST: Final = 40


class UnableToReadRow(ValueError):
    """A row lacks what it needs or holds what cannot be; `says` names the column."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its headers."""

    number: int
    cells: Mapping[str, str]

    def text(self, *names: str) -> str:
        """The first of these cells that holds something; empty where none does."""
        return next((found for name in names if (found := self.cells.get(name, ""))), "")

    def need(self, *names: str) -> str:
        """Text that is there."""
        found = self.text(*names)
        if not found:
            raise UnableToReadRow(f"column {names[0]} is empty", f"「{names[0]}」是空的")
        return found

    def amount(self, digits: int, *names: str) -> Minor:
        """An amount in minor units; an empty cell is nothing."""
        return read_amount(self.text(*names), digits, names[0])

    def time(self, zone: timezone, *names: str) -> datetime:
        """A moment that is there; one without an offset stands on the clock of `zone`."""
        found = self.need(*names)
        moment = read_moment(found, zone)
        if moment is None:
            raise UnableToReadRow(
                f"column {names[0]}: {found[:_LONGEST]!r} is no time; it should look like 2026-11-20 10:00:00",
                f"「{names[0]}」的「{found[:_LONGEST]}」不是时间；应形如 2026-11-20 10:00:00",
            )
        return moment


@dataclass(frozen=True, slots=True)
class Table:
    """A table and the lines of its sheet that stand before the header and after the rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    before: tuple[str, ...]


def read_amount(text: str, digits: int, name: str) -> Minor:
    """An amount in minor units, thousands commas allowed; an empty text is 0. Raises `UnableToReadRow`."""
    plain = text.lstrip("¥￥+")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    try:
        return read_minor(plain, digits) if plain else 0
    except UnableToReadAmount:
        raise UnableToReadRow(
            f"column {name}: {text[:_LONGEST]!r} is no amount; it should look like 89.50",
            f"「{name}」的「{text[:_LONGEST]}」不是金额；应形如 89.50",
        ) from None


def read_moment(text: str, zone: timezone) -> datetime | None:
    """The moment in a text such as ``2026-11-20 10:00:00`` or ``2026年11月20日``; None where there is none."""
    found = _TIME.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second = [int(part or 0) for part in found.groups()]
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def known_currency(text: str) -> str:
    """An ISO 4217 code that is known, in capitals. Raises `UnableToReadRow`."""
    code = text.upper()
    if code not in EXPONENTS:
        raise UnableToReadRow(f"{text[:_LONGEST]!r} is no known currency", f"「{text[:_LONGEST]}」不是已知币种")
    return code


def by_csv(sheet: Sheet) -> Cells:
    """Cells of a table whose texts may be quoted and span lines. Raises `UnableToReadStatement` where a quote never closes."""
    reader = csv.reader(sheet.lines, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise UnableToReadStatement(
            f"on line {begins} a quote is out of place or never closed; download the statement again",
            f"第 {begins} 行引号有误或没有结束；请重新下载账单",
        ) from None


def by_line(sheet: Sheet) -> Cells:
    """Cells of a table that has one row a line; a quote means something only where the whole line agrees."""
    for number, line in enumerate(sheet.lines, 1):
        text = line.rstrip("\r\n")
        if '"' in text:
            try:
                yield number, next(csv.reader([text], strict=True))
                continue
            except csv.Error:
                pass
        yield number, text.split(",")


def find_table(sheets: Sequence[Sheet], split: Callable[[Sheet], Cells], *needed: str) -> Table | None:
    """The first table whose header has all these columns."""
    for sheet in sheets:
        header: tuple[str, ...] | None = None
        rows: list[tuple[int, list[str]]] = []
        before: list[str] = []
        for number, cells in split(sheet):
            tidy = [clean(cell) for cell in cells]
            if header is not None:
                rows.append((number, tidy))
            elif set(needed) <= set(tidy):
                header = tuple(tidy)
            else:
                before.append(",".join(cells))
        if header is not None:
            return Table(header, tuple(rows), tuple(before))
    return None


def read_rows(
    table: Table, rows: Iterable[tuple[int, list[str]]], read: Callable[[Row], Iterable[StatementLine]]
) -> tuple[list[StatementLine], list[RefusedRow]]:
    """The lines that the rows give, and the rows that give none with the reason. Blank rows are nothing."""
    lines: list[StatementLine] = []
    refused: list[RefusedRow] = []
    names: set[str] = set()
    for number, cells in rows:
        if not any(cells):
            continue
        row = Row(number, dict(zip(table.header, cells, strict=False)))
        try:
            _must_fit(table, cells)
            found = list(read(row))
            if names & {line.name for line in found}:
                raise UnableToReadRow("the same row stands in the file twice", "文件中有重复的行")
        except UnableToReadRow as fault:
            refused.append(RefusedRow(number, fault.says, filled(row)))
            continue
        names |= {line.name for line in found}
        lines += found
    return lines, refused


def _must_fit(table: Table, cells: Sequence[str]) -> None:
    wide = len(table.header)
    if len(cells) < wide - 1 or any(cells[wide:]):
        raise UnableToReadRow(
            f"the row has {len(cells)} cells where the header has {wide}",
            f"该行有 {len(cells)} 格，表头有 {wide} 格",
        )


def filled(row: Row) -> Mapping[str, str]:
    """The cells that hold something."""
    return {name: value for name, value in row.cells.items() if name and value}


def clean(cell: str) -> str:
    """A cell without the tabs, blanks and back-ticks that some exports put around values."""
    return cell.strip().strip("\ufeff").removeprefix("`").strip()


def days_of(lines: Sequence[StatementLine], refused: Sequence[RefusedRow]) -> tuple[datetime, datetime]:
    """The whole days that the lines lie in, on their own clock. Raises `UnableToReadStatement` where no row could be read."""
    if not lines:
        if refused:
            first = refused[0]
            raise UnableToReadStatement(
                f"no row of the statement could be read; line {first.number}: {first.says.en}",
                f"账单没有一行可以读取；第 {first.number} 行：{first.says.zh}",
            )
        raise UnableToReadStatement("the statement has no rows", "账单没有明细行")
    first_at, last_at = min(line.at for line in lines), max(line.at for line in lines)
    end = last_at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return first_at.replace(hour=0, minute=0, second=0, microsecond=0), end


def wrong_form(form: str, wanted: str) -> UnableToReadStatement:
    """The error for a file that is another vendor's, or none."""
    return UnableToReadStatement(
        f"this is no {form} statement: no line holds the columns {wanted}; give the file as downloaded, or another --as",
        f"这不是 {form} 账单：找不到含有 {wanted} 的表头；请提供原样下载的文件，或更换 --as",
    )
