"""Which rules have to do with what a reader asks about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from amends.facts.knowledge import Learnt, PolicyPage, PolicyWhole, Topics
from amends.facts.rulebook import Pack, Rule

_NOTHING = Learnt()
Text = Callable[[Pack, Rule], str]


def packs_about(
    packs: Sequence[Pack], learnt: Mapping[str, Learnt], topics: Topics, text: Text
) -> list[tuple[Pack, list[Rule]]]:
    """Will give the packs with those of their rules that fit all topics; packs without any are left out.

    A market brings its law and its platforms, a platform its own rules: each pack that names one of the two asked for.
    `text` gives everything that a reader may search in a rule.
    """
    found = []
    for pack in packs:
        if _concerns(pack, topics):
            rules = [
                rule
                for rule in pack.rules
                if _fits(learnt.get(rule.id, _NOTHING), topics) and _has(topics, text(pack, rule))
            ]
            if rules:
                found.append((pack, rules))
    return found


def policies_about(
    policies: Sequence[PolicyWhole], topics: Topics, text: Callable[[PolicyWhole, PolicyPage], str]
) -> list[PolicyWhole]:
    """Will give the policies with those of their rules that fit all topics; a rule that names no reason is about all of them."""
    found = []
    for whole in policies:
        rules = tuple([one for one in whole.rules if _names(one, topics) and _has(topics, text(whole, one))])
        if rules:
            found.append(replace(whole, rules=rules))
    return found


def _concerns(pack: Pack, topics: Topics) -> bool:
    if not topics.market and not topics.channel:
        return True
    return topics.market in pack.markets or topics.channel in pack.channels


def _fits(learnt: Learnt, topics: Topics) -> bool:
    return (not topics.remedy or topics.remedy in learnt.about) and (
        not topics.reason or topics.reason in learnt.reasons
    )


def _names(page: PolicyPage, topics: Topics) -> bool:
    asked = (
        (topics.remedy, page.kinds),
        (topics.reason, page.reasons),
        (topics.market, page.markets),
        (topics.channel, page.channels),
    )
    return all(not want or not named or want in named for want, named in asked)


def _has(topics: Topics, text: str) -> bool:
    low = text.casefold()
    return all(word in low for word in topics.words)
