"""Prevention from the facts to the pages: a bad batch becomes one task, which is given, changed, measured and closed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from amends.facts.metric_columns import Fact, plain_fact
from amends.facts.people import Person
from amends.facts.prevention import fix_of
from amends.learn.metrics.parquet import ParquetStore

SHOP = "Harbour & Pine"
MANAGER = Person("lin", "manager")


def facts(today: int, *, bad_until: int) -> tuple[list[Fact], list[Fact]]:
    """Sixty days, ten SKUs, ten orders each a day; S0 fails in one of five orders until a day, else one in fifty does."""
    sales: list[Fact] = []
    cases: list[Fact] = []
    for day in range(today - 60, today):
        for number in range(100):
            at = {"id": day * 1000 + number, "shop": SHOP, "merchant": "", "sku": f"S{number % 10}"}
            sales.append({**plain_fact("sales"), **at, "whole": 1, "one": 1, "paid_day": day})
            nth = day * 10 + number // 10
            often = 5 if number % 10 == 0 and day < bad_until else 50
            if nth % often == 0:
                told = {"order_known": 1, "counts_order": 1, "reason": "quality", "opened_day": day, "currency": "CNY"}
                cases.append({**plain_fact("cases"), **at, **told})
    return cases, sales


def put(desk: Any, today: int, *, bad_until: int) -> None:
    store: ParquetStore = desk.facts.store
    cases, sales = facts(today, bad_until=bad_until)
    store.folder.mkdir(parents=True, exist_ok=True)
    store.keep(store.put(store.manifest(), {"cases": cases, "sales": sales}, {}))


@pytest.fixture
def desk(agent: Any) -> Any:
    from amends.store.members import give_role
    from amends.web.front import front

    give_role("lin", "manager")
    found = front().prevention
    put(found, found.today, bad_until=found.today - 30)
    return found


def text(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_bad_sku_is_one_task_however_often_it_is_looked_for(desk: Any) -> None:
    assert desk.run() == 1
    assert desk.run() == 0
    from amends.store.models import CauseRunRow

    CauseRunRow.objects.all().delete()
    assert desk.run() == 0
    (task,) = desk.tasks(MANAGER)
    assert task.cause.cluster.key == ("sku", "S0", "quality")
    assert task.fix == fix_of("sku", "quality") == "supplier"


def test_a_task_is_given_changed_measured_and_closed(desk: Any, agent: Any) -> None:
    agent.cookies["django_language"] = "en"
    made = agent.post("/prevention/new", {"shop": SHOP, "place": "sku", "value": "S0", "reason": "quality"})
    page = made["Location"]
    today = desk.now().date()
    assert agent.post(page, {"verb": "assign", "owner": "nobody", "due": "2030-01-01"}).status_code == 400
    assert (
        agent.post(page, {"verb": "assign", "owner": "lin", "due": str(today + timedelta(days=5))}).status_code == 302
    )
    changed = date(1970, 1, 1) + timedelta(days=desk.today - 30)
    assert agent.post(page, {"verb": "change", "change": "New maker", "day": "tomorrow"}).status_code == 400
    assert agent.post(page, {"verb": "change", "change": "New maker", "day": str(changed)}).status_code == 302
    shown = text(agent, page)
    assert "New maker" in shown
    assert "<b>better</b>" in shown
    assert agent.post(page, {"verb": "done", "note": "held"}).status_code == 302
    assert agent.post(page, {"verb": "done"}).status_code == 404
    assert desk.run() == 0


def test_little_time_after_a_change_is_not_yet_known(desk: Any) -> None:
    number = desk.make(MANAGER, SHOP, "sku", "S0", "quality")
    desk.change(MANAGER, number, "New picture", str(date(1970, 1, 1) + timedelta(days=desk.today - 2)))
    assert not desk.look(MANAGER, number).effect.known


def test_pages_speak_every_language(desk: Any, agent: Any, language: str) -> None:
    agent.cookies["django_language"] = language
    assert "prevention." not in text(agent, "/prevention")
    number = desk.make(MANAGER, SHOP, "sku", "S0", "quality")
    for address in ("/prevention", f"/prevention/{number}"):
        assert "S0" in text(agent, address)
        assert not re.search(r"prevention\.[a-z]", text(agent, address))


def test_the_dashboard_offers_a_task_where_one_reason_at_one_place_is_shown(desk: Any, agent: Any) -> None:
    asked = "/metrics/cases?reason=quality&sku=S0&days=60"
    assert agent.get(asked).status_code == 200
