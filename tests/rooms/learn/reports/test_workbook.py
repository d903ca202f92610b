"""The workbook of a report: one sheet a table, numbers as numbers, and values that follow from what stands beside them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from amends.facts.people import Merchants
from amends.facts.reports import Report, Span
from amends.learn.reports.gather import Gathered, gather, number_of
from amends.learn.reports.workbook import Tongue, workbook
from tests.metric_house import case, facts_in, sale

LAST = date(2026, 11, 22)
SPAN = Span(LAST - timedelta(days=6), LAST)
METRICS = ("refund_rate_value", "refund_time", "returned", "intervention_rate")
ENGLISH = Tongue(lambda words: words.en, lambda by, value: value)


def gathered(folder: Path, merchants: Merchants = frozenset({"main"}), **told: Any) -> Gathered:
    cases, sales, end = [], [], number_of(LAST)
    for back in range(28):
        day = {"paid_day": end - back, "signed_day": end - back}
        sales += [sale(40 * back + one, sku="=A", value_minor=10_050, **day) for one in range(1, 31)]
        for one in range(1, 5):
            days = {"opened_day": end - back, "closed_day": end - back, "seconds_to_close": 5400}
            own = {"sku": "=A", "state": "closed", "returned_minor": 2_513, "stepped_in": one % 2}
            cases.append(case(10 * back + one, shop="one" if one < 4 else "two", **days, **own))
        cases.append(case(10 * back + 9, merchant="other", opened_day=end - back, returned_minor=9_999_900))
    report = Report("Weekly", "one", METRICS, by="sku", **told)
    return gather(facts_in(folder, cases, sales), report, SPAN, merchants, LAST + timedelta(days=1))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = calamine.CalamineWorkbook.from_filelike(__import__("io").BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_cells_have_their_kind_and_values_follow_from_numerator_and_base(tmp_path: Path) -> None:
    told = gathered(tmp_path)
    content = workbook(told, ENGLISH)
    found = sheets(content)
    assert list(found) == ["Figures", "Courses", "Parts", "Notes"]
    rows = {row[0]: row for row in found["Figures"][1:]}
    share, each, money, helped = rows.values()
    assert (share[2], share[3]) == (4 * 7 * 25.13, 30 * 7 * 100.5), "whole currency units, of this merchant alone"
    assert share[1] == share[2] / share[3]
    assert (each[1], each[2], each[3]) == (timedelta(hours=1.5), timedelta(hours=42), 28)
    assert (money[1], money[3], helped[1]) == (25.13, 28, 0.5)
    assert (share[8], share[9]) == (SPAN.first, SPAN.last)
    courses = found["Courses"]
    assert all(isinstance(row[1], date) for row in courses[1:])
    limited = [row for row in courses if row[0] == helped[0] and row[6] != ""]
    assert limited, "fourteen ripe days are points enough for limits"
    assert all(row[6] <= row[7] <= row[8] for row in limited)
    assert found["Parts"][1][1] == "=A", "a SKU is no formula"
    assert {row[0] for row in found["Notes"][1:]} == set(METRICS)
    assert workbook(told, ENGLISH) == content


def test_a_report_of_one_shop_counts_that_shop_alone(tmp_path: Path) -> None:
    helped = {shops: gathered(tmp_path / str(len(shops)), shops=shops).found[3].now for shops in ((), ("two",))}
    assert [(one.top, one.bottom) for one in helped.values()] == [(14, 28), (0, 7)]
