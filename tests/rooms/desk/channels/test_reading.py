"""Reading a connected shop: nothing is missed, nothing is taken in twice, and its faults are its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.channel_house import MANAGER, START, Hosts, ToyShop
from tests.databases import database
from tests.toy_platform import ToyChannel, ToyPlatform

__all__ = ["database"]
pytestmark = pytest.mark.usefixtures("database")


def shop(**can: object) -> ToyShop:
    return ToyShop(ToyPlatform(START), ToyChannel(**can)).connect()


def cases(one: ToyShop) -> dict[str, str]:
    return {key: told[1]["buyer"]["message"] for key, told in one.state()["cases"].items()}


def codes(one: ToyShop) -> list[str]:
    return sorted(alarm.code for alarm in one.desk.alarms(MANAGER, one.number))


def test_what_changes_is_read_once_page_by_page() -> None:
    from amends.store.models import CaseLogRow, SnapshotRow

    toys = shop()
    toys.read()
    for number in range(8):
        toys.later(seconds=5).platform.put(str(number), "ASKED")
    toys.later(minutes=2).read()
    assert cases(toys) == {str(number): "ASKED" for number in range(8)}
    assert sum(toys.news) == 8
    toys.later(minutes=2).read()
    assert CaseLogRow.objects.count() == 8, "the same thing told again changes nothing"
    assert SnapshotRow.objects.count() == 8
    assert toys.row.read_until == toys.platform.now


def test_a_push_is_read_at_once_and_kept_once() -> None:
    from amends.store.models import PushRow

    toys = shop()
    toys.read()
    toys.later(seconds=10).platform.put("7", "ASKED")
    toys.later(seconds=1)
    assert [toys.push("7", "m1") for _ in range(3)] == [200, 200, 200]
    assert PushRow.objects.count() == 1
    assert toys.desk.health(MANAGER, toys.number).waiting == 1
    before = len(toys.platform.calls)
    toys.read()
    assert cases(toys) == {"7": "ASKED"}
    assert toys.platform.calls[before:] == ["/cases/7"]
    assert toys.desk.health(MANAGER, toys.number).waiting == 0


def test_what_is_heard_of_again_while_it_is_read_is_read_again() -> None:
    toys = shop()
    toys.read()
    toys.later(seconds=10).platform.put("7", "ASKED")
    toys.push("7", "m1")
    call, pushed = toys.platform.call, []

    def meanwhile(request: object) -> object:
        answer = call(request)  # type: ignore[arg-type]
        if not pushed:
            pushed.append(toys.later(seconds=1).platform.put("7", "AGREED"))
            toys.push("7", "m2")
        return answer

    toys.platform.call = meanwhile  # type: ignore[method-assign, assignment]
    toys.read()
    assert cases(toys) == {"7": "AGREED"}


def test_what_nobody_signed_is_kept_as_refused_and_answered_so() -> None:
    from amends.store.models import HintRow, PushRow

    toys = shop()
    name = toys.asking.connections.get(toys.number).push_name  # type: ignore[union-attr]
    headers, body = toys.platform.pushed("7", "m1")
    answer = toys.door.take(name, headers, body + b" ")
    assert answer is not None
    assert answer.status == 401
    assert PushRow.objects.get().state == "refused"
    assert not HintRow.objects.exists()
    assert toys.door.take("nobody", headers, body) is None


def test_refused_pushes_are_bounded() -> None:
    from amends.store import channel_hints
    from amends.store.models import PushRow

    toys = shop()
    for number in range(channel_hints.MOST_REFUSED + 25):
        toys.books.asking.connections.get(toys.number)
        channel_hints.DatabasePushes().refuse(toys.number, f"n{number}", "wrong", b"x", START)
    assert PushRow.objects.filter(state="refused").count() == channel_hints.MOST_REFUSED
    assert PushRow.objects.filter(name=f"n{channel_hints.MOST_REFUSED + 24}").exists()


def test_a_flood_of_pushes_is_read_by_the_list_and_not_one_by_one() -> None:
    toys = shop(page_size=50)
    toys.platform.page = 50
    toys.read()
    for number in range(60):
        toys.later(milliseconds=10).platform.put(str(number), "ASKED")
        toys.push(str(number), f"m{number}")
    before = len(toys.platform.calls)
    toys.later(seconds=5).read()
    assert len(cases(toys)) == 60
    assert len(toys.platform.calls) - before <= 4
    assert toys.state()["hints"] == 0


def test_an_older_telling_never_stands_over_a_newer_one() -> None:
    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("7", "ASKED")
    toys.later(minutes=2).platform.put("7", "AGREED")
    toys.later(seconds=1).push("7", "m1")
    toys.read()
    toys.platform.lag = [timedelta(minutes=1)]
    toys.push("7", "m2")
    toys.read()
    assert cases(toys) == {"7": "AGREED"}


def test_of_one_instant_the_higher_version_stands_and_without_versions_the_later_look() -> None:
    from amends.store.models import PlatformCaseRow

    toys = shop()
    toys.read()
    toys.later(seconds=1)
    for status in ["ASKED", *["AGREED"] * 9, "REFUSED"]:
        toys.platform.put("7", status)
    for number, status in (("8", "ASKED"), ("8", "AGREED")):
        toys.platform.put(number, status, version=False)
    old = {number: toys.platform.cases[number].pop() for number in ("7", "8")}
    toys.platform.cases["7"] = toys.platform.cases["7"][:9]
    toys.push("7", "a"), toys.push("8", "b")
    toys.read()
    assert cases(toys) == {"7": "AGREED", "8": "ASKED"}
    for number, last in old.items():
        toys.platform.cases[number].append(last)
    toys.later(seconds=1).push("7", "c"), toys.push("8", "d")
    toys.read()
    assert cases(toys) == {"7": "REFUSED", "8": "AGREED"}
    toys.platform.cases["7"].pop()
    toys.later(seconds=1).push("7", "e")
    toys.read()
    assert PlatformCaseRow.objects.get(case__key="7").version == "11"


def test_an_unknown_status_alarms_until_it_is_known() -> None:
    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("7", "NEVER_SEEN")
    toys.later(minutes=2).read()
    assert cases(toys) == {"7": "NEVER_SEEN"}
    assert codes(toys) == ["status_unknown"]
    toys.platform.put("7", "AGREED")
    toys.later(minutes=2).read()
    assert codes(toys) == []


def test_a_row_that_makes_no_case_is_kept_and_alarmed_once() -> None:
    from amends.store.models import RawRow

    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("7", "BROKEN")
    toys.later(minutes=2).read()
    toys.later(minutes=2).read()
    (alarm,) = [one for one in toys.desk.alarms(MANAGER, toys.number) if one.code != "status_unknown"]
    assert (alarm.code, alarm.thing, alarm.count) == ("row_refused", "7", 1)
    assert RawRow.objects.get().refusal["code"] == "broken"


def test_orders_are_taken_in_with_their_contact() -> None:
    from amends.store.shop_orders import DatabaseOrders

    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.sell("O1")
    toys.later(minutes=2).read()
    toys.platform.sell("O1", "Desk lamp")
    toys.later(minutes=2).read()
    found = DatabaseOrders().find(toys.name, "O1", "buyer@shop.example", "")
    assert found is not None
    assert found.file["order"]["lines"][0]["title"] == "Desk lamp"


def test_a_page_and_its_cursor_are_one_and_a_lost_worker_loses_a_page_at_most() -> None:
    toys = shop()
    toys.read()
    for number in range(10):
        toys.later(seconds=1).platform.put(str(number), "ASKED")
    toys.later(minutes=2)
    for place in range(1, 12):
        toys.killed_at(place)
        toys.later(minutes=3)
    toys.read()
    assert len(cases(toys)) == 10
    assert toys.state()["hints"] == 0


@pytest.mark.parametrize(
    ("fault", "why", "wait"), [("throttle", "throttled", 7), ("down", "down", 5), ("reach", "reach", 5)]
)
def test_a_fault_puts_this_shops_calls_off_and_no_others(fault: str, why: str, wait: int) -> None:
    wire = Hosts({"one.example": ToyPlatform(START), "two.example": ToyPlatform(START)})
    toys, others = (
        ToyShop(platform, wire=wire).connect(url=f"https://{host}") for host, platform in wire.platforms.items()
    )
    toys.read()
    for one in (toys, others):
        one.later(minutes=1).platform.put("1", "ASKED")
        one.later(minutes=1)
    toys.platform.faults = [fault]
    toys.read(), others.read()
    health = toys.desk.health(MANAGER, toys.number)
    assert (health.fault_why, health.again_at) == (why, toys.platform.now + timedelta(seconds=wait))
    assert cases(others) == {"1": "ASKED"}
    assert cases(toys) == {}
    toys.later(seconds=wait).read()
    assert cases(toys) == {"1": "ASKED"}
    assert toys.desk.health(MANAGER, toys.number).fault_why == ""


def test_the_circuit_opens_after_five_and_closes_with_the_first_answer() -> None:
    toys = shop()
    toys.read()
    toys.platform.faults = ["down"] * 12
    waits = []
    for _ in range(12):
        toys.later(minutes=16).read(1)
        waits.append((toys.row.again_at - toys.platform.now).total_seconds())
    assert waits[:6] == [5, 10, 20, 40, 80, 160]
    assert waits[-1] == 900
    assert codes(toys) == ["circuit_open"]
    toys.later(minutes=16).read()
    assert (codes(toys), toys.row.faults) == ([], 0)


def test_refused_keys_pause_the_calls_until_a_person_puts_in_others() -> None:
    toys = shop()
    toys.read()
    toys.platform.key = "new-key"
    toys.later(minutes=2).read()
    assert codes(toys) == ["keys"]
    calls = len(toys.platform.calls)
    toys.later(days=2).read()
    assert len(toys.platform.calls) == calls
    toys.platform.put("1", "ASKED")
    toys.later(seconds=1).desk.save_keys(MANAGER, toys.name, "direct", {"key": "new-key"}, market="DE", currency="EUR")
    toys.later(seconds=1).read()
    assert cases(toys) == {"1": "ASKED"}
    assert codes(toys) == []


def test_keys_that_can_be_renewed_are_before_they_run_out_and_once_when_they_are_refused() -> None:
    toys = shop(tokens=True)
    toys.asking.connections.set(toys.number, keys_until=START + timedelta(minutes=5))
    toys.read()
    assert toys.row.keys_until == START + timedelta(hours=2)
    toys.asking.connections.renewed(toys.number, {"key": "spoilt"}, frozenset({"key"}), START + timedelta(hours=9))
    toys.later(minutes=2).read()
    assert (toys.row.fault_why, codes(toys)) == ("", [])


def test_a_strange_window_is_put_aside_after_three_tries_and_read_later() -> None:
    toys = shop()
    toys.read()
    toys.later(minutes=1).platform.put("1", "ASKED")
    toys.later(minutes=1)
    toys.platform.faults = ["malformed"] * 3
    for _ in range(3):
        toys.read(1)
        toys.later(minutes=3)
    assert "put_aside" in codes(toys)
    toys.platform.put("2", "ASKED")
    toys.later(minutes=10).read()
    assert cases(toys) == {"1": "ASKED", "2": "ASKED"}
    assert codes(toys) == []


def test_a_thing_that_cannot_be_read_keeps_no_other_waiting() -> None:
    toys = shop()
    toys.read()
    toys.platform.strange.add("1")
    toys.later(seconds=1).platform.put("2", "ASKED")
    toys.push("1", "m1"), toys.push("2", "m2")
    toys.read()
    assert cases(toys) == {"2": "ASKED"}
    assert toys.state()["hints"] == 1
    toys.platform.strange.clear()
    toys.platform.put("1", "ASKED")
    toys.later(minutes=1).read()
    assert cases(toys) == {"1": "ASKED", "2": "ASKED"}


def test_each_connection_keeps_its_pace_and_calls_its_own_host_only() -> None:
    toys = shop(calls_per_second=4)
    toys.read()
    assert toys.slept[:3] == [0.0, 0.25, 0.5]
    assert set(toys.platform.hosts) == {frozenset({"toy.example"})}


def test_a_paused_shop_is_not_called_and_goes_on_where_it_was() -> None:
    toys = shop()
    toys.read()
    toys.desk.pause(MANAGER, toys.number)
    toys.later(hours=5).platform.put("1", "ASKED")
    toys.push("1", "m1")
    assert toys.read() == 0
    toys.desk.resume(MANAGER, toys.number)
    toys.later(seconds=1).read()
    assert cases(toys) == {"1": "ASKED"}


def test_two_workers_never_hold_one_connection() -> None:
    toys = shop()
    first = toys.books.intake.claim("a:1", toys.platform.now, timedelta(minutes=2))
    assert first is not None
    assert toys.books.intake.claim("b:1", toys.platform.now, timedelta(minutes=2)) is None
    assert toys.books.intake.holders(toys.platform.now) == {"a:1"}
    assert toys.books.intake.free("a:1") == 1
    assert toys.books.intake.claim("b:1", toys.platform.now, timedelta(minutes=2)) is not None


def test_a_long_talk_holds_on_to_its_connection() -> None:
    toys = shop()
    toys.read()
    for number in range(3):
        toys.later(seconds=1).platform.put(str(number), "ASKED")
        toys.push(str(number), f"m{number}")
    call = toys.platform.call
    taken: list[object] = []

    def slow(request: object) -> object:
        toys.later(seconds=50)
        taken.append(toys.books.intake.claim("other:2", toys.platform.now, timedelta(minutes=2)))
        return call(request)  # type: ignore[arg-type]

    toys.platform.call = slow  # type: ignore[method-assign, assignment]
    toys.reader.turn()
    assert taken
    assert not any(taken)
    assert len(cases(toys)) == 3


def test_what_is_read_without_being_held_any_more_is_not_taken_in() -> None:
    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("1", "ASKED")
    toys.later(minutes=2)
    call, others = toys.platform.call, []

    def lost(request: object) -> object:
        toys.books.intake.free("test:1")
        others.append(toys.books.intake.claim("other:2", toys.platform.now, timedelta(minutes=2)))
        return call(request)  # type: ignore[arg-type]

    toys.platform.call = lost  # type: ignore[method-assign, assignment]
    toys.reader.turn()
    assert cases(toys) == {}
    assert toys.row.lease.startswith("other:2")


def test_an_order_that_cannot_be_read_is_alarmed_once_and_stops_nothing() -> None:
    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.sell("O1")
    toys.platform.sell("O2", "")
    toys.platform.orders["O1"][-1]["title"] = {"no": "text"}
    toys.later(minutes=2).read()
    toys.later(minutes=2).read()
    (alarm,) = toys.desk.alarms(MANAGER, toys.number)
    assert (alarm.code, alarm.thing, alarm.count) == ("row_refused", "O1", 1)
    assert list(toys.state()["orders"]) == ["O2"]
