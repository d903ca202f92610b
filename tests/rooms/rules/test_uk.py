"""The United Kingdom's rules at their edges."""

from typing import Any

import pytest

from tests.rooms.rules.abroad import SOUND, case_in, due, findings, grant, instant, verdicts

HAD = "2026-06-03T14:00:00+01:00"
DAY_7 = "2026-06-10T10:00:00+01:00"


@pytest.mark.parametrize(
    ("asked", "verdict"), [("2026-06-17T22:59:00+00:00", "holds"), ("2026-06-17T23:00:00+00:00", "fails")]
)
def test_cancellation_ends_with_the_fourteenth_london_day(asked: str, verdict: str) -> None:
    assert verdicts("uk", case_in("GB", asked, HAD))["cancellation"] == verdict


@pytest.mark.parametrize(
    ("asked", "verdict"), [("2027-06-17T23:59:00+01:00", "holds"), ("2027-06-18T00:00:00+01:00", "fails")]
)
def test_without_information_it_is_twelve_months_longer(asked: str, verdict: str) -> None:
    found = findings("uk", case_in("GB", asked, HAD, withdrawal_informed=False))["cancellation.extended"]
    assert found.verdict == verdict
    if verdict == "holds":
        assert grant(found).freight == "merchant"


@pytest.mark.parametrize(
    ("line", "goods", "rule", "verdict"),
    [
        ({"traits": ["sealed_hygiene"]}, {"seal_broken": True}, "cancellation.exception", "holds"),
        ({"traits": ["sealed_hygiene"]}, SOUND, "cancellation.exception", "fails"),
        ({"traits": ["sealed_hygiene"]}, {}, "cancellation.exception", "unknown"),
        ({}, {"seal_broken": True}, "cancellation.exception", None),
        ({"traits": ["custom_made"]}, {}, "cancellation.other_exception", "holds"),
        ({"category": "fresh"}, {}, "cancellation.other_exception", "holds"),
        ({"traits": ["sealed_media"]}, {"seal_broken": True}, "cancellation.other_exception", "holds"),
        ({"traits": ["sealed_media"]}, SOUND, "cancellation.other_exception", "fails"),
    ],
)
def test_goods_without_a_right_to_cancel(
    line: dict[str, Any], goods: dict[str, Any], rule: str, verdict: str | None
) -> None:
    assert verdicts("uk", case_in("GB", DAY_7, HAD, line=line, goods=goods)).get(rule) == verdict


@pytest.mark.parametrize(
    ("parcel", "end"),
    [
        (None, None),
        ({"offered_collection": True}, "2026-06-25T00:00:00+01:00"),
        ({"shipped_at": "2026-06-12T09:00:00+01:00", "waybill": "RM1"}, "2026-06-27T00:00:00+01:00"),
        ({"signed_at": "2026-06-15T09:00:00+01:00"}, "2026-06-30T00:00:00+01:00"),
        (
            {"shipped_at": "2026-06-12T09:00:00+01:00", "signed_at": "2026-06-15T09:00:00+01:00"},
            "2026-06-30T00:00:00+01:00",
        ),
    ],
)
def test_the_refund_runs_from_goods_proof_or_an_offer_to_collect(
    parcel: dict[str, Any] | None, end: str | None
) -> None:
    found = findings("uk", case_in("GB", DAY_7, HAD, return_parcel=parcel))
    assert found["cancellation.withhold"].verdict == ("fails" if end else "holds")
    if end:
        assert due(found["cancellation.refund_due"]).due == instant(end)
    else:
        assert "cancellation.refund_due" not in found


def test_before_shipping_the_refund_runs_from_the_notice() -> None:
    found = findings("uk", case_in("GB", DAY_7, kind="cancel"))
    assert due(found["cancellation.refund_due"]).due == instant("2026-06-25T00:00:00+01:00")


@pytest.mark.parametrize(
    ("goods", "informed", "verdict"),
    [({"used": True}, True, "holds"), ({"used": True}, False, "fails"), (SOUND, True, "fails"), ({}, True, None)],
)
def test_loss_of_value_needs_handling_and_information(
    goods: dict[str, Any], informed: bool, verdict: str | None
) -> None:
    found = verdicts("uk", case_in("GB", DAY_7, HAD, goods=goods, withdrawal_informed=informed))
    assert found.get("cancellation.diminished_value") == verdict


FAULTY = {"confirmed": True}


@pytest.mark.parametrize(
    ("asked", "defect", "verdict"),
    [
        ("2026-07-03T23:59:00+01:00", FAULTY, "holds"),
        ("2026-07-04T00:00:00+01:00", FAULTY, "fails"),
        ("2026-06-20T10:00:00+01:00", {}, "unknown"),
        ("2026-06-20T10:00:00+01:00", {"confirmed": False}, "fails"),
    ],
)
def test_early_rejection_takes_thirty_days(asked: str, defect: dict[str, Any], verdict: str) -> None:
    assert verdicts("uk", case_in("GB", asked, HAD, reason="quality", defect=defect))["short_term_reject"] == verdict


def test_the_refund_after_rejection_runs_from_the_traders_yes() -> None:
    agreed = case_in(
        "GB",
        "2026-06-20T10:00:00+01:00",
        HAD,
        reason="quality",
        defect=FAULTY,
        request={"agreed_at": "2026-06-22T10:00:00+01:00"},
    )
    asked = case_in("GB", "2026-06-20T10:00:00+01:00", HAD, reason="quality", defect=FAULTY)
    assert due(findings("uk", agreed)["rejection.refund_due"]).due == instant("2026-07-07T00:00:00+01:00")
    open_one = due(findings("uk", asked, at="2026-06-21T10:00:00+01:00")["rejection.refund_due"])
    assert (open_one.due, open_one.on_accept) == (instant("2026-07-06T00:00:00+01:00"), True)


def test_between_early_and_final_rejection_repair_or_replacement_comes_first() -> None:
    found = findings("uk", case_in("GB", "2026-07-10T10:00:00+01:00", HAD, reason="quality", defect=FAULTY))
    assert found["final_reject"].verdict == "fails"
    assert grant(found["repair_or_replace"]).remedies == {"repair", "exchange"}
    assert "rejection.refund_due" not in found


@pytest.mark.parametrize(
    ("asked", "verdict"), [("2026-12-03T23:59:00+00:00", "holds"), ("2026-12-04T00:00:00+00:00", "fails")]
)
def test_after_one_failed_repair_nothing_is_deducted_within_six_months(asked: str, verdict: str) -> None:
    found = verdicts("uk", case_in("GB", asked, HAD, reason="quality", defect={**FAULTY, "repairs_failed": 1}))
    assert (found["final_reject"], found["final_reject.no_deduction"]) == ("holds", verdict)


def test_after_a_failed_repair_the_goods_may_be_kept_at_a_lower_price() -> None:
    defect = {**FAULTY, "repairs_failed": 1, "share": "0.1"}
    found = findings("uk", case_in("GB", DAY_7, HAD, "price_adjustment", "quality", defect=defect))["final_reject"]
    assert {claim.amount for claim in found.claims if getattr(claim, "amount", None)} == {800}
