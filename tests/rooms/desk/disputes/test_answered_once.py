"""An answer is sent once: under pushes that come twice, answers that are lost, and a worker that dies in the middle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.disputes.answer import accept, choose, submit, take_back
from amends.desk.disputes.look import look
from tests.case_house import AGENT, MANAGER, STRANGER
from tests.databases import Database
from tests.dispute_house import DisputeHouse, a_case, dispute_house


@pytest.fixture
def house(database: Database) -> Iterator[DisputeHouse]:
    with dispute_house(database.data, "stripe", "paypal", "adyen") as found:
        yield found


def ready(house: DisputeHouse, name: str = "stripe", reason: str = "13.1") -> tuple[int, int, str]:
    """A dispute that was told of, matched, and has an exhibit chosen: the case, the dispute, and the sum of what will be sent."""
    case = a_case()
    house.told(name, "pi_O1", reason=reason)
    house.rounds.look()
    one = house.only()
    assert one.case == case
    choose(house.desk, one.number, AGENT, [house.shelve(case)], {"letter": "It was delivered."}, compelling=False)
    return case, one.number, look(house.desk, one.number, AGENT).digest


@pytest.mark.parametrize("name", ["stripe", "paypal", "adyen"])
def test_an_answer_goes_to_every_gateway_and_stands_in_the_log(house: DisputeHouse, name: str) -> None:
    case = a_case()
    house.told(name, "pi_O1")
    house.rounds.look()
    one = house.only()
    texts = {} if name == "adyen" else {"letter": "It was delivered."}
    choose(house.desk, one.number, AGENT, [house.shelve(case)], texts, compelling=False)
    submit(house.desk, one.number, AGENT, look(house.desk, one.number, AGENT).digest)
    house.forward(seconds=11)
    house.run()
    assert house.submitted(name) == 1
    assert house.only().stage == "answered"
    state = house.desk.cases.casework.look(case)
    assert state is not None
    assert state.tracks.card == "opened"
    told = house.entries(case)
    assert [one for one in told if one.startswith("dispute_")] == [
        "dispute_told",
        "dispute_matched",
        "dispute_chosen",
        "dispute_submit_wanted",
        "dispute_submit_done",
        "dispute_moved",
    ]


def test_pushes_that_come_again_and_out_of_order_change_nothing(house: DisputeHouse) -> None:
    case, number, digest = ready(house)
    house.told("stripe", "pi_O1", times=3)
    submit(house.desk, number, AGENT, digest)
    submit(house.desk, number, AGENT, digest)
    house.forward(seconds=11)
    house.run(3)
    house.told("stripe", "pi_O1", "won", times=2)
    house.run()
    assert house.submitted() == 1
    assert house.only().stage == "won"
    assert house.entries(case).count("dispute_told") == 1
    assert house.entries(case).count("dispute_submit_done") == 1


@pytest.mark.parametrize("name", ["stripe", "paypal"])
@pytest.mark.parametrize(
    ("fault", "settings"),
    [
        ("drop_before", {}),
        ("drop_after", {}),
        ("error_before", {"status": 500}),
        ("error_after", {"status": 500}),
        ("throttle", {"seconds": 1}),
    ],
)
def test_a_lost_answer_is_read_before_anything_is_sent_again(
    house: DisputeHouse, name: str, fault: str, settings: dict[str, int]
) -> None:
    _, number, digest = ready(house, name)
    skip = 2 if name == "stripe" else 0  # the files and the staging come first
    path = "/v1/" if name == "stripe" else "provide-evidence"
    house.fakes[name].faults.set(fault, path=path, method="POST", skip=skip, times=1, **settings)
    submit(house.desk, number, AGENT, digest)
    house.forward(seconds=11)
    for _ in range(8):
        house.run()
        house.forward(minutes=3)
    assert house.submitted(name) == 1
    assert house.only().stage == "answered"
    assert [fight.state for fight in house.desk.book.fights(number)] == ["done"]


def test_what_adyen_took_in_silence_is_asked_of_a_person_never_sent_again(house: DisputeHouse) -> None:
    case = a_case()
    house.told("adyen", "pi_O1")
    house.rounds.look()
    one = house.only()
    choose(house.desk, one.number, AGENT, [house.shelve(case)], {}, compelling=False)
    submit(house.desk, one.number, AGENT, look(house.desk, one.number, AGENT).digest)
    house.fakes["adyen"].faults.set("drop_after", path="defendDispute", times=1)
    house.forward(seconds=11)
    for _ in range(6):
        house.run()
        house.forward(minutes=10)
    assert house.submitted("adyen") == 1
    [fight] = house.desk.book.fights(one.number)
    assert (fight.state, fight.sends) == ("unsure", 1)
    assert "console" in fight.message


class Killed(BaseException):
    """The worker is gone, as by kill -9: nothing after it is written."""


@pytest.mark.parametrize("at", ["before the call", "after the call"])
def test_a_worker_that_dies_in_the_middle_sends_once(house: DisputeHouse, at: str) -> None:
    from dataclasses import replace

    from amends.desk.disputes.carry import LEASE_SECONDS, carry_out

    _, number, digest = ready(house)
    submit(house.desk, number, AGENT, digest)
    house.forward(seconds=11)

    def dies(told: object) -> object:
        if "submit" in getattr(told, "__qualname__", "") and at == "before the call":
            raise Killed
        found = house.desk.talk(told)  # type: ignore[arg-type]
        if "submit" in getattr(told, "__qualname__", ""):
            raise Killed
        return found

    with pytest.raises(Killed):
        carry_out(replace(house.desk, talk=dies))  # type: ignore[arg-type]
    [fight] = house.desk.book.fights(number)
    assert (fight.state, fight.may_send) == ("sending", False)
    house.run()
    assert house.submitted() == (0 if at == "before the call" else 1)
    house.forward(seconds=LEASE_SECONDS + 1)
    for _ in range(3):
        house.run()
        house.forward(minutes=2)
    assert house.submitted() == 1
    assert house.only().stage == "answered"


def test_it_waits_for_the_safe_time_and_can_be_taken_back_till_then(house: DisputeHouse) -> None:
    _, number, digest = ready(house)
    submit(house.desk, number, AGENT, digest, at_safe_time=True)
    house.run()
    assert house.submitted() == 0
    take_back(house.desk, number, AGENT)
    submit(house.desk, number, AGENT, digest, at_safe_time=True)
    view = look(house.desk, number, AGENT)
    assert view.live is not None
    assert view.live.after == view.answer_by
    house.forward(days=6, minutes=1)
    house.run()
    assert house.submitted() == 1


def test_what_is_sent_is_what_was_seen_and_only_one_answer_a_round(house: DisputeHouse) -> None:
    case, number, digest = ready(house)
    choose(house.desk, number, AGENT, [], {"letter": "Another."}, compelling=False)
    with pytest.raises(UnableToWork, match="changed since"):
        submit(house.desk, number, AGENT, digest)
    accept(house.desk, number, MANAGER, "the parcel was lost")
    with pytest.raises(UnableToWork, match="another answer"):
        submit(house.desk, number, AGENT, look(house.desk, number, AGENT).digest)
    house.forward(seconds=11)
    house.run()
    assert house.submitted() == 0
    assert [one["what"] for one in house.fakes["stripe"].events if one["what"].startswith("dispute_")] == [
        "dispute_accepted"
    ]
    assert house.only().stage == "accepted"
    assert "dispute_accept_done" in house.entries(case)


def test_another_merchants_dispute_is_not_there(house: DisputeHouse) -> None:
    _, number, digest = ready(house)
    for verb in (
        lambda: look(house.desk, number, STRANGER),
        lambda: submit(house.desk, number, STRANGER, digest),
        lambda: accept(house.desk, number, STRANGER, "why"),
    ):
        with pytest.raises(UnableToWork, match="there is no dispute"):
            verb()


def test_nobody_answered_at_the_safe_time_is_told_once(house: DisputeHouse) -> None:
    case, _, _ = ready(house)
    house.forward(days=6, minutes=1)
    house.run(3)
    assert house.entries(case).count("dispute_not_answered") == 1
