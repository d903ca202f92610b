"""The versions of a policy: who made which when, what changed between two, and going back to one."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.decide.policy.spots import UnableToReadPolicy
from amends.desk.settings.gate import UnableToSet
from amends.desk.settings.policies import UnableToPublish
from amends.facts.kept_policies import KeptVersion
from amends.facts.rulebook import Says
from amends.learn.text_diff import diff_rows
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only
from amends.web.setup.policies import policy_of


@require_safe
@keepers_only
def version_list(request: HttpRequest, number: int) -> HttpResponse:
    """Will list all versions, newest first."""
    policy = policy_of(request, number)
    versions = front().settings.policies.versions(policy)
    return render(request, "setup/versions.html", {"policy": policy, "versions": versions})


@require_safe
@keepers_only
def version_page(request: HttpRequest, number: int, version: int) -> HttpResponse:
    """Will show a version and what changed: from the one before it, or from the one that the address names."""
    return _page(request, number, version)


@require_POST
@keepers_only
def roll_back(request: HttpRequest, number: int, version: int) -> HttpResponse:
    """Will publish the text of an earlier version as a new one."""
    policy = policy_of(request, number)
    accepted = request.POST.get("accepted", "")[:500] if request.POST.get("accept") else ""
    base = request.POST.get("base", "")
    seen = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else 0
    desk = front().settings.policies
    try:
        desk.roll_back(policy.number, version, seen, acting(request), front().now(), accepted)
    except UnableToPublish as fault:
        return _page(request, number, version, fault.says, needs_reason=True)
    except UnableToSet as fault:
        return _page(request, number, version, fault.says)
    except UnableToReadPolicy as fault:
        return _page(request, number, version, Says(str(fault), str(fault)))
    return HttpResponseRedirect(f"/settings/policies/{number}?done=publish")


def _page(
    request: HttpRequest, number: int, version: int, fault: Says | None = None, *, needs_reason: bool = False
) -> HttpResponse:
    policy = policy_of(request, number)
    versions = front().settings.policies.versions(policy)
    shown = _numbered(versions, version)
    if shown is None:
        raise Http404
    asked = request.GET.get("against", "")
    other = _numbered(
        versions, int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else version - 1
    )
    return render(
        request,
        "setup/version.html",
        {
            "policy": policy,
            "version": shown,
            "versions": versions,
            "other": other,
            "rows": diff_rows(other.text, shown.text) if other else (),
            "lines": shown.text.splitlines(),
            "fault": fault,
            "needs_reason": needs_reason,
        },
        status=409 if fault else 200,
    )


def _numbered(versions: Sequence[KeptVersion], number: int) -> KeptVersion | None:
    return next((one for one in versions if one.number == number), None)
