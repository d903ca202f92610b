"""Follow-up on both databases: a buyer is asked once, answers, changes it for a week; the unhappy are somebody's work until contacted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amends.desk.cases.close import close, reopen
from amends.desk.cases.faults import UnableToWork
from amends.desk.follow.desk import FollowDesk, UnableToFollow
from amends.desk.follow.rounds import FollowRounds
from amends.facts.follow_up import Survey, UnableToReadFollowUp
from amends.fakes.smtp import FakeSmtp
from tests.case_house import AGENT, BUYER, LEAD, MANAGER, STRANGER, WAREHOUSE, Clock, case_desk
from tests.databases import Database, database
from tests.money_house import case_of, order_of
from tests.talk_house import mails, ordered_by, rounds_of, writes_by

__all__ = ["database"]
ASKS = {"asks": "yes", "delay_hours": "24", "contact_hours": "8"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock) -> FollowDesk:
    from amends.wiring.follow import follow_desk

    return follow_desk(case_desk(clock))


def rounds(desk: FollowDesk) -> FollowRounds:
    return FollowRounds(desk.book, desk.cases, lambda state: f"https://shop.example/{state.number}/survey")


def asks(desk: FollowDesk, **change: str) -> None:
    number = next(one.number for one in desk.shops(MANAGER) if one.name == "acme")
    desk.set_terms(MANAGER, number, ASKS | change)


def closed(desk: FollowDesk, reason: str = "settled") -> int:
    case = case_of(order_of())
    close(desk.cases, case, MANAGER, reason)
    return case


def asked_case(desk: FollowDesk, clock: Clock) -> int:
    case = closed(desk)
    asks(desk)
    reopen(desk.cases, case, MANAGER, "again")
    close(desk.cases, case, MANAGER, "settled")
    clock.forward(hours=24)
    assert rounds(desk).look() == 1
    return case


def answered(desk: FollowDesk, case: int) -> Survey:
    found = desk.asked(case)
    assert found
    return found


def events(desk: FollowDesk, case: int) -> list[str]:
    return [one.entry.what for one in desk.cases.casework.history(case).entries]


def test_a_buyer_is_asked_once_after_the_delay_and_not_in_quiet_hours(desk: FollowDesk, clock: Clock) -> None:
    server = FakeSmtp()
    first = closed(desk)
    asks(desk)
    ordered_by("anna@example.com")
    writes_by(server, clock, quiet_from=22, quiet_to=8)
    reopen(desk.cases, first, MANAGER, "again")
    close(desk.cases, first, MANAGER, "settled")
    clock.forward(hours=23)
    assert rounds(desk).look() == 0
    clock.forward(hours=1)
    assert rounds(desk).look() == 1
    assert rounds(desk).look() == 0
    rounds_of(desk.cases, lambda shop, at: 23).look()
    assert mails(server) == []
    for _ in range(2):
        rounds_of(desk.cases).look()
    (mail,) = mails(server)
    assert mail["Subject"] == "survey"
    reopen(desk.cases, first, MANAGER, "once more")
    close(desk.cases, first, MANAGER, "settled")
    clock.forward(hours=48)
    assert rounds(desk).look() == 0
    assert events(desk, first).count("survey_asked") == 1
    server.stop()


@pytest.mark.parametrize("reason", ["duplicate", "mistake", "withdrawn", "before"])
def test_nothing_is_asked_where_there_is_nothing_to_ask(desk: FollowDesk, clock: Clock, reason: str) -> None:
    case = closed(desk)
    clock.forward(minutes=1)
    asks(desk)
    if reason != "before":
        reopen(desk.cases, case, MANAGER, "again")
        close(desk.cases, case, MANAGER, reason)
    clock.forward(hours=30)
    rounds(desk).look()
    assert desk.asked(case) is None
    assert "survey_asked" not in events(desk, case)


def test_an_answer_is_one_a_case_and_can_be_changed_for_a_week(desk: FollowDesk, clock: Clock) -> None:
    case = asked_case(desk, clock)
    for score in (0, 6, -1):
        with pytest.raises(UnableToWork, match="1 to 5"):
            desk.answer(case, BUYER, score, "")
    desk.answer(case, BUYER, 4, " good ")
    desk.answer(case, BUYER, 4, "good")
    assert (answered(desk, case).score, answered(desk, case).remark, answered(desk, case).due) == (4, "good", None)
    clock.forward(days=7)
    desk.answer(case, BUYER, 1, "")
    assert answered(desk, case).due is not None
    clock.forward(seconds=1)
    with pytest.raises(UnableToWork, match="seven days"):
        desk.answer(case, BUYER, 5, "")
    assert events(desk, case)[-3:] == ["survey_asked", "survey_answered", "survey_changed"]


def test_the_unhappy_are_work_until_they_are_contacted(desk: FollowDesk, clock: Clock) -> None:
    case = asked_case(desk, clock)
    desk.answer(case, BUYER, 2, "slow")
    (found,) = desk.queue(AGENT).waiting
    assert found.due is not None
    assert (found.due - clock()).total_seconds() == 8 * 3600
    assert desk.queue(STRANGER).waiting == []
    desk.answer(case, BUYER, 3, "well")
    assert desk.queue(AGENT).waiting == []
    desk.answer(case, BUYER, 1, "no")
    with pytest.raises(UnableToReadFollowUp, match="owner"):
        desk.give(AGENT, case, "somebody else")
    desk.give(AGENT, case, AGENT.name)
    assert desk.queue(LEAD).waiting[0].owner == AGENT.name
    with pytest.raises(UnableToReadFollowUp, match="note"):
        desk.contact(AGENT, case, "recovered", " ")
    desk.contact(AGENT, case, "recovered", "rang her, sent the missing screw")
    kept = desk.queue(AGENT)
    assert (kept.waiting, [one.outcome for one in kept.contacted]) == ([], ["recovered"])
    with pytest.raises(UnableToWork, match="nobody waits"):
        desk.contact(AGENT, case, "recovered", "again")
    assert events(desk, case)[-2:] == ["second_contact_given", "second_contact"]
    from amends.learn.metrics.rows import case_row
    from amends.store.metric_stories import DatabaseStories

    (story,) = DatabaseStories().stories([case])
    row = case_row(story)
    told = ("survey_asked", "survey_answered", "survey_score", "survey_unhappy", "contacted", "recovered")
    assert [row[name] for name in told] == [1, 1, 1, 1, 1, 1]
    assert row["survey_day"] is not None


@pytest.mark.parametrize(
    "does",
    [
        lambda desk, case: desk.contact(STRANGER, case, "recovered", "x"),
        lambda desk, case: desk.contact(WAREHOUSE, case, "recovered", "x"),
        lambda desk, case: desk.queue(WAREHOUSE),
        lambda desk, case: desk.shops(AGENT),
        lambda desk, case: desk.set_terms(STRANGER, 1, ASKS),
    ],
)
def test_walls_hold(desk: FollowDesk, clock: Clock, does: Callable[[FollowDesk, int], object]) -> None:
    case = asked_case(desk, clock)
    desk.answer(case, BUYER, 1, "")
    with pytest.raises(UnableToFollow):
        does(desk, case)
