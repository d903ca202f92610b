"""The team is told over real HTTP, on both databases: once, together, with good signs; robots that are busy are asked later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

import pytest

from amends.desk.cases.talk import buyer_says
from amends.desk.settings.gate import UnableToSet
from amends.desk.talk.team import TeamDesk, TeamRounds
from amends.facts.team import TEAM_EVENTS, TeamHook, TeamKeys, TeamKind
from amends.fakes.team import Chat, FakeTeam
from amends.messengers.team import dingtalk_sign, feishu_sign
from amends.wiring.talk import voice
from tests.case_house import AGENT, BUYER, MANAGER, STRANGER, Clock, case_desk
from tests.databases import Database, database
from tests.money_house import case_of, order_of

__all__ = ["database"]
Serve = Callable[..., FakeTeam]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[FakeTeam] = []

    def start(kind: str, **more: object) -> FakeTeam:
        running.append(FakeTeam(Chat(kind, **more)))  # type: ignore[arg-type]
        return running[-1]

    yield start
    for one in running:
        one.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock) -> TeamDesk:
    from amends.store.members import ensure_merchant, merchant_names
    from amends.store.team_book import DatabaseTeam

    ensure_merchant("main")
    return TeamDesk(DatabaseTeam(), voice(), ("127.0.0.1",), clock, merchant_names)


def rounds_of(desk: TeamDesk) -> TeamRounds:
    return TeamRounds(desk.shelf, desk.voice, lambda shop, at: f"{at:%H:%M}", desk.now)


def joined(desk: TeamDesk, fake: FakeTeam, secret: str = "", events: tuple[str, ...] = TEAM_EVENTS) -> TeamHook:
    kind = next(one for one in get_args(TeamKind) if one == fake.chat.kind)
    hook = TeamHook(0, "main", "", kind, "en", events, "", False, None)
    return desk.make(hook, TeamKeys(fake.url, secret), MANAGER)


@pytest.mark.parametrize("kind", get_args(TeamKind))
def test_a_trial_message_is_taken(desk: TeamDesk, serve: Serve, kind: str) -> None:
    secret = "SEC-1" if kind in ("feishu", "dingtalk") else ""
    fake = serve(kind, secret=secret)
    assert desk.test(joined(desk, fake, secret).number, MANAGER).end == "sent"
    assert fake.chat.said == ["Amends\nThis is a trial message."]


@pytest.mark.parametrize("kind", ["feishu", "dingtalk"])
def test_a_wrong_sign_is_told(desk: TeamDesk, serve: Serve, kind: str) -> None:
    fake = serve(kind, secret="SEC-1")
    answer = desk.test(joined(desk, fake, "SEC-2").number, MANAGER)
    assert answer.end == "refused"
    assert "sign" in answer.told
    assert fake.chat.said == []


@pytest.mark.parametrize("kind", get_args(TeamKind))
def test_a_busy_robot_is_asked_later_and_each_line_is_said_once(
    desk: TeamDesk, serve: Serve, clock: Clock, kind: str
) -> None:
    fake, case = serve(kind, most=0), case_of(order_of(), key="C77")
    hook, rounds = joined(desk, fake), rounds_of(desk)
    buyer_says(case_desk(clock), case, BUYER, "I will call my bank")
    rounds.look()
    seen = desk.shelf.get(hook.number)
    assert seen
    assert seen.fault
    fake.chat.most = 20
    rounds.look()
    assert fake.chat.said == []
    clock.forward(minutes=10)
    for _ in range(3):
        rounds.look()
        clock.forward(seconds=10)
    (said,) = fake.chat.said
    assert "acme · C77: due soon: Next answer, 05:00" in said
    assert "Anna" not in said
    seen = desk.shelf.get(hook.number)
    assert seen
    assert (seen.fault, seen.faults) == ("", 0)


def test_many_lines_are_one_message_and_exceptions_are_told(desk: TeamDesk, serve: Serve, clock: Clock) -> None:
    from amends.store.models import CaseRow

    fake = serve("wecom")
    joined(desk, fake, events=("exception",))
    clock.forward(minutes=1)
    for number in range(13):
        case_of(order_of(order=f"T{number}"), key=f"T{number}")
    CaseRow.objects.filter(key__startswith="T").update(exception="money_trouble", updated_at=clock())
    for _ in range(3):
        rounds_of(desk).look()
        clock.forward(seconds=10)
    assert [one.count("trouble with the money") for one in fake.chat.said] == [10, 3]


def test_what_waited_too_long_or_while_it_rested_is_not_told(desk: TeamDesk, serve: Serve, clock: Clock) -> None:
    fake, case = serve("slack", broken=True), case_of(order_of())
    hook = joined(desk, fake)
    buyer_says(case_desk(clock), case, BUYER, "I will call my bank")
    rounds_of(desk).look()
    fake.chat.broken = False
    clock.forward(hours=13)
    rounds_of(desk).look()
    desk.turn(hook.number, MANAGER, on=False)
    clock.forward(minutes=1)
    rounds_of(desk).look()
    assert fake.chat.said == []


def test_only_managers_of_the_merchant_set_it(desk: TeamDesk, serve: Serve) -> None:
    hook = joined(desk, serve("slack"))
    for nobody in (AGENT, STRANGER):
        with pytest.raises(UnableToSet):
            desk.get(hook.number, nobody)
    for url, secret in (("http://example.com/x", ""), ("nonsense", ""), ("https://a.example/x", "not signed")):
        with pytest.raises(UnableToSet):
            desk.make(hook, TeamKeys(url, secret), MANAGER)


def test_signs_are_those_of_the_vendors() -> None:
    assert feishu_sign("1599360473", "secret") == "q4jswNiMy51J5JuQV566yJat0/lQ/c+22kINzUgKsGU="
    assert dingtalk_sign("1", "a") != dingtalk_sign("2", "a")
