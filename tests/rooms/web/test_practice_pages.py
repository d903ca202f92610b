"""Practice from the first page to the score: own and masked cases, one answer each, and nothing of it anywhere else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from amends.facts.people import Person
from tests.django_house import NOW

LIN = Person("lin", "agent", frozenset({"main"}))


def decide_all(browser: Any, number: int, *, wrong: bool = False) -> str:
    """Will answer every case of a round, with the right choices or with others; the page at the end."""
    from amends.web.front import front

    while (sitting := front().practice.sit(LIN, number)) is not None:
        assert sitting.exercise is not None
        given = {one.asked: one.right for one in sitting.exercise.questions}
        if wrong:
            given = {
                one.asked: next(other.code for other in one.options if other.code != one.right)
                for one in sitting.exercise.questions
            }
        answer = browser.post(f"/practice/{number}", {"place": str(sitting.place), **given})
        assert answer.status_code == 302
    return str(browser.get(f"/practice/{number}", headers={"accept-language": "en"}).content.decode())


def close_cases() -> None:
    from amends.store.models import CaseRow

    CaseRow.objects.update(state="closed")


def test_a_round_of_the_shops_own_cases_is_decided_and_leaves_them_alone(agent: Any) -> None:
    from amends.store.models import AuditRow, CaseLogRow, CaseRow, PracticeMarkRow, PracticeRoundRow, Shop

    close_cases()
    Shop.objects.filter(channel="taobao").update(merchant="north")
    before = (CaseLogRow.objects.count(), list(CaseRow.objects.values_list("pk", "version", "updated_at")))
    number = int(agent.post("/practice/new").headers["Location"].rpartition("/")[2])
    picks = PracticeRoundRow.objects.get(pk=number).picks
    own = {str(key) for key in CaseRow.objects.filter(shop__merchant="main").values_list("pk", flat=True)}
    assert {key for source, key in picks if source == "case"} == own
    assert len(picks) == 10
    page = agent.get(f"/practice/{number}", headers={"accept-language": "en"}).content.decode()
    assert "肩膀这里太宽了" not in page
    assert "云朵" not in page
    assert agent.post("/practice/new").headers["Location"] == f"/practice/{number}", "one open round a person"
    over = decide_all(agent, number)
    assert "Round finished" in over
    marks = PracticeMarkRow.objects.filter(round=number)
    assert marks.count() >= 10
    assert f"{marks.count()} of {marks.count()} right" in over
    assert before == (CaseLogRow.objects.count(), list(CaseRow.objects.values_list("pk", "version", "updated_at")))
    assert AuditRow.objects.filter(what="practised", who="lin").count() == 1


def test_the_rule_is_shown_after_the_answer_and_the_first_answer_counts(agent: Any) -> None:
    from amends.web.front import front

    number = int(agent.post("/practice/new").headers["Location"].rpartition("/")[2])
    page = f"/practice/{number}"
    asked = front().practice.sit(LIN, number, 1)
    assert asked is not None
    assert asked.exercise is not None
    assert "/rules/" not in agent.get(page).content.decode().partition("<main")[2]
    missing = agent.post(page, {"place": "1", "answer": "accept:everything"}, headers={"accept-language": "en"})
    assert missing.status_code == 400
    assert 'id="fault-answer"' in missing.content.decode()
    wrong = {one.asked: next(o.code for o in one.options if o.code != one.right) for one in asked.exercise.questions}
    right = {one.asked: one.right for one in asked.exercise.questions}
    for given in (wrong, right):
        assert agent.post(page, {"place": "1", **given}).status_code == 302
    told = agent.get(f"{page}?place=1", headers={"accept-language": "en"}).content.decode()
    assert re.search(r'href="/rules/[a-z0-9_.-]+"', told.partition("<main")[2])
    assert "is-wrong" in told
    assert "is-right" not in told
    assert agent.get("/practice/999999999").status_code == 404
    assert agent.get(f"{page}?place=99").status_code == 404


def test_a_lead_sees_the_team_by_topic_and_an_agent_does_not(agent: Any) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    from amends.store.members import ensure_merchant, give_role

    number = int(agent.post("/practice/new").headers["Location"].rpartition("/")[2])
    decide_all(agent, number, wrong=True)
    assert "practice-team" not in agent.get("/practice").content.decode()
    ensure_merchant("north")
    for name, merchant in (("mo", "main"), ("ana", "north")):
        User.objects.create_user(name, password="a long enough password")
        give_role(name, "lead", merchant)
        lead = Client(SERVER_NAME="localhost")
        lead.force_login(User.objects.get(username=name))
        team = lead.get("/practice", headers={"accept-language": "en"}).content.decode().partition("practice-team")[2]
        assert (">lin<" in team.partition("</table>")[0]) is (merchant == "main")
        assert lead.get(f"/practice/{number}").status_code == 404


def test_a_case_that_is_gone_is_passed_over(agent: Any) -> None:
    from amends.store.models import PracticeRoundRow

    row = PracticeRoundRow.objects.create(
        person="lin", merchant="main", seed="s", picks=[["case", "99007"], ["sample", "nowhere"]], begun=NOW
    )
    assert "2" not in agent.get(f"/practice/{row.pk}?place=1").headers.get("Location", "")
    assert "Round finished" in agent.get(f"/practice/{row.pk}", headers={"accept-language": "en"}).content.decode()
    row.refresh_from_db()
    assert row.over == NOW
    assert row.over - row.begun < timedelta(seconds=1)
