"""What every statement's translator needs: the table under its header, clean cells, amounts, times, checked totals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from amends.basics.money import Minor, UnableToReadAmount, exponent, read_minor
from amends.facts.imported import tidy_header
from amends.facts.rulebook import Says
from amends.facts.statements import BrokenRow, Rows, StatementLine, Total, UnableToTakeStatement

CHINA: Final = "+08:00"
_TIME: Final = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII
)
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
Cells = Mapping[str, str]


class UnableToReadRow(ValueError):
    """A row cannot be read; `says` names the column and what would be right, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


def clean(cell: str) -> str:
    """A cell without the tabs, back-ticks and spaces round it."""
    return cell.strip(" \t\r\n`\ufeff")


def header_at(rows: Rows, *needed: str) -> int | None:
    """The index of the header row: the first that has all these columns."""
    wanted = {tidy_header(name) for name in needed}
    for index, (_, cells) in enumerate(rows):
        if wanted <= {tidy_header(cell) for cell in cells}:
            return index
    return None


def table(rows: Rows, index: int, ends: Callable[[Sequence[str]], bool]) -> Iterator[tuple[int, Cells, Sequence[str]]]:
    """Line number, cells by tidy column name, and the row as given, below the header at `index` until `ends` says so.

    Empty cells behind the last column are nothing; a row with more cells, or fewer, has shifted: its mapping is empty.
    """
    names = [tidy_header(cell) for cell in rows[index][1]]
    for number, cells in rows[index + 1 :]:
        if ends(cells):
            return
        if not any(clean(cell) for cell in cells):
            continue
        fits = len(cells) >= len(names) and not any(clean(cell) for cell in cells[len(names) :])
        yield number, dict(zip(names, [clean(cell) for cell in cells], strict=False)) if fits else {}, cells


def read_table(
    found: Iterator[tuple[int, Cells, Sequence[str]]], read: Callable[[int, Cells], StatementLine]
) -> tuple[list[StatementLine], list[BrokenRow]]:
    """Every row as a line or, where it cannot be read, kept as it is with the reason."""
    lines: list[StatementLine] = []
    broken: list[BrokenRow] = []
    for number, cells, given in found:
        try:
            if not cells:
                raise UnableToReadRow("the row has more or fewer cells than the header", "该行的列数与表头不一致")
            lines.append(read(number, cells))
        except UnableToReadRow as fault:
            broken.append(BrokenRow(number, tuple(given), fault.says))
    return lines, broken


def text(cells: Cells, *names: str) -> str:
    """The first of these columns that holds something; empty where none does."""
    return next((found for name in names if (found := cells.get(tidy_header(name), ""))), "")


def need(cells: Cells, *names: str) -> str:
    """As `text`, of a column that must hold something."""
    found = text(cells, *names)
    if not found:
        raise UnableToReadRow(f"column {names[0]} is empty", f"「{names[0]}」为空")
    return found


def amount(cells: Cells, currency: str, *names: str) -> Minor:
    """An amount in minor units, its sign kept."""
    found = need(cells, *names)
    plain = found.lstrip("+¥￥$")
    plain = plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain
    try:
        return read_minor(plain, exponent(currency))
    except UnableToReadAmount as fault:
        raise UnableToReadRow(
            f"column {names[0]}: {fault}", f"「{names[0]}」的「{found[:40]}」不是 {currency} 金额"
        ) from None


def moment(found: str, offset: str) -> datetime | None:
    """An instant; None where the text is none. `offset`: of the clock that the file's times stand on."""
    parts = _TIME.fullmatch(found.strip())
    if not parts:
        return None
    year, month, day, hour, minute, second, zone = parts.groups()
    stands = {"Z": "+00:00", None: offset}.get(zone, zone)
    try:
        return datetime.fromisoformat(
            f"{year}-{month:0>2}-{day:0>2}T{hour or '0':0>2}:{minute or '00'}:{second or '00'}{stands}"
        )
    except ValueError:
        return None


def stated(found: str, what: str, digits: int = 2) -> Minor:
    """A total in yuan that the file states of itself; a total that cannot be read refuses the file."""
    plain = clean(found).lstrip("¥￥").replace(",", "")
    try:
        return read_minor(plain, digits)
    except UnableToReadAmount:
        raise UnableToTakeStatement(
            f"the total {what} cannot be read: {found[:40]!r}; export the file again",
            f"合计「{what}」无法读取：「{found[:40]}」；请重新导出",
        ) from None


def agreed(totals: Sequence[Total], broken: Sequence[BrokenRow]) -> tuple[Total, ...]:
    """The totals, which must be what the rows come to. Rows that cannot be read are missing from a sum, so then it may differ;
    each of them is on the work list, and they still count as rows. Raises `UnableToTakeStatement` with the difference.
    """
    off = [total for total in totals if total.stated != total.found and (total.always or not broken)]
    if off:
        one = off[0]
        raise UnableToTakeStatement(
            f"the file states {one.stated} as {one.name}, its rows come to {one.found}: {one.found - one.stated:+d} "
            "(minor units or rows). It was cut or changed; export it again",
            f"文件写明的{one.name}为 {one.stated}，各行合计为 {one.found}，相差 {one.found - one.stated:+d}"
            "（分或行）；文件不完整或被改动，请重新导出",
        )
    return tuple(totals)


def cut_off(what: str) -> UnableToTakeStatement:
    """The fault of a file whose own totals are not there."""
    return UnableToTakeStatement(
        f"the totals {what} are missing: the download may have been cut off; export the file again",
        f"缺少合计（{what}），可能下载中断；请重新导出",
    )


def headless(form: str, columns: str) -> UnableToTakeStatement:
    """The fault of a file that is not of the form."""
    return UnableToTakeStatement(
        f"this is no {form} statement: there is no row with the columns {columns}",
        f"这不是 {form} 账单：没有包含列 {columns} 的表头",
    )
