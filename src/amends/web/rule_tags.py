"""Template tags for the rule pages and the rules of a case: sentences, dates, sources."""

from __future__ import annotations

import re
from typing import Any, Final

from django import template

from amends.facts.knowledge import Learnt
from amends.facts.rulebook import Pack, Rule
from amends.facts.sentences import bare
from amends.learn.rule_catalogue import OWN_SOURCES, Citation, cite, find_rule
from amends.web.tongues import from_known, known_in, name_of, one_of, tongue
from amends.web.words import page_words

register = template.Library()
VERDICTS: Final = ("holds", "fails", "unknown")
_PLACE: Final = re.compile(r"\{[^{}]*\}")
_POLICY: Final = re.compile(r"(\S+) version (\d+)")
_FIRST_YEAR, _LAST_YEAR = 1, 9999


@register.filter
def as_both(text: Any) -> dict[str, str]:
    """A text of the rule packs as the mapping that `said` reads."""
    return {"zh": text.zh, "en": text.en}


@register.filter
def told_in(text: Any) -> str:
    """A text of rules or policies in the language of the page."""
    return one_of(as_both(text), tongue())


@register.filter
def rule_says(rule: Rule) -> str:
    """A rule's title, or what it says when it holds."""
    title = one_of(as_both(rule.title), tongue())
    return title or next((text for _, text in sentences(rule)), rule.id)


@register.filter
def sentences(rule: Rule, learnt: Learnt | None = None) -> list[tuple[str, str]]:
    """What a rule says by verdict, with its own numbers; the places for facts of a case are shown as an ellipsis."""
    fixed = {f"{{{name}}}": value for name, value in learnt.fixed.items()} if learnt else {}
    found = [(verdict, one_of(as_both(said), tongue())) for verdict, said in rule.says.items()]
    return [
        (verdict, _PLACE.sub(lambda place: fixed.get(place[0], "…"), bare(text)))
        for verdict, text in found
        if text and verdict in VERDICTS
    ]


@register.filter
def rule_dates(dated: Any) -> str:
    """From when until when something is in force; empty ends are left out."""
    since = "" if dated.since.year <= _FIRST_YEAR else f"{dated.since:%Y-%m-%d}"
    until = "" if dated.until.year >= _LAST_YEAR else f"{dated.until:%Y-%m-%d}"
    return f"{since} – {until}".strip() if since or until else page_words("rules.always", tongue())


@register.filter
def cited(pack: Pack, source: str) -> tuple[Citation, ...]:
    """A rule's source written out: titles instead of keys, articles as the language has them."""
    language = tongue()
    found = cite(pack, source, known_in(language))
    return tuple(Citation(from_known(one.text, language), one.link) for one in found)


@register.simple_tag
def sources_of(known: dict[str, tuple[Pack, Rule]], reason: dict[str, Any]) -> tuple[Citation, ...]:
    """The sources of a reason in a decision, written out where its rule is in a pack."""
    found = find_rule(known, str(reason.get("rule") or ""))
    source = str(reason.get("source") or "")
    if not source:
        return ()
    if found:
        return cited(found[0], source)
    policy = _POLICY.fullmatch(source)
    if policy:
        return (Citation(page_words("rules.policy_source", tongue(), name=policy[1], version=policy[2]), ""),)
    key = source.split(" ")[0]
    told = name_of("source", key, tongue()) if key in OWN_SOURCES else from_known(source, tongue())
    return (Citation(told, ""),)
