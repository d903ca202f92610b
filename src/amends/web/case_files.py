"""Files that the desk puts on a case's shelf."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.web.case_doing import onward
from amends.web.case_page import page
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.uploads import uploads_of
from amends.web.who import acting, needs


@require_POST
@needs("receive")
def add_files(request: HttpRequest, number: int) -> HttpResponse:
    """Will keep the files of the form as proof of the case, given by the merchant."""
    me = acting(request)
    if number >= BEYOND_KEYS or front().cases.case(number, me.merchants) is None:
        raise Http404
    try:
        uploads = uploads_of(request)
        if not uploads:
            raise bad_value(
                "files", "choose at least one photo, video or PDF", "请至少选择一张照片、一段视频或一个 PDF"
            )
        front().evidence.add(number, me, uploads, request.POST.get("text", "")[:1000])
    except UnableToWork as fault:
        return page(request, number, "evidence", fault, status=409)
    return HttpResponseRedirect(onward(request, number, "evidence"))
