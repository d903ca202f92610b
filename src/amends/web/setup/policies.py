"""The pages of policies: the list, the editor, and what its buttons do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.decide.policy.check.flaws import Flaw
from amends.decide.policy.spots import Fault, UnableToReadPolicy
from amends.desk.settings.gate import UnableToSet
from amends.desk.settings.policies import UnableToPublish, read
from amends.facts.kept_policies import KeptPolicy
from amends.facts.rulebook import Says
from amends.learn.counter_example import told
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.setup.checking import findings
from amends.web.setup.gate import acting, keepers_only, plain
from amends.web.setup.policy_words import policy_words
from amends.web.tongues import tongue


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the editor: the text, the note, the version it was written on, and why errors may pass."""

    text: str
    note: str = ""
    base: int = 0
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw with its counter-example in words and its place among the findings."""

    place: int
    flaw: Flaw
    told: list[tuple[str, Any]]


@require_safe
@keepers_only
def front_page(request: HttpRequest) -> HttpResponse:
    """Will lead to the first page of the settings."""
    return HttpResponseRedirect("/settings/policies")


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def policy_list(request: HttpRequest) -> HttpResponse:
    """Will list the policies, and begin a new one."""
    desk, person = front().settings.policies, acting(request)
    merchants = desk.merchants(person)
    given = {"merchant": request.POST.get("merchant", ""), "name": request.POST.get("name", "").strip()[:80]}
    fault: UnableToSet | None = None
    if request.method == "POST":
        try:
            return HttpResponseRedirect(f"/settings/policies/{desk.begin(**given, person=person, at=front().now())}")
        except UnableToSet as hindered:
            fault = hindered
    policies = [(one, _applies(one)) for one in desk.policies(person)]
    shown = {"policies": policies, "merchants": merchants, "given": given, "fault": fault}
    return render(request, "setup/policies.html", shown, status=409 if fault else 200)


def _applies(policy: KeptPolicy) -> dict[str, list[str]] | None:
    """What a policy applies to; None where its live text, or else its newest, cannot be read."""
    found = read((policy.live or policy.newest).text)[0]
    if found is None:
        return None
    text = found.text
    return {"shops": sorted(text.shops), "channels": sorted(text.channels), "markets": sorted(text.markets)}


@require_safe
@keepers_only
def editor(request: HttpRequest, number: int) -> HttpResponse:
    """Will show the newest text of a policy, ready to be changed."""
    policy = policy_of(request, number)
    return _editor(request, policy, Written(policy.newest.text, base=policy.newest.number))


@require_POST
@keepers_only
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Will keep the text as a draft or publish it, and say what stands against it."""
    policy, written, desk = policy_of(request, number), _written(request), front().settings.policies
    person, at, action = acting(request), front().now(), request.POST.get("do", "save")
    try:
        if action == "publish":
            accepted = written.accepted if request.POST.get("accept") else ""
            desk.publish(number, written.text, written.note, written.base, person, at, accepted)
        elif action == "save":
            desk.save(number, written.text, written.note, written.base, person, at)
        elif action == "rehearse":
            return _editor(request, policy, written, rehearsed=True)
        else:
            return _editor(request, policy, written, checked=True)
    except UnableToReadPolicy:
        return _editor(request, policy, written, status=409)
    except UnableToPublish as fault:
        return _editor(request, policy, written, fault.says, status=409, checked=True)
    except UnableToSet as fault:
        return _editor(request, policy, written, fault.says, status=409)
    return HttpResponseRedirect(f"/settings/policies/{number}?done={action}")


@require_POST
@keepers_only
def lint(request: HttpRequest, number: int) -> HttpResponse:
    """Will list what keeps the text from being read, while it is written."""
    policy, written = policy_of(request, number), _written(request)
    return render(request, "setup/lint.html", {"faults": _faults(policy, written)})


@require_POST
@keepers_only
def check(request: HttpRequest, number: int) -> HttpResponse:
    """Will show what the check finds, or that it is at work: then the page asks again."""
    policy, written = policy_of(request, number), _written(request)
    faults = _faults(policy, written)
    if faults:
        return render(request, "setup/check.html", {"policy": policy, "unread": True})
    found = findings(front().settings.policies, written.text, front().now())
    return render(request, "setup/check.html", {"policy": policy, **_shown(found)})


@require_POST
@keepers_only
def rehearse(request: HttpRequest, number: int) -> HttpResponse:
    """Will show which open cases the text would decide otherwise."""
    policy, written = policy_of(request, number), _written(request)
    shown: dict[str, object] = {"policy": policy, "unread": True}
    if not _faults(policy, written):
        shown = {"rehearsal": front().settings.policies.rehearse(policy, written.text, front().now())}
    return render(request, "setup/rehearsal.html", shown)


@require_POST
@keepers_only
def case_file(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Will hand out the case file of a finding, to be decided with `amends decide`."""
    policy, written = policy_of(request, number), _written(request)
    if _faults(policy, written):
        raise Http404
    found = front().settings.policies.check(written.text, front().now())
    case = found[place].case if place < len(found) else None
    if case is None:
        raise Http404
    name = f"{policy.name}-{place + 1}-{found[place].kind}.json"
    body = orjson.dumps(case, option=orjson.OPT_INDENT_2)
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="application/json", headers=head)


@require_safe
@keepers_only
def words(request: HttpRequest) -> HttpResponse:
    """Will give what the editor completes, in the language of the page."""
    return JsonResponse(policy_words(tongue()), headers={"Cache-Control": "private, max-age=3600", "Vary": "Cookie"})


def policy_of(request: HttpRequest, number: int) -> KeptPolicy:
    """A policy that the person may see. Raises `Http404` for any other."""
    found = front().settings.policies.policy(number, acting(request)) if number < BEYOND_KEYS else None
    if found is None:
        raise Http404
    return found


def _written(request: HttpRequest) -> Written:
    given = request.POST
    base = given.get("base", "")
    return Written(
        plain(given.get("text", "")),
        given.get("note", "")[:500],
        int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else 0,
        given.get("accepted", "")[:500],
    )


def _faults(policy: KeptPolicy, written: Written) -> tuple[Fault, ...]:
    return front().settings.policies.lint(written.text, policy.name)


def _shown(flaws: tuple[Flaw, ...] | None) -> dict[str, object]:
    if flaws is None:
        return {"at_work": True}
    found = [Finding(place, flaw, told(flaw.case) if flaw.case else []) for place, flaw in enumerate(flaws)]
    return {"findings": found, "errors": any(flaw.severity == "error" for flaw in flaws)}


def _editor(
    request: HttpRequest,
    policy: KeptPolicy,
    written: Written,
    fault: Says | None = None,
    *,
    status: int = 200,
    checked: bool = False,
    rehearsed: bool = False,
) -> HttpResponse:
    faults = _faults(policy, written)
    shown: dict[str, object] = {"policy": policy, "written": written, "faults": faults, "fault": fault}
    if checked and not faults:
        shown |= {"checked": True, **_shown(front().settings.policies.check(written.text, front().now()))}
    if rehearsed and not faults:
        shown["rehearsal"] = front().settings.policies.rehearse(policy, written.text, front().now())
    if policy.newest.number != written.base:
        shown["newer"] = policy.newest
    shown["done"] = request.GET.get("done", "")
    return render(request, "setup/policy.html", shown, status=status)
