"""The pages of messages: which there are, and one with its text, its places and a preview."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.settings.gate import UnableToSet
from amends.desk.settings.messages import Which
from amends.facts.codes import REASONS
from amends.facts.letters import (
    EVENTS,
    PLACES,
    SAMPLE,
    TONGUES,
    Template,
    UnableToReadTemplate,
    built_in,
    check_template,
)
from amends.facts.letters import (
    render as fill,
)
from amends.web.front import front
from amends.web.setup.gate import acting, keepers_only, plain
from amends.web.tongues import NAMES, tongue


@require_safe
@keepers_only
def message_list(request: HttpRequest) -> HttpResponse:
    """Will list every message with its own texts."""
    merchants = front().settings.messages.merchants(acting(request))
    merchant = _merchant(request.GET, merchants)
    own = front().settings.messages.own(merchant, acting(request)) if merchants else ()
    rows = [(event, [one for one in own if one.event == event]) for event in EVENTS]
    shown = {
        "rows": rows,
        "merchants": merchants,
        "merchant": merchant,
        "tongues": [(code, NAMES[code][1], NAMES[code][0]) for code in TONGUES],
        "names": {code: name for code, (_, name) in NAMES.items()},
    }
    return render(request, "setup/messages.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def message_page(request: HttpRequest, event: str) -> HttpResponse:
    """Will show one message in one language; keep an own text, or let the built-in one hold again."""
    which = _which(request, event)
    desk, person = front().settings.messages, acting(request)
    own = desk.template(which, person)
    if request.method != "POST":
        return _page(request, which, own or built_in(which.event, which.reason, which.language), own)
    typed = _typed(request)
    try:
        if request.POST.get("do") == "reset":
            desk.reset(which, person)
        else:
            desk.keep(which, typed, person, front().now())
    except UnableToSet as fault:
        return _page(request, which, typed, own, fault)
    return HttpResponseRedirect(f"/settings/messages/{event}?{_address(which)}&done={request.POST.get('do', 'save')}")


@require_POST
@keepers_only
def preview(request: HttpRequest, event: str) -> HttpResponse:
    """Will show the typed text filled in for a made-up case."""
    which = _which(request, event)
    return render(request, "setup/message_preview.html", _previewed(which, _typed(request)))


def _which(request: HttpRequest, event: str) -> Which:
    given = request.POST if request.method == "POST" else request.GET
    merchants = front().settings.messages.merchants(acting(request))
    language = given.get("language", "") or tongue()
    reason = given.get("reason", "")
    if event not in EVENTS or not merchants or language not in TONGUES or (reason and reason not in REASONS):
        raise Http404
    return Which(_merchant(given, merchants), event, reason, language)


def _merchant(given: Mapping[str, str], merchants: list[str]) -> str:
    wanted = given.get("merchant", "")
    return wanted if wanted in merchants else next(iter(merchants), "")


def _typed(request: HttpRequest) -> Template:
    return Template(request.POST.get("subject", "").strip(), plain(request.POST.get("text", "")).strip())


def _address(which: Which) -> str:
    return urlencode({"merchant": which.merchant, "language": which.language, "reason": which.reason})


def _previewed(which: Which, template: Template) -> dict[str, object]:
    try:
        check_template(template)
    except UnableToReadTemplate as fault:
        return {"unread": fault, "html": NAMES[which.language][0]}
    subject, text = fill(which.event, which.reason, which.language, SAMPLE[which.language], template)
    return {"subject": subject, "text": text, "html": NAMES[which.language][0]}


def _page(
    request: HttpRequest, which: Which, typed: Template, own: Template | None, fault: UnableToSet | None = None
) -> HttpResponse:
    shown = {
        "which": which,
        "typed": typed,
        "own": own,
        "fault": fault,
        "done": request.GET.get("done", ""),
        "merchants": front().settings.messages.merchants(acting(request)),
        "tongues": [(code, NAMES[code][1], NAMES[code][0]) for code in TONGUES],
        "reasons": sorted(REASONS),
        "places": [(name, says) for name, says in PLACES.items()],
        **_previewed(which, typed),
    }
    return render(request, "setup/message.html", shown, status=409 if fault else 200)
