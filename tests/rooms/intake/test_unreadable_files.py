"""A file that cannot be read says why, and what would be right, in both languages; never a traceback."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from amends.facts.imported import Remark, Wanted, tidy_header
from amends.intake import workbook as workbook_room
from amends.intake.import_file import read_sheet
from amends.intake.look import LONGEST_LINE, UnableToReadFile, look_at
from tests.exports.makers import csv_text, workbook

Write = Callable[[str, bytes], Path]
HEADER = ["售后单号", "应付金额（元）"]
WANTED = Wanted(((tidy_header("售后单号"),), (tidy_header("应付金额（元）"),)), frozenset(map(tidy_header, HEADER)))
BOOK = workbook(HEADER, [{"售后单号": str(number), "应付金额（元）": "1"} for number in range(500)])


def why(path: Path) -> Remark:
    with pytest.raises(UnableToReadFile) as caught:
        list(read_sheet(look_at(path), WANTED).rows)
    remark = caught.value.remark
    assert remark.zh
    assert remark.en
    assert str(caught.value) == remark.en
    return remark


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert why(tmp_path / "nothing.csv").code == "unreadable"


def test_a_folder(tmp_path: Path) -> None:
    assert why(tmp_path).code == "not_a_file"


def test_an_empty_file(write: Write) -> None:
    assert why(write("a.csv", b"")).code == "empty_file"


def test_white_space_alone_has_no_header(write: Write) -> None:
    assert why(write("a.csv", b"\n \n\n")).code == "header_not_recognised"


def test_a_web_page_in_disguise(write: Write) -> None:
    assert why(write("a.xls", b"\n<html><table><tr><td>1</td></tr></table></html>")).code == "web_page"


def test_binary_rubbish(write: Write) -> None:
    assert why(write("a.csv", random.Random(1).randbytes(5000))).code == "not_a_table"
    assert why(write("b.csv", "售后单号,应付金额（元）\n".encode() + b"\xff\xfe\xfa" * 9)).code == "not_a_table"


def test_a_line_without_end(write: Write) -> None:
    line = b"x" * (LONGEST_LINE + 1)
    remark = why(write("a.csv", b"a,b\n" + line))
    assert remark.code == "line_too_long"
    assert "line 2" in remark.en


def test_a_line_of_200_mb(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"a," * (2 * 1024 * 1024))
    remark = why(path)
    path.unlink()
    assert remark.code == "line_too_long"


def test_a_quote_that_never_closes(write: Write) -> None:
    text = "售后单号,应付金额（元）\n1,2\n" + '3,"4\n' + "5,6\n" * 60_000
    remark = why(write("a.csv", text.encode()))
    assert remark.code == "quote_not_closed"
    assert "line 3" in remark.en


def test_a_header_that_nobody_knows_says_what_is_missing_and_what_is_there(write: Write) -> None:
    remark = why(write("a.csv", csv_text(["售后单号", "颜色"], [{"售后单号": "1"}]).encode("gbk")))
    assert remark.code == "header_not_recognised"
    assert "应付金额(元)" in remark.zh
    assert "颜色" in remark.zh
    assert "应付金额(元)" in remark.en
    assert why(write("a.xlsx", workbook(["颜色"], []))).code == "header_not_recognised"


@pytest.mark.parametrize("length", [4, 100, len(BOOK) // 2, len(BOOK) - 3])
def test_a_workbook_that_is_cut_off(write: Write, length: int) -> None:
    assert why(write("a.xlsx", BOOK[:length])).code == "damaged_workbook"


def test_a_workbook_with_a_flipped_byte(write: Write) -> None:
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    assert why(write("a.xlsx", BOOK[:at] + bytes([BOOK[at] ^ 0xFF]) + BOOK[at + 1 :])).code == "damaged_workbook"


def test_a_zip_that_is_no_workbook(write: Write) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "x")
    assert why(write("a.xlsx", content.getvalue())).code == "damaged_workbook"


def test_an_old_workbook_that_is_none(write: Write) -> None:
    assert why(write("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)).code == "damaged_workbook"


def _repacked(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return out.getvalue()


def test_a_zip_bomb(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_room, "MOST_UNPACKED", 10_000_000)
    bomb = _repacked("xl/sharedStrings.xml", b"0" * 11_000_000)
    assert len(bomb) < 100_000
    assert why(write("a.xlsx", bomb)).code == "unpacks_to_too_much"


def test_two_cells_in_opposite_corners(write: Write) -> None:
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    assert why(write("a.xlsx", _repacked("xl/worksheets/sheet1.xml", sheet))).code == "unpacks_to_too_much"
