"""Every code that a case file or a decision may carry has a name in both languages."""

import re

import pytest

from amends.basics.zones import MARKETS
from amends.facts import codes
from amends.facts.words import WORDS, say, words

PUBLISHED = {
    "channel": codes.CHANNELS,
    "kind": codes.KINDS | codes.REMEDIES,
    "reason": codes.REASONS,
    "category": codes.CATEGORIES,
    "trait": codes.TRAITS,
    "method": codes.METHODS,
    "trace": codes.TRACES,
    "evidence": codes.EVIDENCE_KINDS,
    "grade": codes.GRADES,
    "dispute_stage": codes.DISPUTE_STAGES,
    "discount": codes.DISCOUNT_KINDS,
    "signed_by": codes.SIGNED_BY,
    "goods": frozenset(codes.GOODS_STATES),
    "layer": frozenset(codes.LAYERS),
    "role": frozenset(codes.ROLES),
    "who": codes.PARTIES,
    "market": MARKETS,
}


@pytest.mark.parametrize("group", sorted(PUBLISHED))
def test_every_published_code_is_named(group: str) -> None:
    assert PUBLISHED[group] - WORDS[group].keys() == set()


def test_no_name_is_missing_in_either_language() -> None:
    bare = [(group, code) for group, table in WORDS.items() for code, pair in table.items() if not all(pair)]
    assert bare == []


def test_english_names_hold_no_chinese() -> None:
    mixed = [
        (group, code) for group, table in WORDS.items() for code, (_, en) in table.items() if re.search("[一-鿿]", en)
    ]
    assert mixed == []


def test_a_code_that_nobody_named_is_shown_as_it_is() -> None:
    assert say("kind", "teleport", "zh") == "teleport"
    assert words("kind", "teleport") is None


def test_names_come_in_the_language_asked_for() -> None:
    assert say("kind", "return_refund", "zh") == "退货退款"
    assert say("kind", "return_refund", "en") == "Return and refund"
