"""What is written to receivers of reports, and the page behind their link: yes, I want it; no more, please."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk.reports.desk import UnableToReport
from amends.facts.reports import LetterText, Report, Span
from amends.learn.reports.gather import Gathered
from amends.learn.reports.workbook import Tongue as BookTongue
from amends.web.front import front
from amends.web.portal.token import number_of, token_of
from amends.web.report_content import book_tongue, content_of, moment_words, tongue_of
from amends.web.words import page_words

_WHAT = "report"


class ReportWriter:
    """Implements `amends.desk.reports.ports.Writer` with the words of the pages."""

    def content(self, told: Gathered, as_of: datetime | None, zone: ZoneInfo, *, stale: bool) -> Mapping[str, Any]:
        """Will give a report as plain values, to be drawn."""
        own = tongue_of(told.report.language)
        when = moment_words(as_of.astimezone(zone) if as_of else None, zone.key, own)
        return content_of(told, when, page_words("reports.stale", own) if stale else "")

    def tongue(self, language: str) -> BookTongue:
        """Will give how a workbook speaks."""
        return book_tongue(language)

    def letter(self, report: Report, span: Span, leave: str) -> LetterText:
        """Will give the mail that a report goes with."""
        own = tongue_of(report.language)
        told = {"name": report.name, "first": span.first, "last": span.last}
        text = "\n\n".join(
            [page_words("reports.letter_text", own, **told), page_words("reports.letter_leave", own, leave=leave)]
        )
        return LetterText(page_words("reports.letter_subject", own, **told), text, leave)

    def question(self, report: Report, merchant: str, link: str) -> LetterText:
        """Will give the mail that asks an address whether it wants a report."""
        own = tongue_of(report.language)
        told = {"name": report.name, "merchant": merchant}
        parts = [
            page_words("reports.question_text", own, **told),
            page_words("reports.question_yes", own, link=link),
            page_words("reports.question_no", own),
        ]
        return LetterText(page_words("reports.question_subject", own, **told), "\n\n".join(parts), link)


def receiver_link(address: str, receiver: int) -> str:
    """Where a receiver answers, at the address under which this house is reached; "" where nobody said it."""
    return f"{address}/r/{token_of(_WHAT, receiver)}" if address else ""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def receiver(request: HttpRequest, token: str) -> HttpResponse:
    """Will show a receiver what their link is about, and keep what they say. Nothing changes by opening it: mail programs do that alone."""
    number = _known(token)
    if request.method == "POST":
        front().reports.say(number, yes=request.POST.get("say") == "yes")
        return HttpResponseRedirect(f"/r/{token}")
    kept, one = front().reports.receiver(number)
    answer = render(request, "report_receiver.html", {"report": kept.report, "receiver": one, "token": token})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@csrf_exempt
@login_not_required
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Will send a receiver no more, as mail programs ask for it by one press (RFC 8058)."""
    front().reports.say(_known(token), yes=False)
    return HttpResponse("OK", content_type="text/plain")


def _known(token: str) -> int:
    number = number_of(_WHAT, token)
    try:
        front().reports.receiver(number or 0)
    except UnableToReport as gone:
        raise Http404 from gone
    return number or 0
