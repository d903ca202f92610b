"""The hands that read connected shops: side by side, what came in decided after, a slow platform holding up no other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from amends.facts.wire import WireAnswer, WireRequest
from amends.store.database import alone
from amends.wiring.channel_desk import speech
from amends.wiring.channel_rounds import ChannelRounds
from amends.wiring.clock import now
from tests.channel_house import Hosts, ToyShop
from tests.databases import database
from tests.toy_platform import ToyChannel, ToyPlatform

__all__ = ["database"]
pytestmark = pytest.mark.usefixtures("database")


def until(there: Callable[[], bool], look: Callable[[], object]) -> None:
    """Look again and again until something is there; a minute at most, so that a fault ends the test and not the patience."""
    end = time.monotonic() + 60
    while not there() and time.monotonic() < end:
        look()
        time.sleep(0.05)
    assert there()


@dataclass
class Stuck(Hosts):
    """The host `slow.example` answers when it is let go."""

    gate: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)

    def toward(self, hosts: object) -> Stuck:
        return self

    def call(self, request: WireRequest) -> WireAnswer:
        if "slow.example" in request.url:
            self.asked.set()
            self.gate.wait(60)
        return super().call(request)


def test_what_comes_in_is_decided_and_a_stuck_platform_holds_up_no_other() -> None:
    from amends.store.models import CaseRow, ConnectionRow

    begun = now()
    wire = Stuck({"slow.example": ToyPlatform(begun), "quick.example": ToyPlatform(begun)})
    for host, platform in wire.platforms.items():
        ToyShop(platform, wire=wire).connect(url=f"https://{host}")
        platform.put(host, "ASKED")
        platform.now = now()
    channel = {"direct": ToyChannel()}
    rounds = ChannelRounds(speech(wire, channel), channel, hands=2)
    try:
        until(lambda: CaseRow.objects.filter(key="quick.example", decided_at__isnull=False).exists(), rounds.look)
        assert wire.asked.is_set()
        assert not CaseRow.objects.filter(key="slow.example").exists()
    finally:
        wire.gate.set()
    until(lambda: CaseRow.objects.filter(key="slow.example", decided_at__isnull=False).exists(), rounds.look)
    until(lambda: not ConnectionRow.objects.exclude(lease="").exists(), lambda: None)


def test_one_is_alone_under_a_name_over_all_connections() -> None:
    from django.db import connection

    found: list[bool] = []

    def other() -> None:
        with alone("thing") as mine:
            found.append(mine)
        with alone("another") as mine:
            found.append(mine)
        connection.close()

    with alone("thing") as mine:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert mine
    assert found == [False, True]
    with alone("thing") as again:
        assert again


def test_leases_of_workers_that_are_gone_are_freed() -> None:
    import os
    from datetime import timedelta

    from amends.wiring.channel_rounds import free_connections_of_the_dead

    toys = ToyShop(ToyPlatform(now())).connect()
    node = os.uname().nodename
    for owner, stays in ((f"{node}:999999999", False), (f"{node}:{os.getpid()}", True), ("elsewhere:1", True)):
        assert toys.books.intake.claim(owner, now(), timedelta(minutes=2)) is not None
        free_connections_of_the_dead()
        assert bool(toys.row.lease) == stays
        toys.books.intake.free(owner)
