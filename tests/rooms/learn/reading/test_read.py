"""Reading reasons: on two tables of sentences of our own, and what denial, comparison, questions and Traditional characters do."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.codes import REASONS
from amends.facts.reading import LINE, SAYS, pieces
from amends.facts.words import words as named
from amends.learn.reading.entries import words
from amends.learn.reading.read import read

HERE = Path(__file__).parent
LEAST = {"zh": 90, "en": 90}
"""Per cent of the own sentences that must be read rightly; what is really reached stands in docs/reading.md."""


def table(of: str) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in (HERE / f"own_{of}.tsv").read_text(encoding="utf-8").splitlines()]
    return [(reason, text) for reason, text in rows]


@pytest.mark.parametrize("of", ["zh", "en"])
def test_the_own_sentences_are_read_far_better_than_by_guessing(of: str) -> None:
    rows = table(of)
    reasons = Counter(reason for reason, _ in rows)
    assert len(rows) >= 120
    assert set(reasons) == (REASONS - {"other"}) | {"unclear"}
    right = sum((read(text).reason or "unclear") == reason for reason, text in rows)
    base = 100 * max(reasons.values()) // len(rows)
    assert 100 * right // len(rows) >= LEAST[of] > 5 * base


@pytest.mark.parametrize(
    ("text", "reason", "says"),
    [
        ("裤子偏大，腰松", "wrong_size", ("size_big",)),
        ("鞋子偏小挤脚", "wrong_size", ("size_small",)),
        ("Runs small, too tight", "wrong_size", ("size_small",)),
        ("没有破损，就是穿着偏大", "wrong_size", ("size_big",)),
        ("Nothing was broken, it's just too big", "wrong_size", ("size_big",)),
        ("質量太差，洗了一次就掉色", "quality", ("fading",)),
        ("收到的時候玻璃碎了", "damaged", ("broken",)),
        ("The bottle isn’t damaged", "", ()),
        ("没有发现任何质量问题", "", ()),
        ("这个有没有色差", "", ()),
        ("Is the colour different from the photo?", "", ()),
        ("质量没得说", "", ()),
        ("the quality is great", "", ()),
        ("", "", ()),
        ("🙂🙂", "", ()),
    ],
)
def test_denied_asked_and_compared(text: str, reason: str, says: tuple[str, ...]) -> None:
    found = read(text)
    assert (found.reason, found.says) == (reason, says)


def test_every_word_that_led_there_is_marked_where_it_stands() -> None:
    text = "你好！ 杯子碎了，再不处理我要打12315，急用"
    found = read(text)
    assert [(text[one.start : one.end], one.part) for one in found.marks] == [
        ("碎了", "points"),
        ("12315", "threat"),
        ("急用", "urgent"),
    ]
    assert (found.words, found.urgent, found.threat) == (("碎了",), True, ("authority", "12315"))


def test_marks_of_short_forms_cover_what_was_written() -> None:
    text = "It DOESN'T  work, and I've changed my mind"
    assert [text[one.start : one.end] for one in read(text).marks] == ["DOESN'T  work", "changed my mind"]


def test_two_reasons_of_one_strength_are_not_clear_and_both_are_told() -> None:
    found = read("杯子碎了，还漏发一个盖子")
    assert found.reason == ""
    assert found.confidence < LINE
    assert {reason for reason, _ in found.candidates} == {"damaged", "missing_item"}


def test_a_shops_own_weights_count_instead_of_the_lists() -> None:
    text = "杯子碎了，还漏发一个盖子"
    assert read(text, lambda reason, word, weight: 18 if reason == "damaged" else weight).reason == "damaged"


@given(st.text(alphabet="没有不碎了偏大色差 notbroken'’,.?！İßﬁ退貨\n", max_size=60))
def test_pieces_are_the_text_again_and_marks_lie_within(text: str) -> None:
    found = read(text)
    assert "".join(one.text for one in pieces(text, found.marks)) == text
    assert all(0 <= one.start < one.end <= len(text) for one in found.marks)
    assert found == read(text)
    assert all(0 < percent <= 100 for _, percent in found.candidates)


def test_the_lists_name_only_reasons_and_kinds_that_exist_and_no_entry_twice_for_one_reason() -> None:
    for of in ("zh", "en"):
        entries = words(of)
        assert {one.reason for one in entries} == (REASONS - {"other"}) | {""}
        assert {one.says for one in entries} - {""} <= set(SAYS)
        pairs = Counter((one.reason, one.written) for one in entries)
        assert [pair for pair, many in pairs.items() if many > 1] == []
    assert [code for code in SAYS if named("said_word", code) is None] == []
