"""Flags from the database to the pages: a ring is listed with its reasons, friction is pressed and logged, and no entitlement moves."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from amends.desk.cases.desk import decided
from amends.desk.cases.faults import UnableToWork
from amends.desk.flags.desk import FlagDesk
from amends.desk.flags.friction import apply, take_off
from amends.facts.flags import FRICTIONS
from amends.facts.orders import Contact
from tests.case_house import AGENT, LEAD, STRANGER, case_desk
from tests.django_house import NOW
from tests.money_house import case_of, order_of

ASKED = NOW - timedelta(days=3)


@pytest.fixture
def ring(agent: Any) -> list[int]:
    """Eight claims of four names with one telephone, and the orders of sixty buyers who ask for nothing."""
    from amends.store.members import give_role
    from amends.store.models import Shop, ShopOrder

    give_role("lin", "manager")
    agent.cookies["django_language"] = "en"
    request = {"kind": "refund_only", "reason": "not_received", "requested_at": ASKED.isoformat()}
    numbers = [case_of(order_of(order=f"R{n}", request=request), key=f"K{n}") for n in range(8)]
    for n in range(8):
        told = Contact(email=f"shade{n % 4}@example.com", phone="13900001111")
        put_order(f"R{n}", told)
    shop = Shop.objects.get(name="acme")
    day = NOW - timedelta(days=30)
    ShopOrder.objects.bulk_create(
        ShopOrder(shop=shop, number=f"H{n}", file={}, digest="", email_key=f"h{n}", placed_at=day, updated_at=day)
        for n in range(60)
    )
    flags().run()
    return numbers


def put_order(number: str, told: Contact) -> None:
    from amends.store.shop_orders import DatabaseOrders

    day = (NOW - timedelta(days=9)).isoformat()
    DatabaseOrders().put("acme", number, {"order": {"id": number, "placed_at": day}}, told, NOW)


def flags() -> FlagDesk:
    from amends.wiring.flags import flag_desk

    return flag_desk(case_desk(), lambda: NOW)


def page(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_ring_is_listed_with_its_reasons_named_to_nobody_and_pressed(agent: Any, ring: list[int]) -> None:
    from amends.store.models import FlagRow

    shown = page(agent, "/guards/flags")
    assert "4 buyers who share telephone claim about 8 of 8 orders" in shown
    assert "Nothing is flagged" in shown
    case = page(agent, f"/cases/{ring[-1]}")
    assert 'id="flag"' in case
    assert "40 points" in case
    kept = str(list(FlagRow.objects.values_list("signs", flat=True)))
    assert "13900001111" not in kept
    assert "shade" not in kept
    assert flags().run() == 0
    assert flags().of_case(STRANGER, ring[0]) is None
    answer = agent.post(f"/cases/{ring[1]}/friction", {"friction": "review"})
    assert answer.status_code == 302
    shown = page(agent, f"/cases/{ring[1]}")
    assert "have a lead look" in shown
    assert f"/cases/{ring[1]}/friction-off" in shown
    assert agent.post(f"/cases/{ring[2]}/friction", {"friction": "refuse"}).status_code == 409
    for language in ("zh-hans", "zh-hant", "en"):
        agent.cookies["django_language"] = language
        for address in ("/guards/flags", f"/cases/{ring[0]}"):
            assert "flags." not in re.sub(r'(href|action|id)="[^"]*"', "", page(agent, address))


def test_no_friction_moves_what_a_buyer_is_entitled_to(ring: list[int]) -> None:
    desk = flags()
    for number, friction in zip(ring, FRICTIONS, strict=False):
        press(desk, number, friction)


def press(desk: FlagDesk, number: int, friction: str) -> None:
    before = desk.cases.casework.look(number)
    assert before is not None
    _, decision = decided(desk.cases, before)
    after = apply(desk, number, AGENT, friction)
    assert decided(desk.cases, after)[1] == decision
    assert after.decision == before.decision
    history = desk.cases.casework.history(number)
    [entry] = [one.entry for one in history.entries if one.entry.what == "friction_applied"]
    assert entry.data == {"friction": friction, "points": 40, "reason_codes": ["ring"]}
    assert not any("ring" in one.text or "flag" in one.text for one in history.messages)
    with pytest.raises(UnableToWork):
        apply(desk, number, AGENT, friction)
    take_off(desk, number, AGENT)
    with pytest.raises(UnableToWork):
        take_off(desk, number, LEAD)


def test_terms_are_checked_kept_and_old_signs_are_gone(agent: Any, ring: list[int]) -> None:
    from amends.store.models import AuditRow, FlagRow

    for cap, days in (("11", "365"), ("10", "7"), ("10", "many"), ("", "")):
        answer = agent.post("/guards/flags", {"merchant": "main", "cap": cap, "days": days})
        assert answer.status_code == 400
        assert "guard-fault" in answer.content.decode()
    assert agent.post("/guards/flags", {"merchant": "else", "cap": "10", "days": "30"}).status_code == 404
    FlagRow.objects.filter(pk=ring[0]).update(at=NOW - timedelta(days=31))
    assert agent.post("/guards/flags", {"merchant": "main", "cap": "20", "days": "30"}).status_code == 302
    assert AuditRow.objects.filter(what="flag_terms", merchant="main").exists()
    assert not FlagRow.objects.filter(pk=ring[0]).exists()
    assert flags().book.terms("main").cap == 20
