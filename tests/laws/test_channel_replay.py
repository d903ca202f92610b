"""A week of mixed events at a platform, heard of and read in any order, with losses, ends as if it had been read in order.

One shop is read after every single event. The other hears of the events late, twice, in another order or not at all, gets answers that are
out of date, is throttled, and loses its worker between two effects; then one night passes. Both must know the same.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.channel_house import START, ToyShop
from tests.django_house import fresh_database
from tests.toy_platform import ToyChannel, ToyPlatform

NUMBERS = [str(number) for number in range(1, 7)]
WEEK = 7 * 24 * 60
_PUSH = itertools.count(1)

statuses = st.sampled_from(["ASKED", "AGREED", "REFUSED", "PAID", "GONE", "NEVER_SEEN"])
events = st.lists(
    st.tuples(
        st.integers(0, 600),
        st.sampled_from(["case", "case", "case", "order", "refund", "nameless"]),
        st.sampled_from(NUMBERS),
        statuses,
    ),
    min_size=1,
    max_size=25,
)
mishaps = st.lists(
    st.tuples(
        st.sampled_from(["push", "push", "lost", "late", "read", "kill", "lag", "fault", "wait"]),
        st.integers(1, 12),
        st.sampled_from(["throttle", "down", "reach", "malformed"]),
    ),
    min_size=1,
    max_size=30,
)


@pytest.fixture(scope="module", autouse=True)
def place() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        fresh_database(Path(folder))
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
        yield
        connection.close()


def happen(platform: ToyPlatform, what: str, number: str, status: str) -> None:
    """One event at the platform."""
    if what == "order":
        platform.sell(f"O{number}", f"Lamp {status}")
    elif what == "refund":
        there = platform.cases.get(number, [])
        known = list(there[-1]["refunds"]) if there else []
        more = [{"reference": f"r{number}-{len(known)}", "amount": 100}] if len(known) < 3 else []
        platform.put(number, "PAID", refunds=[*known, *more])
    else:
        platform.put(number, status, version=what != "nameless")


def shop() -> ToyShop:
    return ToyShop(ToyPlatform(START), ToyChannel(widest=timedelta(days=1))).connect()


def rest(toys: ToyShop) -> None:
    """No one reads it any more."""
    from amends.store.models import ConnectionRow

    ConnectionRow.objects.filter(pk=toys.number).update(state="paused")


def in_order(week: list[Any]) -> dict[str, Any]:
    """The state of a shop that was read after every event."""
    toys = shop()
    toys.read()
    for minutes, what, number, status in week:
        toys.later(minutes=minutes)
        happen(toys.platform, what, number, status)
        toys.later(seconds=1).desk.read_now(_who(), toys.number)
        toys.read()
    finish(toys, WEEK)
    rest(toys)
    return toys.state()


def _who() -> Any:
    from tests.channel_house import MANAGER

    return MANAGER


def mixed(week: list[Any], tricks: list[Any]) -> dict[str, Any]:
    """The state of a shop that everything went wrong with, and then one night passed."""
    late: list[tuple[str, str]] = []
    toys, turn = shop(), itertools.cycle(tricks)
    for minutes, what, number, status in week:
        toys.later(minutes=minutes)
        happen(toys.platform, what, number, status)
        toys.later(seconds=1)
        trick, many, fault = next(turn)
        thing = ("order", f"O{number}") if what == "order" else ("case", number)
        if trick == "push":
            name = f"m{next(_PUSH)}"
            for _ in range(1 + many % 2):
                toys.push(thing[1], name, thing[0])
        elif trick == "late":
            late.append(thing)
        elif trick == "lag":
            toys.platform.lag = [timedelta(minutes=minutes + many)] * (many % 4)
        elif trick == "fault":
            toys.platform.faults = [fault] * many
        elif trick == "kill":
            toys.killed_at(many)
        elif trick == "read":
            toys.read(many)
        if trick == "read" and late:
            kind, name = late.pop(many % len(late))
            toys.push(name, f"m{next(_PUSH)}", kind)
    finish(toys, WEEK)
    rest(toys)
    return toys.state()


def finish(toys: ToyShop, minutes: int) -> None:
    """Whatever is wrong passes, the week ends with its last day's night still near enough, and everything due is read."""
    toys.platform.faults, toys.platform.lag = [], []
    for _ in range(4):
        toys.later(hours=6)
        toys.desk.read_now(_who(), toys.number)
        toys.read(200)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller example would take minutes to find
)
@given(events, mishaps)
def test_whatever_goes_wrong_on_the_way_the_end_is_the_same(week: list[Any], tricks: list[Any]) -> None:
    assert mixed(deepcopy(week), tricks) == in_order(week)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(6)), st.booleans())
def test_tellings_of_one_case_put_in_in_any_order_end_the_same(order: list[int], versions: bool) -> None:
    from amends.facts.channel_intake import Brought
    from amends.store.models import SnapshotRow

    toys = shop()
    asking = toys.asking.connections.reach(toys.number)
    assert asking is not None
    toys.platform.put("1", "ASKED")
    for step, status in enumerate(["AGREED", "REFUSED", "AGREED", "REFUSED", "PAID"]):
        toys.later(seconds=step % 2)
        toys.platform.put("1", status, version=versions)
    from tests.toy_platform import told_case

    told = [told_case(one, asking.access) for one in toys.platform.cases["1"]]
    at = toys.platform.now
    for place in [*order, *order[:3]]:
        asked_at = at + timedelta(seconds=place)
        toys.books.intake.tell(toys.number, Brought(asked_at, (told[place],)), at + timedelta(hours=1))
    state = toys.state()
    rest(toys)
    assert state["cases"]["1"][0] == "closed"
    assert state["there"]["1"][0] == "PAID"
    assert SnapshotRow.objects.filter(connection_id=toys.number).count() == len(told)
