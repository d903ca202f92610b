"""Reviews as files tell them, and what may not stand in an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.letters import SAMPLE, TONGUES, Tongue, render
from amends.facts.review_answers import PAID_REVIEW, flaw_of
from amends.facts.reviews import COLUMNS, Review, ReviewTold, UnableToReadReview, by_column, read_review

TOLD = {"review": "R-1", "stars": "2", "at": "2026-11-20 09:30"}
WRITTEN = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def review(order: str = "O-77", **more: Any) -> Review:
    return Review(1, "acme", "main", "CN", "taobao", ReviewTold("R-1", 2, WRITTEN, order=order, **more), "open")


def test_a_row_is_read_by_any_of_its_names_and_on_the_clock_of_the_market() -> None:
    cells = by_column({"评价编号": "R-1", "星级": "2 星", "评价时间": "2026/11/20 09:30", "颜色": "红", "类型": "店铺"})
    assert read_review(cells, "CN") == ReviewTold("R-1", 2, WRITTEN, kind="shop")
    assert read_review(TOLD | {"at": "2026-11-20T09:30+08:00"}, "DE").at == WRITTEN


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"review": " "}, "review"),
        ({"stars": "0"}, "stars"),
        ({"stars": "4.5"}, "stars"),
        ({"stars": "五"}, "stars"),
        ({"at": "yesterday"}, "at"),
        ({"at": "0001-01-01T00:00+14:00"}, "at"),
        ({"kind": "seller"}, "kind"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"answered_at": "2026-11-21 09:30"}, "answer"),
        ({"text": "x" * 4001}, "text"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_column(told: dict[str, str], field: str) -> None:
    with pytest.raises(UnableToReadReview) as caught:
        read_review(TOLD | told, "CN")
    assert caught.value.field == field
    assert caught.value.says.zh


@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.text(max_size=30)))
def test_whatever_is_told_is_read_or_turned_away_by_name(told: dict[str, str]) -> None:
    try:
        found: ReviewTold | str = read_review(TOLD | told, "US")
    except UnableToReadReview as fault:
        found = fault.field
    if isinstance(found, str):
        assert found in COLUMNS
    else:
        assert found.stars in range(1, 6)
        assert found.at.tzinfo is not None


@pytest.mark.parametrize(
    "text",
    [
        "亲，麻烦改一下评价，给您返现20元",
        "删除差评即可领取优惠券",
        "补偿您 10 元红包，希望能追评五星",
        "Please update your review and we will refund you.",
        "We would love to send you a gift card if you take your review down.",
        "Get 20% off: change those two stars!",
        "A positive review earns you a voucher",
    ],
)
def test_money_for_a_review_is_never_offered(text: str) -> None:
    assert flaw_of(text, review()) == PAID_REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "感谢您的五星好评！",
        "很抱歉，已为您办理退款。",
        "We have refunded you today; sorry.",
        "Thank you for the five stars.",
    ],
)
def test_thanks_and_help_alone_may_be_said(text: str) -> None:
    assert flaw_of(text, review()) is None


@pytest.mark.parametrize("text", ["", "x" * 1001, "Dear {buyer}", "About O-77: sorry"])
def test_an_answer_is_there_filled_in_and_names_no_order(text: str) -> None:
    assert flaw_of(text, review()) not in (None, PAID_REVIEW)


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("event", ["review_thanks", "review_sorry"])
def test_built_in_answers_keep_their_own_rule(event: str, language: Tongue) -> None:
    assert flaw_of(render(event, "", language, SAMPLE[language])[1], review()) is None
