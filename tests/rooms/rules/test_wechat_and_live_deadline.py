"""WeChat's timers, and the deadline that a platform states itself."""

import pytest

from tests.rooms.rules.platforms import findings, is_due, sold, stamp, the_due, verdict

GOT = {"shipped": "08-02 09:00", "delivered": "08-04 15:00"}


def test_wechat_gives_48_hours_to_answer_and_7_days_after_a_refusal() -> None:
    case = sold("wechat", "return_refund", "quality", "08-06 11:20", **GOT)
    assert is_due(the_due(case, "wechat.return_refund.respond", "08-06 12:00"), "08-08 11:20")
    refused = sold(
        "wechat", "refund_only", "quality", "08-06 11:20", request={"refused_at": stamp("08-07 10:00")}, **GOT
    )
    due = the_due(refused, "wechat.refund.after_refusal", "08-07 11:00")
    assert is_due(due, "08-14 10:00")
    assert due.if_missed == "right_lost"


@pytest.mark.parametrize(("asked", "expected"), [("08-12 09:59:59", "holds"), ("08-12 10:00:00", "fails")])
def test_wechats_window_is_seven_times_24_hours(asked: str, expected: str) -> None:
    case = sold("wechat", "return_refund", "quality", asked, order={"completed_at": stamp("08-05 10:00")}, **GOT)
    assert verdict(case, "wechat.after_sale_window", "08-12 11:00") == expected


@pytest.mark.parametrize("channel", ["pinduoduo", "kuaishou", "douyin", "shopify"])
def test_the_live_deadline_is_taken_on_any_channel(channel: str) -> None:
    case = sold(
        channel, "return_refund", "wrong_size", "08-06 11:20", platform={"deadline": stamp("08-07 20:00")}, **GOT
    )
    due = the_due(case, "platform.live_deadline", "08-06 12:00")
    assert (due.who, due.action, due.live, due.if_missed) == ("merchant", "respond", True, "unknown")
    assert is_due(due, "08-07 20:00")


@pytest.mark.parametrize(
    ("request_", "platform", "parcel", "duty"),
    [
        ({}, {"evidence_asked_at": stamp("08-06 12:00")}, None, ("merchant", "give_evidence")),
        ({"agreed_at": stamp("08-06 12:00")}, {}, None, ("buyer", "ship_back")),
        (
            {"agreed_at": stamp("08-06 12:00")},
            {},
            {"shipped_at": stamp("08-06 18:00")},
            ("merchant", "confirm_receipt"),
        ),
    ],
)
def test_the_live_deadline_is_about_the_next_duty(
    request_: dict[str, str], platform: dict[str, str], parcel: dict[str, str] | None, duty: tuple[str, str]
) -> None:
    stated = {"deadline": stamp("08-09 20:00"), **platform}
    case = sold(
        "jd",
        "return_refund",
        "wrong_size",
        "08-06 11:20",
        request=request_,
        platform=stated,
        return_parcel=parcel,
        **GOT,
    )
    due = the_due(case, "platform.live_deadline", "08-07 12:00")
    assert (due.who, due.action) == duty


def test_without_a_stated_deadline_there_is_nothing_to_take() -> None:
    case = sold("douyin", "return_refund", "wrong_size", "08-06 11:20", **GOT)
    assert findings(case, "platform", "08-06 12:00") == {}
