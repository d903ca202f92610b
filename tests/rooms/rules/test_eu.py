"""The Union's rules at their edges."""

from typing import Any

import pytest

from tests.rooms.rules.abroad import SOUND, case_in, due, findings, grant, instant, verdicts

HAD = "2026-06-08T13:00:00+02:00"
DAY_5 = "2026-06-12T10:00:00+02:00"


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("2026-06-22T23:59:59+02:00", "holds"),
        ("2026-06-23T00:00:00+02:00", "fails"),
        ("2026-06-22T22:30:00+00:00", "fails"),
    ],
)
def test_withdrawal_ends_with_the_fourteenth_local_day(asked: str, verdict: str) -> None:
    assert verdicts("eu", case_in("DE", asked, HAD))["withdrawal"] == verdict


def test_the_period_waits_for_the_last_item_of_the_order() -> None:
    lines = [{"id": name, "quantity": 1, "paid": "40", "category": "other"} for name in ("a", "b")]
    shipments = [
        {
            "id": "1",
            "lines": ["a"],
            "shipped_at": "2026-06-01T10:00:00+02:00",
            "delivered_at": "2026-06-02T10:00:00+02:00",
        },
        {"id": "2", "lines": ["b"], "shipped_at": "2026-06-19T10:00:00+02:00"},
    ]
    late = case_in(
        "DE", "2026-06-21T10:00:00+02:00", order={"lines": lines}, shipments=shipments, request={"lines": [{"id": "a"}]}
    )
    assert findings("eu", late)["withdrawal"].verdict == "holds"


@pytest.mark.parametrize("kind", ["cancel", "refund_only"])
def test_before_shipping_the_money_alone_comes_back(kind: str) -> None:
    found = findings("eu", case_in("DE", DAY_5, kind=kind))
    assert grant(found["withdrawal"]).remedies == {"refund_only"}
    assert due(found["withdrawal.refund_due"]).due == instant("2026-06-27T00:00:00+02:00")
    assert "withdrawal.withhold" not in found
    assert "withdrawal.ship_back" not in found


def test_on_the_way_the_goods_have_to_come_back_but_a_lost_parcel_does_not() -> None:
    def ways(trace: str) -> frozenset[str]:
        parcel = {"id": "s", "shipped_at": "2026-06-09T10:00:00+02:00", "trace": trace}
        return grant(
            findings("eu", case_in("DE", DAY_5, shipments=[parcel], reason="not_received"))["withdrawal"]
        ).remedies

    assert ways("in_transit") == {"return_refund"}
    assert ways("lost") == {"return_refund", "refund_only"}


def test_a_complaint_about_the_payment_is_no_withdrawal() -> None:
    assert verdicts("eu", case_in("DE", DAY_5, HAD, kind="refund_only", reason="duplicate_charge")) == {}


@pytest.mark.parametrize(
    ("informed", "reason", "confirmed", "payer"),
    [
        (True, "changed_mind", None, "buyer"),
        (False, "changed_mind", None, "merchant"),
        (True, "damaged", None, "merchant"),
        (True, "damaged", False, "buyer"),
    ],
)
def test_the_way_back_is_the_buyers_unless_not_informed_or_faulty(
    informed: bool, reason: str, confirmed: bool | None, payer: str
) -> None:
    case = case_in("DE", DAY_5, HAD, reason=reason, withdrawal_informed=informed, defect={"confirmed": confirmed})
    assert grant(findings("eu", case)["withdrawal"]).freight == payer


@pytest.mark.parametrize(
    ("asked", "verdict"), [("2027-06-22T23:59:00+02:00", "holds"), ("2027-06-23T00:00:00+02:00", "fails")]
)
def test_without_information_the_period_ends_twelve_months_after_the_fourteen_days(asked: str, verdict: str) -> None:
    found = verdicts("eu", case_in("DE", asked, HAD, withdrawal_informed=False))
    assert found["withdrawal.extended"] == verdict
    assert found["withdrawal"] == "fails"


def test_delivery_comes_back_up_to_the_standard_one_and_only_with_the_whole_order() -> None:
    lines = [{"id": name, "quantity": 1, "paid": "40", "category": "other"} for name in ("a", "b")]
    order = {"lines": lines, "shipping_paid": "15.00", "shipping_standard": "5.00"}
    whole = findings("eu", case_in("DE", DAY_5, HAD, order=order))
    part = findings("eu", case_in("DE", DAY_5, HAD, order=order, request={"lines": [{"id": "a"}]}))
    assert grant(whole["withdrawal"]).shipping == 500
    assert whole["withdrawal.standard_delivery"].facts["back"] == "5.00"
    assert grant(part["withdrawal"]).shipping == 0
    assert "withdrawal.standard_delivery" not in part


@pytest.mark.parametrize(
    ("line", "goods", "verdict"),
    [
        ({"traits": ["custom_made"]}, {}, "holds"),
        ({"category": "fresh"}, {}, "holds"),
        ({"category": "periodical"}, {}, "holds"),
        ({"traits": ["digital_started"], "category": "digital"}, {}, "holds"),
        ({"traits": ["sealed_media"]}, {"seal_broken": True}, "holds"),
        ({"traits": ["sealed_media"]}, {"seal_broken": False}, "fails"),
        ({"traits": ["sealed_hygiene"]}, {}, "unknown"),
        ({"traits": ["sealed_hygiene"]}, {"opened": False}, "fails"),
        ({"category": "cosmetics"}, {"seal_broken": True}, "fails"),
    ],
)
def test_exceptions_are_those_of_the_list(line: dict[str, Any], goods: dict[str, Any], verdict: str) -> None:
    assert verdicts("eu", case_in("DE", DAY_5, HAD, line=line, goods=goods))["withdrawal.exception"] == verdict


def test_an_excepted_purchase_sets_no_duties() -> None:
    found = findings("eu", case_in("DE", DAY_5, HAD, line={"traits": ["custom_made"]}))
    assert [name for name, item in found.items() if item.dues] == []
    assert "withdrawal.withhold" not in found


WAYBILL = {"shipped_at": "2026-06-14T10:00:00+02:00", "waybill": "W1"}


@pytest.mark.parametrize(
    ("parcel", "held"),
    [
        (None, True),
        ({"shipped_at": "2026-06-14T10:00:00+02:00"}, True),
        (WAYBILL, False),
        ({"signed_at": "2026-06-16T10:00:00+02:00"}, False),
        ({"offered_collection": True}, False),
    ],
)
def test_money_waits_for_goods_or_proof_unless_collection_was_offered(
    parcel: dict[str, Any] | None, held: bool
) -> None:
    found = findings("eu", case_in("DE", DAY_5, HAD, return_parcel=parcel))
    assert found["withdrawal.withhold"].verdict == ("holds" if held else "fails")
    assert ("withdrawal.refund_due" in found) is not held


def test_money_held_back_longer_than_fourteen_days_is_due_when_the_goods_come() -> None:
    parcel = {"shipped_at": "2026-06-25T10:00:00+02:00", "signed_at": "2026-07-03T10:00:00+02:00"}
    found = findings("eu", case_in("DE", DAY_5, HAD, return_parcel=parcel))
    assert due(found["withdrawal.refund_due"]).due == instant("2026-07-03T10:00:00+02:00")


def test_who_is_fetched_has_nothing_to_send_back() -> None:
    assert "withdrawal.ship_back" not in findings(
        "eu", case_in("DE", DAY_5, HAD, return_parcel={"offered_collection": True})
    )


@pytest.mark.parametrize(
    ("sent", "verdict"), [("2026-06-26T23:59:00+02:00", "holds"), ("2026-06-27T00:00:00+02:00", "fails")]
)
def test_sending_back_takes_fourteen_days_at_most(sent: str, verdict: str) -> None:
    found = findings("eu", case_in("DE", DAY_5, HAD, return_parcel={"shipped_at": sent}))["withdrawal.ship_back"]
    assert (found.verdict, found.dues) == (verdict, ())


@pytest.mark.parametrize(
    ("goods", "more", "verdict"),
    [
        ({"used": True}, {}, "holds"),
        ({"washed": True}, {}, "holds"),
        ({"used": True}, {"withdrawal_informed": False}, "fails"),
        (SOUND, {}, "fails"),
        ({}, {"inspection": {"grade": "C"}}, "holds"),
        ({}, {"inspection": {"grade": "B"}}, "fails"),
        ({"opened": True}, {}, None),
        ({"damaged": True}, {"reason": "damaged"}, None),
    ],
)
def test_loss_of_value_needs_handling_beyond_trying_and_information(
    goods: dict[str, Any], more: dict[str, Any], verdict: str | None
) -> None:
    found = verdicts("eu", case_in("DE", DAY_5, HAD, goods=goods, **more))
    assert found.get("withdrawal.diminished_value") == verdict


def test_a_business_has_none_of_these_rights() -> None:
    assert verdicts("eu", case_in("DE", DAY_5, HAD, consumer=False)) == {}


OLD = "2026-01-15T10:00:00+01:00"


@pytest.mark.parametrize(
    ("found_at", "confirmed", "verdict"),
    [
        ("2026-06-07T10:00:00+02:00", True, "holds"),
        ("2028-01-15T23:59:00+01:00", True, "holds"),
        ("2028-01-16T00:00:00+01:00", True, "fails"),
        ("2026-06-07T10:00:00+02:00", False, "fails"),
        ("2027-01-15T23:59:00+01:00", None, "holds"),
        ("2027-01-16T00:00:00+01:00", None, "unknown"),
    ],
)
def test_liability_takes_two_years_and_presumption_one(found_at: str, confirmed: bool | None, verdict: str) -> None:
    defect = {"confirmed": confirmed, "found_at": found_at}
    case = case_in(
        "DE", "2028-02-01T10:00:00+01:00", OLD, "repair", "quality", bought="2026-01-10T10:00:00+01:00", defect=defect
    )
    assert verdicts("eu", case)["conformity"] == verdict


def test_nothing_presumes_what_was_in_the_parcel() -> None:
    case = case_in("DE", DAY_5, HAD, "resend", "missing_item")
    found = findings("eu", case)
    assert found["conformity"].verdict == "unknown"
    assert grant(found["conformity"]).remedies == {"exchange", "resend"}
    assert "conformity.presumption" not in found


@pytest.mark.parametrize(
    ("defect", "request_more", "remedies"),
    [
        ({}, {}, {"repair", "exchange"}),
        ({"repairs_failed": 1}, {}, {"repair", "exchange", "return_refund"}),
        ({"repairs_failed": 1, "minor": True}, {}, {"repair", "exchange"}),
        ({}, {"refused_at": "2026-06-13T10:00:00+02:00"}, {"repair", "exchange", "return_refund"}),
    ],
)
def test_money_opens_after_a_failed_repair_or_a_refusal_and_never_for_a_trifle(
    defect: dict[str, Any], request_more: dict[str, Any], remedies: set[str]
) -> None:
    case = case_in(
        "DE", DAY_5, OLD, reason="quality", bought=OLD, defect={"confirmed": True, **defect}, request=request_more
    )
    assert grant(findings("eu", case)["conformity"]).remedies == remedies


def test_a_repair_lengthens_the_liability_for_purchases_from_the_end_of_july_2026() -> None:
    def judged(bought: str) -> dict[str, str]:
        defect = {"confirmed": True, "repairs_failed": 1}
        return verdicts(
            "eu", case_in("DE", "2029-06-01T10:00:00+02:00", bought, "repair", "quality", bought=bought, defect=defect)
        )

    assert judged("2026-07-31T10:00:00+02:00")["conformity"] == "holds"
    assert judged("2026-07-30T10:00:00+02:00")["conformity"] == "fails"
    assert "conformity.repair_extension" not in judged("2026-07-30T10:00:00+02:00")


def test_goods_bought_before_2022_are_not_judged_by_this_directive() -> None:
    case = case_in(
        "DE",
        "2022-02-01T10:00:00+01:00",
        "2021-12-20T10:00:00+01:00",
        "repair",
        "quality",
        bought="2021-12-15T10:00:00+01:00",
    )
    assert [name for name in verdicts("eu", case) if name.startswith("conformity")] == []


def test_a_lower_price_goes_up_to_the_affected_share() -> None:
    defect = {"confirmed": True, "repairs_failed": 1, "share": "0.25"}
    case = case_in("DE", DAY_5, OLD, "price_adjustment", "quality", bought=OLD, defect=defect)
    assert grant(findings("eu", case)["conformity.price_reduction"]).amount == 2000
