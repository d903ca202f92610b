"""The knowledge base: what is asked for by topic, every rule with its source and dates, and the shop's policies in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.facts.knowledge import Learnt, PolicyPage, PolicyWhole, Topics
from amends.facts.rulebook import Pack, Rule
from amends.facts.words import codes
from amends.learn.knowledge import packs_about, policies_about
from amends.learn.rule_catalogue import find_rule
from amends.web.front import front
from amends.web.rule_tags import as_both, cited, rule_says, sentences, told_in
from amends.web.tongues import one_of, tongue
from amends.web.who import acting, needs

LONGEST: Final = 100
"""So many letters of what is searched for are read, and no more."""
NOTHING: Final = Learnt()


@require_safe
@needs("see")
def rule_list(request: HttpRequest) -> HttpResponse:
    """Will list the rules and policies that fit what is asked for, each by its first sentence."""
    return render(request, "rules.html", _found(request))


@require_safe
@needs("see")
def booklet(request: HttpRequest) -> HttpResponse:
    """Will write the same out in full, for paper."""
    return render(request, "rules_booklet.html", _found(request) | {"today": front().now()})


@require_safe
@needs("see")
def rule_page(request: HttpRequest, rule: str) -> HttpResponse:
    """Will explain one rule of a pack or of a policy; one that is nowhere is said to be so."""
    desk, rule = front().knowledge, rule[:200]
    mine = desk.policy_rule(acting(request), rule)
    if mine:
        return render(request, "rule_policy.html", {"asked": rule, "found": mine})
    found = find_rule({one.id: (pack, one) for pack in desk.packs() for one in pack.rules}, rule)
    if found is None:
        return render(request, "rule.html", {"asked": rule}, status=404)
    pack, entry = found
    shown = {
        "asked": rule,
        "pack": pack,
        "rule": entry,
        "known": {one.id for one in pack.rules},
        "more": _more(pack, entry),
    }
    return render(request, "rule.html", shown)


def _more(pack: Pack, rule: Rule) -> dict[str, Any]:
    """What is told of a rule beside its own words."""
    learnt = front().knowledge.learnt().get(rule.id, NOTHING)
    return {
        "learnt": learnt,
        "wants": sorted(learnt.wants),
        "clocks": sorted(learnt.clocks),
        "looks_at": sorted(learnt.looks_at),
        "about": [code for code in codes("kind") if code in learnt.about],
        "reasons": [code for code in codes("reason") if code in learnt.reasons],
        "numbers": [one for one in pack.parameters.values() if one.name in learnt.numbers],
        "others": [one for one in pack.parameters.values() if one.name not in learnt.numbers],
    }


def _found(request: HttpRequest) -> dict[str, Any]:
    """What fits the topics of an address, and the topics that there are."""
    desk, asked, me = front().knowledge, _topics(request), acting(request)
    packs, policies, learnt = desk.packs(), desk.policies(me), desk.learnt()
    there = packs_about(packs, learnt, asked, _text)
    rules = policies_about(policies, asked, _policy_text)
    listed = [(pack, [(rule, _more(pack, rule)) for rule in fit]) for pack, fit in there]
    return {
        "asked": asked,
        "text": request.GET.get("q", "")[:LONGEST],
        "packs": listed,
        "policies": rules,
        "count": sum(len(fit) for _, fit in there) + sum(len(one.rules) for one in rules),
        "topics": _choices(packs, policies, asked),
        "query": request.GET.urlencode(),
    }


def _topics(request: HttpRequest) -> Topics:
    given = request.GET
    words = tuple(given.get("q", "")[:LONGEST].casefold().split()[:8])
    remedy, market, channel, reason = [given.get(name, "")[:32] for name in ("remedy", "market", "channel", "reason")]
    return Topics(remedy, market, channel, reason, words)


def _choices(
    packs: Sequence[Pack], policies: Sequence[PolicyWhole], asked: Topics
) -> list[tuple[str, str, list[str], str]]:
    """Each topic: its name in the address, the group of its words, its values, and the one that is chosen."""
    markets = frozenset[str]().union(*[one.markets for one in packs], *[one.markets for one in policies])
    channels = frozenset[str]().union(*[one.channels for one in packs], *[one.channels for one in policies])
    return [
        ("remedy", "kind", [code for code in codes("kind") if code != "none"], asked.remedy),
        ("reason", "reason", list(codes("reason")), asked.reason),
        ("market", "market", [code for code in codes("market") if code in markets], asked.market),
        ("channel", "channel", [code for code in codes("channel") if code in channels], asked.channel),
    ]


def _text(pack: Pack, rule: Rule) -> str:
    """All that can be searched in a rule: its words in the reader's language and in both that it was written in."""
    own = [told for said in rule.says.values() for told in (said.en, said.zh)]
    shown = [rule_says(rule), *[text for _, text in sentences(rule)], *[one.text for one in cited(pack, rule.source)]]
    return " ".join([rule.id, rule.title.en, rule.title.zh, one_of(as_both(pack.title), tongue()), *own, *shown])


def _policy_text(whole: PolicyWhole, page: PolicyPage) -> str:
    said = [*page.asks, *page.does, *([page.own] if page.own else [])]
    return " ".join([page.id, whole.name, *[text for one in said for text in (one.en, one.zh, told_in(one))]])
