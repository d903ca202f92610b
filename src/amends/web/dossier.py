"""The dossier of a case for a forum: its checklist, exhibits to choose and put in order, the letter, the building, pages to look at."""

from __future__ import annotations

import tempfile
from typing import Any, Final, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork
from amends.desk.dossiers.desk import DossierLook, ask, choose, dossier_of, look
from amends.desk.dossiers.hand_out import beyond, export, hand_out_pdf
from amends.facts.dossier import PDF, Choice
from amends.facts.vault import Custody
from amends.facts.work import CaseState
from amends.prove.dossier.checklists import forums, proofs, reasons_of
from amends.prove.dossier.letter import MOST
from amends.web.files import SANDBOX
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.who import acting, needs

_BY_CHANNEL: Final = {
    "douyin": "douyin",
    "taobao": "taobao",
    "tmall": "tmall",
    "jd": "jd",
    "pinduoduo": "pinduoduo",
    "wechat": "weixin",
}


@require_safe
@needs("see")
def dossier_page(request: HttpRequest, number: int) -> HttpResponse:
    """Will show the dossier of a case for a forum and a reason; asked again by the page itself, how far its building is."""
    state = _case(request, number)
    forum, reason = _which(request.GET, state)
    try:
        seen = look(front().dossiers, number, acting(request), forum, reason)
    except UnableToWork as fault:
        raise Http404 from fault
    if request.headers.get("HX-Request"):
        return render(request, "parts/dossier_state.html", _shown(request, seen))
    return render(request, "dossier.html", _shown(request, seen))


@require_POST
@needs("work")
def dossier_do(request: HttpRequest, number: int) -> HttpResponse:
    """Will keep what was chosen, move an exhibit up or down, write the letter anew, or have the dossier built."""
    state, me = _case(request, number), acting(request)
    forum, reason = _which(request.POST, state)
    do, desk = request.POST.get("do", "save"), front().dossiers
    try:
        choose(desk, number, me, read_choice(request.POST, forum, reason))
        if do == "build":
            ask(desk, number, me, forum, reason)
    except UnableToWork as fault:
        if fault.field == "forum":
            raise Http404 from fault
        seen = look(desk, number, me, forum, reason)
        return render(request, "dossier.html", {**_shown(request, seen), "hindrance": fault}, status=409)
    place = "#state" if do == "build" else "#exhibits" if do.startswith(("up:", "down:")) else ""
    return HttpResponseRedirect(f"{_address(number, forum, reason)}{place}")


@require_safe
@needs("see")
def dossier_picture(request: HttpRequest, number: int, dossier: int, page: int) -> HttpResponse:
    """Will show a page of a built dossier as whoever reads it sees it; that it was looked at is written down."""
    me, desk = acting(request), front().dossiers
    found = _dossier(request, number, dossier)
    try:
        with desk.vault.evidence.shelf.original(found.sha256) as file:
            shown = desk.vault.covering.page(file.read(), PDF, page)
    except (FileNotFoundError, ValueError) as fault:
        raise Http404 from fault
    if shown is None:
        raise Http404
    if page == 1:
        desk.vault.evidence.shelf.note(found.sha256, Custody("looked_at", actor(me), desk.now(), "", number))
    head = {"Cache-Control": "private, no-store", "Content-Security-Policy": SANDBOX}
    return HttpResponse(shown, content_type="image/jpeg", headers=head)


@require_POST
@needs("work")
def dossier_pdf(request: HttpRequest, number: int, dossier: int) -> HttpResponse:
    """Will hand out the PDF; to whom it and what is in it were given stands in their custody from then on."""
    _dossier(request, number, dossier)
    try:
        found, file = hand_out_pdf(front().dossiers, number, dossier, acting(request))
    except UnableToWork as fault:
        raise Http404 from fault
    return _download(file, found.name, PDF)


@require_POST
@needs("work")
def dossier_export(request: HttpRequest, number: int, dossier: int) -> HttpResponse:
    """Will hand out what the forum wants: the PDF, a form's text and files, or a set of originals with their hashes."""
    _dossier(request, number, dossier)
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by the answer that streams it
    try:
        told = export(front().dossiers, number, dossier, acting(request), file)
    except UnableToWork as fault:
        file.close()
        raise Http404 from fault
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _download(file, told.name, told.mime)


def read_choice(given: QueryDict, forum: str, reason: str) -> Choice:
    """What a form says: which exhibits in which order, what they count as, the letter."""
    files = given.getlist("file")
    shown = set(given.getlist("show"))
    places = {sha: _place(given.get(f"place-{sha}", ""), at) for at, sha in enumerate(files, 1)}
    order = sorted([sha for sha in files if sha in shown], key=lambda sha: places[sha])
    way, _, moved = given.get("do", "").partition(":")
    if moved in order and way in ("up", "down"):
        at = order.index(moved)
        to = max(0, at - 1) if way == "up" else min(len(order) - 1, at + 1)
        order.insert(to, order.pop(at))
    counts = {sha: given.get(f"counts-{sha}", "") for sha in files if given.get(f"counts-{sha}")}
    letter = "" if given.get("do") == "anew" else given.get("letter", "")
    return Choice(forum, reason, tuple(order), counts, letter)


def _place(text: str, otherwise: int) -> tuple[int, int]:
    """Where an exhibit shall stand; two at the same place keep their order."""
    plain = text.strip()
    wanted = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 6 else otherwise
    return wanted, otherwise


def _which(given: QueryDict, state: CaseState) -> tuple[str, str]:
    """The forum and the reason that an address names; else those that the case itself suggests."""
    forum = given.get("forum", "") or _BY_CHANNEL.get(state.channel, "visa")
    if "reason" in given:
        return forum, given.get("reason", "").strip()[:60]
    told = str((state.case.get("dispute") or {}).get("reason_code") or "")
    asked = str((state.case.get("request") or {}).get("reason") or "")
    known = {code for code, _ in reasons_of(forum)} if forum in dict(forums()) else set()
    return forum, next((one for one in (told, asked) if one in known), "")


def _case(request: HttpRequest, number: int) -> CaseState:
    if number >= BEYOND_KEYS:
        raise Http404
    try:
        return front().vault.case(number, acting(request))
    except UnableToWork as fault:
        raise Http404 from fault


def _dossier(request: HttpRequest, number: int, dossier: int) -> Any:
    if dossier >= BEYOND_KEYS or number >= BEYOND_KEYS:
        raise Http404
    try:
        found = dossier_of(front().dossiers, number, dossier, acting(request))
    except UnableToWork as fault:
        raise Http404 from fault
    if not found.sha256:
        raise Http404
    return found


def _address(number: int, forum: str, reason: str) -> str:
    return f"/cases/{number}/dossier?{urlencode({'forum': forum, 'reason': reason})}"


def _download(file: Any, name: str, mime: str) -> HttpResponse:
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=mime)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return cast(HttpResponse, answer)


def _shown(request: HttpRequest, seen: DossierLook) -> dict[str, Any]:
    me, dossier = acting(request), seen.dossier
    wanted = request.GET.get("page", "")
    page = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 1
    pages = dossier.pages if dossier else 0
    reasons = reasons_of(seen.checklist.forum)
    return {
        "me": me,
        "number": seen.state.number,
        "state": seen.state,
        "seen": seen,
        "dossier": dossier,
        "forums": forums(),
        "reasons": reasons,
        "strange_reason": seen.checklist.reason and seen.checklist.reason not in dict(reasons),
        "proofs": proofs(),
        "beyond": beyond(seen),
        "page": max(1, min(page, pages or 1)),
        "pages": pages,
        "before": max(0, page - 1),
        "after": page + 1 if page < pages else 0,
        "most_letter": MOST[seen.checklist.language],
        "can_work": me.may("work"),
        "here": _address(seen.state.number, seen.checklist.forum, seen.checklist.reason),
    }
