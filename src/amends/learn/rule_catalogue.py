"""The rules as people look them up, and their sources written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from amends.facts.rulebook import Pack, Rule

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


def cite(pack: Pack, source: str, articles: Callable[[str], str]) -> tuple[Citation, ...]:
    """Will write out a source such as ``XFF art 25; QRT art 10``: each key by its title, each article by `articles`."""
    found = []
    for part in source.split("; "):
        key, _, rest = part.partition(" ")
        known = pack.sources.get(key)
        if known is None:
            found.append(Citation(part, ""))
            continue
        link = known.link if known.link.startswith("https://") else ""
        found.append(Citation(f"{known.title} {articles(rest)}".strip(), link))
    return tuple(found)


def chinese_articles(text: str) -> str:
    """Will write ``art 25`` as 第 25 条; what is not an article stays."""
    return _ARTICLES.sub(lambda found: f"第 {found[1].replace(', ', '、')} 条", text)
