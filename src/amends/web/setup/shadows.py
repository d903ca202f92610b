"""The page of a policy's shadow: begun and ended there, what differs, and the way to go live."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from amends.decide.policy.spots import UnableToReadPolicy
from amends.desk.rehearsal.shadow import MOST
from amends.desk.settings.gate import UnableToSet
from amends.desk.settings.policies import UnableToPublish
from amends.facts.kept_policies import KeptPolicy
from amends.facts.rehearsal_runs import FEW_CASES
from amends.facts.rulebook import Says
from amends.learn.rehearsal.sheet import WAYS, rehearsal_table
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only
from amends.web.setup.policies import policy_of
from amends.web.setup.rehearsals import asked_text, csv_of, whole
from amends.web.setup.rehearsed_show import shown
from amends.web.tongues import known_in, tongue


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def shadow(request: HttpRequest, number: int) -> HttpResponse:
    """Will show a policy's shadow, begin or end it, or publish its version."""
    policy = policy_of(request, number)
    if request.method != "POST":
        return _page(request, policy)
    try:
        onward = _do(request, policy)
    except UnableToPublish as fault:
        return _page(request, policy, fault.says, needs_reason=True)
    except UnableToSet as fault:
        return _page(request, policy, fault.says)
    except UnableToReadPolicy as fault:
        return _page(request, policy, Says(str(fault), str(fault)))
    return HttpResponseRedirect(onward)


def _do(request: HttpRequest, policy: KeptPolicy) -> str:
    desk, person, version = front().rehearsals.shadows, acting(request), whole(asked_text(request, "version"))
    action = request.POST.get("do", "")
    if action == "start":
        desk.start(person, policy, version)
    elif action == "stop":
        desk.stop(person, policy)
    elif action == "live":
        accepted = request.POST.get("accepted", "")[:500] if request.POST.get("accept") else ""
        desk.go_live(person, policy, version, whole(asked_text(request, "base")), accepted)
        return f"/settings/policies/{policy.number}?done=publish"
    return f"/settings/policies/{policy.number}/shadow"


@require_safe
@keepers_only
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Will send what a shadow came to as a table; that it was sent is written down."""
    policy, desk, way = policy_of(request, number), front().rehearsals.shadows, request.GET.get("of", "moves")
    last = desk.last(policy)
    if last is None or way not in WAYS:
        raise Http404
    found = desk.found(last, MOST if way == "cases" else 0)
    table = rehearsal_table(found.rehearsed, found.keys, way, known_in(tongue()))
    return csv_of(request, policy, table, f"amends-shadow-{policy.name}-{last.version}-{way}.csv")


def _page(
    request: HttpRequest, policy: KeptPolicy, fault: Says | None = None, *, needs_reason: bool = False
) -> HttpResponse:
    desk = front().rehearsals.shadows
    last, versions = desk.last(policy), desk.policies.versions(policy)
    told: dict[str, object] = {
        "policy": policy,
        "shadow": last,
        "versions": versions,
        "chosen": whole(asked_text(request, "version")) or policy.newest.number,
        "fault": fault,
        "needs_reason": needs_reason,
        "here": f"/settings/policies/{policy.number}/shadow",
    }
    if last is not None:
        found = desk.found(last)
        told |= shown(found.rehearsed, found.keys)
        told |= {"few": found.rehearsed.cases < FEW_CASES, "since": f"{last.since:%Y-%m-%d %H:%M}"}
        told |= {"stopped": f"{last.stopped_at:%Y-%m-%d %H:%M}" if last.stopped_at else ""}
    return render(request, "setup/shadow.html", told, status=409 if fault else 200)
