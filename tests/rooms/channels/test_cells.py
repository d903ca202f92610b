"""Amounts, times and numbers as exports write them."""

from __future__ import annotations

import pytest

from amends.channels.cells import Columns, RowCells, UnableToReadCell, read_time
from amends.facts.imported import SourceRow

COLUMNS = Columns(
    {"money": ("应付金额（元）", "应付金额"), "id": ("售后单号",), "time": ("申请时间",), "flag": ("是否",)}
)


def cells(**given: str) -> RowCells:
    names = {"money": "应付金额(元)", "id": "售后单号", "time": "申请时间", "flag": "是否"}
    return RowCells(COLUMNS, SourceRow(2, {names[key]: value for key, value in given.items()}), "+08:00")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("159", 15900),
        ("¥89.50", 8950),
        ("￥89.5", 8950),
        ("1,288.00", 128800),
        ("12,345,678.9", 1234567890),
        ("89.50元", 8950),
    ],
)
def test_amounts(text: str, minor: int) -> None:
    assert cells(money=text).amount("money", 2) == minor


@pytest.mark.parametrize(
    "text", ["-5", "89,50", "1,2", "89.501", "131.77(已退款89.84)", "abc", "1e5", "٣", "1,234,5", "--5"]
)
def test_what_is_no_amount_names_its_column(text: str) -> None:
    with pytest.raises(UnableToReadCell) as caught:
        cells(money=text).amount("money", 2)
    assert caught.value.remark.code == "bad_amount"
    assert caught.value.remark.column == "应付金额(元)"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-20 10:00:00", "2026-11-20T10:00:00+08:00"),
        ("2026/1/2 9:05", "2026-01-02T09:05:00+08:00"),
        ("2026年11月20日 10:00", "2026-11-20T10:00:00+08:00"),
        ("2026-11-20 10:00:00.0", "2026-11-20T10:00:00+08:00"),
        ("2026-05-01 10:00:00 +0200", "2026-05-01T10:00:00+02:00"),
        ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00+00:00"),
        ("2026-11-20", "2026-11-20T00:00:00+08:00"),
    ],
)
def test_times_without_an_offset_are_on_the_platforms_clock(text: str, iso: str) -> None:
    assert read_time(text, "+08:00") == iso


@pytest.mark.parametrize(
    "text", ["2026-02-30 10:00:00", "明天", "45250.5", "1026-01-01 00:00:00", "2026-11-20 25:00:00"]
)
def test_what_is_no_time(text: str) -> None:
    assert read_time(text, "+08:00") is None


def test_an_optional_time_that_cannot_be_read_is_left_out_and_told() -> None:
    row = cells(time="剩余3天")
    assert row.time("time") is None
    assert [remark.code for remark in row.remarks] == ["bad_time"]


def test_a_number_that_looks_rounded_is_told() -> None:
    row = cells(id="692100000000000000")
    assert row.need_id("id") == "692100000000000000"
    assert [remark.code for remark in row.remarks] == ["id_looks_rounded"]
    exact = cells(id="692100000000000012")
    exact.need_id("id")
    assert exact.remarks == []


@pytest.mark.parametrize(("text", "answer"), [("是", True), ("Y", True), ("否", False), ("0", False), ("也许", None)])
def test_yes_and_no(text: str, answer: bool | None) -> None:
    assert cells(flag=text).yes("flag") is answer
