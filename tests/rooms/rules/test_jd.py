"""JD's procedure and its rules about goods at their edges."""

import pytest

from amends.facts.rulebook import Cap, Grant, Owed
from tests.rooms.rules.platforms import findings, is_due, sold, stamp, the_due, verdict

GOT = {"shipped": "08-02 09:00", "delivered": "08-04 15:00"}
ELECTRIC = {"category": "electronics"}


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("08-08 08:00", "08-08 13:00"),
        ("08-08 14:00", "08-08 18:00"),
        ("08-08 14:01", "08-09 09:01"),
        ("08-08 18:00", "08-09 13:00"),
        ("10-03 17:30", "10-04 12:30"),
    ],
)
def test_extra_evidence_counts_between_nine_and_six_on_every_day(asked: str, due: str) -> None:
    case = sold("jd", "return_refund", "quality", "08-06 11:20", platform={"evidence_asked_at": stamp(asked)}, **GOT)
    found = the_due(case, "jd.evidence", "10-03 18:00")
    assert is_due(found, due)
    assert found.if_missed == "decided_on_file"


def test_the_answer_runs_from_the_dispute_where_there_is_one() -> None:
    case = sold(
        "jd", "return_refund", "quality", "08-06 11:20", platform={"dispute_opened_at": stamp("08-07 08:00")}, **GOT
    )
    assert is_due(the_due(case, "jd.dispute.respond", "08-07 09:00"), "08-08 08:00")


@pytest.mark.parametrize(("now", "expected"), [("08-08 07:59:59", None), ("08-08 08:00:00", "holds")])
def test_silence_counts_once_the_24_hours_are_over(now: str, expected: str | None) -> None:
    case = sold(
        "jd", "return_refund", "service", "08-06 11:20", platform={"dispute_opened_at": stamp("08-07 08:00")}, **GOT
    )
    assert verdict(case, "jd.dispute.silence", now) == expected


def test_evidence_given_in_time_is_no_silence() -> None:
    case = sold(
        "jd",
        "return_refund",
        "service",
        "08-06 11:20",
        platform={"dispute_opened_at": stamp("08-07 08:00")},
        evidence=[{"kind": "chat", "by": "merchant", "at": stamp("08-07 20:00")}],
        **GOT,
    )
    assert verdict(case, "jd.dispute.silence", "08-09 08:00") is None


@pytest.mark.parametrize(
    ("asked", "failed", "remedies"),
    [
        ("08-11 23:59:59", None, {"return_refund", "exchange", "repair"}),
        ("08-12 00:00:00", None, {"exchange", "repair"}),
        ("08-19 23:59:59", None, {"exchange", "repair"}),
        ("08-20 00:00:00", None, {"repair"}),
        ("08-20 00:00:00", 1, {"repair"}),
        ("08-20 00:00:00", 2, {"exchange", "return_refund"}),
    ],
)
def test_the_quality_ladder_goes_down_a_rung_at_midnight(asked: str, failed: int | None, remedies: set[str]) -> None:
    defect = {"confirmed": True, "visible": False, "repairs_failed": failed}
    case = sold("jd", "return_refund", "quality", asked, line=ELECTRIC, defect=defect, **GOT)
    (grant,) = findings(case, "jd", "08-20 01:00")["jd.quality_ladder"].claims
    assert isinstance(grant, Grant)
    assert grant.remedies == remedies
    assert grant.freight == "merchant"


@pytest.mark.parametrize(
    ("paid", "cap"), [("1999.99", 20000), ("2000.00", 20000), ("123.45", 1235), ("9999.00", 20000)]
)
def test_a_false_page_costs_a_tenth_and_at_most_200(paid: str, cap: int) -> None:
    case = sold(
        "jd", "compensation", "not_as_described", "08-06 11:20", line={"paid": paid}, defect={"confirmed": True}, **GOT
    )
    (claim,) = findings(case, "jd", "08-06 12:00")["jd.false_page_compensation"].claims
    assert claim == Cap(frozenset({"compensation"}), cap)


def test_beside_a_return_the_false_page_is_owed_on_top() -> None:
    case = sold("jd", "return_refund", "not_as_described", "08-06 11:20", defect={"confirmed": True}, **GOT)
    assert findings(case, "jd", "08-06 12:00")["jd.false_page_compensation"].claims == (Owed(1000),)


@pytest.mark.parametrize(("asked", "expected"), [("08-06 15:00", "holds"), ("08-06 15:01", "fails")])
def test_a_scratch_on_a_phone_has_48_hours(asked: str, expected: str) -> None:
    defect = {"confirmed": True, "visible": True, "minor": True}
    case = sold("jd", "return_refund", "quality", asked, line=ELECTRIC, defect=defect, **GOT)
    assert verdict(case, "jd.flaw.electronics", "08-07 10:00") == expected


def test_a_fault_that_is_no_scratch_has_no_48_hours() -> None:
    defect = {"confirmed": True, "visible": False, "minor": False}
    case = sold("jd", "return_refund", "quality", "08-10 10:00", line=ELECTRIC, defect=defect, **GOT)
    assert verdict(case, "jd.flaw.electronics", "08-10 11:00") is None


def test_the_goods_rules_begin_on_15_june() -> None:
    case = sold(
        "jd",
        "return_refund",
        "quality",
        "06-14 23:59",
        placed="06-10 10:00",
        shipped="06-10 18:00",
        delivered="06-12 10:00",
    )
    assert verdict(case, "jd.quality_ladder", "06-15 10:00") is None
