"""Cases and orders as they become facts, on both databases: from the log, the money and the messages, and in step with them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.desk.cases.approve import approve, effect
from amends.desk.cases.close import close
from amends.desk.cases.parcels import inspect, receive
from amends.learn.metrics.facts import ParquetFacts
from amends.learn.metrics.parquet import ParquetStore
from tests.case_house import LEAD, MANAGER, WAREHOUSE, Clock, case_desk
from tests.databases import database
from tests.money_house import Bank, case_of, order_of, runner_of

__all__ = ["database"]
RETURN = {"request": {"kind": "return_refund", "reason": "changed_mind", "requested_at": "2026-11-24T09:00:00+01:00"}}
HEART = "SELECT answered_by, touched, state, returned_minor, value_minor, counts_refund FROM cases ORDER BY id"


class House:
    """A store of facts over the database of the test."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        from amends.learn.metrics.sync import MetricSync
        from amends.store.metric_stories import DatabaseStories

        self.store = ParquetStore(folder)
        self.sync = MetricSync(self.store, DatabaseStories(), clock)
        self.facts = ParquetFacts(self.store)

    def ask(self, sql: str) -> list[Any]:
        self.sync.run()
        return self.facts.ask(sql, ())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(database: Any, tmp_path: Path, clock: Clock) -> House:
    return House(tmp_path / "metrics", clock)


def tell_order(case: dict[str, Any], number: str = "O1") -> None:
    from amends.store.models import Shop, ShopOrder
    from tests.django_house import NOW

    shop = Shop.objects.get()
    file = {"order": case["order"], "shipments": case.get("shipments", [])}
    ShopOrder.objects.update_or_create(
        shop=shop,
        number=number,
        defaults={"file": file, "digest": f"{hash(str(file)) % 16**12:012x}", "updated_at": NOW},
    )


def test_a_case_becomes_a_row_and_is_kept_in_step_with_its_log(house: House, clock: Clock) -> None:
    number = case_of(order_of())
    assert house.ask(HEART) == [("", 0, "open", 0, 9000, 0)]
    desk = case_desk(clock)
    clock.forward(hours=1)
    approve(desk, number, LEAD, digest=effect(desk, number, LEAD).digest)
    assert house.ask(HEART)[0][:2] == ("person", 1)
    runner_of(Bank(), minutes=120).run_due()
    clock.forward(hours=5)
    close(desk, number, MANAGER, "settled")
    assert house.ask(HEART) == [("person", 1, "closed", 9000, 9000, 1)]
    assert house.ask("SELECT seconds_to_close - seconds_to_act FROM cases") == [(5 * 3600,)]


def test_goods_that_came_back_are_told_with_their_grade(house: House, clock: Clock) -> None:
    number = case_of(order_of(**RETURN))
    desk = case_desk(clock)
    approve(desk, number, LEAD, digest=effect(desk, number, LEAD).digest)
    receive(desk, number, WAREHOUSE)
    inspect(desk, number, WAREHOUSE, grade="C", findings=())
    assert house.ask("SELECT came_back, grade, back_minor, counts_return FROM cases") == [(1, "C", 9000, 1)]
    assert house.ask("SELECT back_day - opened_day FROM cases") == [((clock().date() - date(2026, 11, 24)).days,)]


def test_of_several_cases_of_an_order_the_first_with_money_counts(house: House) -> None:
    first, second = case_of(order_of(), key="A"), case_of(order_of(), key="B")
    assert house.ask("SELECT counts_order FROM cases ORDER BY id") == [(1,), (0,)]
    assert first < second


def test_an_order_that_is_told_later_makes_its_cases_count(house: House) -> None:
    case = order_of()
    case["order"]["lines"][0] |= {"sku": "LAMP", "batch": "L7"}
    case_of(case)
    assert house.ask("SELECT order_known, batch FROM cases") == [(0, "L7")]
    tell_order(case)
    assert house.ask("SELECT order_known FROM cases") == [(1,)]
    assert house.ask("SELECT COUNT(*) FROM cases JOIN sales ON sales.id = order_row AND sales.sku = cases.sku") == [
        (1,)
    ]
    assert house.ask("SELECT sku, batch, whole, pieces, value_minor, paid_day FROM sales ORDER BY sku") == [
        ("", "", 0, 1, 2000, 20777),
        ("LAMP", "L7", 1, 1, 7000, 20777),
    ]


def test_nothing_that_did_not_change_is_written_again(house: House) -> None:
    case_of(order_of())
    first = house.sync.run()
    assert (first.cases, house.sync.run().cases) == (1, 0)
    there = house.store.manifest()
    house.sync.run()
    assert house.store.manifest() == there


def test_a_round_that_broke_off_is_gone_on_with(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case_of(order_of(), key="A")
    house.sync.run()
    case_of(order_of(order="O2"), key="B")

    def broken(manifest: Any) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(house.store, "keep", broken)
        with pytest.raises(OSError, match="no space"):
            house.sync.run()
    assert house.ask("SELECT COUNT(*) FROM cases") == [(2,)]


def test_rounds_keep_their_distance(house: House) -> None:
    case_of(order_of(), key="A")
    assert house.sync.look() == 0
    case_of(order_of(order="O2"), key="B")
    assert house.sync.look() == 0
    assert house.facts.ask("SELECT COUNT(*) FROM cases", ()) == [(1,)]


def test_answers_to_the_buyer_are_timed_from_the_first_of_several_messages(house: House, clock: Clock) -> None:
    from amends.store.models import MessageRow

    number = case_of(order_of())
    at = clock()
    for minutes, by in ((0, "buyer"), (5, "buyer"), (20, "shop"), (21, "shop"), (60, "buyer")):
        MessageRow.objects.create(case_id=number, at=at + timedelta(minutes=minutes), by_kind=by, by="x", text="x")
    assert house.ask("SELECT replies, reply_seconds FROM cases") == [(1, 20 * 60)]
