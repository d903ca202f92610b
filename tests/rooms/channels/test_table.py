"""The plain table: what is written out is read in again as the same case, by Chinese and by English names."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.channels.table.after_sales import CaseTable
from amends.facts.case_table import COLUMNS, WholeCase
from amends.facts.imported import CaseMade, RowRefused, ShopSetting
from amends.facts.read_case import read_case
from amends.intake.import_file import translate_file
from amends.learn.case_table import header, rows_of, write_table

SHOP = ShopSetting("任何店", "kuaishou")


def whole(**request: Any) -> dict[str, Any]:
    """A case that says everything that the table has a column for."""
    return {
        "case": "7000000000000000001",
        "shop": {"channel": "kuaishou", "name": "任何店"},
        "market": "CN",
        "order": {
            "id": "4800000000000000001",
            "currency": "CNY",
            "placed_at": "2026-11-20T10:00:00+08:00",
            "paid_at": "2026-11-20T10:01:00+08:00",
            "shipping_paid": "6.00",
            "lines": [
                {"id": "l1", "sku": "A-1", "title": "杯子", "quantity": 2, "paid": "59.00", "category": "furniture"},
                {"id": "l2", "title": "盘子", "quantity": 1, "paid": "20.50"},
            ],
            "payments": [{"id": "4200001", "method": "wechat_pay", "captured": "85.50", "reference": "4200001"}],
        },
        "shipments": [
            {
                "id": "s1",
                "shipped_at": "2026-11-21T09:00:00+08:00",
                "delivered_at": "2026-11-22T18:00:00+08:00",
                "trace": "delivered",
            }
        ],
        "request": {
            "kind": "return_refund",
            "reason": "damaged",
            "requested_at": "2026-11-24T09:00:00+08:00",
            "amount": "59.00",
            "message": "碎了",
            "lines": [{"id": "l1", "quantity": 1}],
            **request,
        },
        "return_parcel": {"shipped_at": "2026-11-24T12:00:00+08:00", "waybill": "SF1000000000002"},
        "platform": {"status": "待商家收货", "deadline": "2026-11-27T09:00:00+08:00"},
    }


def read_back(
    cases: list[dict[str, Any]], form: str, language: str, folder: Path, shop: ShopSetting = SHOP
) -> list[CaseMade | RowRefused]:
    path = folder / f"cases.{form}"
    with path.open("wb") as out:
        many = write_table([WholeCase(1, "open", case, None) for case in cases], form, language, out)  # type: ignore[arg-type]
    assert many == len(cases)
    return [made for _, made in translate_file(path, CaseTable(), shop).results]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_written_is_read_in_again(form: str, language: str, tmp_path: Path) -> None:
    case = whole()
    (made,) = read_back([case], form, language, tmp_path)
    assert isinstance(made, CaseMade)
    assert made.remarks == ()
    assert made.case == case
    assert (made.key, made.state) == (case["case"], "open")
    read_case(made.case)


def test_codes_may_be_written_by_name_or_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = [
        ["售后单号", "订单号", "售后类型", "申请原因", "申请时间", "实付金额", "类目"],
        ["1", "11", "仅退款", "质量问题", "2026-11-24 09:00", "10", "apparel"],
        ["2", "12", "refund_only", "quality", "2026/11/24 09:00:00", "¥10.50", "服饰鞋帽？"],
        ["3", "13", "Refund only", "收到商品破损了", "2026-11-24T09:00:00+08:00", "1,000.00", ""],
        ["4", "14", "spin", "quality", "2026-11-24 09:00", "1", ""],
    ]
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    first, second, third, fourth = [made for _, made in translate_file(path, CaseTable(), SHOP).results]
    assert isinstance(first, CaseMade)
    assert (first.case["request"]["kind"], first.case["request"]["reason"]) == ("refund_only", "quality")
    assert isinstance(second, RowRefused)
    assert "类目" in second.remark.zh
    assert isinstance(third, CaseMade)
    assert third.case["request"]["reason"] == "damaged"
    assert third.case["order"]["lines"][0]["paid"] == "1000.00"
    assert isinstance(fourth, RowRefused)
    assert "spin" in fourth.remark.en


@given(st.text(max_size=60), st.integers(0, 10**9), st.integers(1, 99))
def test_any_words_and_amounts_come_back(words: str, paid: int, pieces: int) -> None:
    case = whole()
    case["order"]["lines"] = [
        {"id": "l1", "title": words, "quantity": pieces, "paid": f"{paid // 100}.{paid % 100:02d}"}
    ]
    (row,) = rows_of(WholeCase(1, "open", case, None), "zh")
    assert row["title"] == words
    assert (row["paid"], row["quantity"]) == (f"{paid // 100}.{paid % 100:02d}", str(pieces))


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@cmd", "\tx"])
def test_no_cell_is_taken_for_a_formula(title: str) -> None:
    case, out = whole(), io.BytesIO()
    case["order"]["lines"][0]["title"] = title
    write_table([WholeCase(1, "open", case, None)], "csv", "en", out)
    cells = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
    shown = cells[1][[one.name for one in COLUMNS].index("title")]
    assert shown.startswith("\t")


def test_headers_are_there_in_both_languages_and_no_two_are_alike() -> None:
    names = [name.casefold() for language in ("zh", "en") for name in header(language)]  # type: ignore[arg-type]
    assert len(names) == len(set(names))
