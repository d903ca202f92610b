"""The facts that a merchant's policy may name: one list, each typed, with its unit and one definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.facts.vocabulary_case import CASE_FACTS
from amends.facts.vocabulary_fact import Fact
from amends.facts.vocabulary_goods import GOODS_FACTS
from amends.facts.vocabulary_judged import JUDGED_FACTS
from amends.facts.vocabulary_time import TIME_FACTS

VOCABULARY: Final[Mapping[str, Fact]] = {
    fact.name: fact for fact in (*CASE_FACTS, *TIME_FACTS, *GOODS_FACTS, *JUDGED_FACTS)
}
"""Every fact by its name, in the order in which people should see them."""


def table(language: str) -> list[tuple[str, str, str, str]]:
    """Will list name, type, unit and definition of every fact in one language ("zh" or "en"), for documentation."""
    return [
        (fact.name, fact.kind, fact.unit or "", fact.means.zh if language == "zh" else fact.means.en)
        for fact in VOCABULARY.values()
    ]


def value_of(name: str, situation: Any) -> Any:
    """The value of a fact in a situation; None where it is unknown."""
    return VOCABULARY[name].get(situation)
