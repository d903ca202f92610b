"""A rule's sentence with its facts put in, in either language. Codes are shown as words, times on the market's wall clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from string import Formatter
from typing import Any, Final

from amends.facts.rulebook import Finding, Says
from amends.facts.words import Language, say

GROUPS: Final[dict[str, str]] = {
    "reason": "reason",
    "kind": "kind",
    "remedies": "kind",
    "remedy": "kind",
    "trace": "trace",
    "signed_by": "signed_by",
    "channel": "channel",
    "traits": "trait",
    "grounds": "trait",
    "categories": "category",
    "category": "category",
    "methods": "method",
    "method": "method",
    "checked": "goods",
    "spoiled": "goods",
    "open": "goods",
    "stage": "dispute_stage",
    "proposed": "outcome",
    "components": "component",
    "market": "market",
    "labels": "label",
    "missing": "missing",
    "who": "who",
    "action": "action",
    "label": "label",
    "grade": "grade",
    "inspection_grade": "grade",
    "region": "market",
    "owed": "kind",
    "remedy_asked": "kind",
    "fault": "fault",
    "payer": "who",
    "given": "evidence",
    "buyer_gave": "evidence",
    "merchant_gave": "evidence",
}
"""Name of a fact to the group of words that its codes belong to."""
_YES: Final[dict[str, tuple[str, str]]] = {"zh": ("是", "否"), "en": ("yes", "no")}
_UNKNOWN: Final[dict[str, str]] = {"zh": "未知", "en": "unknown"}
_NONE: Final[dict[str, str]] = {"zh": "无", "en": "none"}
_COMMA: Final[dict[str, str]] = {"zh": "、", "en": ", "}


_OPTIONAL: Final = re.compile("⟦([^⟦⟧]*)⟧")
Parts = tuple[tuple[str, str | None], ...]


@cache
def _segments(template: str) -> tuple[tuple[bool, Parts], ...]:
    """The template cut at its optional pieces, each ⟦in such brackets⟧; True for those."""
    pieces = _OPTIONAL.split(template)
    return tuple([(index % 2 == 1, _parts(piece)) for index, piece in enumerate(pieces) if piece])


def _parts(piece: str) -> Parts:
    return tuple([(text, name) for text, name, _, _ in Formatter().parse(piece)])


def bare(template: str) -> str:
    """A template without the marks of its optional pieces, for people who read the rule itself."""
    return _OPTIONAL.sub(r"\1", template)


def show(name: str, value: Any, language: Language) -> str:
    """One fact's value as people read it."""
    if isinstance(value, str):
        group = GROUPS.get(name)
        return say(group, value, language) if group else value
    if isinstance(value, bool):
        return _YES[language][0 if value else 1]
    if value is None:
        return _UNKNOWN[language]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | frozenset | set):
        if not value:
            return _NONE[language]
        items = sorted(value) if isinstance(value, frozenset | set) else value
        return _COMMA[language].join([show(name, item, language) for item in items])
    return str(value)


def fill(template: str, facts: Mapping[str, Any], language: Language) -> str:
    """`template` with its {places} filled from `facts`; a place without a fact reads as unknown.

    A piece ⟦in such brackets⟧ is left out where a fact in it is unknown.
    """
    told = []
    for optional, parts in _segments(template):
        if optional and any(name is not None and facts.get(name) is None for _, name in parts):
            continue
        told += [text if name is None else text + show(name, facts.get(name), language) for text, name in parts]
    return "".join(told)


def sentence(finding: Finding) -> Says:
    """What the finding says in both languages; a verdict without a text of its own gives the rule's title."""
    says = finding.rule.says.get(finding.verdict)
    if says is None:
        return finding.rule.title
    return Says(fill(says.en, finding.facts, "en"), fill(says.zh, finding.facts, "zh"))
