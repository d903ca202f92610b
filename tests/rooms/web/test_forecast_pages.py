"""The forecast's page and its files: numbers with bands where there is a past, the reason where there is too little."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest

from amends.facts.metric_columns import Fact, plain_fact
from amends.learn.metrics.parquet import ParquetStore
from amends.learn.metrics.rows import day_of
from tests.forecast_house import TODAY, made_shop

SHOP = "Harbour & Pine"


def put(desk: Any) -> None:
    """A shop of three SKUs with four months behind it, as rows of the facts."""
    past, now = made_shop(5, skus=3, orders=12).until(TODAY), day_of(desk.now(), "CN")
    own = {"shop": SHOP, "currency": "CNY"}
    sales: list[Fact] = []
    cases: list[Fact] = []
    orders: dict[tuple[str, int], list[int]] = {}
    for one in past.sold:
        for _ in range(one.orders):
            row = {"id": len(sales) + 1, "sku": one.sku, "category": one.category, "whole": 1, "one": 1}
            days = {"paid_day": one.day - TODAY + now, "shipped_day": one.day - TODAY + now}
            sales.append(plain_fact("sales") | own | row | days)
            orders.setdefault((one.sku, one.day), []).append(len(sales))
    for told in past.returned:
        for _ in range(told.many):
            back = None if told.back is None else told.back - TODAY + now
            row = {
                "id": len(cases) + 1,
                "sku": told.sku,
                "order_row": orders[told.sku, told.sold].pop(),
                "order_known": 1,
                "pieces": 1,
            }
            row |= {"kind": "return_refund", "opened_day": told.asked - TODAY + now, "back_day": back}
            grade = {} if back is None else {"came_back": 1, "grade": "AC"[len(cases) % 2]}
            cases.append(plain_fact("cases") | own | row | grade)
    store: ParquetStore = desk.facts.store
    store.folder.mkdir(parents=True, exist_ok=True)
    store.keep(store.put(store.manifest(), {"cases": cases, "sales": sales}, {}))


@pytest.fixture
def told(agent: Any) -> Any:
    from amends.web.front import front

    put(front().forecast)
    return agent


def test_without_a_past_the_page_says_what_is_missing(agent: Any, language: str) -> None:
    agent.cookies["django_language"] = language
    answer = agent.get("/forecast")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="panel empty"' in text
    assert not re.search(r"forecast\.[a-z]", text.replace("forecast.js", ""))
    assert agent.get("/forecast/export").status_code == 404


def test_the_page_shows_bands_beside_how_they_held(told: Any, language: str) -> None:
    told.cookies["django_language"] = language
    text = told.get("/forecast?days=14").content.decode()
    assert text.count("data-mean=") == 28
    assert "S0" in text
    assert text.count("<tbody>") == 4
    assert not re.search(r"forecast\.[a-z_]+[\"< ]", text)
    assert told.get("/forecast?days=x&shop=nobody").status_code == 404
    assert told.get("/forecast?days=%F0%9F%98%80").status_code == 200


@pytest.mark.parametrize(("by", "rows"), [("day", 7), ("station", 7), ("sku", 3)])
def test_files_say_the_same_and_are_written_down(told: Any, by: str, rows: int) -> None:
    from amends.store.models import AuditRow

    answer = told.get(f"/forecast/export?days=7&by={by}&shop={SHOP.replace('&', '%26')}")
    read = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(read) == rows + 1
    assert sum([float(row[2 if by == "sku" else 1]) for row in read[1:]]) > 1
    assert AuditRow.objects.filter(what="exported", note=by).count() == 1
    assert told.get("/forecast/export?by=weather").status_code == 404
