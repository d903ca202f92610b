"""The rule pages: every pack, every rule with its source and dates."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.learn.rule_catalogue import find_rule, rules_by_id
from amends.web.front import front
from amends.web.who import needs


@require_safe
@needs("see")
def rule_list(request: HttpRequest) -> HttpResponse:
    """Will list the packs with their rules."""
    return render(request, "rules.html", {"packs": front().rules.packs()})


@require_safe
@needs("see")
def rule_page(request: HttpRequest, rule: str) -> HttpResponse:
    """Will explain one rule; one that is in no pack (a shop's policy) is said to be so."""
    if len(rule) > 200:
        raise Http404
    found = find_rule(rules_by_id(front().rules), rule)
    pack, entry = found or (None, None)
    return render(request, "rule.html", {"asked": rule, "pack": pack, "rule": entry}, status=200 if found else 404)
