"""Excel exports (xlsx, xls): checked for truncation and zip bombs first, then read sheet by sheet."""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import python_calamine as calamine

from amends.facts.imported import SourceRow, Wanted
from amends.intake.header_row import LINES_LOOKED_AT, Header, as_row, find_header, header_missing
from amends.intake.look import Look, Opened, UnableToReadFile, refuse

MOST_UNPACKED: Final = 1024 * 1024 * 1024
MOST_CELLS: Final = 40_000_000
_MOST_MEMBERS: Final = 5_000
_CHUNK: Final = 1024 * 1024
_FAR_CELL: Final = re.compile(rb"""[\s"']r=["']([A-Z]{1,3})(\d{1,7})["']""")
_EXACT: Final = 10**15
_Cell = int | float | str | bool | datetime.date | datetime.time | datetime.timedelta


def read_workbook(look: Look, wanted: Wanted) -> Opened:
    """Will open the first sheet with a known header; the whole book is held in memory.

    `UnableToReadFile`: damaged, truncated, password, unpacks to too much, no known header.
    """
    if look.kind == "zip":
        _check_zip(look)
    sheets = _open(look)
    tops: list[Sequence[str]] = []
    for sheet in sheets:
        top = [(number, [_text(cell)[0] for cell in cells]) for number, cells in islice(_rows(sheet), LINES_LOOKED_AT)]
        header = find_header(top, wanted)
        if header:
            return Opened(_below(sheet, header), sheet.height)
        tops += [cells for _, cells in top]
    raise header_missing(tops, wanted)


def _below(sheet: calamine.CalamineSheet, header: Header) -> Iterator[SourceRow]:
    for number, cells in _rows(sheet):
        if number <= header.number:
            continue
        texts: list[str] = []
        damaged: list[int] = []
        for position, cell in enumerate(cells):
            text, hurt = _text(cell)
            texts.append(text)
            if hurt:
                damaged.append(position)
        if row := as_row(number, texts, header, damaged):
            yield row


def _rows(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, Sequence[_Cell]]]:
    start = sheet.start
    return enumerate(sheet.iter_rows(), (start[0] if start else 0) + 1)


def _text(cell: _Cell) -> tuple[str, bool]:
    """A cell as people see it, and whether it is a number too long for Excel to keep exactly (15 digits)."""
    if isinstance(cell, str):
        return cell, False
    if isinstance(cell, bool):
        return ("TRUE" if cell else "FALSE"), False
    if isinstance(cell, (int, float)):
        if abs(cell) >= _EXACT:
            return f"{cell:.14E}", True
        return f"{cell:.15g}", False
    if isinstance(cell, datetime.datetime):
        return cell.replace(microsecond=0, tzinfo=None).isoformat(" "), False
    return str(cell), False


def _open(look: Look) -> list[calamine.CalamineSheet]:
    try:
        book = calamine.CalamineWorkbook.from_path(look.path)
        return [book.get_sheet_by_name(name) for name in book.sheet_names]
    except calamine.PasswordError:
        raise refuse(
            "password",
            f"{look.path.name} 有密码，请去掉密码后再导入",
            f"{look.path.name} is protected by a password; save it without one",
        ) from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - the reader's own panics do not derive from Exception
        raise damaged_workbook(look) from None


def damaged_workbook(look: Look) -> UnableToReadFile:
    """The error for a workbook that is cut off or is none."""
    return refuse(
        "damaged_workbook",
        f"{look.path.name} 不是完整的 Excel 文件（可能下载中断），请重新导出",
        f"{look.path.name} is no whole Excel file (the download may have been cut off); export it again",
    )


def _check_zip(look: Look) -> None:
    try:
        with zipfile.ZipFile(look.path) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            unpacked = sum(member.file_size for member in members)
            if len(members) > _MOST_MEMBERS or unpacked > MOST_UNPACKED:
                raise _bomb(look)
            if "[Content_Types].xml" not in names:
                raise damaged_workbook(look)
            for member in members:
                _check_member(look, archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise damaged_workbook(look) from None


def _check_member(look: Look, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Reads a member through (checksum, true size) and, for a sheet, how far out its cells lie: the reader makes
    room for the whole rectangle, so that two cells in opposite corners would take all memory."""
    sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    row = column = 0
    rest = b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            if not sheet:
                continue
            chunk = rest + chunk
            found = _FAR_CELL.findall(chunk)
            if found:
                row = max(row, max(map(int, {number for _, number in found})))
                column = max(column, max(map(_column, {letters for letters, _ in found})))
            rest = chunk[-40:]
    if row * column > MOST_CELLS:
        raise _bomb(look)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _bomb(look: Look) -> UnableToReadFile:
    return refuse(
        "unpacks_to_too_much",
        f"{look.path.name} 解开后过大，不像平台导出的表格；请另存为 CSV 再导入",
        f"{look.path.name} unpacks to far more than an export does; save it as CSV and import that",
    )
