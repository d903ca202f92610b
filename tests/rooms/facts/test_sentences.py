"""Sentences with facts put in: what is not known is said, or left out where the sentence can do without."""

import pytest

from amends.facts.sentences import bare, fill
from amends.wiring.house import load_rulebooks

TEMPLATE = "asked {a}⟦, until {b}⟧, {c}"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"a": "x", "b": "y", "c": 1}, "asked x, until y, 1"),
        ({"a": "x", "b": None, "c": 1}, "asked x, 1"),
        ({"a": None, "b": "y", "c": True}, "asked unknown, until y, yes"),
    ],
)
def test_a_piece_that_may_be_left_out_goes_with_its_unknown_fact(facts: dict[str, object], said: str) -> None:
    assert fill(TEMPLATE, facts, "en") == said


def test_the_marks_are_never_shown() -> None:
    assert bare(TEMPLATE) == "asked {a}, until {b}, {c}"


def test_every_optional_piece_of_the_packs_is_closed_and_holds_a_fact() -> None:
    texts = [
        text
        for pack in load_rulebooks().all
        for rule in pack.rules
        for says in rule.says.values()
        for text in (says.en, says.zh)
        if "⟦" in text or "⟧" in text
    ]
    assert texts
    for text in texts:
        pieces = text.split("⟦")[1:]
        assert all(piece.count("⟧") == 1 and "{" in piece.split("⟧")[0] for piece in pieces), text
        assert text.count("⟦") == text.count("⟧")
