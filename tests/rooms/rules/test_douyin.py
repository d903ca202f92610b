"""Douyin's rules at their edges."""

from typing import Any

import pytest

from amends.facts.rulebook import Cap, Deduct, ExcludeLines, Grant, Owed, Permit
from tests.rooms.rules.platforms import findings, is_due, sold, stamp, the_due, verdict

GOT: dict[str, Any] = {"shipped": "08-02 09:00", "delivered": "08-04 15:00"}
PHOTO = {"kind": "photo", "by": "buyer", "at": stamp("08-05 10:50")}
ASKED_AND_OVER = {"evidence_asked_at": stamp("08-05 20:00")}


def grant_of(finding: Any) -> Grant:
    return next(claim for claim in finding.claims if isinstance(claim, Grant))


@pytest.mark.parametrize(
    ("asked", "labels", "line", "expected"),
    [
        ("07-09 00:00", ("fast_refund",), {}, "holds"),
        ("07-08 23:59", ("fast_refund",), {}, None),
        ("07-10 10:00", (), {}, None),
        ("07-10 10:00", ("fast_refund",), {"traits": ["blind_box"]}, "fails"),
        ("07-10 10:00", ("fast_refund",), {"category": "digital"}, "fails"),
    ],
)
def test_fast_refund_needs_its_mark_its_day_and_ordinary_goods(
    asked: str, labels: tuple[str, ...], line: dict[str, Any], expected: str | None
) -> None:
    case = sold("douyin", "cancel", "changed_mind", asked, placed="07-08 10:00", labels=labels, line=line)
    assert verdict(case, "douyin.fast_refund", "07-11 10:00") == expected


@pytest.mark.parametrize(("shipped", "expected"), [("08-06 11:20", None), ("08-06 11:21", "holds")])
def test_shipping_after_the_request_does_not_take_the_refund_away(shipped: str, expected: str | None) -> None:
    case = sold("douyin", "refund_only", "changed_mind", "08-06 11:20", shipped=shipped)
    assert verdict(case, "douyin.unshipped_refund", "08-07 10:00") == expected


@pytest.mark.parametrize(
    ("trace", "expected"), [("in_transit", "unknown"), ("refused", "holds"), ("returned_to_sender", "holds")]
)
def test_a_parcel_on_the_way_is_refunded_once_it_is_stopped(trace: str, expected: str) -> None:
    case = sold("douyin", "refund_only", "changed_mind", "08-06 11:20", shipped="08-02 09:00", trace=trace)
    assert verdict(case, "douyin.intercept", "08-06 12:00") == expected


@pytest.mark.parametrize(
    ("signed_by", "now", "expected"),
    [
        ("buyer", "08-08 12:00", None),
        ("locker", "08-06 19:59:59", "unknown"),
        ("locker", "08-06 20:00:00", "holds"),
        ("station", "08-06 20:00:00", "holds"),
    ],
)
def test_a_parcel_left_somewhere_is_the_merchants_to_prove(signed_by: str, now: str, expected: str | None) -> None:
    case = sold(
        "douyin", "refund_only", "not_received", "08-05 11:00", signed_by=signed_by, platform=ASKED_AND_OVER, **GOT
    )
    assert verdict(case, "douyin.delivery_proof", now) == expected


@pytest.mark.parametrize(("asked", "expected"), [("08-11 23:59:59", "holds"), ("08-12 00:00:00", "fails")])
def test_168_hours_run_from_midnight_after_sign_off(asked: str, expected: str) -> None:
    case = sold("douyin", "return_refund", "changed_mind", asked, **GOT)
    assert verdict(case, "douyin.no_reason_return", "08-12 01:00") == expected


@pytest.mark.parametrize(
    ("line", "rule", "expected"),
    [
        ({"category": "gold", "no_return_confirmed": True}, "merchant_choice", "holds"),
        ({"category": "gold"}, "merchant_choice", "fails"),
        ({"category": "gold", "no_return_confirmed": True, "no_return_preticked": True}, "merchant_choice", "fails"),
        ({"category": "apparel", "no_return_confirmed": True}, "merchant_choice", None),
        ({"category": "service"}, "not_supported", "holds"),
        ({"category": "apparel"}, "not_supported", None),
    ],
)
def test_what_is_left_out_of_the_seven_days(line: dict[str, Any], rule: str, expected: str | None) -> None:
    case = sold("douyin", "return_refund", "changed_mind", "08-06 11:20", line=line, **GOT)
    assert verdict(case, f"douyin.no_reason_return.{rule}", "08-06 12:00") == expected


def test_only_the_line_that_was_confirmed_is_left_out() -> None:
    line = {"category": "food", "traits": ["unsealing_sensitive"], "no_return_confirmed": True}
    case = sold("douyin", "return_refund", "changed_mind", "08-06 11:20", line=line, **GOT)
    found = findings(case, "douyin", "08-06 12:00")["douyin.no_reason_return.merchant_choice"]
    assert found.claims == (ExcludeLines(frozenset({"l1"})),)


@pytest.mark.parametrize(
    ("line", "goods", "expected"),
    [
        ({"category": "bags", "traits": ["second_hand", "luxury"], "no_return_confirmed": True}, {}, "holds"),
        ({"category": "electronics", "traits": ["second_hand"], "no_return_confirmed": True}, {}, "holds"),
        ({"category": "bags", "traits": ["second_hand"]}, {}, None),
        ({"category": "bags", "traits": ["second_hand", "luxury"]}, {"used": True}, None),
        ({"category": "bags", "traits": ["second_hand", "luxury"]}, {"tags_removed": True}, None),
    ],
)
def test_second_hand_luxury_and_digital_must_come_with_seven_days(
    line: dict[str, Any], goods: dict[str, bool], expected: str | None
) -> None:
    case = sold("douyin", "return_refund", "changed_mind", "08-06 11:20", line=line, goods=goods, **GOT)
    assert verdict(case, "douyin.no_reason_return.second_hand", "08-06 12:00") == expected


def test_no_confirmation_can_void_the_right_to_return_second_hand_luxury() -> None:
    line = {"category": "bags", "traits": ["second_hand", "luxury"], "no_return_confirmed": True}
    case = sold("douyin", "return_refund", "changed_mind", "08-06 11:20", line=line, **GOT)
    assert grant_of(findings(case, "douyin", "08-06 12:00")["douyin.no_reason_return.second_hand"]).final


def test_a_gift_that_stays_is_taken_off_piece_by_piece() -> None:
    gift = {"id": "l2", "quantity": 2, "list_price": "9.90", "paid": "0.00", "traits": ["gift"], "gift_value": "9.90"}
    case = sold(
        "douyin",
        "return_refund",
        "changed_mind",
        "08-06 11:20",
        order={"lines": [{"id": "l1", "quantity": 1, "paid": "100.00"}, gift]},
        request={"lines": [{"id": "l1", "quantity": 1}, {"id": "l2", "quantity": 1}]},
        **GOT,
    )
    found = findings(case, "douyin", "08-06 12:00")["douyin.no_reason_return.lost_gift"]
    assert found.claims == (Deduct("gift", 990),)


def returned(agreed: bool, *evidence: dict[str, str]) -> dict[str, Any]:
    case = sold(
        "douyin",
        "return_refund",
        "changed_mind",
        "08-06 11:20",
        request={"agreed_at": stamp("08-06 12:00")} if agreed else {},
        return_parcel={"shipped_at": stamp("08-07 10:00"), "signed_at": stamp("08-10 09:00"), "waybill": "Z1"},
        inspection={"at": stamp("08-10 10:00"), "grade": "C"},
        evidence=list(evidence),
        **GOT,
    )
    return dict(findings(case, "douyin", "08-10 12:00"))


def test_fault_found_with_returned_goods_needs_proof() -> None:
    proof = {"kind": "video", "by": "merchant", "at": stamp("08-10 10:05")}
    bare, proven = returned(True), returned(True, proof)
    assert bare["douyin.returned_goods_proof"].verdict == "holds"
    assert grant_of(bare["douyin.returned_goods_proof"]).final
    assert bare["douyin.resale_affected"].verdict == "fails"
    assert proven["douyin.returned_goods_proof"].verdict == "fails"
    assert proven["douyin.resale_affected"].claims == (Permit("deduct_diminished_value"),)


def test_proof_from_before_the_goods_came_back_proves_nothing_about_them() -> None:
    old = {"kind": "video", "by": "merchant", "at": stamp("08-02 08:00")}
    assert returned(True, old)["douyin.returned_goods_proof"].verdict == "holds"


def test_an_agreed_return_binds_unless_the_inspection_found_something_new() -> None:
    agreed = {"agreed_at": stamp("08-20 12:00")}
    case = sold("douyin", "return_refund", "changed_mind", "08-20 11:20", request=agreed, goods={"used": True}, **GOT)
    assert verdict(case, "douyin.agreed_return_binds", "08-21 12:00") == "holds"
    assert returned(True)["douyin.agreed_return_binds"].verdict == "fails"
    assert "douyin.agreed_return_binds" not in returned(False)


@pytest.mark.parametrize(
    ("reason", "rule"),
    [
        ("missing_item", "missing_parcel_proof"),
        ("empty_parcel", "missing_parcel_proof"),
        ("damaged", "damaged_parcel"),
        ("quality", "visible_defect"),
    ],
)
def test_what_the_buyer_showed_stands_once_the_merchants_time_is_up(reason: str, rule: str) -> None:
    def at(now: str, *evidence: dict[str, str]) -> str | None:
        case = sold(
            "douyin",
            "return_refund",
            reason,
            "08-05 11:00",
            defect={"visible": True},
            platform=ASKED_AND_OVER,
            evidence=list(evidence),
            **GOT,
        )
        return verdict(case, f"douyin.{rule}", now)

    counter = {"kind": "video", "by": "merchant", "at": stamp("08-05 22:00")}
    assert at("08-06 19:59:59", PHOTO) == "unknown"
    assert at("08-06 20:00:00", PHOTO) == "holds"
    assert at("08-06 20:00:00") == "unknown"
    assert at("08-06 20:00:00", PHOTO, counter) == "unknown"


def test_for_a_fake_the_merchants_papers_come_first() -> None:
    def fake(now: str, *evidence: dict[str, str]) -> str | None:
        case = sold(
            "douyin",
            "return_refund",
            "counterfeit",
            "08-05 11:00",
            platform=ASKED_AND_OVER,
            evidence=list(evidence),
            **GOT,
        )
        return verdict(case, "douyin.hidden_defect", now)

    papers = {"kind": "report", "by": "merchant", "at": stamp("08-05 22:00")}
    assert fake("08-06 19:59:59") == "unknown"
    assert fake("08-06 20:00:00") == "holds"
    assert fake("08-06 20:00:00", papers) == "unknown"


def test_a_missing_gift_is_owed_at_its_declared_value() -> None:
    gift = {"category": "other", "paid": "0.00", "traits": ["gift"], "gift_value": "29.00"}
    case = sold("douyin", "refund_only", "missing_item", "08-06 11:20", line=gift, defect={"confirmed": True}, **GOT)
    assert findings(case, "douyin", "08-06 12:00")["douyin.missing_gift"].claims == (Owed(2900),)


@pytest.mark.parametrize(
    ("kind", "reason", "labels", "paid", "rule", "cap"),
    [
        ("price_adjustment", "quality", (), "100.05", "minor_flaw_reduction", 3002),
        ("price_adjustment", "quality", ("large_item",), "8000.00", "large_item_reduction", 100000),
        ("price_adjustment", "quality", ("large_item",), "600.00", "large_item_reduction", 9000),
        ("compensation", "service", (), "666.67", "experience_compensation", 20000),
        ("compensation", "service", (), "666.60", "experience_compensation", 19998),
    ],
)
def test_caps(kind: str, reason: str, labels: tuple[str, ...], paid: str, rule: str, cap: int) -> None:
    case = sold(
        "douyin", kind, reason, "08-06 11:20", line={"paid": paid}, labels=labels, defect={"minor": True}, **GOT
    )
    (claim,) = findings(case, "douyin", "08-06 12:00")[f"douyin.{rule}"].claims
    assert isinstance(claim, Cap)
    assert claim.amount == cap


def test_damages_for_a_fake_are_not_capped_as_an_experience() -> None:
    case = sold("douyin", "compensation", "counterfeit", "08-06 11:20", **GOT)
    assert verdict(case, "douyin.experience_compensation", "08-06 12:00") is None


@pytest.mark.parametrize(
    ("share", "amount"), [("0.3", 3000), ("0.301", 5000), ("0.5", 5000), ("0.501", None), ("1", None)]
)
def test_fresh_goods_come_back_by_band(share: str, amount: int | None) -> None:
    defect = {"visible": True, "confirmed": True, "share": share}
    case = sold("douyin", "refund_only", "quality", "08-05 11:00", line={"category": "fresh"}, defect=defect, **GOT)
    assert grant_of(findings(case, "douyin", "08-05 12:00")["douyin.fresh_refund_band"]).amount == amount


@pytest.mark.parametrize(
    ("reason", "visible", "asked", "expected"),
    [
        ("damaged", True, "08-05 15:00", "holds"),
        ("damaged", True, "08-05 15:01", "fails"),
        ("quality", True, "08-06 15:00", "holds"),
        ("quality", True, "08-06 15:01", "fails"),
        ("quality", False, "08-09 15:00", "holds"),
        ("quality", False, "08-09 15:01", "fails"),
    ],
)
def test_fresh_goods_are_told_of_in_time(reason: str, visible: bool, asked: str, expected: str) -> None:
    case = sold("douyin", "refund_only", reason, asked, line={"category": "fresh"}, defect={"visible": visible}, **GOT)
    assert verdict(case, "douyin.fresh_feedback", "08-10 10:00") == expected


@pytest.mark.parametrize(("asked", "expected"), [("10-03 15:00", "unknown"), ("10-03 15:01", "fails")])
def test_an_allergy_is_told_of_within_60_days(asked: str, expected: str) -> None:
    case = sold("douyin", "return_refund", "allergy", asked, line={"category": "cosmetics"}, evidence=[PHOTO], **GOT)
    assert verdict(case, "douyin.allergy", "10-04 10:00") == expected


@pytest.mark.parametrize(
    ("asked", "failed", "remedies"),
    [
        ("08-25 23:59:59", 0, {"exchange", "return_refund"}),
        ("08-26 00:00:00", 0, {"repair"}),
        ("08-26 00:00:00", 2, {"exchange", "return_refund"}),
    ],
)
def test_3c_goods_have_15_days_from_confirmed_receipt(asked: str, failed: int, remedies: set[str]) -> None:
    case = sold(
        "douyin",
        "return_refund",
        "quality",
        asked,
        line={"category": "electronics"},
        order={"completed_at": stamp("08-10 09:00")},
        defect={"confirmed": True, "visible": False, "repairs_failed": failed},
        **GOT,
    )
    assert grant_of(findings(case, "douyin", "08-26 01:00")["douyin.3c_quality"]).remedies == remedies


def test_evidence_is_due_in_24_hours_until_it_is_given() -> None:
    asked = {"evidence_asked_at": stamp("08-11 15:20")}
    case = sold("douyin", "return_refund", "quality", "08-10 12:00", platform=asked, **GOT)
    assert is_due(the_due(case, "douyin.evidence", "08-11 16:00"), "08-12 15:20")
    given = [{"kind": "document", "by": "merchant", "at": stamp("08-11 16:00")}]
    answered = sold("douyin", "return_refund", "quality", "08-10 12:00", platform=asked, evidence=given, **GOT)
    assert verdict(answered, "douyin.evidence", "08-11 17:00") is None


def test_disputes_are_judged_by_the_rule_in_force_when_they_are_handled() -> None:
    case = sold("douyin", "cancel", "changed_mind", "06-12 10:00", placed="06-11 10:00")
    assert verdict(case, "douyin.unshipped_refund", "06-12 23:59") is None
    assert verdict(case, "douyin.unshipped_refund", "06-13 00:00") == "holds"


@pytest.mark.parametrize(("asked", "expected"), [("10-31 09:00:00", "holds"), ("10-31 09:00:01", "fails")])
def test_freight_is_insured_for_90_days_from_shipping(asked: str, expected: str) -> None:
    case = sold("douyin", "return_refund", "quality", asked, labels=("freight_insurance",), **GOT)
    assert verdict(case, "douyin.freight_insurance", "11-01 10:00") == expected


def test_price_protection_needs_the_promise_the_figure_and_proof() -> None:
    def claim(labels: tuple[str, ...], amount: str | None, *evidence: dict[str, str]) -> str | None:
        case = sold(
            "douyin",
            "price_adjustment",
            "better_price",
            "08-06 11:20",
            labels=labels,
            request={"amount": amount},
            evidence=list(evidence),
            **GOT,
        )
        return verdict(case, "douyin.price_protection", "08-06 12:00")

    promise = ("price_protection",)
    assert claim((), "12.00", PHOTO) is None
    assert claim(promise, None, PHOTO) == "unknown"
    assert claim(promise, "12.00") == "unknown"
    assert claim(promise, "12.00", PHOTO) == "holds"
