"""Taobao's timers at their edges, in and out of the Spring Festival window."""

import pytest

from amends.facts.case import Case
from tests.rooms.rules.platforms import findings, is_due, sold, stamp, the_due, verdict

WINTER = {"placed": "02-02 10:00", "shipped": "02-03 09:00", "delivered": "02-06 12:00"}
SUMMER = {"shipped": "08-02 09:00", "delivered": "08-04 15:00"}


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("02-09 23:59:59", "02-11 11:59:59"),
        ("02-10 00:00:00", "02-15 00:00:00"),
        ("02-23 23:59:59", "02-28 23:59:59"),
        ("02-24 00:00:00", "02-25 12:00:00"),
    ],
)
def test_the_window_governs_exactly_the_requests_that_came_in_it(asked: str, due: str) -> None:
    case = sold("taobao", "return_refund", "wrong_size", asked, **WINTER)
    assert is_due(the_due(case, "taobao.return_refund.respond", "02-24 08:00"), due)


def test_an_unshipped_refund_keeps_its_24_hours_in_the_window() -> None:
    case = sold("taobao", "cancel", "changed_mind", "02-13 18:20", placed="02-13 12:00")
    assert is_due(the_due(case, "taobao.unshipped_refund.respond", "02-13 19:00"), "02-14 18:20")


def test_each_node_is_read_on_its_own_day() -> None:
    agreed = {"agreed_at": stamp("02-24 00:00")}
    case = sold("taobao", "return_refund", "wrong_size", "02-23 22:00", request=agreed, **WINTER)
    assert is_due(the_due(case, "taobao.return_refund.ship_back", "02-24 09:00"), "03-03 00:00")


def test_a_receipt_that_waits_since_the_window_has_15_days_even_when_signed_for() -> None:
    parcel = {"shipped_at": stamp("02-12 11:00"), "signed_at": stamp("02-14 10:00"), "waybill": "YT1"}
    case = sold("taobao", "return_refund", "wrong_size", "02-11 10:00", return_parcel=parcel, **WINTER)
    assert is_due(the_due(case, "taobao.return_refund.confirm_receipt", "02-14 11:00"), "02-27 11:00")


def test_ship_back_counts_only_once_the_return_is_agreed_to() -> None:
    case = sold("taobao", "return_refund", "wrong_size", "08-06 11:20", **SUMMER)
    due = the_due(case, "taobao.return_refund.ship_back", "08-06 12:00")
    assert due.on_accept
    assert is_due(due, "08-13 12:00")


def test_a_refusal_passes_the_turn_to_the_buyer_and_a_change_passes_it_back() -> None:
    refused = {"refused_at": stamp("08-06 18:00")}
    case = sold("taobao", "exchange", "wrong_size", "08-06 11:20", request=refused, **SUMMER)
    found = findings(case, "taobao", "08-06 19:00")
    assert "taobao.exchange.respond" not in found
    assert is_due(found["taobao.exchange.after_refusal"].dues[0], "08-11 18:00")
    changed = sold(
        "taobao",
        "exchange",
        "wrong_size",
        "08-06 11:20",
        request={**refused, "changed_at": stamp("08-07 09:30")},
        **SUMMER,
    )
    found = findings(changed, "taobao", "08-07 10:00")
    assert "taobao.exchange.after_refusal" not in found
    assert is_due(found["taobao.exchange.respond_after_change"].dues[0], "08-08 09:30")


def test_what_is_agreed_to_awaits_no_answer() -> None:
    case = sold("taobao", "repair", "quality", "08-06 11:20", request={"agreed_at": stamp("08-06 12:00")}, **SUMMER)
    assert verdict(case, "taobao.repair.respond", "08-06 13:00") is None


def test_nothing_is_said_of_requests_older_than_the_page_that_was_read() -> None:
    case = sold("taobao", "return_refund", "wrong_size", "01-26 23:59", placed="01-20 10:00", shipped="01-21 10:00")
    assert verdict(case, "taobao.return_refund.respond", "01-27 10:00") is None


@pytest.mark.parametrize(("visible", "by", "expected"), [(True, "buyer", "holds"), (True, "merchant", "fails")])
def test_a_visible_defect_is_the_buyers_to_show(visible: bool, by: str, expected: str) -> None:
    case = sold(
        "taobao",
        "return_refund",
        "quality",
        "08-06 11:20",
        defect={"visible": visible},
        evidence=[{"kind": "photo", "by": by, "at": stamp("08-06 11:00")}],
        **SUMMER,
    )
    assert verdict(case, "taobao.evidence_split", "08-06 12:00") == expected


def test_the_merchant_has_one_day_from_the_buyers_last_evidence_and_none_left_once_it_answered() -> None:
    def dispute(*evidence: dict[str, str]) -> Case:
        return sold(
            "taobao",
            "return_refund",
            "quality",
            "08-06 11:20",
            request={"refused_at": stamp("08-07 10:00")},
            platform={"dispute_opened_at": stamp("08-08 10:00")},
            evidence=list(evidence),
            **SUMMER,
        )

    first = {"kind": "photo", "by": "buyer", "at": stamp("08-08 11:00")}
    last = {"kind": "video", "by": "buyer", "at": stamp("08-08 14:00")}
    answer = {"kind": "document", "by": "merchant", "at": stamp("08-08 15:00")}
    assert is_due(the_due(dispute(first, last), "taobao.evidence", "08-08 16:00"), "08-09 14:00")
    assert verdict(dispute(first, last, answer), "taobao.evidence", "08-08 16:00") is None
