"""An answer to a dispute, its worker killed with SIGKILL at every place in turn: after a restart it is there, and it was sent once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from amends.carry_out.wire import Wire
from amends.desk.disputes.answer import choose, submit
from amends.desk.disputes.carry import LEASE_SECONDS
from amends.desk.disputes.look import look
from amends.facts.disputes import KeptDispute
from amends.wiring.disputes import TalkingWire, dispute_rounds
from tests.case_house import AGENT
from tests.crash.harness import Places, in_child, instrument
from tests.dispute_house import DisputeHouse, a_case, dispute_house
from tests.django_house import fresh_database

KILLED = -9


def prepared(house: DisputeHouse, turn: int) -> KeptDispute:
    """A dispute of this turn whose answer is due."""
    from django.db import connection

    from amends.store.models import DisputeRow

    case = a_case(f"T{turn}")
    house.told("stripe", f"pi_T{turn}")
    house.rounds.look()
    number = DisputeRow.objects.get(payment_reference=f"pi_T{turn}").pk
    choose(house.desk, number, AGENT, [house.shelve(case, 30 + turn)], {"letter": "Delivered."}, compelling=False)
    submit(house.desk, number, AGENT, look(house.desk, number, AGENT).digest)
    house.forward(seconds=11)
    found = house.desk.book.get(number, None)
    assert found is not None
    connection.close()  # the child opens its own
    return found


def at_work(house: DisputeHouse, die_at: int | None) -> tuple[int, list[str]]:
    """A worker in a process of its own, killed at a place; how it ended, and the places that it came to."""

    def work(write: int) -> None:
        instrument(Places(die_at, write))
        desk = replace(house.desk, talk=TalkingWire(Wire({"127.0.0.1"}, seconds=5)), polled={"stripe": house.clock.at})
        rounds = dispute_rounds(desk)
        rounds.talk()
        rounds.look()

    return in_child(work)


def submissions(house: DisputeHouse, one: KeptDispute) -> int:
    """How often the fake took an answer to this dispute in."""
    return len(
        [
            event
            for event in house.fakes["stripe"].events
            if event["what"] == "dispute_submitted" and event["id"] == one.reference
        ]
    )


def test_wherever_the_worker_dies_the_answer_is_sent_once(tmp_path: Path) -> None:
    fresh_database(tmp_path)
    with dispute_house(tmp_path, "stripe") as house:
        one = prepared(house, 0)
        ended, places = at_work(house, None)
        assert ended == 0
        assert submissions(house, one) == 1
        assert places.count("before the call") >= 3
        for turn in range(1, len(places) + 1):
            one = prepared(house, turn)
            ended, _ = at_work(house, turn)
            assert ended in (0, KILLED)
            for _ in range(3):
                house.forward(seconds=LEASE_SECONDS + 1)
                house.run()
            found = house.desk.book.get(one.number, None)
            assert found is not None
            assert (submissions(house, one), found.stage) == (1, "answered"), f"killed at place {turn}"
            [fight] = house.desk.book.fights(one.number)
            assert fight.state == "done"
            assert house.desk.cases.casework.history(found.case or 0).whole
