"""Money held and taken by a gateway, the worker killed with SIGKILL at every place in turn: held once, taken once, booked once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from amends.carry_out.runner import LEASE_SECONDS
from amends.desk.cases.advance import advance
from amends.desk.cases.approve import approve
from amends.desk.cases.charges import answer_charge
from amends.desk.cases.collected import CollectRounds
from amends.desk.cases.parcels import replacement_delivered, ship_replacement
from amends.desk.cases.run import CaseRounds
from tests.case_house import AGENT, BUYER, LEAD, WAREHOUSE
from tests.collect_house import CollectHouse, booked, collecting
from tests.crash.harness import Places, in_child, instrument
from tests.crash.steps import every
from tests.django_house import fresh_database
from tests.remedy_house import asked_for, what

KILLED = -9


def to_be_held(house: CollectHouse, turn: int) -> int:
    """A deposit that the buyer agreed to, on a card that was saved."""
    order = f"T{turn}"
    house.fake.pay(9_000, "EUR", f"pi_{order}")
    house.fake.save_method(f"pi_{order}")
    number = asked_for("exchange", order=order)
    approve(house.desk, number, LEAD)
    advance(house.desk, number, AGENT, "70.00", 4)
    answer_charge(house.desk, number, BUYER, 1, accepts=True)
    return number


def to_be_taken(house: CollectHouse, turn: int) -> int:
    """The same, held, the replacement delivered, and the goods not back in time."""
    number = to_be_held(house, turn)
    house.go_on(1)
    ship_replacement(house.desk, number, WAREHOUSE, "SF1")
    replacement_delivered(house.desk, number, BUYER, WAREHOUSE)
    house.clock.forward(days=4)
    CaseRounds(house.desk).look()
    return number


def at_work(house: CollectHouse, die_at: int | None) -> tuple[int, list[str]]:
    """A worker in a process of its own, killed at a place; how it ended, and the places that it came to."""
    from django.db import connection

    connection.close()  # the child opens its own

    def work(write: int) -> None:
        instrument(Places(die_at, write))
        house.runner("child").run_due()
        CollectRounds(house.desk).look()

    return in_child(work)


def money(house: CollectHouse, order: str) -> list[dict[str, int]]:
    """What the fake holds and took of every payment made for an order."""
    found = [one for one in house.fake.shelf.all("intent") if one["customer"] == f"cus_pi_{order}"]
    return [house.fake.money_of(one["id"]) for one in found]


@pytest.mark.parametrize("taking", [False, True], ids=["held", "taken"])
def test_wherever_the_worker_dies_money_is_held_and_taken_once(tmp_path: Path, *, taking: bool) -> None:
    fresh_database(tmp_path)
    prepare = to_be_taken if taking else to_be_held
    with collecting() as house:
        prepare(house, 0)
        ended, places = at_work(house, None)
        assert ended == 0
        assert "before the call" in places
        for turn in range(1, len(places) + 1):
            number = prepare(house, turn)
            ended, _ = at_work(house, turn)
            assert ended in (0, KILLED)
            house.clock.forward(seconds=LEASE_SECONDS + 1)
            house.go_on(2)
            wanted = {"held": 0, "taken": 7_000} if taking else {"held": 7_000, "taken": 0}
            assert money(house, f"T{turn}") == [wanted], places[turn - 1]
            assert house.charge(number) == ("captured" if taking else "held"), places[turn - 1]
            assert what(house.desk, number).count("deposit_captured" if taking else "deposit_held") == 1
            assert [one for one in booked(house.desk, number) if one[0].startswith("extra")] == (
                [(f"extra-{number}-1", 7_000)] if taking else []
            )


def to_be_said(house: CollectHouse, turn: int) -> int:
    """A deposit that the buyer approved on a page, so that one word of ours holds it."""
    number = asked_for("exchange", order=f"T{turn}")
    approve(house.desk, number, LEAD)
    advance(house.desk, number, AGENT, "70.00", 2)
    answer_charge(house.desk, number, BUYER, 1, accepts=True)
    house.go_on(2)
    house.pay(number)
    house.clock.forward(minutes=31)
    house.same_time()
    return number


def test_wherever_the_worker_dies_what_was_approved_on_a_page_is_held_once(tmp_path: Path) -> None:
    """Every third place, beginning with the one before our word goes out."""
    fresh_database(tmp_path)
    with collecting("paypal") as house:
        to_be_said(house, 0)
        ended, places = at_work(house, None)
        assert ended == 0
        for turn in range(places.index("before the call") + 1, len(places) + 1, 3):
            number = to_be_said(house, turn)
            ended, _ = at_work(house, turn)
            assert ended in (0, KILLED)
            house.clock.forward(seconds=LEASE_SECONDS + 1)
            house.go_on(2)
            step = house.last(number)
            assert (step.kind, step.state) == ("link", "succeeded"), places[turn - 1]
            assert house.fake.money_of(step.payment) == {"held": 7_000, "taken": 0}
            assert house.charge(number) == "held", places[turn - 1]
            assert what(house.desk, number).count("deposit_held") == 1
        holds = [one["order"] for one in house.fake.shelf.all("authorization")]
        assert len(holds) == len(set(holds))


def to_be_taken_there(house: CollectHouse, turn: int) -> int:
    """A deposit held on a page of a gateway that only tells by notices, and due: its capture is wanted."""
    number = asked_for("exchange", order=f"T{turn}")
    approve(house.desk, number, LEAD)
    advance(house.desk, number, AGENT, "70.00", 2)
    answer_charge(house.desk, number, BUYER, 1, accepts=True)
    house.go_on(2)
    house.pay(number)
    house.notices()
    ship_replacement(house.desk, number, WAREHOUSE, "SF1")
    replacement_delivered(house.desk, number, BUYER, WAREHOUSE)
    house.clock.forward(days=3)
    CaseRounds(house.desk).look()
    house.same_time()
    return number


def at_notices(house: CollectHouse, die_at: int | None) -> tuple[int, list[str]]:
    """The house hears what the gateway tells, killed at a place; the gateway, which got no answer then, tells it again later."""
    from django.db import connection

    connection.close()

    def work(write: int) -> None:
        instrument(Places(die_at, write))
        house.notices()

    while not house.fake.later.idle():
        time.sleep(0.005)
    return in_child(work)


@pytest.mark.parametrize("hearing", [False, True], ids=["sent", "heard"])
def test_wherever_the_house_dies_what_only_notices_tell_is_taken_and_booked_once(
    tmp_path: Path, *, hearing: bool
) -> None:
    """Every eighth place, of the worker beginning with the one before the capture goes out; every one where tests are thorough."""
    fresh_database(tmp_path)
    with collecting("adyen") as house:
        house.same_time()
        die: Callable[[CollectHouse, int | None], tuple[int, list[str]]] = at_notices if hearing else at_work
        places: list[str] = []
        turn, first = 0, 0
        while turn == 0 or turn <= len(places):
            number = to_be_taken_there(house, turn)
            if hearing:
                house.runner().run_due()
            ended, seen = die(house, turn or None)
            assert ended == (KILLED if turn else 0)
            if not turn:
                places, first = seen, (0 if hearing else seen.index("before the call"))
            house.clock.forward(seconds=LEASE_SECONDS + 1)
            house.go_on(2)
            house.notices()
            house.go_on(1)
            step = house.last(number)
            assert (step.kind, step.state) == ("capture", "succeeded"), places[turn - 1]
            assert house.fake.money_of(step.payment) == {"held": 0, "taken": 7_000}
            assert what(house.desk, number).count("deposit_captured") == 1, places[turn - 1]
            extra = [one for one in booked(house.desk, number) if one[0].startswith("extra")]
            assert (house.charge(number), extra) == ("captured", [(f"extra-{number}-1", 7_000)])
            turn = turn + every(8) if turn else first + 1
        assert len(house.fake.shelf.all("link")) == len(house.fake.shelf.all("authorised"))
