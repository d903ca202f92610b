"""Over any mix of answers, broken connections, killed and slow workers a letter reaches the server once at most, and is never forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.desk.cases.talk import tell_buyer
from amends.desk.talk.rounds import LetterRounds
from amends.facts.outgoing import GIVES_UP, Letter, Outcome, Sender, SenderKeys, joined, retry_at
from tests.case_house import AGENT, Clock, case_desk
from tests.django_house import NOW, fresh_database
from tests.money_house import case_of, order_of
from tests.talk_house import NOON, ordered_by, states

WAYS: Final = (
    "taken", "refused", "later", "later_at_the_end", "answer_lost", "text_lost", "dies_before", "dies_in_the_text", "dies_after", "slow",
)  # fmt: skip
_CASES = iter(range(1, 1_000_000))


class Killed(BaseException):
    """The worker's end."""


class Server:
    """A mail server that does with each mail what it is told, and a worker that may die over it."""

    def __init__(self, ways: list[str], clock: Clock) -> None:
        self.ways, self.clock = ways, clock
        self.taken: list[str] = []
        self.while_slow: Callable[[], object] = lambda: None

    def __call__(self, keys: SenderKeys, letter: Letter, point: Callable[[], bool]) -> Outcome:
        way = self.ways.pop(0) if self.ways else "taken"
        if way in ("refused", "later"):
            return Outcome(way)  # type: ignore[arg-type]
        if way == "dies_before":
            raise Killed
        if way == "slow":  # others work while this one sleeps for longer than its lease
            self.clock.forward(minutes=30)
            self.while_slow()
        if not point():
            return Outcome("later")
        if way == "later_at_the_end":
            return Outcome("later")
        if way == "text_lost":
            return Outcome("unsure")
        if way == "dies_in_the_text":
            raise Killed
        self.taken.append(letter.to)
        if way == "dies_after":
            raise Killed
        return Outcome("unsure" if way == "answer_lost" else "sent")


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    fresh_database(folder)
    return folder


def works(rounds: LetterRounds) -> None:
    try:
        rounds.look()
    except Killed:
        return


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(WAYS), st.integers(1, 700)), max_size=8))
def test_a_letter_reaches_the_server_once_at_most_and_ends(steps: list[tuple[str, int]]) -> None:
    from amends.store.models import Shop
    from amends.store.post_book import DatabasePosts
    from amends.store.senders import DatabaseSenders

    clock, order = Clock(NOW + timedelta(days=next(_CASES) * 9)), f"L{next(_CASES)}"
    cases = case_desk(clock)
    case = case_of(order_of(order=order))
    ordered_by("anna@example.com", order)
    senders = DatabaseSenders()
    number = Shop.objects.get(name="acme").pk
    senders.save(Sender("acme", number, "", "mail.example", 465, address="service@acme.example"), "", "boss", clock())
    senders.turn("acme", clock())
    server = Server([way for way, _ in steps], clock)
    rounds = LetterRounds(senders, DatabasePosts(), cases, server, lambda shop, at: NOON)
    server.while_slow = lambda: works(rounds)
    tell_buyer(cases, case, AGENT, "hello")
    for _, minutes in steps:
        clock.forward(minutes=minutes)
        works(rounds)
    server.ways = []
    for _ in range(8):
        clock.forward(hours=8)
        works(rounds)
    assert len(server.taken) <= 1
    ((state, code),) = states(case)
    assert state in ("sent", "failed", "unsure")
    assert (state == "sent") <= (len(server.taken) == 1)
    assert not server.taken or state != "failed" or code == "gave_up"
    told = [one.entry.what for one in cases.casework.history(case).entries if one.entry.what.startswith("letter_")]
    assert (state == "sent" and set(told) <= {"letter_unsure"}) or len(told) == 1


@given(st.integers(1, 60), st.integers(0, 72 * 60))
def test_a_try_comes_later_or_never(tries: int, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    again = retry_at(NOW, tries, now)
    assert again is None or now < again <= NOW + GIVES_UP
    assert again is not None or minutes > (GIVES_UP - timedelta(hours=4)).total_seconds() / 60


@given(st.lists(st.text(), max_size=6))
def test_nothing_is_said_twice_and_nothing_is_lost(texts: list[str]) -> None:
    whole = joined(texts)
    words = list(dict.fromkeys([one.strip() for one in texts if one.strip()]))
    assert whole.split("\n\n— — —\n\n") == words or not words or any("— — —" in one for one in words)
