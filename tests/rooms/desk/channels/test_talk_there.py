"""What is said in a platform's own conversation joins the case's thread, each word once, and winds or meets our clocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.desk.cases.talk import tell_buyer
from amends.desk.channels.talk_there import TalkThereRounds
from amends.facts.channels import UnableToTalk
from amends.facts.platforms import PlatformSaid
from tests.case_house import AGENT, Clock, case_desk
from tests.django_house import fresh_database
from tests.money_house import case_of, order_of
from tests.platform_house import connected


@dataclass
class Conversation:
    """What the platform would tell; how often it was asked."""

    said: list[PlatformSaid] = field(default_factory=list)
    away: bool = False
    asked: int = 0

    def ask(self, connection: int, talk: Any) -> tuple[PlatformSaid, ...]:
        self.asked += 1
        if self.away:
            raise UnableToTalk("down", "not now")
        return tuple(self.said)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    fresh_database(tmp_path)
    return Clock()


def rounds_of(clock: Clock, there: Conversation) -> TalkThereRounds:
    from amends.store.talk_there import DatabaseTalkThere

    return TalkThereRounds(there.ask, ("mall",), DatabaseTalkThere(), case_desk(clock))


def thread(clock: Clock, case: int) -> list[tuple[str, str, str]]:
    found = case_desk(clock).casework.history(case).messages
    return [(one.by_kind, one.text, one.way) for one in found]


def clocks(clock: Clock, case: int) -> list[str]:
    found = case_desk(clock).casework.history(case).deadlines
    return [one.state for one in found if one.action == "next_answer"]


def a_case() -> int:
    from amends.store.models import Shop

    case = case_of(order_of())
    connected(case)
    Shop.objects.filter(name="acme").update(answer_within_minutes=60)
    return case


def test_each_word_is_in_the_thread_once_and_an_answer_on_the_console_meets_the_clock(clock: Clock) -> None:
    case, there = a_case(), Conversation([PlatformSaid("1", "buyer", "还没退吗？", None)])
    rounds = rounds_of(clock, there)
    assert rounds.look() == 1
    assert thread(clock, case) == [("buyer", "还没退吗？", "platform")]
    assert clocks(clock, case) == ["running"]
    assert rounds.look() == 0
    assert there.asked == 1
    clock.forward(minutes=20)
    there.said += [PlatformSaid("2", "seller", "在处理了"), PlatformSaid("3", "platform", "请协商")]
    assert rounds.look() == 2
    assert [one[0] for one in thread(clock, case)] == ["buyer", "shop", "platform"]
    assert clocks(clock, case) == ["met"]
    clock.forward(hours=5)
    assert rounds.look() == 0
    assert len(thread(clock, case)) == 3


def test_what_left_from_here_is_not_said_twice(clock: Clock) -> None:
    case, there = a_case(), Conversation([])
    rounds = rounds_of(clock, there)
    rounds.look()
    tell_buyer(case_desk(clock), case, AGENT, "您好，马上为您处理")
    there.said = [PlatformSaid("1", "seller", "您好，马上为您处理")]
    clock.forward(minutes=30)
    rounds.look()
    assert len(thread(clock, case)) == 1


def test_a_still_conversation_is_asked_ever_later_and_a_platform_that_is_away_stops_nobody(clock: Clock) -> None:
    from amends.store.models import PlatformTalkRow

    case, there = a_case(), Conversation([], away=True)
    rounds = rounds_of(clock, there)
    rounds.look()
    waits = []
    for _ in range(6):
        clock.forward(hours=6)
        rounds.look()
        waits.append(PlatformTalkRow.objects.get(case=case).due_at - clock())
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=4)
    assert there.asked == 7
