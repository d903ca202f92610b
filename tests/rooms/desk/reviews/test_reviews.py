"""Reviews at the desk: each kept once, joined to its case, answered with a second person, by the shop's wish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.reviews.desk import ReviewDesk
from amends.facts.reviews import ReviewQuery, Taken
from tests.case_house import AGENT, LEAD, MANAGER, STRANGER, WAREHOUSE, Clock, case_desk
from tests.databases import fresh
from tests.money_house import case_of, order_of

BAD = {"review": "R-1", "stars": "1", "at": "2026-11-24 09:00", "text": "broke", "order": "", "sku": "S1"}
GOOD = {"review": "R-2", "stars": "5", "at": "2026-11-24 10:00", "sku": "S1"}
WORDS = "We are sorry; please write to us."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ReviewDesk]:
    from amends.wiring.reviews import review_desk

    with fresh("sqlite", tmp_path):
        case_of(order_of())
        yield review_desk(Clock())


def told(desk: ReviewDesk, *rows: dict[str, str]) -> Any:
    return desk.take_in(MANAGER, "acme", list(enumerate(rows, 2)))


def deeds() -> list[tuple[str, str]]:
    from amends.store.models import AuditRow

    return list(AuditRow.objects.order_by("pk").values_list("what", "subject"))


def number(desk: ReviewDesk, review: str) -> int:
    return next(one.number for one in desk.find(MANAGER, ReviewQuery()).reviews if one.told.review == review)


def sends(desk: ReviewDesk, approval: str) -> None:
    from amends.wiring.follow import follow_desk

    follow = follow_desk(case_desk())
    shop = next(one.number for one in follow.shops(MANAGER) if one.name == "acme")
    follow.set_terms(MANAGER, shop, {"delay_hours": "24", "contact_hours": "8", "reviews": approval})


def test_a_review_is_kept_once_and_changes_with_its_platform(desk: ReviewDesk) -> None:
    from amends.store.models import CaseRow

    case = CaseRow.objects.get().pk
    order = case_desk().casework.look(case)
    assert order
    bad = BAD | {"order": str(order.case["order"]["id"])}
    found = told(desk, bad, GOOD, GOOD, GOOD | {"stars": "4"}, {"review": "R-3", "stars": "9", "at": "x"})
    assert found.taken == Taken(2, 0, 0)
    assert [(one.row, one.field) for one in found.faults] == [(5, "review"), (6, "stars")]
    assert told(desk, bad, GOOD).taken == Taken(0, 0, 2)
    assert deeds() == [("review_told", "acme")]
    one = desk.one(AGENT, number(desk, "R-1"))
    assert one.case
    assert one.case[0] == case
    assert [two.number for two in desk.of_order("acme", one.told.order)] == [one.number]
    assert told(desk, BAD | {"stars": "3"}).taken == Taken(0, 1, 0)
    kept = desk.one(AGENT, one.number)
    assert (kept.told.stars, kept.told.order) == (3, one.told.order)
    assert desk.low_of("acme", "S1") == (1, 2)
    assert [x.told.review for x in desk.find(AGENT, ReviewQuery(stars=-1)).reviews] == ["R-1"]
    assert desk.find(AGENT, ReviewQuery(sku="S2")).total == 0


def test_an_answer_waits_for_a_second_person_and_what_changed_is_looked_at_again(desk: ReviewDesk) -> None:
    told(desk, BAD)
    one = number(desk, "R-1")
    assert "acme" in desk.suggest(desk.one(AGENT, one))
    with pytest.raises(UnableToWork, match="money"):
        desk.propose(AGENT, one, "Change your review and we refund you")
    desk.propose(LEAD, one, WORDS)
    for person in (AGENT, LEAD):
        with pytest.raises(UnableToWork):
            desk.approve(person, one, WORDS)
    with pytest.raises(UnableToWork, match="changed"):
        desk.approve(MANAGER, one, "something else")
    with pytest.raises(UnableToWork, match="changed"):
        desk.answered(MANAGER, one)
    desk.send_back(MANAGER, one, "too short")
    assert (desk.one(AGENT, one).state, desk.one(AGENT, one).why) == ("open", "too short")
    desk.propose(LEAD, one, WORDS)
    desk.approve(MANAGER, one, WORDS)
    told(desk, BAD | {"text": "it burnt"})
    assert desk.one(AGENT, one).state == "open"
    desk.propose(LEAD, one, WORDS)
    desk.approve(MANAGER, one, WORDS)
    assert desk.answered(AGENT, one).told.answer == WORDS
    assert desk.answered(AGENT, one).state == "answered"
    what = "told proposed returned proposed approved told proposed approved answered".split()
    assert deeds() == [(f"review_{one}", "acme" if one == "told" else "R-1") for one in what]
    figures = desk.figures(AGENT)
    assert (figures.many, figures.answered, figures.timed, figures.skus[0].low) == (1, 1, 1, 1)


def test_a_shop_may_want_good_ones_answered_at_once_and_a_platform_may_know_the_answer(desk: ReviewDesk) -> None:
    sends(desk, "4")
    told(desk, BAD, GOOD)
    desk.propose(AGENT, number(desk, "R-2"), "Thank you!")
    assert desk.one(AGENT, number(desk, "R-2")).state == "approved"
    desk.propose(AGENT, number(desk, "R-1"), WORDS)
    assert desk.one(AGENT, number(desk, "R-1")).state == "proposed"
    told(desk, GOOD | {"answer": "Thanks", "answered_at": "2026-11-24 12:00"})
    assert (desk.figures(AGENT).answered, desk.figures(AGENT).hours) == (1, 2.0)


def test_walls_hold(desk: ReviewDesk) -> None:
    told(desk, BAD)
    one = number(desk, "R-1")
    assert desk.find(STRANGER, ReviewQuery()).total == 0
    for person in (STRANGER, WAREHOUSE):
        with pytest.raises(UnableToWork):
            desk.take_in(person, "acme", [(1, GOOD)])
        with pytest.raises(UnableToWork):
            desk.propose(person, one, WORDS)
