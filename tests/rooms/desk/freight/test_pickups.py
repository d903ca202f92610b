"""Couriers to the buyer's door: booked once whatever answers are lost, told of, called off, paid for as they cost in the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.freight.labels import buy_label, say_label, void_label
from amends.desk.freight.pickups import ask_pickups
from tests.booking_house import Booked, booking, entries
from tests.case_house import AGENT, WAREHOUSE
from tests.databases import database
from tests.pickup_house import DOOR, TERMS, china_case, choose, push, run

__all__ = ["database"]
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def costs() -> list[int]:
    from amends.store.models import BookLineRow

    lines = BookLineRow.objects.filter(account="freight").order_by("pk")
    return list(lines.values_list("amount_minor", flat=True))


def letters(booked: Booked, number: int) -> list[str]:
    told = booked.desk.freight.cases.casework.history(number).messages
    return [one.text for one in told if (one.event or "").startswith("pickup")]


@ONE
def test_a_courier_is_booked_told_to_the_buyer_followed_and_paid_as_it_cost(database: Any, tmp_path: Path) -> None:
    with booking("kuaidi100", tmp_path, TERMS) as booked:
        number = china_case(booked)
        quote = ask_pickups(booked.desk, number, AGENT, DOOR)
        assert [(one.carrier, one.amount) for one in quote.offers] == [("jtexpress", 750), ("yunda", 790), ("yto", 830)]
        assert not booked.fake.couriers.orders
        with pytest.raises(UnableToWork, match="2026-11-2") as told:
            buy_label(booked.desk, number, AGENT, quote.number, quote.offers[0].id, "2026-11-24 03:00-04:00")
        assert told.value.field == "window"
        wish = choose(booked, number)
        assert (wish.state, wish.payer) == ("wanted", "merchant")
        run(booked)
        order = next(iter(booked.fake.couriers.orders.values()))
        one = booked.now(number)
        assert (one.state, one.waybill, one.cost, one.wanted.get("buyer")) == ("booked", order.number, 830, None)
        assert (order.cargo, order.sender, f" {order.window}") == ("连衣裙", "李小雨", one.more["window"][10:])
        assert entries(booked, number) == ["pickup_rates", "pickup_rates", "pickup_wanted", "pickup_booked"]
        assert booked.desk.freight.book.note(number).way == "pickup"
        assert len(letters(booked, number)) == 1
        for what in ("accepted", "picked_up", "accepted"):  # the last one comes late, and takes nothing back
            push(booked, what, courier="张师傅")
        for _ in range(2):
            push(booked, "settled", freight=9.5)
        assert costs() == [830, 120]
        one = booked.now(number)
        assert (one.more["stage"], one.more["courier"], one.cost) == ("picked_up", "张师傅", 950)
        assert entries(booked, number)[4:] == ["pickup_accepted", "pickup_picked_up", "pickup_settled"]
        with pytest.raises(UnableToWork, match="has the parcel"):
            void_label(booked.desk, number, AGENT, one.number)


@ONE
def test_a_lost_answer_never_sends_a_second_courier(database: Any, tmp_path: Path) -> None:
    with booking("kuaidi100", tmp_path, TERMS) as booked:
        for many, fault in enumerate(("drop_after", "error_after", "malformed", "commit_late", "drop_before"), 1):
            number = china_case(booked, f"O{many}")
            choose(booked, number)
            more = {"ms": 30, "status": 0} if fault == "commit_late" else {}
            booked.fake.faults.set(fault, path="borderapi", **more)
            run(booked, 3, minutes=1)
            assert (booked.now(number).state, len(booked.fake.couriers.orders)) == ("booked", many), fault
        number = china_case(booked, "O9")
        choose(booked, number)
        booked.fake.faults.set("drop_after", path="borderapi")
        booked.runner.run_due()
        booked.fake.faults.set("error_before", path="borderapi", times=None)
        run(booked, 14, hours=6)  # nobody answers for longer than the network keeps our number
        booked.fake.faults.clear()
        booked.fake.clock_offset += 3 * 86_400
        run(booked, 2, hours=6)
        assert (booked.now(number).state, len(booked.fake.couriers.orders)) == ("person", 6)
        say_label(booked.desk, number, AGENT, booked.now(number).number, "not_bought")
        assert booked.now(number).state == "failed"


@ONE
def test_a_push_tells_what_a_lost_answer_did_not(database: Any, tmp_path: Path) -> None:
    with booking("kuaidi100", tmp_path, TERMS) as booked:
        number = china_case(booked)
        choose(booked, number, "yunda")
        booked.fake.faults.set("drop_after", path="borderapi")
        booked.runner.run_due()
        assert booked.now(number).state == "unknown"
        assert (push(booked, "accepted", wrong=True) or 0).status == 401  # type: ignore[union-attr]
        assert (push(booked, "accepted", key="am-of-nobody") or 0).status == 200  # type: ignore[union-attr]
        assert booked.now(number).state == "unknown"
        assert (push(booked, "booked") or 0).status == 200  # type: ignore[union-attr]
        run(booked, 2)
        one = booked.now(number)
        assert (one.state, bool(one.waybill), bool(one.reference), costs()) == ("booked", True, True, [790])
        assert [link.parcel.waybill.number for link in booked.there.desk.book.of_case(number)] == [one.waybill]


@ONE
def test_a_courier_is_called_off_here_and_there_and_does_not_come(database: Any, tmp_path: Path) -> None:
    with booking("kuaidi100", tmp_path, TERMS) as booked:
        number = china_case(booked)
        choose(booked, number)
        run(booked)
        void_label(booked.desk, number, AGENT, booked.now(number).number)
        booked.fake.faults.set("drop_after", path="borderapi")
        run(booked, 3)
        assert booked.now(number).state == "voided"
        assert (costs(), booked.desk.freight.book.note(number).way) == ([830, -830], "")
        assert len(letters(booked, number)) == 2
        choose(booked, number)
        run(booked)
        push(booked, "cancelled")
        booked.rounds.look()
        state = booked.desk.freight.cases.casework.look(number)
        assert (booked.now(number).state, state and state.exception) == ("failed", "label_trouble")
        assert costs() == [830, -830, 830, -830]
        choose(booked, number)
        run(booked)
        run(booked, 5, hours=12)
        assert "pickup_missed" in entries(booked, number)
        push(booked, "picked_up")
        void = booked.now(number)
        with pytest.raises(UnableToWork, match="has the parcel"):
            void_label(booked.desk, number, AGENT, void.number)


@ONE
def test_what_may_not_be_booked_is_said_plainly(database: Any, tmp_path: Path) -> None:
    with booking("kuaidi100", tmp_path, TERMS) as booked:
        number = china_case(booked)
        with pytest.raises(UnableToWork, match="may not"):
            ask_pickups(booked.desk, number, WAREHOUSE, DOOR)
        for field, wrong in (("phone", "555"), ("state", ""), ("street", ""), ("grams", "60001")):
            with pytest.raises(UnableToWork) as told:
                ask_pickups(booked.desk, number, AGENT, {**DOOR, field: wrong})
            assert told.value.field == field
        choose(booked, number)
        booked.fake.faults.set("refuse", times=2)
        run(booked)
        one = booked.now(number)
        assert (one.state, one.message, len(booked.fake.couriers.orders)) == (
            "failed",
            "账户余额不足，请充值后再下单",
            0,
        )
        choose(booked, number)
        booked.there.clock.forward(days=2)
        run(booked)
        assert (booked.now(number).code, len(booked.fake.couriers.orders)) == ("window_over", 0)
