"""The look through everything that is sealed, asked for on a page and done by the runner; its progress and what it found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from amends.facts.vault import AuditRun
from amends.web.front import front
from amends.web.who import acting, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("people")
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Will ask for a look, or show how far the last one is and what it found about the person's merchants."""
    me, desk = acting(request), front().vault
    if request.method == "POST":
        desk.ask_for_look(me)
        return HttpResponseRedirect("/audit/verify")
    run = desk.runs.last()
    mine = (
        [] if run is None else [one for one in run.findings if me.merchants is None or one["merchant"] in me.merchants]
    )
    shown = {
        "run": run,
        "going": run is not None and run.state in ("waiting", "running"),
        "found": mine,
        "others": _others(run, len(mine)),
        "last_digest": desk.digests.last(),
        "sees_all": me.merchants is None,
    }
    part = "parts/audit_run.html" if request.headers.get("HX-Request") else "audit_verify.html"
    return render(request, part, shown)


def _others(run: AuditRun | None, mine: int) -> int:
    return 0 if run is None else max(0, run.found - mine)
