"""Mails that wait for a person: which case they belong to, or that they belong to none."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.facts.reading import pieces
from amends.web.front import front
from amends.web.who import acting, needs


@require_safe
@needs("work")
def mails(request: HttpRequest) -> HttpResponse:
    """Will list the mails that wait."""
    return mails_page(request)


def mails_page(request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The mails and text messages that wait."""
    person = acting(request)
    shown = {"mails": front().mail.mails.waiting(person), "texts": front().talk.texts_in.waiting(person)}
    return render(request, "mails.html", shown | (more or {}), status=status)


@require_safe
@needs("work")
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """Will show a mail with the cases that it may be about."""
    return _page(request, number)


@require_safe
@needs("work")
def raw(request: HttpRequest, number: int) -> HttpResponse:
    """Will hand a mail out as it came, as a file."""
    try:
        content = front().mail.mails.raw(number, acting(request))
    except UnableToWork as fault:
        raise Http404 from fault
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="mail-{number}.eml"'
    return answer


@require_POST
@needs("work")
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Will put a mail on a case, put it aside, or have it wait again."""
    desk, person, do = front().mail.mails, acting(request), request.POST.get("do", "")
    try:
        if do == "assign":
            found = desk.assign(number, case_in(request.POST.get("case", "")), person)
            return HttpResponseRedirect(f"/cases/{found.number}")
        (desk.wait_again if do == "again" else desk.ignore)(number, person)
    except UnableToWork as fault:
        if fault.code == "not_found" and not fault.field:
            raise Http404 from fault
        return _page(request, number, {"fault": fault}, 409)
    return HttpResponseRedirect("/mails")


def case_in(text: str) -> int:
    """The number of a case as it was typed. Raises `UnableToWork`."""
    digits = text.strip().removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise bad_value("case", "the number that the case has in its address here", "请填写售后单页面网址中的编号")
    return int(digits)


def _page(request: HttpRequest, number: int, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    try:
        kept, place = front().mail.mails.look(number, acting(request))
    except UnableToWork as fault:
        raise Http404 from fault
    reading = front().reading.reader(kept.merchant)(kept.text)
    shown = {"mail": kept, "place": place, "reading": reading, "pieces": pieces(kept.text, reading.marks)}
    return render(request, "mail.html", shown | (more or {}), status=status)
