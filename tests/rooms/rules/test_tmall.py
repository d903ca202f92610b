"""Tmall's clock, window and intervention at their edges."""

import pytest

from amends.facts.rulebook import Grant
from tests.rooms.rules.platforms import findings, sold, stamp, verdict

GOT = {"shipped": "08-02 09:00", "delivered": "08-04 15:00"}


@pytest.mark.parametrize(("asked", "expected"), [("08-11 23:59:59", "holds"), ("08-12 00:00:00", "fails")])
def test_168_hours_run_from_midnight_after_sign_off(asked: str, expected: str) -> None:
    case = sold("tmall", "return_refund", "changed_mind", asked, **GOT)
    assert verdict(case, "tmall.no_reason_return", "08-12 01:00") == expected


def test_the_buyer_pays_both_ways_of_a_return_without_a_reason() -> None:
    case = sold("tmall", "return_refund", "changed_mind", "08-06 11:20", **GOT)
    (grant,) = findings(case, "tmall", "08-06 12:00")["tmall.no_reason_return"].claims
    assert isinstance(grant, Grant)
    assert (grant.freight, grant.shipping) == ("buyer", 0)


@pytest.mark.parametrize(
    "line",
    [
        {"traits": ["custom_made"]},
        {"category": "fresh"},
        {"traits": ["flaw_disclosed"], "no_return_confirmed": True},
    ],
)
def test_the_clock_gives_nothing_for_goods_that_are_left_out(line: dict[str, object]) -> None:
    case = sold("tmall", "return_refund", "changed_mind", "08-06 11:20", line=line, **GOT)
    assert verdict(case, "tmall.no_reason_return", "08-06 12:00") is None


def test_a_box_that_came_ticked_confirms_nothing() -> None:
    line = {"traits": ["flaw_disclosed"], "no_return_confirmed": True, "no_return_preticked": True}
    case = sold("tmall", "return_refund", "changed_mind", "08-06 11:20", line=line, **GOT)
    assert verdict(case, "tmall.no_reason_return", "08-06 12:00") == "holds"


@pytest.mark.parametrize(("asked", "expected"), [("09-02 23:59:59", "holds"), ("09-03 00:00:00", "fails")])
def test_the_after_sale_window_ends_with_its_fifteenth_day(asked: str, expected: str) -> None:
    done = {"completed_at": stamp("08-18 20:00")}
    case = sold("tmall", "return_refund", "quality", asked, order=done, **GOT)
    assert verdict(case, "tmall.after_sale_window", "09-03 01:00") == expected


def test_the_after_sale_window_was_not_there_before_11_august() -> None:
    case = sold("tmall", "return_refund", "quality", "08-10 23:59", order={"completed_at": stamp("08-05 10:00")}, **GOT)
    assert verdict(case, "tmall.after_sale_window", "08-11 10:00") is None


@pytest.mark.parametrize(("now", "expected"), [("08-15 09:59:59", "fails"), ("08-15 10:00:00", "holds")])
def test_for_goods_not_received_tmall_comes_in_three_days_after_the_request(now: str, expected: str) -> None:
    case = sold("tmall", "refund_only", "not_received", "08-12 10:00", shipped="08-09 09:00")
    assert verdict(case, "tmall.intervention", now) == expected


def test_timers_stand_still_while_tmall_is_called_in_and_not_after_its_ruling() -> None:
    def called_in(**more: str) -> dict[str, object]:
        case = sold(
            "tmall",
            "exchange",
            "quality",
            "08-12 10:00",
            platform={"dispute_opened_at": stamp("08-12 12:00"), **more},
            **GOT,
        )
        return dict(findings(case, "tmall", "08-12 13:00"))

    assert "tmall.exchange.respond" not in called_in()
    assert "tmall.timers_stopped" in called_in()
    assert "tmall.exchange.respond" in called_in(ruling="closed")


def test_a_changed_repair_has_tmalls_own_36_hours() -> None:
    case = sold("tmall", "repair", "quality", "08-06 11:20", request={"changed_at": stamp("08-07 09:30")}, **GOT)
    found = findings(case, "tmall", "08-07 10:00")["tmall.repair.respond_after_change"]
    assert found.facts["hours"] == 36
