"""What a picture's file says against the story, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.facts.picture_words import SIGNALS, says_of
from amends.facts.pictures import (
    Credentials,
    PictureFacts,
    PictureSignal,
    Story,
    counted,
    metadata_signals,
)
from amends.facts.words import WORDS

SENT = datetime(2026, 11, 10, 12, tzinfo=UTC)
STORY = Story("damaged", SENT, SENT + timedelta(days=3), SENT + timedelta(days=5))


def codes(facts: PictureFacts, story: Story = STORY) -> list[tuple[str, str]]:
    return [(one.code, one.strength) for one in metadata_signals(facts, story)]


def taken(when: datetime, *, zoned: bool = True) -> PictureFacts:
    return PictureFacts(taken_at=when, zoned=zoned)


def test_missing_metadata_is_no_signal() -> None:
    assert codes(PictureFacts()) == []


def test_a_photo_from_before_dispatch_contradicts_and_one_from_before_delivery_hints() -> None:
    assert codes(taken(SENT - timedelta(hours=2))) == [("before_dispatch", "strong")]
    assert codes(taken(SENT + timedelta(days=1))) == [("before_delivery", "weak")]
    assert codes(taken(SENT + timedelta(days=4))) == []
    assert codes(taken(SENT - timedelta(minutes=30)), replace(STORY, delivered_at=None)) == []


def test_a_time_without_zone_is_read_where_it_contradicts_least() -> None:
    assert codes(taken(SENT - timedelta(hours=10), zoned=False), replace(STORY, delivered_at=None)) == []
    assert codes(taken(SENT - timedelta(hours=14), zoned=False)) == [("before_dispatch", "strong")]
    assert codes(taken(STORY.came_at + timedelta(hours=13), zoned=False)) == []


def test_a_time_after_it_came_in_says_that_the_clock_is_wrong() -> None:
    assert codes(taken(STORY.came_at + timedelta(hours=2))) == [("after_arrival", "weak")]
    assert codes(taken(STORY.came_at + timedelta(minutes=30))) == []


@pytest.mark.parametrize("reason", ["not_received", "out_of_stock", "other"])
def test_where_the_goods_need_not_be_at_hand_an_early_photo_says_nothing(reason: str) -> None:
    assert codes(taken(SENT - timedelta(days=9)), replace(STORY, reason=reason)) == []


def test_without_dates_of_the_parcel_nothing_is_early() -> None:
    assert codes(taken(SENT - timedelta(days=9)), replace(STORY, shipped_at=None, delivered_at=None)) == []


def test_software_and_credentials() -> None:
    assert codes(PictureFacts(editor="GIMP")) == [("editor", "weak")]
    assert codes(PictureFacts(editor="GIMP", generator="Midjourney")) == [("generator", "strong")]
    assert codes(PictureFacts(credentials=Credentials("Camera"))) == [("credentials", "weak")]
    assert codes(PictureFacts(credentials=Credentials("Maker", (), True))) == [("credentials_model", "strong")]
    assert codes(PictureFacts(screen="PNG 1080×2400")) == [("screenshot", "weak")]


def test_a_case_is_told_how_many_pictures_there_are_to_look_at() -> None:
    both = [
        PictureSignal("same_file", "strong"),
        PictureSignal("same_picture", "strong"),
        PictureSignal("editor", "weak"),
    ]
    first = counted(both, {})
    assert first == {"looked_at": 1, "reused": 1, "catalogue": 0, "contradicting": 0}
    assert counted([PictureSignal("generator", "strong")], first) == {**first, "looked_at": 2, "contradicting": 1}


@pytest.mark.parametrize("code", SIGNALS)
def test_every_signal_speaks_both_languages_with_and_without_its_facts(code: str) -> None:
    bare = says_of(code, {})
    assert bare.en
    assert bare.zh
    assert "{" not in bare.en + bare.zh
    assert code in WORDS["photo_signal"]
    assert says_of(code, {"software": "{x}", "by": "a", "actions": ["b", "c"]}).en
