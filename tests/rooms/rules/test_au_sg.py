"""The rules of Australia and Singapore at their edges."""

from typing import Any

import pytest

from tests.rooms.rules.abroad import case_in, findings, grant, verdicts

HAD = "2026-03-05T10:00:00+08:00"
ASKED = "2026-05-12T10:00:00+08:00"


@pytest.mark.parametrize(
    ("defect", "major", "minor"),
    [
        ({"confirmed": True, "minor": False}, "holds", "fails"),
        ({"confirmed": True, "minor": True}, "fails", "holds"),
        ({"confirmed": False, "minor": False}, "fails", "fails"),
        ({"confirmed": True}, "unknown", None),
        ({"minor": True}, "fails", "unknown"),
        ({}, "unknown", None),
    ],
)
def test_in_australia_the_choice_depends_on_whether_the_failure_is_major(
    defect: dict[str, Any], major: str, minor: str | None
) -> None:
    found = verdicts("au", case_in("AU", ASKED, HAD, reason="quality", defect=defect))
    assert (found["major_failure"], found.get("minor_failure")) == (major, minor)


def test_in_australia_the_consumer_chooses_for_a_major_failure_and_the_supplier_for_a_minor_one() -> None:
    def open_to_the_buyer(minor: bool, reason: str = "quality") -> frozenset[str]:
        found = findings("au", case_in("AU", ASKED, HAD, reason=reason, defect={"confirmed": True, "minor": minor}))
        return grant(found["minor_failure" if minor else "major_failure"]).remedies

    assert open_to_the_buyer(minor=False) == {"return_refund", "exchange"}
    assert open_to_the_buyer(minor=False, reason="missing_item") == {"refund_only", "resend"}
    assert open_to_the_buyer(minor=True) == {"repair"}


@pytest.mark.parametrize(("category", "payer"), [("appliance", "merchant"), ("furniture", "merchant"), ("books", None)])
def test_in_australia_the_supplier_fetches_what_is_costly_to_send(category: str, payer: str | None) -> None:
    case = case_in(
        "AU", ASKED, HAD, reason="quality", line={"category": category}, defect={"confirmed": True, "minor": False}
    )
    assert grant(findings("au", case)["major_failure"]).freight == payer


def test_in_australia_a_change_of_mind_gives_nothing() -> None:
    found = findings("au", case_in("AU", ASKED, HAD))
    assert set(found) == {"change_of_mind"}
    assert found["change_of_mind"].claims == ()


@pytest.mark.parametrize(
    ("found_at", "confirmed", "verdict"),
    [
        ("2026-09-05T23:59:00+08:00", None, "holds"),
        ("2026-09-06T00:00:00+08:00", None, "unknown"),
        ("2026-09-06T00:00:00+08:00", True, "holds"),
        ("2026-04-05T10:00:00+08:00", False, "fails"),
    ],
)
def test_in_singapore_what_shows_within_six_months_is_presumed(
    found_at: str, confirmed: bool | None, verdict: str
) -> None:
    defect = {"confirmed": confirmed, "found_at": found_at}
    assert (
        verdicts("sg", case_in("SG", "2026-10-01T10:00:00+08:00", HAD, "repair", "quality", defect=defect))["lemon_law"]
        == verdict
    )


@pytest.mark.parametrize(
    ("defect", "remedies", "order"),
    [
        ({"confirmed": True}, {"repair", "exchange"}, "holds"),
        ({"confirmed": True, "repairs_failed": 1}, {"repair", "exchange", "return_refund"}, "fails"),
    ],
)
def test_in_singapore_repair_or_replacement_comes_first(defect: dict[str, Any], remedies: set[str], order: str) -> None:
    found = findings("sg", case_in("SG", ASKED, HAD, reason="quality", defect=defect))
    assert grant(found["lemon_law"]).remedies == remedies
    assert found["lemon_law.remedy_order"].verdict == order


def test_in_singapore_a_change_of_mind_is_left_to_the_shop() -> None:
    assert verdicts("sg", case_in("SG", ASKED, HAD)) == {}
