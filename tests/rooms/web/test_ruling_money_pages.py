"""What a platform moved by a ruling, on the dispute's page: recorded by one, approved by another, told in every language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from amends.desk.disputes.rule import NewDispute, open_by_hand, rule
from amends.facts.people import Person


def test_money_of_a_ruling_is_recorded_approved_and_booked(agent: Any) -> None:
    from django.contrib.auth.models import User

    from amends.store.members import give_role
    from amends.store.models import BookLineRow, CaseRow
    from amends.web.front import front

    case, boss, desk = CaseRow.objects.get(key="7012345678901").pk, Person("boss", "manager"), front().disputes
    number = open_by_hand(desk, case, boss, NewDispute("platform", "douyin", "", "ARB-1", "10", "", desk.now(), None))
    page = f"/disputes/{number}"
    assert 'id="ruling-money"' not in agent.get(page).content.decode()
    rule(desk, number, boss, "lost", "merchant", "", "")
    for tongue in ("zh-hans", "zh-hant", "en"):
        shown = agent.get(page, headers={"accept-language": tongue}).content.decode()
        assert f'action="{page}/money"' in shown
        assert "disputes.money" not in shown
    wrong = agent.post(f"{page}/money", {"kind": "price", "amount": "ten", "reference": "FLOW-1"})
    assert (wrong.status_code, 'value="ten"' in wrong.content.decode()) == (409, True)
    agent.post(f"{page}/money", {"kind": "beside", "amount": "9.00", "reference": "FLOW-1"})
    assert "FLOW-1" in agent.get(page).content.decode()
    booked = desk.money.of_dispute(number)[0]
    waits = desk.money.put(
        replace(booked, kind="price", amount=100, reference="FLOW-2", state="proposed", needs_role="lead")
    )
    listed = agent.get("/approvals").content.decode()
    assert f"{page}#ruling-money" in listed
    assert '<b class="bar-count">1</b>' in listed
    assert f'action="{page}/money-yes"' not in agent.get(page).content.decode()
    agent.force_login(User.objects.create_user("fin", password="a long enough password"))
    give_role("fin", "finance")
    assert f'action="{page}/money-yes"' in agent.get(page).content.decode()
    for _ in range(2):
        agent.post(f"{page}/money-yes", {"movement": str(waits.number)})
    lines = BookLineRow.objects.filter(account__in=("claim", "chargeback")).order_by("pk")
    assert [(one.account, one.amount_minor) for one in lines] == [("claim", 900), ("chargeback", 100)]
