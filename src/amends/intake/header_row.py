"""Finding the header row of an export by the names in it, and turning the rows below into `SourceRow`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from amends.facts.imported import Remark, SourceRow, Wanted, tidy_header
from amends.intake.look import UnableToReadFile, refuse

LINES_LOOKED_AT: Final = 40
_SHOWN: Final = 12
_AROUND_A_CELL: Final = " \t\r\n\u3000\u00a0\ufeff\u200b`"
_EMPTY: Final = frozenset({"", "-", "--", "—", "——", "/", "无", "null", "none", "n/a"})
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands (row number, 1 = first) and its columns: (position, tidy name, name as given)."""

    number: int
    columns: tuple[tuple[int, str, str], ...]


def find_header(rows: Iterable[tuple[int, Sequence[str]]], wanted: Wanted) -> Header | None:
    """The first of the `rows` that has every required column by one of its names; None where there is none."""
    for number, cells in rows:
        names = [tidy_header(cell) for cell in cells]
        if all(any(alias in names for alias in group) for group in wanted.required):
            return Header(number, _columns(names, cells))
    return None


def _columns(names: Sequence[str], cells: Sequence[str]) -> tuple[tuple[int, str, str], ...]:
    """Columns with a name; a name that stands twice keeps its number behind the second: `备注`, `备注#2`."""
    seen: dict[str, int] = {}
    columns: list[tuple[int, str, str]] = []
    for position, name in enumerate(names):
        if not name:
            continue
        seen[name] = seen.get(name, 0) + 1
        mark = f"#{seen[name]}" if seen[name] > 1 else ""
        columns.append((position, name + mark, cells[position].strip(_AROUND_A_CELL) + mark))
    return tuple(columns)


def header_missing(rows: Iterable[Sequence[str]], wanted: Wanted) -> UnableToReadFile:
    """The error for a table without the header: which columns were expected, and what stands there instead."""
    best: list[str] = []
    score = -1
    for cells in rows:
        names = [cell.strip(_AROUND_A_CELL) for cell in cells if cell.strip(_AROUND_A_CELL)]
        found = sum(tidy_header(name) in wanted.known for name in names)
        if (found, len(names)) > (score, len(best)):
            best, score = names, found
    tidy = {tidy_header(name) for name in best}
    missing = [group[0] for group in wanted.required if not tidy.intersection(group)]
    seen = "、".join(name[:20] for name in best[:_SHOWN]) or "（空）"
    return refuse(
        "header_not_recognised",
        f"前 {LINES_LOOKED_AT} 行里没有认得的表头。缺少列：{'、'.join(missing)}；找到的列：{seen}",
        f"no known header in the first {LINES_LOOKED_AT} rows. Missing columns: {', '.join(missing)}; "
        f"found: {', '.join(name[:20] for name in best[:_SHOWN]) or '(nothing)'}",
    )


def as_row(number: int, cells: Sequence[str], header: Header, damaged: Iterable[int] = ()) -> SourceRow | None:
    """One row under the header; None where every cell is empty. `damaged` are positions of rounded long numbers."""
    raw: dict[str, str] = {}
    clean: dict[str, str] = {}
    hurt: set[str] = set(header_names(header, damaged))
    width = len(cells)
    for position, name, given in header.columns:
        if position >= width or not (text := cells[position]):
            continue
        raw[given] = text
        text = text.strip(_AROUND_A_CELL)
        if text.casefold() in _EMPTY:
            continue
        clean[name] = text
        if "+" in text and _SCIENTIFIC.fullmatch(text):
            hurt.add(name)
    if not clean:
        return None
    fault = _too_wide(cells, header)
    return SourceRow(number, clean, raw, frozenset(hurt), fault=fault)


def header_names(header: Header, positions: Iterable[int]) -> Iterator[str]:
    """The tidy names of the columns at these positions."""
    wanted = set(positions)
    return (name for position, name, _ in header.columns if position in wanted) if wanted else iter(())


def _too_wide(cells: Sequence[str], header: Header) -> Remark | None:
    """More cells than the header has columns: a delimiter inside a value that nobody quoted has shifted the row."""
    last = header.columns[-1][0]
    if len(cells) <= last + 1 or not any(cell.strip(_AROUND_A_CELL) for cell in cells[last + 1 :]):
        return None
    return Remark(
        "too_many_cells",
        f"这一行有 {len(cells)} 格，表头只有 {last + 1} 列，内容已错位；请重新导出，不要用文本编辑器改动",
        f"this row has {len(cells)} cells but the header only {last + 1} columns, so its values are shifted; "
        "export it again",
    )
