"""Looking at a file before reading it: what it is, in which encoding, how long, and its fingerprint. One pass."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from amends.facts.imported import Remark, SourceRow

Kind = Literal["text", "zip", "ole"]

BIGGEST_FILE: Final = 512 * 1024 * 1024
LONGEST_LINE: Final = 4 * 1024 * 1024
_CHUNK: Final = 256 * 1024
_BOM: Final = codecs.BOM_UTF8
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE: Final = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")


class UnableToReadFile(Exception):
    """The file cannot be read at all; `remark` says why and what would be right, in both languages."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.en)
        self.remark = remark


def refuse(code: str, zh: str, en: str, column: str | None = None) -> UnableToReadFile:
    """The error for a file that cannot be read."""
    return UnableToReadFile(Remark(code, zh, en, column))


@dataclass(frozen=True, slots=True)
class Look:
    """What one pass over the file shows. `skip` is the number of bytes before the text (byte order marks)."""

    path: Path
    kind: Kind
    sha256: str
    size: int
    encoding: str
    skip: int
    lines: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The rows of a file, and how many there are at most (None where only reading tells)."""

    rows: Iterator[SourceRow]
    total: int | None


def look_at(path: Path) -> Look:
    """Will read the whole file once. `UnableToReadFile`: missing, empty, too big, binary, endless line."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refuse("not_a_file", f"{path.name} 不是文件", f"{path.name} is not a file")
        _check_size(path, size)
        return _pass_over(path, size)
    except OSError as fault:
        raise refuse(
            "unreadable", f"无法打开文件 {path.name}：{fault.strerror}", f"cannot open {path.name}: {fault.strerror}"
        ) from None


def _check_size(path: Path, size: int) -> None:
    if size == 0:
        raise refuse("empty_file", f"{path.name} 是空文件，请重新导出", f"{path.name} is empty; export it again")
    if size > BIGGEST_FILE:
        most = BIGGEST_FILE // 1024 // 1024
        raise refuse(
            "file_too_big",
            f"{path.name} 超过 {most} MB，请按时间段分几次导出",
            f"{path.name} is larger than {most} MB; export shorter periods",
        )


def _pass_over(path: Path, size: int) -> Look:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        kind: Kind = "zip" if head.startswith(_ZIP) else "ole" if head.startswith(_OLE) else "text"
        skip, told = _marks(head)
        if kind == "text":
            _refuse_web_page(path, head[skip:])
        text = _TextPass(path, told)
        chunk, start = head, skip
        while chunk:
            digest.update(chunk)
            if kind == "text":
                text.feed(chunk[start:])
            chunk, start = file.read(_CHUNK), 0
    encoding = text.finish() if kind == "text" else ""
    return Look(path, kind, digest.hexdigest(), size, encoding, skip, text.lines)


def _marks(head: bytes) -> tuple[int, str | None]:
    """Bytes of byte order marks in front (some exports write the UTF-8 mark twice), and the encoding they tell."""
    skip = 0
    while head.startswith(_BOM, skip):
        skip += len(_BOM)
    if skip:
        return skip, "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return 2, "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    return 0, None


def _refuse_web_page(path: Path, head: bytes) -> None:
    if head.lstrip()[:64].lower().startswith(_WEB_PAGE):
        raise refuse(
            "web_page",
            f"{path.name} 其实是网页，请用表格软件打开后另存为 xlsx 或 CSV",
            f"{path.name} is a web page in disguise; open it in a spreadsheet program and save it as xlsx or CSV",
        )


class _TextPass:
    """Finds out the encoding without guessing: strict UTF-8 if every byte agrees, else strict GB18030, else refused."""

    def __init__(self, path: Path, told: str | None) -> None:
        self.lines = 1
        self._path = path
        self._since_newline = 0
        names = [told] if told else ["utf-8", "gb18030"]
        self._decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in names}
        self._wide = bool(told and told.startswith("utf-16"))

    def feed(self, chunk: bytes, final: bool = False) -> None:
        if b"\0" in chunk and not self._wide:
            raise self._binary()
        self._measure(chunk)
        for name in list(self._decoders):
            try:
                self._decoders[name].decode(chunk, final)
            except UnicodeDecodeError:
                del self._decoders[name]
        if not self._decoders:
            raise self._binary()

    def finish(self) -> str:
        self.feed(b"", final=True)
        return next(iter(self._decoders))

    def _measure(self, chunk: bytes) -> None:
        longest, position = 0, 0
        count = chunk.count(b"\n")
        while (end := chunk.find(b"\n", position)) >= 0 and count < 64:
            longest = max(longest, self._since_newline + end - position)
            self._since_newline, position = 0, end + 1
        if count >= 64:
            longest = self._since_newline + chunk.find(b"\n")
            self._since_newline = len(chunk) - chunk.rfind(b"\n") - 1
        else:
            self._since_newline += len(chunk) - position
        self.lines += count
        if max(longest, self._since_newline) > LONGEST_LINE:
            raise refuse(
                "line_too_long",
                f"{self._path.name} 第 {self.lines} 行超过 {LONGEST_LINE // 1024 // 1024} MB，不是导出的表格",
                f"line {self.lines} of {self._path.name} is longer than {LONGEST_LINE // 1024 // 1024} MB; "
                "that is no exported table",
            )

    def _binary(self) -> UnableToReadFile:
        return refuse(
            "not_a_table",
            f"{self._path.name} 既不是 UTF-8 或 GBK 文本，也不是 Excel 文件，请上传平台导出的 CSV 或 xlsx",
            f"{self._path.name} is neither text in UTF-8 or GBK nor an Excel file; give the CSV or xlsx as exported",
        )
