"""Whatever stands in a file, an import answers with a report or says why it cannot read it; nothing else."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import orjson
from hypothesis import given
from hypothesis import strategies as st

from amends.channels.cases.case_rows import CaseFiles
from amends.channels.douyin.after_sales import DouyinAfterSales
from amends.channels.shopify.orders import ShopifyOrders
from amends.channels.taobao.refunds import TaobaoRefunds
from amends.desk.import_cases import RowReport, import_cases
from amends.facts.imported import ExportFormat, ShopSetting
from amends.intake.import_file import translate_file
from amends.intake.look import UnableToReadFile
from tests.contracts.memory_book import MemoryCaseBook
from tests.exports.makers import (
    DOUYIN_HEADER,
    DOUYIN_ROW,
    SHOPIFY_HEADER,
    SHOPIFY_ROW,
    TAOBAO_HEADER,
    TAOBAO_ROW,
    csv_text,
    workbook,
)

TABLES: tuple[tuple[ExportFormat, list[str], dict[str, str]], ...] = (
    (DouyinAfterSales(), DOUYIN_HEADER, DOUYIN_ROW),
    (TaobaoRefunds(), TAOBAO_HEADER, TAOBAO_ROW),
    (ShopifyOrders(), SHOPIFY_HEADER, SHOPIFY_ROW),
)
FORMS = (*(form for form, _, _ in TABLES), CaseFiles())
TRICKY = st.sampled_from(
    ["", "-", "\t1", "0", "-1", "1e309", "NaN", "1,2,3", "¥", "9" * 40, "2026-13-45 99:99:99", "9999-12-31 23:59:59",
     "0001-01-01", "2026-11-20 10:00:00 +9959", "是", "=1+1", "'", '"', "\n", "٣", "²", "😀", "\u202e", "6.9E+18", "TRUE"]
)  # fmt: skip
CELL = st.one_of(TRICKY, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12))


def outcome(content: bytes, form: ExportFormat, suffix: str = ".csv") -> list[RowReport] | UnableToReadFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        shop = ShopSetting("s", form.channel)
        rows: list[RowReport] = []
        try:
            report = import_cases(translate_file(path, form, shop), shop, MemoryCaseBook(), on_row=rows.append)
        except UnableToReadFile as unable:
            return unable
        assert report.counts == Counter(row.outcome for row in rows)
        return rows


@given(st.sampled_from(TABLES), st.data())
def test_any_cells_under_the_right_header(
    table: tuple[ExportFormat, list[str], dict[str, str]], data: st.DataObject
) -> None:
    form, header, plain = table
    changes = data.draw(st.lists(st.dictionaries(st.sampled_from(header), CELL, max_size=6), min_size=1, max_size=4))
    found = outcome(csv_text(header, [plain | change for change in changes]).encode(), form)
    assert isinstance(found, list)
    told = sorted(number for row in found for number in row.numbers)
    assert len(told) == len(changes)


@given(st.sampled_from(TABLES), st.data())
def test_any_values_in_a_workbook(table: tuple[ExportFormat, list[str], dict[str, str]], data: st.DataObject) -> None:
    form, header, plain = table
    value = st.one_of(
        CELL, st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
    )
    change = data.draw(st.dictionaries(st.sampled_from(header), value, max_size=6))
    found = outcome(workbook(header, [plain | change]), form, ".xlsx")
    assert isinstance(found, list)


@given(st.sampled_from(FORMS), st.binary(max_size=400), st.sampled_from([".csv", ".xlsx", ".jsonl", ".json", ".yaml"]))
def test_any_bytes(form: ExportFormat, content: bytes, suffix: str) -> None:
    outcome(content, form, suffix)


@given(st.data())
def test_a_workbook_with_any_bytes_changed(data: st.DataObject) -> None:
    content = bytearray(workbook(DOUYIN_HEADER, [DOUYIN_ROW]))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    outcome(bytes(content), TABLES[0][0], ".xlsx")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from("case shop channel market order id currency lines paid payments request kind at status platform".split()),
        inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
def test_any_json_as_a_case_file(record: object) -> None:
    found = outcome(orjson.dumps(record), CaseFiles(), ".jsonl")
    assert isinstance(found, list)
