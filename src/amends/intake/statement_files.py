"""Opening a gateway's statement: a CSV, or a zip of CSVs, in UTF-8 or GBK. Nothing is made of it here."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Final

from amends.facts.statement import Sheet, StatementFile, UnableToReadStatement
from amends.intake.look import Look, UnableToReadFile, look_at

BIGGEST_STATEMENT: Final = 256 * 1024 * 1024
_MOST_MEMBERS: Final = 200


def open_statement(path: Path) -> StatementFile:
    """The sheets of the file. Raises `UnableToReadStatement`: missing, empty, too big, damaged, or no table."""
    try:
        look = look_at(path)
    except UnableToReadFile as fault:
        raise UnableToReadStatement(fault.remark.en, fault.remark.zh) from None
    if look.kind == "ole":
        raise _no_table(path.name)
    if look.size > BIGGEST_STATEMENT:
        raise _too_big(path.name)
    sheets = (
        _unpacked(look) if look.kind == "zip" else (_sheet(path.name, path.read_bytes()[look.skip :], look.encoding),)
    )
    return StatementFile(path.name, look.sha256, sheets)


def _unpacked(look: Look) -> tuple[Sheet, ...]:
    name = look.path.name
    try:
        with zipfile.ZipFile(look.path) as archive:
            members = [member for member in archive.infolist() if member.filename.lower().endswith((".csv", ".txt"))]
            if not members:
                raise _no_table(name)
            if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > BIGGEST_STATEMENT:
                raise _too_big(name)
            return tuple([_decoded(name, member, _member(archive, member)) for member in members])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise UnableToReadStatement(
            f"{name} is no whole zip (the download may have been cut off), or it has a password; download it again",
            f"{name} 不是完整的 zip（可能下载中断）或有密码；请重新下载",
        ) from None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The content, never more than the zip says it is."""
    with archive.open(member) as file:
        return file.read(member.file_size + 1)


def _decoded(name: str, member: zipfile.ZipInfo, content: bytes) -> Sheet:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _sheet(member.filename, content, encoding)
        except UnicodeDecodeError:
            continue
    raise _no_table(name)


def _sheet(name: str, content: bytes, encoding: str) -> Sheet:
    text = content.decode(encoding)
    return Sheet(name, tuple(io.StringIO(text, newline="")))


def _too_big(name: str) -> UnableToReadStatement:
    most = BIGGEST_STATEMENT // 1024 // 1024
    return UnableToReadStatement(
        f"{name} holds more than {most} MB; give statements of shorter periods",
        f"{name} 超过 {most} MB，请按更短的时间段下载",
    )


def _no_table(name: str) -> UnableToReadStatement:
    return UnableToReadStatement(
        f"{name} holds no CSV in UTF-8 or GBK; give the statement as downloaded (CSV, or the zip of it)",
        f"{name} 中没有 UTF-8 或 GBK 的 CSV；请提供原样下载的账单（CSV 或 zip）",
    )
