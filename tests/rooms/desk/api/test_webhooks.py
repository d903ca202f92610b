"""Webhooks: signed as the standard's own example, tried ever more slowly, given up in the end, switched off with an alarm."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.desk.api.signing import signature
from amends.desk.api.webhooks import GIVES_UP, SWITCHED_OFF_AFTER, WebhookDesk, WebhookRounds, address_fault
from amends.desk.cases.faults import UnableToWork
from amends.facts.api import wants
from amends.facts.people import Person
from amends.facts.wire import UnableToPost, WireAnswer, WireRequest
from tests.case_house import Clock
from tests.databases import fresh

KEEPER = Person("boss", "manager", frozenset({"main"}))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    with fresh(request.param, tmp_path) as found:
        yield found


class Receiver:
    """Answers as it is told."""

    def __init__(self, status: int | None) -> None:
        self.status = status
        self.taken: list[WireRequest] = []

    def __call__(self, request: WireRequest) -> WireAnswer:
        self.taken.append(request)
        if self.status is None:
            raise UnableToPost("nobody there")
        return WireAnswer(self.status, {}, b"so it is")


def desk_of(clock: Any) -> WebhookDesk:
    from amends.store.webhook_book import DatabaseWebhooks

    return WebhookDesk(DatabaseWebhooks(), lambda many: b"k" * many, ("127.0.0.1",), clock)


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    told = signature([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature([secret, secret], "m", 1, body).count("v1,") == 2


def test_a_receiver_that_fails_is_tried_ever_more_slowly_then_given_up(database: Any) -> None:
    clock, receiver = Clock(), Receiver(500)
    desk = desk_of(clock)
    hook = desk.make(KEEPER, "main", "https://shop.example/hook", ["case.*"])
    desk.test(KEEPER, hook.number)
    rounds = WebhookRounds(desk.shelf, receiver, clock)
    began, tries = clock.at, []
    while desk.deliveries(KEEPER, hook.number)[0].state == "waiting" and clock.at - began < timedelta(days=6):
        if rounds.look():
            tries.append(clock.at)
        clock.forward(minutes=7)
    waits = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert len(tries) > 8
    assert waits[-1] > waits[0]
    assert tries[-1] - began <= GIVES_UP
    assert desk.deliveries(KEEPER, hook.number)[0].state == "failed"
    receiver.status = 204
    assert desk.send_failed_again(KEEPER, hook.number, began) == 1
    assert rounds.look() == 1
    assert desk.deliveries(KEEPER, hook.number)[0].state == "delivered"
    assert len({dict(one.headers)["webhook-id"] for one in receiver.taken}) == 1


def test_an_endpoint_that_fails_for_days_is_switched_off_with_an_alarm(database: Any) -> None:
    clock, receiver = Clock(), Receiver(None)
    desk = desk_of(clock)
    hook = desk.make(KEEPER, "main", "https://shop.example/hook", [])
    rounds = WebhookRounds(desk.shelf, receiver, clock)
    until: datetime = clock.at + SWITCHED_OFF_AFTER + timedelta(days=2)
    while clock.at < until:
        desk.test(KEEPER, hook.number)
        rounds.look()
        clock.forward(hours=12)
    found = desk.get(KEEPER, hook.number)
    assert found.off_since is not None
    assert "nobody there" in found.alarm
    assert desk.change(KEEPER, hook.number, on=True).alarm == ""


def test_gone_means_gone(database: Any) -> None:
    clock = Clock()
    desk = desk_of(clock)
    hook = desk.make(KEEPER, "main", "https://shop.example/hook", [])
    desk.test(KEEPER, hook.number)
    WebhookRounds(desk.shelf, Receiver(410), clock).look()
    assert desk.get(KEEPER, hook.number).off_since is not None


def test_two_runners_send_a_delivery_once(database: Any) -> None:
    clock, receiver = Clock(), Receiver(204)
    desk = desk_of(clock)
    hook = desk.make(KEEPER, "main", "https://shop.example/hook", [])
    desk.test(KEEPER, hook.number)
    first = desk.shelf.claim(clock.at, clock.at + timedelta(minutes=1), 10)
    assert len(first) == 1
    assert WebhookRounds(desk.shelf, receiver, clock).look() == 0
    assert receiver.taken == []


def test_the_wall_and_the_duty_hold(database: Any) -> None:
    desk = desk_of(Clock())
    hook = desk.make(KEEPER, "main", "https://shop.example/hook", [])
    other = Person("else", "manager", frozenset({"another"}))
    for attempt in (
        lambda: desk.get(other, hook.number),
        lambda: desk.drop(other, hook.number),
        lambda: desk.make(other, "main", "https://shop.example/hook", []),
        lambda: desk.make(Person("lin", "agent", frozenset({"main"})), "main", "https://shop.example/hook", []),
        lambda: desk.make(KEEPER, "main", "https://shop.example/hook", ["everything"]),
    ):
        with pytest.raises(UnableToWork):
            attempt()
    assert desk.endpoints(other) == []


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://shop.example/hook", True),
        ("http://127.0.0.1:9000/hook", True),
        ("http://shop.example/hook", False),
        ("https://name:word@shop.example/", False),
        ("https://shop.example/\n", False),
        ("https://", False),
        ("https://shop.example:99999999/", False),
    ],
)
def test_addresses(url: str, good: bool) -> None:
    assert (address_fault(url, ("127.0.0.1",)) == "") is good


def test_patterns() -> None:
    assert wants((), "case.approved")
    assert wants(("case.refund_*",), "case.refund_paid")
    assert not wants(("case.refund_*",), "case.refused")
    assert wants(("*",), "case.refused")
