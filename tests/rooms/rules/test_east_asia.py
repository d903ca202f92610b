"""The rules of Taiwan, Japan and Korea at their edges."""

from typing import Any

import pytest

from tests.rooms.rules.abroad import SOUND, case_in, due, findings, grant, instant, verdicts

TW_HAD = "2026-05-12T10:00:00+08:00"
JP_HAD = "2026-05-18T10:00:00+09:00"
KR_HAD = "2026-05-08T10:00:00+09:00"


@pytest.mark.parametrize(
    ("asked", "informed", "verdict"),
    [
        ("2026-05-19T23:59:00+08:00", True, "holds"),
        ("2026-05-20T00:00:00+08:00", True, "fails"),
        ("2026-09-12T23:59:00+08:00", False, "holds"),
        ("2026-09-13T00:00:00+08:00", False, "fails"),
    ],
)
def test_taiwan_gives_seven_days_or_four_months_without_information(asked: str, informed: bool, verdict: str) -> None:
    assert verdicts("tw", case_in("TW", asked, TW_HAD, withdrawal_informed=informed))["withdrawal"] == verdict


def test_in_taiwan_the_buyer_bears_no_cost_at_all() -> None:
    right = grant(findings("tw", case_in("TW", "2026-05-15T10:00:00+08:00", TW_HAD))["withdrawal"])
    assert (right.freight, right.shipping) == ("merchant", None)


def test_in_taiwan_the_trader_collects_until_the_goods_are_on_their_way() -> None:
    asked = "2026-05-15T10:00:00+08:00"
    waiting = findings("tw", case_in("TW", asked, TW_HAD))
    sent = findings("tw", case_in("TW", asked, TW_HAD, return_parcel={"shipped_at": "2026-05-16T10:00:00+08:00"}))
    assert due(waiting["withdrawal.collect"]).due == instant("2026-05-31T00:00:00+08:00")
    assert "withdrawal.collect" not in sent
    assert "withdrawal.refund_due" not in sent


@pytest.mark.parametrize(
    ("traits", "told", "verdict"),
    [(["custom_made"], True, "holds"), (["custom_made"], False, "fails"), ([], True, None)],
)
def test_in_taiwan_an_exception_counts_only_where_the_buyer_was_told(
    traits: list[str], told: bool, verdict: str | None
) -> None:
    case = case_in("TW", "2026-05-15T10:00:00+08:00", TW_HAD, line={"traits": traits, "no_return_confirmed": told})
    found = verdicts("tw", case)
    assert found.get("withdrawal.exception") == verdict
    assert ("withdrawal.collect" in found) is (verdict != "holds")


@pytest.mark.parametrize(
    ("asked", "verdict"), [("2026-05-26T23:59:00+09:00", "holds"), ("2026-05-27T00:00:00+09:00", "fails")]
)
def test_japan_gives_eight_days_from_delivery_at_the_buyers_cost(asked: str, verdict: str) -> None:
    found = findings("jp", case_in("JP", asked, JP_HAD))["mail_order_return"]
    assert found.verdict == verdict
    if verdict == "holds":
        assert grant(found).freight == "buyer"


@pytest.mark.parametrize(
    ("shown", "confirmed", "verdict"),
    [
        (None, False, None),
        (None, True, "holds"),
        (True, False, "holds"),
        (True, True, "holds"),
        (False, False, None),
        (False, True, "fails"),
    ],
)
def test_in_japan_the_sellers_own_return_rule_counts_where_it_was_shown(
    shown: bool | None, confirmed: bool, verdict: str | None
) -> None:
    shop = {"channel": "direct", "return_policy_shown": shown}
    case = case_in("JP", "2026-05-20T10:00:00+09:00", JP_HAD, shop=shop, line={"no_return_confirmed": confirmed})
    found = verdicts("jp", case)
    assert found["mail_order_return"] == "holds"
    assert found.get("mail_order_return.return_term") == verdict


@pytest.mark.parametrize(
    ("asked", "verdict"), [("2026-05-15T23:59:00+09:00", "holds"), ("2026-05-16T00:00:00+09:00", "fails")]
)
def test_korea_gives_seven_days_from_supply(asked: str, verdict: str) -> None:
    assert verdicts("kr", case_in("KR", asked, KR_HAD))["withdrawal"] == verdict


@pytest.mark.parametrize(
    ("line", "goods", "more", "verdict"),
    [
        ({}, {"used": True}, {}, "holds"),
        ({}, {"damaged": True}, {}, "holds"),
        ({}, {"damaged": True}, {"reason": "damaged"}, "fails"),
        ({}, {"damaged": True}, {"reason": "damaged", "defect": {"confirmed": False}}, "holds"),
        ({"traits": ["sealed_media"]}, {"seal_broken": True}, {}, "holds"),
        ({"traits": ["perishable"]}, {}, {}, "holds"),
        ({}, SOUND, {}, "fails"),
    ],
)
def test_in_korea_the_right_is_lost_by_the_buyers_damage_use_or_unsealing(
    line: dict[str, Any], goods: dict[str, Any], more: dict[str, Any], verdict: str
) -> None:
    case = case_in("KR", "2026-05-11T10:00:00+09:00", KR_HAD, line=line, goods=goods, **more)
    assert verdicts("kr", case)["withdrawal.exception"] == verdict


@pytest.mark.parametrize(
    ("asked", "found_at", "confirmed", "verdict"),
    [
        ("2026-08-08T23:59:00+09:00", None, True, "holds"),
        ("2026-08-09T00:00:00+09:00", None, True, "fails"),
        ("2026-06-30T10:00:00+09:00", "2026-05-31T10:00:00+09:00", True, "holds"),
        ("2026-07-01T10:00:00+09:00", "2026-05-31T10:00:00+09:00", True, "fails"),
        ("2026-06-30T10:00:00+09:00", None, None, "unknown"),
        ("2026-06-30T10:00:00+09:00", None, False, "fails"),
    ],
)
def test_in_korea_goods_unlike_what_was_shown_go_back_within_three_months_and_thirty_days_of_knowing(
    asked: str, found_at: str | None, confirmed: bool | None, verdict: str
) -> None:
    defect = {"confirmed": confirmed, "found_at": found_at}
    found = findings("kr", case_in("KR", asked, KR_HAD, reason="not_as_described", defect=defect))
    assert found["withdrawal.false_description"].verdict == verdict


def test_in_korea_the_money_is_due_three_business_days_after_the_goods() -> None:
    parcel = {"signed_at": "2026-05-22T10:00:00+09:00"}
    found = findings("kr", case_in("KR", "2026-05-11T10:00:00+09:00", KR_HAD, return_parcel=parcel))
    # The 25th is the substitute for Buddha's birthday; the 26th, 27th and 28th are counted.
    assert due(found["withdrawal.refund_due"]).due == instant("2026-05-29T00:00:00+09:00")


def test_in_korea_no_money_is_due_where_the_right_was_lost() -> None:
    parcel = {"signed_at": "2026-05-22T10:00:00+09:00"}
    case = case_in("KR", "2026-05-11T10:00:00+09:00", KR_HAD, return_parcel=parcel, goods={"used": True})
    assert "withdrawal.refund_due" not in findings("kr", case)
