"""What is read of an exported table, whatever its encoding, delimiter and quirks."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from amends.facts.imported import SourceRow, Wanted, tidy_header
from amends.intake.import_file import read_sheet
from amends.intake.look import look_at
from tests.exports.makers import csv_text, workbook

Write = Callable[[str, bytes], Path]
HEADER = ["售后单号", "应付金额（元）", "备注"]
ROWS = [
    {"售后单号": "\t69001", "应付金额（元）": "￥1,234.50", "备注": "好"},
    {"售后单号": "`69002", "应付金额（元）": "-"},
]
WANTED = Wanted(
    ((tidy_header("售后单号"), tidy_header("售后编号")), (tidy_header("应付金额（元）"),)),
    frozenset(map(tidy_header, HEADER)),
)


def rows(path: Path) -> list[SourceRow]:
    return list(read_sheet(look_at(path), WANTED).rows)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF8 * 2, "utf-8"),
        (b"", "gbk"),
        (b"", "gb18030"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter_gives_the_same_rows(
    write: Write, mark: bytes, encoding: str, delimiter: str
) -> None:
    found = rows(write("a.csv", mark + csv_text(HEADER, ROWS, delimiter).encode(encoding)))
    assert [row.cells for row in found] == [
        {"售后单号": "69001", "应付金额(元)": "￥1,234.50", "备注": "好"},
        {"售后单号": "69002"},
    ]
    assert [row.number for row in found] == [2, 3]


def test_raw_cells_stay_as_given(write: Write) -> None:
    found = rows(write("a.csv", csv_text(HEADER, ROWS).encode()))
    assert found[0].raw == {"售后单号": "\t69001", "应付金额（元）": "￥1,234.50", "备注": "好"}
    assert found[1].raw == {"售后单号": "`69002", "应付金额（元）": "-"}


def test_workbook_and_csv_agree(write: Write) -> None:
    book = rows(write("a.xlsx", workbook(HEADER, ROWS)))
    text = rows(write("a.csv", csv_text(HEADER, ROWS).encode()))
    assert book == text


@pytest.mark.parametrize(
    "header", [["售后编号", "应付金额(元)"], [" 售后单号\t", "应付金额（元） "], ["`售后单号", "应付金额（元）"]]
)
def test_header_names_are_compared_without_width_and_padding(write: Write, header: list[str]) -> None:
    found = rows(write("a.csv", csv_text(header, [{header[0]: "1", header[1]: "2"}]).encode()))
    assert list(found[0].cells.values()) == ["1", "2"]


def test_columns_may_stand_in_any_order(write: Write) -> None:
    found = rows(write("a.csv", csv_text(HEADER[::-1], ROWS).encode()))
    assert found[0].cells["售后单号"] == "69001"


def test_lines_above_the_header_are_passed_over(write: Write) -> None:
    text = csv_text(HEADER, ROWS, above="导出说明：共2条\r\n\r\n")
    assert [row.number for row in rows(write("a.csv", text.encode("gbk")))] == [4, 5]
    assert [row.number for row in rows(write("a.xlsx", workbook(HEADER, ROWS, above=2)))] == [4, 5]


def test_the_sheet_with_the_header_is_found(write: Write) -> None:
    assert len(rows(write("a.xlsx", workbook(HEADER, ROWS, sheets=["说明", "空"])))) == 2


def test_empty_rows_are_left_out_but_counted(write: Write) -> None:
    text = csv_text(HEADER, [ROWS[0], {}, ROWS[1]])
    assert [row.number for row in rows(write("a.csv", text.encode()))] == [2, 4]


def test_a_quoted_line_break_stays_in_its_cell(write: Write) -> None:
    text = csv_text(HEADER, [{"售后单号": "1", "应付金额（元）": "2", "备注": "第一行\n第二行"}, {"售后单号": "2"}])
    found = rows(write("a.csv", text.encode()))
    assert found[0].cells["备注"] == "第一行\n第二行"
    assert [row.number for row in found] == [2, 4]


def test_a_header_that_stands_twice_keeps_both_columns(write: Write) -> None:
    found = rows(write("a.csv", "售后单号,应付金额（元）,备注,备注\n1,2,甲,乙\n".encode()))
    assert (found[0].cells["备注"], found[0].cells["备注#2"]) == ("甲", "乙")


def test_numbers_that_the_spreadsheet_program_rounded_are_marked(write: Write) -> None:
    book = workbook(HEADER, [{"售后单号": 6921000000000000012, "应付金额（元）": 89.5}])
    found = rows(write("a.xlsx", book))[0]
    assert found.damaged == {"售后单号"}
    assert found.cells["应付金额(元)"] == "89.5"
    text = csv_text(HEADER, [{"售后单号": "6.921E+18", "应付金额（元）": "0.3"}])
    assert rows(write("a.csv", text.encode()))[0].damaged == {"售后单号"}


def test_numbers_in_a_workbook_read_as_people_see_them(write: Write) -> None:
    book = workbook(HEADER, [{"售后单号": 123456789012345, "应付金额（元）": 0.1 + 0.2, "备注": True}])
    assert rows(write("a.xlsx", book))[0].cells == {
        "售后单号": "123456789012345",
        "应付金额(元)": "0.3",
        "备注": "TRUE",
    }


def test_a_row_that_is_too_wide_is_a_fault(write: Write) -> None:
    found = rows(write("a.csv", "售后单号,应付金额（元）,备注\n1,2,3,4\n1,2,3,\n".encode()))
    assert found[0].fault is not None
    assert found[0].fault.code == "too_many_cells"
    assert found[1].fault is None


def test_a_real_wechat_bill_with_backticks_reads(shared: Path) -> None:
    bill = shared / "data" / "platform-samples" / "transcribed" / "wechatpay_merchant_trade_bill_2018.csv"
    if not bill.is_file():
        pytest.skip(f"needs {bill.name} in the shared folder")
    wanted = Wanted(((tidy_header("微信订单号"),), (tidy_header("商户订单号"),)), frozenset())
    found = list(read_sheet(look_at(bill), wanted).rows)
    assert found
    assert not any(cell.startswith("`") for row in found for cell in row.cells.values())


def test_a_real_alipay_bill_in_gbk_reads(shared: Path) -> None:
    bill = shared / "data" / "platform-samples" / "transcribed" / "alipay_merchant_business_detail.gbk.csv"
    if not bill.is_file():
        pytest.skip(f"needs {bill.name} in the shared folder")
    wanted = Wanted(((tidy_header("支付宝交易号"),), (tidy_header("商户订单号"),)), frozenset())
    twin = bill.with_name("alipay_merchant_business_detail.utf8.csv")
    assert [row.cells for row in read_sheet(look_at(bill), wanted).rows] == [
        row.cells for row in read_sheet(look_at(twin), wanted).rows
    ]
