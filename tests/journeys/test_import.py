"""A merchant imports what the platform exported: every row is answered for, and twice is the same as once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from amends.channels.cases.case_rows import CaseFiles
from amends.channels.douyin.after_sales import DouyinAfterSales
from amends.channels.shopify.orders import ShopifyOrders
from amends.channels.taobao.refunds import TaobaoRefunds
from amends.desk.import_cases import ImportReport, RowReport, import_cases
from amends.facts.imported import ExportFormat, ShopSetting
from amends.facts.read_case import read_case
from amends.intake.import_file import UnableToImport, form_named, translate_file
from amends.intake.look import UnableToReadFile
from amends.intake.samples.make import sample_exports
from tests.contracts.case_book import incoming
from tests.contracts.memory_book import MemoryCaseBook
from tests.exports.makers import (
    SHOPIFY_ROW,
    SHOPIFY_SECOND_LINE,
    TAOBAO_2017_HEADER,
    TAOBAO_2025_HEADER,
    TAOBAO_ROW,
    csv_text,
    douyin_xlsx,
    shopify_csv,
    taobao_gbk,
)

FORMS: tuple[ExportFormat, ...] = (DouyinAfterSales(), TaobaoRefunds(), ShopifyOrders(), CaseFiles())
SHOP = ShopSetting("我的店", "douyin")


class Desk:
    def __init__(self, folder: Path) -> None:
        self.book = MemoryCaseBook()
        self.folder = folder

    def take(self, name: str, content: bytes, form: str, shop: ShopSetting = SHOP, **more: Any) -> ImportReport:
        path = self.folder / name
        path.write_bytes(content)
        return import_cases(translate_file(path, form_named(FORMS, form), shop), shop, self.book, **more)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_douyin_workbook(desk: Desk) -> None:
    content = douyin_xlsx({}, {"售后单号": "\t2", "售后类型": "以旧换新"}, {"售后单号": 1478500000000000012})
    report = desk.take("售后单.xlsx", content, "douyin-aftersales")
    assert report.counts == {"new": 1, "not_taken": 2}
    assert [(row.numbers, row.key, row.remarks[0].code) for row in report.told] == [
        ((3,), "2", "unknown_value"),
        ((4,), "1.47850000000000E+18", "id_damaged"),
    ]
    assert desk.book.case("我的店", "147850000000000001")["request"]["amount"] == "189.50"


def test_taobao_gbk(desk: Desk) -> None:
    report = desk.take("退款.csv", taobao_gbk({}, {"退款编号": "\t2"}), "taobao-refunds")
    assert (report.rows, report.counts) == (2, {"new": 2})
    raw = desk.book.rows["我的店", "310000000000000022"]
    assert raw[0]["退款编号"] == "\t310000000000000022"
    assert raw[0]["买家实际支付金额"] == "1,288.00"


@pytest.mark.parametrize("header", [TAOBAO_2025_HEADER, TAOBAO_2017_HEADER])
def test_taobao_generations_with_bom_tabs_and_signs(desk: Desk, header: list[str]) -> None:
    given = TAOBAO_ROW | {"支付单号": "X", "售后类型": "仅退款", "买家退款金额": "¥386.40"}
    content = csv_text(header, [given], delimiter="\t", above="导出时间,2026-11-25\n").encode("utf-8-sig")
    report = desk.take("退款.csv", content, "taobao-refunds")
    assert report.counts == {"new": 1}
    assert desk.book.case("我的店", "310000000000000022")["request"]["amount"] == "386.40"


def test_shopify_orders(desk: Desk) -> None:
    plain = SHOPIFY_ROW | {"Name": "#1043", "Tags": ""}
    report = desk.take("orders.csv", shopify_csv([SHOPIFY_ROW, SHOPIFY_SECOND_LINE], [plain]), "shopify-orders")
    assert report.rows == 3
    assert report.counts == {"new": 1, "nothing_to_decide": 1}
    assert len(desk.book.rows["我的店", "#1042"]) == 2


def test_case_files_with_a_bad_one_between(desk: Desk) -> None:
    good = (
        b'{"case":"1","shop":{"channel":"direct"},"market":"DE","order":{"id":"o","currency":"EUR","lines":[{"id":"l1",'
    )
    good += b'"paid":"9.00"}],"payments":[]},"request":{"kind":"refund_only","reason":"quality",'
    good += b'"requested_at":"2026-11-20T10:00:00+01:00"}}\n'
    bad = good.replace(b'"9.00"', b'"9.001"')
    report = desk.take("a.jsonl", good + bad + b"rubbish\n", "cases")
    assert report.counts == {"new": 1, "not_taken": 2}
    assert [row.remarks[0].code for row in report.told] == ["case_over_precise", "not_json"]
    assert report.told[0].remarks[0].column == "order.lines[0].paid"
    assert len(desk.book.refused) == 2


def test_fields_that_nobody_reads_are_told(desk: Desk) -> None:
    case = incoming().made.case | {"colour": "blue"}
    report = desk.take("a.json", orjson.dumps(case), "cases")
    assert report.counts == {"new": 1}
    assert report.told[0].remarks[0].code == "fields_ignored"
    assert "colour" in report.told[0].remarks[0].en


def test_twice_is_once(desk: Desk) -> None:
    content = taobao_gbk({}, {"退款编号": "\t2", "买家退款金额": "?"})
    desk.take("退款.csv", content, "taobao-refunds")
    before = (dict(desk.book.cases), dict(desk.book.rows), dict(desk.book.refused))
    report = desk.take("退款.csv", content, "taobao-refunds")
    assert report.counts == {"unchanged": 1, "not_taken": 1}
    assert (desk.book.cases, desk.book.rows, desk.book.refused) == before


def test_a_later_export_changes_and_an_earlier_one_does_not(desk: Desk) -> None:
    early = taobao_gbk({})
    late = taobao_gbk(
        {"退款状态": "退款成功", "完结时间": "2026-11-25 08:00:00", "退款完结时间": "2026-11-25 08:00:00"}
    )
    assert desk.take("1.csv", early, "taobao-refunds").counts == {"new": 1}
    assert desk.take("2.csv", late, "taobao-refunds").counts == {"changed": 1}
    assert desk.take("1.csv", early, "taobao-refunds").counts == {"older": 1}
    assert desk.book.cases["我的店", "310000000000000022"][1] == "closed"


def test_every_row_is_answered_for_in_file_order_and_progress_reaches_the_end(desk: Desk) -> None:
    changes = [{"退款编号": str(number), "买家退款金额": "?" if number % 7 == 0 else "1"} for number in range(1, 951)]
    seen: list[RowReport] = []
    steps: list[tuple[int, int | None]] = []
    report = desk.take(
        "a.csv",
        taobao_gbk(*changes),
        "taobao-refunds",
        on_row=seen.append,
        progress=lambda done, total: steps.append((done, total)),
    )
    assert [row.numbers for row in seen] == [(number,) for number in range(2, 952)]
    assert report.counts["not_taken"] == 135
    assert steps[-1] == (950, 950)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a,b\n1,2\n", "售后单号".encode()])
def test_a_file_that_cannot_be_read_leaves_the_book_as_it_was(desk: Desk, content: bytes) -> None:
    with pytest.raises(UnableToReadFile):
        desk.take("a.csv", content, "douyin-aftersales")
    assert desk.book.cases == {}
    assert desk.book.refused == {}


def test_a_fault_deep_in_the_file_shows_before_anything_is_put(desk: Desk) -> None:
    changes = [{"退款编号": str(number)} for number in range(1, 600)]
    content = taobao_gbk(*changes) + b'1,"' + b"x" * 200_000
    with pytest.raises(UnableToReadFile):
        desk.take("a.csv", content, "taobao-refunds")
    assert desk.book.cases == {}


def test_an_unknown_form_names_those_there_are() -> None:
    with pytest.raises(UnableToImport, match="douyin-aftersales, taobao-refunds, shopify-orders, cases"):
        form_named(FORMS, "jd")


def test_the_sample_shops_come_in_whole(desk: Desk) -> None:
    anchor = datetime.fromisoformat("2026-11-25T20:00:00+08:00")
    kinds: set[str] = set()
    reasons: set[str] = set()
    for export in sample_exports(anchor):
        report = desk.take(export.file, export.content, export.form, export.shop)
        assert report.counts == {"new": report.rows}, report.told
    for shop, key in desk.book.cases:
        case = read_case(desk.book.case(shop, key))
        assert case.request.requested_at <= anchor
        kinds.add(case.request.kind)
        reasons.add(case.request.reason)
    assert len(desk.book.cases) == 300
    assert kinds >= {"cancel", "refund_only", "return_refund", "exchange", "repair", "resend", "price_adjustment"}
    assert len(reasons) >= 14
    states = [state for _, state, _ in desk.book.cases.values()]
    assert 20 < states.count("closed") < 80


@pytest.mark.parametrize("form", [form.name for form in FORMS])
def test_what_is_told_is_told_in_both_languages(desk: Desk, form: str) -> None:
    makers: dict[str, Callable[[], bytes]] = {
        "douyin-aftersales": lambda: douyin_xlsx({"售后类型": "?"}, {"售后单号": "2", "售后状态": "?"}),
        "taobao-refunds": lambda: taobao_gbk({"是否需要退货": "?"}),
        "shopify-orders": lambda: shopify_csv([SHOPIFY_ROW | {"Tags": ""}]),
        "cases": lambda: b"[]\n",
    }
    report = desk.take("a.jsonl" if form == "cases" else "a.bin", makers[form](), form)
    assert report.told
    for row in report.told:
        for remark in row.remarks:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in remark.zh)
            assert remark.en.split()[0].isascii()
