"""What a merchant's own corrections suggest: words with their counts, never from one buyer alone, and how they do on unseen ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from amends.facts.codes import REASONS
from amends.facts.own_words import Correction, OwnWord
from amends.learn.reading.own import FEWEST, hold_out, proposals, reader_of, stretches
from amends.learn.reading.read import read

AT = datetime(2026, 11, 1, tzinfo=UTC)


def corrections(rows: list[tuple[str, str]]) -> list[Correction]:
    return [
        Correction(number, text, read(text).reason, chosen, AT + timedelta(hours=number))
        for number, (text, chosen) in enumerate(rows)
    ]


def test_a_word_that_several_cases_have_is_proposed_with_its_counts() -> None:
    rows = [(f"这个水杯{word}盖子合不严", "quality") for word in ("今天", "到手", "一看", "居然", "每次")]
    rows += [("不想要了", "changed_mind")] * 5
    (one,) = [found for found in proposals(corrections(rows)) if "合不严" in found.word.written]
    assert (one.word.reason, one.taken, one.corrected, one.was, one.base) == ("quality", 5, 0, None, 50)
    assert one.word.written == "盖子合不严"
    assert len(one.cases) == 3
    assert not read("盖子合不严").reason
    assert reader_of([one.word])("买的杯子盖子合不严，退").reason == "quality"


def test_what_only_a_few_buyers_wrote_or_tells_nothing_is_never_proposed() -> None:
    few = corrections([("盖子合不严", "quality")] * (FEWEST - 1))
    assert proposals(few) == ()
    both = corrections([("盖子合不严", "quality"), ("盖子合不严", "changed_mind")] * 10)
    assert proposals(both) == ()
    assert stretches("13812345678 anna@example.com 3栋502") == set()


def test_an_entry_that_people_keep_putting_right_weighs_less_or_nothing() -> None:
    rows = [("买贵了", "changed_mind")] * 9 + [("买贵了", "better_price")]
    found = {one.word.written: one for one in proposals(corrections(rows)) if one.was is not None}
    one = found["买贵"]
    assert (one.word.weight, one.was, one.taken, one.corrected) == (0, 6, 1, 9)
    assert read("买贵了").reason == "better_price"
    assert reader_of([one.word])("买贵了").reason == ""


def test_what_a_person_answered_is_not_proposed_again() -> None:
    told = corrections([("盖子合不严", "quality")] * 6 + [("不想要了", "changed_mind")] * 6)
    (first, *_) = proposals(told)
    assert first.word.written not in [one.word.written for one in proposals(told, settled=[first.word])]


def test_english_words_are_proposed_too() -> None:
    told = corrections(
        [("the lid keeps popping open", "quality"), ("it fits and lid keeps popping off", "quality")] * 4
        + [("no", "changed_mind")] * 8
    )
    found = [one.word for one in proposals(told) if one.word.tongue == "en"]
    assert any("keeps popping" in one.written for one in found)
    assert reader_of(found)("Its lid keeps popping.").reason == "quality"


def test_the_hold_out_tells_what_the_proposals_do_on_corrections_that_they_have_not_seen() -> None:
    draw = Random(7)
    fill = ["昨天收到", "给孩子买的", "麻烦看下", "用了一次", "刚打开"]
    kinds = [
        ("盖子合不严", "quality"),
        ("拉链崩开", "quality"),
        ("味道窜", "not_as_described"),
        ("不想要了", "changed_mind"),
    ]
    rows = [(draw.choice(fill) + words, reason) for words, reason in (draw.choice(kinds) for _ in range(120))]
    told = hold_out(corrections(rows))
    assert told
    assert (told.learnt, told.tested) == (80, 40)
    assert told.after > told.before
    assert told.after > told.base
    assert told.wrong_after <= told.wrong_before + 2
    assert hold_out(corrections(rows[:20])) is None


@given(st.lists(st.tuples(st.text(max_size=60), st.sampled_from(sorted(REASONS))), max_size=30))
def test_counts_add_up_whatever_was_written(rows: list[tuple[str, str]]) -> None:
    told = corrections(rows)
    for one in proposals(told):
        assert one.taken + one.corrected <= len(told)
        assert 0 <= one.share <= 100


@given(st.text(max_size=200))
def test_without_own_words_the_reader_is_the_house_s(text: str) -> None:
    assert reader_of([])(text) == read(text)
    assert reader_of([OwnWord("zh", "没有这样的词", "quality", 6)])(text.replace("没有这样的词", "")) == read(
        text.replace("没有这样的词", "")
    )
