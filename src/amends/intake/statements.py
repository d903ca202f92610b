"""From a statement's file to its rows: text as it is, or the one member of an archive that is of the form."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from amends.facts.statements import Rows, Statement, StatementForm, UnableToTakeStatement

BIGGEST: Final = 64 * 1024 * 1024
"""Of a file, and of what its archive unpacks to, in bytes."""
_ZIP: Final = b"PK\x03\x04"
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class OpenedStatement:
    """A statement as read from a file."""

    file: str
    sha256: str
    form: StatementForm
    statement: Statement


def statement_form(forms: Iterable[StatementForm], name: str) -> StatementForm:
    """The form called `name`, or the form of the gateway of that name. `UnableToTakeStatement` where there is none."""
    every = tuple(forms)
    found = next((form for form in every if name in (form.name, form.gateway)), None)
    if found is None:
        names = ", ".join([form.name for form in every])
        raise UnableToTakeStatement(
            f"{name!r} is no form of statement; use one of {names}", f"没有账单格式“{name}”；可用：{names}"
        )
    return found


def open_statement(path: Path, form: StatementForm) -> OpenedStatement:
    """Will read the file at `path` as `form`. `UnableToTakeStatement` with the reason; `OSError` where it cannot be read."""
    if path.stat().st_size > BIGGEST:
        raise _too_big()
    content = path.read_bytes()
    if not content:
        raise UnableToTakeStatement(f"{path.name} is empty; export it again", f"{path.name} 是空文件；请重新导出")
    texts = _members(content) if content.startswith(_ZIP) else iter([content])
    tables = [_rows(_decoded(one, path.name)) for one in texts]
    rows = next((one for one in tables if form.fits(one)), tables[0] if tables else [])
    return OpenedStatement(path.name, hashlib.sha256(content).hexdigest(), form, form.read(rows))


def _members(content: bytes) -> Iterator[bytes]:
    """The tables in an archive; the sum of what they unpack to is bounded."""
    room = BIGGEST
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            for info in box.infolist():
                if not info.is_dir() and not info.filename.lower().endswith((".xls", ".xlsx", ".pdf")):
                    with box.open(info) as member:
                        found = member.read(room + 1)
                    room -= len(found)
                    if room < 0:
                        raise _too_big()
                    yield found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as fault:
        if isinstance(fault, UnableToTakeStatement):
            raise
        raise UnableToTakeStatement(
            f"the archive cannot be opened ({fault}); unpack it, or export it again",
            "压缩包无法打开（可能损坏或加密）；请解压后导入，或重新导出",
        ) from fault


def _decoded(content: bytes, name: str) -> str:
    while content.startswith(_BOM):
        content = content[len(_BOM) :]
    for encoding in ("utf-8", "gb18030"):
        try:
            found = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in found:
            return found
    raise UnableToTakeStatement(
        f"{name} is neither text in UTF-8 nor in GBK; give the CSV or its archive as exported",
        f"{name} 既不是 UTF-8 也不是 GBK 文本；请提供原始 CSV 或压缩包",
    )


def _rows(text: str) -> Rows:
    if "\n`" in text:
        return [(number, _cells(line)) for number, line in enumerate(text.splitlines(), 1) if line]
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, begins = [], 1
    try:
        for cells in reader:
            found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        raise UnableToTakeStatement(
            f"on line {begins} a quote is never closed; export the file again",
            f"第 {begins} 行引号没有结束；请重新导出",
        ) from None
    return found


def _cells(line: str) -> list[str]:
    """The cells of a line in a file whose values each stand behind a back-tick: a comma inside a value is no border."""
    return line[1:].split(",`") if line.startswith("`") else line.split(",")


def _too_big() -> UnableToTakeStatement:
    most = BIGGEST // 1024 // 1024
    return UnableToTakeStatement(
        f"the statement is larger than {most} MB; export shorter periods", f"账单超过 {most} MB；请按时间段分几次导出"
    )
