"""What buyers' words suggest is shown, and only a person's press sets the reason; the log tells on which words."""

from __future__ import annotations

import pytest

from amends.desk.cases.approve import approve
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.reasons import Suggestion, choose_reason, suggested
from amends.desk.cases.talk import buyer_says
from tests.case_house import AGENT, BUYER, LEAD, STRANGER, WAREHOUSE, Clock, case_desk
from tests.databases import Database, database
from tests.money_house import case_of, order_of

__all__ = ["database"]


@pytest.fixture
def desk(database: Database) -> CaseDesk:
    return case_desk(Clock())


def asked(reason: str, message: str = "") -> int:
    at = "2026-11-24T09:00:00+01:00"
    request = {"kind": "return_refund", "reason": reason, "requested_at": at, "message": message or None}
    return case_of({**order_of(), "request": request})


def seen(desk: CaseDesk, number: int) -> Suggestion:
    state = desk.casework.look(number)
    assert state is not None
    found = suggested(state, desk.casework.history(number))
    assert found is not None
    return found


def refused_with(code: str) -> object:
    return pytest.raises(UnableToWork, check=lambda fault: fault.code == code)


def test_a_message_suggests_a_reason_and_changes_nothing_until_somebody_presses(desk: CaseDesk) -> None:
    number = asked("other", "hello, order 1123")
    before = desk.casework.look(number)
    buyer_says(desk, number, BUYER, "收到的时候屏幕就裂了", way="mail")
    state = desk.casework.look(number)
    assert before is not None
    assert state is not None
    assert (state.case["request"]["reason"], state.decision) == ("other", before.decision)
    found = seen(desk, number)
    assert (found.reading.reason, found.given, found.differs, found.may_choose) == ("damaged", "other", True, True)

    state = choose_reason(desk, number, AGENT, "damaged")
    assert state.case["request"]["reason"] == "damaged"
    history = desk.casework.history(number)
    assert history.whole
    entry = next(one.entry for one in history.entries if one.entry.what == "reason_chosen")
    assert (entry.by.name, dict(entry.data)) == (
        "lin",
        {"was": "other", "reason": "damaged", "suggested": "damaged", "confidence": 66, "words": ["屏幕..裂"]},
    )
    assert not seen(desk, number).differs


def test_the_given_reason_can_be_kept_and_is_not_asked_about_again(desk: CaseDesk) -> None:
    number = asked("quality", "the box was crushed")
    version = desk.casework.look(number)
    state = choose_reason(desk, number, AGENT, "quality")
    assert version is not None
    assert (state.case["request"]["reason"], state.version) == ("quality", version.version + 1)
    assert seen(desk, number).said == {
        "was": "quality", "reason": "quality", "suggested": "damaged", "confidence": 66, "words": ["crush*"],
    }  # fmt: skip
    assert not seen(desk, number).differs


def test_who_may_not_and_only_a_lead_takes_an_alleged_fault_off_the_shop(desk: CaseDesk) -> None:
    number = asked("quality", "I changed my mind")
    with refused_with("not_allowed"):
        choose_reason(desk, number, AGENT, "changed_mind")
    assert choose_reason(desk, number, LEAD, "changed_mind").case["request"]["reason"] == "changed_mind"
    for person, reason, code in (
        (AGENT, "because", "bad_value"),
        (WAREHOUSE, "damaged", "not_allowed"),
        (STRANGER, "damaged", "not_found"),
    ):
        with refused_with(code):
            choose_reason(desk, number, person, reason)
    approve(desk, number, LEAD)
    with refused_with("not_possible"):
        choose_reason(desk, number, AGENT, "damaged")
