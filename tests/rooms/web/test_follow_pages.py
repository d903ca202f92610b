"""Follow-up on its pages: the buyer's question by the link alone, the unhappy for agents, the shop's settings."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.django_house import NOW
from tests.portal_house import tell_orders
from tests.rooms.web.test_portal_pages import ANNA, asked, browser


@pytest.fixture
def question(agent: Any) -> str:
    """The address of the question about a case of Nordhus that is closed; its buyer was asked."""
    from amends.facts.people import Person
    from amends.web.front import front

    tell_orders(front().orders, merchant="main")
    anna = browser()
    anna.post("/s/Nordhus", ANNA)
    case = asked(anna)
    number = int(case.split("/")[-1].split("-")[0])
    assert browser().get(f"{case}/survey").status_code == 404
    from amends.desk.cases.close import close

    close(front().desk, number, Person("lin", "manager"), "settled")
    assert front().follow.book.settle(number, NOW, asked=True)
    return f"{case}/survey"


def text(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_buyer_answers_and_an_agent_marks_the_contact(question: str, agent: Any) -> None:
    stranger = browser()
    assert stranger.post(question, {"remark": "x"}).status_code == 409
    assert stranger.post(question, {"score": "1", "remark": "<b>too slow</b>"}).status_code == 302
    assert "&lt;b&gt;too slow" in text(stranger, question)
    number = re.search(r"/case/(\d+)-", question)
    assert number
    work = f"/follow-up/{number[1]}"
    agent.cookies["django_language"] = "en"
    assert "too slow" in text(agent, "/follow-up")
    assert "1 of 5" in text(agent, f"/cases/{number[1]}")
    assert agent.post(work, {"verb": "contact", "outcome": "", "note": "x"}).status_code == 400
    assert agent.post(work, {"verb": "contact", "outcome": "recovered", "note": ""}).status_code == 400
    assert agent.post(work, {"verb": "contact", "outcome": "recovered", "note": "rang her"}).status_code == 302
    assert agent.post(work, {"verb": "contact", "outcome": "recovered", "note": "rang her"}).status_code == 400
    assert "won back" in text(agent, "/follow-up")
    assert "contacted the buyer a second time: won back" in text(agent, f"/cases/{number[1]}")


def test_pages_speak_every_language(question: str, agent: Any, language: str) -> None:
    from amends.store.members import give_role

    give_role("lin", "manager")
    agent.cookies["django_language"] = language
    agent.post(question, {"score": "2", "remark": "x"})
    number = question.split("/")[-2].split("-")[0]
    for address in (question, "/follow-up", f"/follow-up/{number}", "/settings/follow-up"):
        assert not re.search(r"(follow|portal|portal_score)\.[a-z0-9_]+<", text(agent, address))


def test_only_a_manager_sets_how_a_shop_asks(question: str, agent: Any) -> None:
    from amends.store.members import give_role
    from amends.web.front import front

    number = next(one.number for one in front().follow.book.shops(None) if one.name == "Nordhus")
    form = {"asks": "yes", "delay_hours": "48", "contact_hours": "4"}
    assert agent.post(f"/settings/follow-up/{number}", form).status_code == 403
    give_role("lin", "manager")
    agent.cookies["django_language"] = "en"
    refused = agent.post(f"/settings/follow-up/{number}", form | {"delay_hours": "0"})
    assert refused.status_code == 409
    assert "1 to 720" in refused.content.decode()
    assert agent.post(f"/settings/follow-up/{number}", form).status_code == 302
    kept = front().follow.book.terms_of("Nordhus")
    assert (kept.asks, kept.delay_hours, kept.contact_hours, kept.since) == (True, 48, 4, NOW)
