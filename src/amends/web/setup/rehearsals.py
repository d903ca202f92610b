"""The pages of rehearsals: a version of a policy asked of past cases, its progress, what it found, and the same as a file."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from amends.desk.rehearsal.readable import UnableToRehearse
from amends.desk.settings.gate import UnableToSet
from amends.facts.audit import Deed
from amends.facts.kept_policies import KeptPolicy
from amends.facts.rehearsal_runs import RehearsalRun, Span
from amends.learn.metrics.sheet import Cell, sheet
from amends.learn.rehearsal.sheet import WAYS, rehearsal_table
from amends.web.entry import place_of
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.setup.gate import acting, keepers_only
from amends.web.setup.policies import policy_of
from amends.web.setup.rehearsed_show import shown
from amends.web.tongues import known_in, tongue

Table = tuple[list[str], list[list[Cell]]]
"""A header and rows."""


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def rehearsals(request: HttpRequest, number: int) -> HttpResponse:
    """Will let a manager choose a version, a shop and days, and list the rehearsals that there were."""
    policy, desk = policy_of(request, number), front().rehearsals
    given = {name: asked_text(request, name) for name in ("version", "shop", "since", "until")}
    fault: UnableToSet | None = None
    if request.method == "POST":
        try:
            made = desk.ask(acting(request), policy, whole(given["version"]), _span(given))
            return HttpResponseRedirect(f"/settings/policies/{number}/rehearsals/{made}")
        except UnableToSet as hindered:
            fault = hindered
    told = {
        "policy": policy,
        "versions": desk.policies.versions(policy),
        "chosen": whole(given["version"]) or policy.newest.number,
        "shops": desk.shops(policy.merchant),
        "given": given,
        "fault": fault,
        "runs": desk.of_policy(policy),
    }
    return render(request, "setup/rehearsals.html", told, status=409 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def rehearsal(request: HttpRequest, number: int, run: int) -> HttpResponse:
    """Will show how far a rehearsal is, or what it found; stop it where that is asked for."""
    policy = policy_of(request, number)
    found, here = _run(policy, run), f"/settings/policies/{number}/rehearsals/{run}"
    if request.method == "POST":
        if request.POST.get("do") == "stop":
            front().rehearsals.stop(acting(request), policy, found)
        return HttpResponseRedirect(here)
    told = {"policy": policy, "run": found, "here": here}
    if found.found is not None:
        told |= shown(found.found, found.keys)
    part = "setup/rehearsal_state.html" if request.headers.get("HX-Request") else "setup/rehearsal_run.html"
    return render(request, part, told)


@require_safe
@keepers_only
def export(request: HttpRequest, number: int, run: int) -> HttpResponse:
    """Will send what a rehearsal found as a table; that it was sent is written down."""
    policy = policy_of(request, number)
    kept = _run(policy, run)
    way = request.GET.get("of", "moves")
    if kept.found is None or way not in WAYS:
        raise Http404
    table = rehearsal_table(kept.found, kept.keys, way, known_in(tongue()))
    return csv_of(request, policy, table, f"amends-rehearsal-{policy.name}-{run}-{way}.csv")


def csv_of(request: HttpRequest, policy: KeptPolicy, table: Table, name: str) -> HttpResponse:
    """A table as a file, and a line in the audit that it was taken."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    if request.method != "HEAD":
        answer.write(sheet(table, "csv"))
        deed = Deed(acting(request).name, "exported", policy.merchant, policy.name, note=name, place=place_of(request))
        front().people.audit.write(deed, front().now())
    return answer


def whole(text: str) -> int:
    """A whole number of a request; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def asked_text(request: HttpRequest, name: str) -> str:
    """What a request says under a name."""
    given = request.POST if request.method == "POST" else request.GET
    return given.get(name, "").replace("\x00", "").strip()[:120]


def _span(given: dict[str, str]) -> Span:
    return Span(given["shop"], _day(given["since"], "since"), _day(given["until"], "until"))


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not 1990 < found.year < 2200:
        raise UnableToRehearse("A day is written 2026-11-30.", "日期请写成 2026-11-30。", field)
    return found


def _run(policy: KeptPolicy, number: int) -> RehearsalRun:
    found = front().rehearsals.run(policy, number) if number < BEYOND_KEYS else None
    if found is None:
        raise Http404
    return found
