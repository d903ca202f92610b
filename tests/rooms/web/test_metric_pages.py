"""The pages of metrics: what is shown to whom, in every language, empty and full, and as a file."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from amends.learn.metrics.board import Shown
from amends.learn.metrics.catalogue import BY_CODE, METRICS
from amends.learn.metrics.trend import Trend, Value
from amends.web.front import front
from amends.web.metric_show import why_small
from amends.wiring.metrics import metric_sync
from tests.django_house import NOW


@pytest.fixture
def manager(agent: Any) -> Any:
    from amends.store.members import give_role

    give_role("lin", "manager")
    return agent


def bring_in_step(database: Any) -> None:
    assert metric_sync(database, lambda: NOW).run().cases > 0


def page(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_metric_stands_on_the_dashboard_with_its_formula(manager: Any, database: Any, language: str) -> None:
    bring_in_step(database)
    manager.cookies["language"] = language
    shown = page(manager, "/metrics?days=365")
    for one in METRICS:
        assert f"/metrics/{one.code}?" in shown
        assert f'id="hint-{one.code}"' in shown
    assert "style=" not in shown


def test_an_agent_sees_the_work_and_not_the_money(agent: Any, database: Any) -> None:
    bring_in_step(database)
    shown = page(agent, "/metrics")
    assert "/metrics/time_to_act?" in shown
    assert "/metrics/returned?" not in shown
    assert agent.get("/metrics/returned").status_code == 404
    assert agent.get("/metrics/cases?metric=returned").status_code == 404
    assert agent.get("/metrics/costs").status_code == 403
    assert b"Net recovery" not in agent.get("/metrics/export?form=csv").content


def test_before_anything_was_counted_the_page_says_so(manager: Any) -> None:
    assert "数据尚未生成" in page(manager, "/metrics")


def test_a_number_opens_the_cases_behind_it(manager: Any, database: Any) -> None:
    bring_in_step(database)
    shown = page(manager, "/metrics/cases?days=365")
    told = re.search(r"<b>共 (\d+) 张</b>", shown)
    assert told
    assert len(re.findall(r'href="/cases/\d+"', shown)) == int(told[1]) > 0


@pytest.mark.parametrize(
    "given", ["days=9999", "from=2026-13-01&to=x", "currency=%27%27%27", "sku=%00", "by=nothing", "compare=x"]
)
def test_what_cannot_be_read_counts_as_not_said(manager: Any, database: Any, given: str) -> None:
    bring_in_step(database)
    page(manager, f"/metrics?{given}")
    page(manager, f"/metrics/time_to_act?{given}")


def test_what_is_shown_can_be_had_as_a_file(manager: Any, database: Any) -> None:
    from python_calamine import CalamineWorkbook

    from amends.store.models import AuditRow

    bring_in_step(database)
    told = manager.get("/metrics/export?form=csv&days=365").content.decode("utf-8-sig").splitlines()
    assert len(told) == len(METRICS) + 1
    book = CalamineWorkbook.from_filelike(io.BytesIO(manager.get("/metrics/export?form=xlsx").content))
    assert len(book.get_sheet_by_index(0).to_python()) == len(METRICS) + 1
    assert AuditRow.objects.filter(what="exported", subject="metrics").count() == 2


def test_a_shop_tells_its_costs_and_a_fault_names_its_field(manager: Any) -> None:
    shop, (_, currency) = next(iter(front().metrics.costs.shops(None).items()))
    answer = manager.post("/metrics/costs", {"shop": shop, "handling": "3.20", "loss_c": "40"})
    assert answer.status_code == 302
    kept = front().metrics.costs.all(None)[shop]
    assert (kept.handling, kept.loss_c, kept.currency) == (320, 40, currency)
    answer = manager.post("/metrics/costs", {"shop": shop, "handling": "3.20", "fee": "a lot"})
    assert answer.status_code == 400
    assert "不退的支付手续费" in answer.content.decode()
    assert front().metrics.costs.all(None)[shop] == kept
    assert manager.post("/metrics/costs", {"shop": "nobody's", "fee": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("code", "base", "says"),
    [
        ("refund_rate_value", 299_999, "€3,000.00"),
        ("refund_rate_orders", 29, "below 30"),
        ("returned", 29, "below 30"),
        ("returned", 30, ""),
    ],
)
def test_a_base_that_is_too_small_is_told_in_its_own_unit(code: str, base: int, says: str) -> None:
    one = Shown(BY_CODE[code], Value(1, base), Value(), Trend(()))
    assert one.small == bool(says)
    assert says in why_small(one, "EUR", "en") if says else not why_small(one, "EUR", "en")
