"""Threats are read by their words, and words that take them back are heard."""

from __future__ import annotations

import pytest

from amends.facts.threats import THREATS, threat_in


@pytest.mark.parametrize(
    ("text", "kind", "phrase"),
    [
        ("再不退款我就打12315", "authority", "12315"),
        ("今天不处理就申请介入，还要给差评", "platform", "申请介入"),
        ("不退我就差评", "public", "差评"),
        ("我要去银行拒付", "dispute", "拒付"),
        ("I will  OPEN a\ndispute tomorrow", "dispute", "open a dispute"),
        ("Refund me or I’ll call my bank", "dispute", "call my bank"),
        ("expect a 1-star review", "public", "1-star"),
    ],
)
def test_a_threat_is_named_with_its_words(text: str, kind: str, phrase: str) -> None:
    assert threat_in(text) == (kind, phrase)


@pytest.mark.parametrize(
    "text",
    [
        "请问什么时候退款？",
        "我不会给你差评的",
        "谢谢，没有投诉你的意思",
        "I will not open a dispute",
        "item 112315 is the wrong size",
        "",
        "I'd suey",
    ],
)
def test_what_threatens_with_nothing_is_left_alone(text: str) -> None:
    assert threat_in(text) is None


def test_no_phrase_stands_twice_and_each_finds_itself() -> None:
    phrases = [phrase for many in THREATS.values() for phrase in many]
    assert len(phrases) == len(set(phrases))
    assert [phrase for phrase in phrases if threat_in(phrase) is None] == []
