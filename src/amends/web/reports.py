"""Reports that are sent again and again: kept, looked at, downloaded, given receivers, and what was sent of each."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.desk.reports.desk import UnableToReport
from amends.desk.reports.make import Maker
from amends.facts.audit import Deed
from amends.facts.dossier import UnableToMakeDossier
from amends.facts.reports import (
    CADENCES,
    LAST_DAY,
    SPANS,
    TONGUES,
    KeptReport,
    Report,
    ReportFiles,
    Span,
    UnableToReadReport,
)
from amends.learn.metrics.catalogue import DIMENSIONS
from amends.web.entry import place_of
from amends.web.front import front
from amends.web.metric_show import words
from amends.web.who import acting, needs

_DONE: Final = ("kept", "on", "off", "ask", "drop", "again")
MOST_PAGES: Final = 12
"""Pages of a preview that are shown; the file has them all."""
_TYPES: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_FIRST: Final = (
    "refund_rate_orders",
    "return_rate_orders",
    "quality_rate",
    "refund_time",
    "intervention_rate",
    "reply_time",
)
"""What a new report is begun with."""


@require_safe
@needs("settings")
def reports(request: HttpRequest) -> HttpResponse:
    """Will list the reports of the person's merchants, when each is due next and how the last time went."""
    return render(request, "reports.html", {"reports": front().reports.all(acting(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("settings")
def new(request: HttpRequest) -> HttpResponse:
    """Will show the form of a new report, and keep it."""
    return _edited(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("settings")
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Will show the form of a report that is there, and keep it anew."""
    return _edited(request, number)


def _edited(request: HttpRequest, number: int | None) -> HttpResponse:
    desk, person, told = front().reports, acting(request), request.POST
    fault: UnableToReadReport | None = None
    try:
        kept = None if number is None else desk.one(person, number).kept
        if request.method == "POST":
            try:
                made = desk.save(person, number, told.dict(), told.getlist("metrics"), told.getlist("shops"))
                return HttpResponseRedirect(f"/reports/{made}?done=kept")
            except UnableToReadReport as found:
                fault = found
    except UnableToReport as gone:
        raise Http404 from gone
    written = _written(request, kept, fault)
    given = {**_choices(request, kept), "kept": kept, "written": written, "fault": fault}
    return render(request, "report_edit.html", given, status=400 if fault else 200)


def _written(request: HttpRequest, kept: KeptReport | None, fault: UnableToReadReport | None) -> dict[str, Any]:
    """What the form shows: what was just written, else what is kept, else what a report is begun with."""
    if fault:
        told = request.POST
        return {**told.dict(), "metrics": told.getlist("metrics"), "shops": told.getlist("shops")}
    shops = front().reports.shops(acting(request))
    report = kept.report if kept else Report("", shops[0].shop if shops else "", _FIRST)
    return {name: str(value) if isinstance(value, int) else value for name, value in report.kept().items()}


def _choices(request: HttpRequest, kept: KeptReport | None) -> dict[str, Any]:
    desk, person = front().reports, acting(request)
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in desk.metrics(person):
        groups.setdefault(one.group, []).append((one.code, words(one.name)))
    shops = [one.shop for one in desk.shops(person) if kept is None or one.merchant == kept.merchant]
    return {
        "groups": list(groups.items()),
        "shops": shops,
        "ways": [(one.code, words(one.name)) for one in DIMENSIONS],
        "spans": SPANS,
        "languages": TONGUES,
        "cadences": CADENCES,
        "weekdays": [str(one) for one in range(7)],
        "month_days": [str(one) for one in range(1, LAST_DAY + 1)],
        "hours": [str(one) for one in range(24)],
    }


@require_safe
@needs("settings")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Will show a report: its pages as they would be sent, to whom it goes, and what was sent."""
    return _page(request, number)


def _page(request: HttpRequest, number: int, fault: UnableToReadReport | None = None) -> HttpResponse:
    desk, person = front().reports, acting(request)
    try:
        view = desk.one(person, number)
    except UnableToReport as gone:
        raise Http404 from gone
    files, hindrance = _shown(request, number)
    pages = 0 if files is None else min(MOST_PAGES, desk.pages(files.pdf))
    given = {
        "view": view,
        "report": view.kept.report,
        "pages": range(1, pages + 1),
        "metrics": [words(one.name) for one in desk.metrics(person) if one.code in view.kept.report.metrics],
        "hindrance": hindrance,
        "fault": fault,
        "written": request.POST.get("address", "") if fault else "",
        "done": request.GET.get("done", "") if request.GET.get("done", "") in _DONE else "",
        "weekday": str(view.kept.report.weekday),
    }
    return render(request, "report.html", given, status=400 if fault else 200)


def _shown(request: HttpRequest, number: int) -> tuple[ReportFiles | None, UnableToMakeDossier | None]:
    try:
        return _made(*_asked(request, number)), None
    except UnableToMakeDossier as lacking:
        return None, lacking


@require_POST
@needs("settings")
def do(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """Will have a report sent or not, take it away, ask a receiver, take one away, or send a mail in trouble again."""
    desk, person, told = front().reports, acting(request), request.POST
    try:
        if verb == "remove":
            desk.remove(person, number)
            return HttpResponseRedirect("/reports")
        if verb in ("on", "off"):
            desk.turn(person, number, on=verb == "on")
        elif verb == "ask":
            desk.ask(person, number, told.get("address", "").replace("\x00", "")[:400])
        elif verb == "drop":
            desk.drop(person, number, _number(told.get("receiver", "")))
        elif verb == "again":
            desk.again(person, number, _number(told.get("post", "")))
        else:
            raise Http404
    except UnableToReport as gone:
        raise Http404 from gone
    except UnableToReadReport as fault:
        return _page(request, number, fault)
    return HttpResponseRedirect(f"/reports/{number}?done={verb}")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@require_safe
@needs("settings")
def picture(request: HttpRequest, number: int, page: int) -> HttpResponse:
    """Will show a page of a report as whoever gets it sees it."""
    try:
        files = _made(*_asked(request, number))
    except (UnableToReport, UnableToMakeDossier) as gone:
        raise Http404 from gone
    shown = front().reports.picture(files.pdf, page) if 1 <= page <= MOST_PAGES else None
    if shown is None:
        raise Http404
    return HttpResponse(shown, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})


@require_safe
@needs("settings")
def download(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Will send what the report tells now, as PDF, as XLSX, or both in one ZIP; that it was sent is written down."""
    try:
        kept, span, *_ = asked = _asked(request, number)
        files = _made(*asked)
    except UnableToReport as gone:
        raise Http404 from gone
    except UnableToMakeDossier:
        return HttpResponseRedirect(f"/reports/{number}")
    return _sent(request, kept, span, files, form)


@require_safe
@needs("settings")
def sent(request: HttpRequest, number: int, run: int, form: str) -> HttpResponse:
    """Will send the files as they went out one time; that it was done is written down."""
    desk, person = front().reports, acting(request)
    try:
        told, files = desk.sent(person, number, run)
        kept = desk.one(person, number).kept
    except UnableToReport as gone:
        raise Http404 from gone
    return _sent(request, kept, told.span, files, form)


def _sent(request: HttpRequest, kept: KeptReport, span: Span, files: ReportFiles, form: str) -> HttpResponse:
    if form not in _TYPES:
        raise Http404
    answer = HttpResponse(content_type=_TYPES[form])
    stem = f"amends-report-{kept.number}-{span.first}-{span.last}"
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{form}"'
    if request.method == "HEAD":
        return answer
    answer.write(files.pdf if form == "pdf" else files.xlsx if form == "xlsx" else _zipped(stem, files))
    deed = Deed(acting(request).name, "exported", kept.merchant, kept.report.name, note=form, place=place_of(request))
    front().people.audit.write(deed, front().now())
    return answer


def _zipped(stem: str, files: ReportFiles) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for end, content in (("pdf", files.pdf), ("xlsx", files.xlsx)):
            archive.writestr(zipfile.ZipInfo(f"{stem}.{end}"), content)
    return out.getvalue()


def _asked(request: HttpRequest, number: int) -> tuple[KeptReport, Span, Maker, int, str, bool]:
    desk = front().reports
    kept, span, at, stale = desk.preview(acting(request), number)
    return kept, span, desk.maker, desk.maker.facts.manifest().turn, str(at.date()), stale


@lru_cache(maxsize=8)
def _made(kept: KeptReport, span: Span, maker: Maker, turn: int, today: str, stale: bool) -> ReportFiles:
    """Made once for facts that did not change (`turn`) within a day: every page of the preview shows them."""
    return maker.make(kept, span, front().now(), stale=stale)
