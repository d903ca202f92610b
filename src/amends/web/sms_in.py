"""Where providers of text messages tell what became of them, and messages of buyers that wait for a person."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from amends.desk.cases.faults import UnableToWork
from amends.web.front import front
from amends.web.hooks import answered
from amends.web.mails import case_in, mails_page
from amends.web.who import acting, needs


@csrf_exempt
@login_not_required
@require_POST
def hook(request: HttpRequest, token: str) -> HttpResponse:
    """Will take in what a provider tells: 404 for an address that nobody was given, 401 for what proves nothing."""
    query = request.META.get("QUERY_STRING", "")
    return answered(
        request, lambda headers, body: front().talk.texts_in.take(token, headers, body, query), "no such address"
    )


@require_POST
@needs("work")
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Will put a text message on a case, or aside."""
    desk, person = front().talk.texts_in, acting(request)
    try:
        if request.POST.get("do", "") == "assign":
            case = case_in(request.POST.get("case", ""))
            desk.assign(number, case, person)
            return HttpResponseRedirect(f"/cases/{case}#talk")
        desk.ignore(number, person)
    except UnableToWork as fault:
        if fault.code == "not_found" and not fault.field:
            raise Http404 from fault
        return mails_page(request, {"fault": fault, "at": number}, 409)
    return HttpResponseRedirect("/mails")
