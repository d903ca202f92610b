"""When reports are due and which days they tell of: laws over every calendar, and what a person may write."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.reports import (
    CADENCES,
    Report,
    UnableToReadReport,
    last_due,
    next_due,
    read_receiver,
    read_report,
    span_of,
)

REPORTS = st.builds(
    Report,
    st.just("r"),
    st.just("shop"),
    st.just(("refund_time",)),
    cadence=st.sampled_from(CADENCES),
    span=st.sampled_from(("whole", "30", "90")),
    weekday=st.integers(0, 6),
    day=st.integers(1, 28),
    hour=st.integers(0, 23),
)
NOWS = st.integers(0, 8 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
TOLD = {
    "name": " Weekly  figures ",
    "home": "one",
    "currency": "cny",
    "cadence": "weekly",
    "weekday": "0",
    "day": "1",
    "hour": "8",
}
KNOWN = (("refund_time", "reply_time"), ("shop", "sku"), ("one", "two"))


@given(REPORTS, NOWS)
def test_a_report_is_due_once_in_its_period_and_its_days_are_over_by_then(report: Report, now: datetime) -> None:
    due, later = last_due(report, now), next_due(report, now)
    assert due <= now < later
    assert last_due(report, later - timedelta(seconds=1)) == due
    assert last_due(report, later) == later
    assert due.hour == report.hour
    span, following = span_of(report, due.date()), span_of(report, later.date())
    assert span.last < due.date()
    assert span.before.last + timedelta(days=1) == span.first
    if report.span == "whole":
        assert following.first == span.last + timedelta(days=1), "no day is left out and none is told twice"


def test_what_a_person_wrote_is_read_in_the_order_of_the_house() -> None:
    found = read_report(TOLD, ["reply_time", "refund_time", "made up"], ["two", "another's"], KNOWN)
    assert (found.name, found.currency, found.metrics, found.shops) == ("Weekly figures", "CNY", KNOWN[0], ("two",))
    assert Report(**{**found.kept(), "metrics": found.metrics, "shops": found.shops}) == found  # type: ignore[arg-type]
    assert replace(found, by="sku").kept()["by"] == "sku"


WRONG = (
    """name= home=another's currency=€ cadence=hourly hour=24 hour=-1 day=29 weekday=² span=31 by=buyer language=fr"""
)


@pytest.mark.parametrize("wrong", [*WRONG.split(), "name=" + "x" * 61])
def test_what_cannot_be_read_is_named(wrong: str) -> None:
    field, _, value = wrong.partition("=")
    with pytest.raises(UnableToReadReport) as fault:
        read_report({**TOLD, field: value}, ["refund_time"], [], KNOWN)
    assert fault.value.field == field


def test_an_address_is_one_address() -> None:
    assert read_receiver(" Boss@Shop.Example ") == "Boss@shop.example"
    for text in ("", "boss", "a@b, c@d", "a@b\r\nBcc: c@d"):
        with pytest.raises(UnableToReadReport):
            read_receiver(text)
