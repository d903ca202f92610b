"""Connecting a shop: what is given is looked at first, secrets stay, walls hold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.desk.channels.faults import UnableToConnect
from amends.desk.settings.gate import UnableToSet
from amends.facts.people import Person
from tests.channel_house import MANAGER, START, ToyShop
from tests.databases import database
from tests.toy_platform import KEY, ToyChannel, ToyPlatform

__all__ = ["database"]
pytestmark = pytest.mark.usefixtures("database")
STRANGER = Person("kai", "manager", frozenset({"other"}))
AGENT = Person("bo", "agent", frozenset({"main"}))


def shop(**can: object) -> ToyShop:
    return ToyShop(ToyPlatform(START), ToyChannel(**can))


def save(one: ToyShop, person: Person = MANAGER, **change: object) -> int:
    given = {"values": {"key": KEY}, "market": "DE", "currency": "EUR", "channel": "direct", **change}
    return one.desk.save_keys(person, one.name, given.pop("channel"), given.pop("values"), **given).number  # type: ignore[arg-type]


def test_a_shop_is_made_connected_tested_and_switched_on() -> None:
    toys = shop()
    number = save(toys)
    made = toys.desk.get(MANAGER, number)
    assert (made.state, made.url, made.secrets, made.plain) == ("draft", "https://toy.example", {"key"}, {"label": ""})
    assert toys.desk.test(MANAGER, number).name == "Toys"
    on = toys.desk.switch_on(MANAGER, number, may_act=False, may_pay=False)
    assert (on.state, on.account, on.acts_from) == ("on", "Toys", START)
    assert toys.desk.push_url(on) == f"https://desk.example/hooks/channels/{on.push_name}"
    health = toys.desk.health(MANAGER, number)
    assert (health.read_until, health.lag_seconds, health.waiting) == (START, 0, 0)
    assert toys.desk.healths(MANAGER) == (health,)
    assert toys.desk.of_shop(MANAGER, toys.name) == on


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"values": {"key": ""}}, "key"),
        ({"values": {"key": "k", "colour": "red"}}, "colour"),
        ({"channel": "nowhere"}, "channel"),
        ({"market": "XX"}, "market"),
        ({"currency": "E"}, "currency"),
        ({"url": "http://shop.example"}, "url"),
        ({"url": "https://"}, "url"),
        ({"url": "https://user:word@shop.example"}, "url"),
        ({"url": "https://[half"}, "url"),
        ({"url": "ftp://shop.example"}, "url"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(change: dict[str, object], field: str) -> None:
    from amends.store.models import ConnectionRow, Shop

    with pytest.raises(UnableToSet) as told:
        save(shop(), **change)
    assert told.value.field == field
    assert told.value.says.zh
    assert told.value.says.en
    assert not Shop.objects.exists()
    assert not ConnectionRow.objects.exists()


@pytest.mark.parametrize("url", ["https://shop.example/", "http://127.0.0.1:9000", "http://localhost:1/x"])
def test_an_own_address_is_taken_where_it_is_safe(url: str) -> None:
    toys = shop()
    assert toys.desk.get(MANAGER, save(toys, url=url)).url == url.rstrip("/")


def test_a_blank_secret_keeps_the_old_one_but_never_for_another_address() -> None:
    toys = shop()
    number = save(toys, url="https://one.example")
    save(toys, values={"key": "", "label": "x"}, url="https://one.example")
    reached = toys.asking.connections.reach(number)
    assert reached is not None
    assert dict(reached.access.values) == {"key": KEY, "label": "x"}
    with pytest.raises(UnableToConnect) as told:
        save(toys, values={"key": ""}, url="https://two.example")
    assert told.value.field == "key"
    assert KEY not in repr(reached)


def test_a_test_call_says_what_is_wrong() -> None:
    toys = shop()
    number = save(toys, values={"key": "wrong"})
    with pytest.raises(UnableToConnect) as told:
        toys.desk.test(MANAGER, number)
    assert told.value.why == "keys"
    toys.platform.faults = ["reach"]
    with pytest.raises(UnableToConnect) as told:
        toys.desk.test(MANAGER, number)
    assert told.value.why == "reach"


def test_walls_and_duties_hold_for_every_verb() -> None:
    toys = shop().connect()
    number = toys.number
    toys.books.health.alarm(number, "x", "", "中", "en", START)
    alarm = toys.desk.alarms(MANAGER, number)[0].number
    for person in (STRANGER, AGENT):
        for verb in (
            lambda who: save(toys, who),
            lambda who: toys.desk.test(who, number),
            lambda who: toys.desk.switch_on(who, number, may_act=False, may_pay=False),
            lambda who: toys.desk.set_switches(who, number, may_act=False, may_pay=False),
            lambda who: toys.desk.pause(who, number),
            lambda who: toys.desk.resume(who, number),
            lambda who: toys.desk.read_now(who, number),
            lambda who: toys.desk.start_backfill(who, number, START - timedelta(days=1)),
            lambda who: toys.desk.stop_backfill(who, number),
        ):
            with pytest.raises(UnableToSet):
                verb(person)
    for look in (
        lambda: toys.desk.get(STRANGER, number),
        lambda: toys.desk.health(STRANGER, number),
        lambda: toys.desk.alarms(STRANGER, number),
        lambda: toys.desk.backfills(STRANGER, number),
        lambda: toys.desk.seen(STRANGER, alarm),
    ):
        with pytest.raises(UnableToConnect):
            look()
    assert toys.desk.healths(STRANGER) == ()
    assert toys.desk.of_shop(STRANGER, toys.name) is None
    assert toys.desk.get(AGENT, number).number == number
    toys.desk.seen(AGENT, alarm)
    assert toys.desk.alarms(MANAGER, number) == ()


def test_switches_go_no_further_than_the_channel_can() -> None:
    toys = shop()
    number = save(toys)
    for switches in ({"may_act": True, "may_pay": False}, {"may_act": False, "may_pay": True}):
        with pytest.raises(UnableToConnect):
            toys.desk.switch_on(MANAGER, number, **switches)
    paying = ToyShop(toys.platform, ToyChannel(actions=frozenset({"agree_refund"}), pays=True), name=toys.name)
    assert paying.desk.switch_on(MANAGER, number, may_act=True, may_pay=True).may_pay
    assert not paying.desk.set_switches(MANAGER, number, may_act=True, may_pay=False).may_pay


def test_history_needs_a_time_that_makes_sense() -> None:
    toys = shop().connect()
    for since in (START + timedelta(days=1), START - timedelta(days=4_000), START.replace(tzinfo=None)):
        with pytest.raises(UnableToConnect) as told:
            toys.desk.start_backfill(MANAGER, toys.number, since)
        assert told.value.field == "since"
    first = toys.desk.start_backfill(MANAGER, toys.number, START - timedelta(days=9))
    assert toys.desk.start_backfill(MANAGER, toys.number, START - timedelta(days=5)) == first
    assert toys.desk.start_backfill(MANAGER, toys.number, START - timedelta(days=20)).number != first.number


def test_a_shop_of_another_platform_or_merchant_is_not_taken_over() -> None:
    from amends.store.models import Shop

    toys = shop()
    Shop.objects.create(name=toys.name, channel="douyin", merchant="main")
    with pytest.raises(UnableToConnect) as told:
        save(toys)
    assert told.value.field == "channel"
    with pytest.raises(UnableToConnect) as told:
        save(toys, STRANGER)
    assert told.value.field == "shop"


def test_keys_that_end_within_a_week_are_told_of_once() -> None:
    toys = shop().connect()
    toys.asking.connections.set(toys.number, keys_until=START + timedelta(days=6))
    toys.read()
    (alarm,) = toys.desk.alarms(MANAGER, toys.number)
    assert alarm.code == "keys_end"
    toys.desk.seen(MANAGER, alarm.number)
    toys.later(minutes=5).read()
    assert toys.desk.alarms(MANAGER, toys.number) == ()
