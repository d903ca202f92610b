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
from amends.desk.flags.look_again import answer, look_again
from amends.desk.flags.rounds import FlagRounds
from amends.facts.flags import ANSWER_DAYS, FRICTIONS
from amends.facts.log import Actor
from amends.facts.orders import Contact
from tests.case_house import AGENT, FINANCE, LEAD, STRANGER, case_desk
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


def flags(days: float = 0) -> FlagDesk:
    from amends.wiring.flags import flag_desk

    now = NOW + timedelta(days=days)
    return flag_desk(case_desk(lambda: now), lambda: now)


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


BUYER = Actor("buyer", "shade1@example.com")


def buyers_page(number: int) -> str:
    from amends.web.portal.token import token_of

    return f"/s/acme/case/{token_of('case', number)}"


def decision_of(desk: FlagDesk, number: int) -> tuple[Any, Any]:
    state = desk.cases.casework.look(number)
    assert state is not None
    return decided(desk.cases, state)[1], state.decision


def test_a_buyer_objects_to_a_check_and_another_person_takes_it_off(agent: Any, ring: list[int]) -> None:
    desk, number = flags(), ring[5]
    at, entitled = buyers_page(number), decision_of(desk, number)
    assert 'id="check"' not in page(agent, at)
    apply(desk, number, LEAD, "photo")
    for language, word in (("zh-hans", "额外核查"), ("zh-hant", "額外"), ("en", "It is no accusation")):
        agent.cookies["django_language"] = language
        shown = page(agent, at)
        assert word in shown
        check = re.sub(r"<[^>]*>", " ", shown[shown.index('id="check"') :].split("</section>")[0])
        assert not re.search(r"portal[._]|shade|1390000|\b40\b|telephone|电话|points", check)
    assert agent.post(f"{at}/look-again", {"look_again": " "}).status_code == 409
    assert agent.post(f"{at}/look-again", {"look_again": "It is my sister's number <b>"}).status_code == 302
    assert agent.post(f"{at}/look-again", {"look_again": "again"}).status_code == 409
    assert "my sister&#x27;s number &lt;b&gt;" in page(agent, at)
    assert f"/cases/{number}#flag" in page(agent, "/guards/flags")
    assert f'action="/cases/{number}/look-again' in page(agent, f"/cases/{number}")
    for person, says, why in ((LEAD, "lifted", "x"), (AGENT, "lifted", "x"), (STRANGER, "lifted", "x"),
                              (FINANCE, "perhaps", "x"), (FINANCE, "lifted", " ")):  # fmt: skip
        with pytest.raises(UnableToWork):
            answer(desk, number, person, says, why)
    with pytest.raises(UnableToWork):
        take_off(desk, number, AGENT)
    told = {"answer": "lifted", "why": "A family shares this telephone."}
    assert agent.post(f"/cases/{number}/look-again", told).status_code == 302
    assert agent.post(f"/cases/{number}/look-again", told).status_code == 409
    assert decision_of(desk, number) == entitled
    history = desk.cases.casework.history(number)
    assert history.messages[-1].event == "check_lifted"
    assert [one.entry.by.kind for one in history.entries if one.entry.what.startswith("look_again")] == [
        "buyer",
        "person",
    ]
    ended = {one.action: one.state for one in history.deadlines}
    assert (ended["look_again"], ended["give_evidence"]) == ("met", "off")
    flags(1).score("main")
    tied = [one for one in ring if (found := desk.book.flag(one)) and found.reasons]
    assert tied == [one for one in ring if one not in (ring[1], ring[5])], "nothing of this buyer ties anyone any more"
    assert desk.book.lifted("main", ASKED) == {number: 40}, "it counts as flagged, and wrongly so"
    with pytest.raises(UnableToWork):
        apply(desk, number, LEAD, "inspect")


def test_a_check_that_stands_keeps_its_reasons_and_one_without_answer_in_time_ends(agent: Any, ring: list[int]) -> None:
    from amends.web.front import front

    desk, kept, late = flags(), ring[0], ring[2]
    for number in (kept, late):
        entitled = decision_of(desk, number)
        apply(desk, number, LEAD, "review")
        look_again(desk, front().evidence, number, BUYER, "No, thank you.")
        assert decision_of(desk, number) == entitled
    answer(desk, kept, FINANCE, "upheld", "We look at the parcel once.")
    assert "The check stays" not in page(agent, buyers_page(late))
    assert "the check stays" in page(agent, buyers_page(kept))
    take_off(desk, kept, AGENT)
    apply(desk, kept, AGENT, "inspect")
    look_again(desk, front().evidence, kept, BUYER, "Not again.")
    with pytest.raises(UnableToWork, match="let it stand"):
        answer(desk, kept, FINANCE, "lifted", "x")
    assert FlagRounds(flags(ANSWER_DAYS - 1)).look() >= 0
    assert desk.book.flag(late).appeal == "asked"  # type: ignore[union-attr]
    FlagRounds(flags(ANSWER_DAYS)).look()
    found = desk.book.flag(late)
    assert found is not None
    assert (found.appeal, found.friction, [one.code for one in found.reasons]) == ("lapsed", "", ["ring"])
    state = desk.cases.casework.look(late)
    assert state is not None
    assert state.escalated_to == ""
    assert "We did not answer in time" in page(agent, buyers_page(late))
