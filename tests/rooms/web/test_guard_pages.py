"""The pages of guards: what they show to whom, what is kept, what is refused and why."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

SHOP = "Harbour & Pine"


@pytest.fixture
def manager(agent: Any) -> Any:
    from amends.store.members import give_role

    give_role("lin", "manager")
    return agent


def page(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("address", ["/guards", "/guards/statements", "/guards/listings", "/guards/pages"])
def test_every_page_speaks_every_language(manager: Any, language: str, address: str) -> None:
    manager.cookies["django_language"] = language
    shown = page(manager, address)
    assert "guards." not in re.sub(r'href="[^"]*"', "", shown)
    assert bool(re.search("[\u4e00-\u9fff]", re.sub("<nav.*?</nav>", "", shown, flags=re.DOTALL)))


def test_a_month_that_a_processor_reports_moves_the_distance(manager: Any) -> None:
    today = {"shop": SHOP, "forum": "visa", "month": "2026-11"}
    assert manager.post("/guards", {**today, "settled": "100,000", "frauds": "90000", "secure": ""}).status_code == 302
    shown = page(manager, "/guards")
    assert "guard-over" in shown
    assert 'value="100000"' in shown
    manager.post("/guards", {**today, "settled": "", "frauds": "", "secure": ""})
    assert "guard-over" not in page(manager, "/guards")


@pytest.mark.parametrize(
    ("field", "given"),
    [("settled", "many"), ("secure", "101"), ("frauds", "-3"), ("month", "2026-13"), ("forum", "unionpay")],
)
def test_a_number_that_is_none_is_told_and_nothing_is_kept(manager: Any, field: str, given: str) -> None:
    from amends.store.models import MonthToldRow

    told = {"shop": SHOP, "forum": "visa", "month": "2026-11", "settled": "5", field: given}
    assert manager.post("/guards", told).status_code == 400
    assert not MonthToldRow.objects.exists()


def test_a_name_on_statements_is_shown_as_buyers_see_it_and_its_faults_named(manager: Any) -> None:
    told = {
        "shop": SHOP,
        "name": "Nordhus",
        "processor": "paypal",
        "descriptor": "ACME HOLDINGS COPENHAGEN",
        "suffix": "",
    }
    assert manager.post("/guards/statements", told).status_code == 302
    manager.cookies["django_language"] = "en"
    shown = page(manager, "/guards/statements")
    assert "PAYPAL *ACME HOLDINGS" in shown
    assert "cut off is" in shown
    assert "No word of it is the name that buyers know" in shown


def test_a_page_tells_the_right_of_withdrawal_and_where_it_stands(manager: Any) -> None:
    manager.cookies["django_language"] = "en"
    address = f"/guards/pages?shop={quote(SHOP)}&market=DE&language=en"
    assert "Model withdrawal form" in page(manager, address)
    posted = {"shop": SHOP, "market": "DE", "language": "en", "url": "https://nordhus.example/returns"}
    assert manager.post("/guards/pages", posted).status_code == 302
    shown = page(manager, address)
    assert "https://nordhus.example/returns" in shown
    assert "put the new page there" not in shown
    manager.post("/guards/pages", {"shop": SHOP, "market": "DE", "language": "en", "trader": "Nordhus AB"})
    assert "put the new page there" in page(manager, address)


def test_an_address_that_is_none_is_refused(manager: Any) -> None:
    bad = {"shop": SHOP, "market": "DE", "language": "en", "url": "javascript:alert(1)"}
    assert manager.post("/guards/pages", bad).status_code == 400


def test_the_text_is_what_the_page_says(manager: Any) -> None:
    answer = manager.get(f"/guards/pages/text?shop={quote(SHOP)}&market=DE&language=zh_hant")
    text = answer.content.decode()
    assert "撤回權" in text
    assert "attachment" in answer["Content-Disposition"]


def test_an_agent_tells_nothing(agent: Any) -> None:
    assert agent.get("/guards").status_code == 403
    assert agent.post("/guards/pages", {"shop": SHOP, "market": "DE", "url": "https://a.example"}).status_code == 404
