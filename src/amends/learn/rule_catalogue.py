"""The rules as people look them up, and their sources written out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from amends.facts.rulebook import Pack, Rule
from amends.facts.words import Language, say

OWN_SOURCES: Final = frozenset({"contract", "design", "house"})
"""What Amends itself lays down; where in it helps nobody."""
_ARTICLES: Final = re.compile(r"\barts? (\d[\w()]*(?:(?:, |–|-)\d[\w()]*)*)")


class RuleCatalogue(Protocol):
    """Knows every rule that can take part in a decision."""

    def packs(self) -> tuple[Pack, ...]:
        """Give every pack with its rules, in the order in which people should see them."""
        ...


@dataclass(frozen=True, slots=True)
class Citation:
    """One source of a rule: the title with the article, and a public address or nothing."""

    text: str
    link: str


def rules_by_id(catalogue: RuleCatalogue) -> dict[str, tuple[Pack, Rule]]:
    """Will give every rule with its pack, by id."""
    return {rule.id: (pack, rule) for pack in catalogue.packs() for rule in pack.rules}


def find_rule(known: Mapping[str, tuple[Pack, Rule]], name: str) -> tuple[Pack, Rule] | None:
    """Will find a rule by its id; a part of a rule (`a.b.c`) falls back to the rule it belongs to (`a.b`)."""
    while name:
        if name in known:
            return known[name]
        name = name.rpartition(".")[0]
    return None


def cite(pack: Pack, source: str, language: Language) -> tuple[Citation, ...]:
    """Will write out a source such as ``XFF art 25; QRT art 10``: each key by its title, articles as the language has them."""
    return tuple(_citation(pack, part, language) for part in source.split("; "))


def _citation(pack: Pack, part: str, language: Language) -> Citation:
    key, _, rest = part.partition(" ")
    if key in OWN_SOURCES:
        return Citation(say("source", key, language), "")
    known = pack.sources.get(key)
    if known is None:
        return Citation(_articles(part, language), "")
    title = say("source", key, language)
    link = known.link if known.link.startswith("https://") else ""
    return Citation(f"{known.title if title == key else title} {_articles(rest, language)}".strip(), link)


def _articles(text: str, language: Language) -> str:
    """A chapter that has only a Chinese name is left out in English: the title already says what it is about."""
    if language == "zh":
        return chinese_articles(text)
    return text if text.isascii() else ""


def chinese_articles(text: str) -> str:
    """Will write ``art 25`` as 第 25 条; what is not an article stays."""
    return _ARTICLES.sub(lambda found: f"第 {found[1].replace(', ', '、')} 条", text)
