"""Federal and state rules of the United States at their edges."""

import pytest

from tests.rooms.rules.abroad import case_in, due, findings, grant, instant, verdicts

BOUGHT = "2026-03-02T10:00:00-05:00"


@pytest.mark.parametrize(
    ("asked", "verdict"), [("2026-04-01T23:59:00-05:00", "fails"), ("2026-04-02T00:00:00-05:00", "holds")]
)
def test_without_a_stated_date_thirty_days_are_allowed(asked: str, verdict: str) -> None:
    assert verdicts("us", case_in("US", asked, kind="cancel", bought=BOUGHT))["mail_order_rule"] == verdict


def test_a_stated_date_comes_before_the_thirty_days() -> None:
    order = {"ship_promised_by": "2026-03-10T12:00:00-05:00"}
    case = case_in("US", "2026-03-10T12:00:00-05:00", kind="cancel", bought=BOUGHT, order=order)
    assert verdicts("us", case)["mail_order_rule"] == "holds"


def test_an_early_cancellation_takes_effect_when_the_time_has_run_out() -> None:
    case = case_in("US", "2026-03-20T10:00:00-05:00", kind="cancel", bought=BOUGHT)
    found = findings("us", case, at="2026-04-10T10:00:00-05:00")
    assert grant(found["mail_order_rule"]).remedies == {"refund_only"}
    # From 2 April, seven working days: the 3rd and 6th to 9th, the 10th, the 13th.
    assert due(found["mail_order_rule.refund_due"]).due == instant("2026-04-14T00:00:00-05:00")


def test_a_shipped_order_or_a_service_is_not_concerned() -> None:
    asked = "2026-05-01T10:00:00-05:00"
    assert verdicts("us", case_in("US", asked, "2026-04-20T10:00:00-05:00", bought=BOUGHT)) == {}
    assert verdicts("us", case_in("US", asked, kind="cancel", bought=BOUGHT, line={"category": "service"})) == {}


def test_who_still_waits_for_the_goods_sees_the_date_to_ship() -> None:
    case = case_in("US", "2026-03-20T10:00:00-05:00", kind="resend", reason="not_received", bought=BOUGHT)
    waits = due(findings("us", case)["mail_order_rule"])
    assert (waits.who, waits.action, waits.due) == ("merchant", "ship", instant("2026-04-02T00:00:00-05:00"))


@pytest.mark.parametrize("market", ["US", "US-CA", "US-NY", "US-TX", "US-DC"])
def test_federal_rules_hold_in_every_state(market: str) -> None:
    case = case_in(market, "2026-04-07T10:00:00-05:00", kind="cancel", bought=BOUGHT)
    assert verdicts("us", case)["mail_order_rule"] == "holds"


@pytest.mark.parametrize(("pack", "market"), [("us_ca", "US-CA"), ("us_ny", "US-NY")])
@pytest.mark.parametrize(
    ("asked", "verdict"), [("2026-04-01T23:59:00-05:00", "holds"), ("2026-04-02T00:00:00-05:00", "fails")]
)
def test_a_policy_not_shown_gives_thirty_days_from_purchase(pack: str, market: str, asked: str, verdict: str) -> None:
    shop = {"channel": "direct", "return_policy_shown": False}
    case = case_in(market, asked, "2026-03-06T10:00:00-05:00", bought=BOUGHT, shop=shop)
    assert verdicts(pack, case)["policy_not_posted"] == verdict


@pytest.mark.parametrize("shown", [True, None])
def test_a_policy_that_was_shown_governs(shown: bool | None) -> None:
    shop = {"channel": "direct", "return_policy_shown": shown}
    case = case_in("US-CA", "2026-03-20T10:00:00-05:00", "2026-03-06T10:00:00-05:00", bought=BOUGHT, shop=shop)
    assert verdicts("us_ca", case) == {}


def test_new_yorks_text_is_applied_from_the_day_it_was_read() -> None:
    shop = {"channel": "direct", "return_policy_shown": False}
    case = case_in(
        "US-NY", "2025-12-20T10:00:00-05:00", "2025-12-15T10:00:00-05:00", bought="2025-12-10T10:00:00-05:00", shop=shop
    )
    assert verdicts("us_ny", case, at="2025-12-31T12:00:00-05:00") == {}
    assert verdicts("us_ny", case, at="2026-01-01T12:00:00-05:00") == {"policy_not_posted": "holds"}
