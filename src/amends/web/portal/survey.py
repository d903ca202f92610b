"""Whether a buyer was content: one question about a case that is over, by the link that the message told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from amends.desk.cases.faults import UnableToWork
from amends.desk.portal import following
from amends.facts.follow_up import LONGEST_REMARK, SCORES
from amends.facts.shops import KeptShop
from amends.web.front import front
from amends.web.portal.case import buyer_in, case_of, shown_of
from amends.web.portal.frame import for_buyers, missing, page, said, shop_address


@for_buyers("GET", "HEAD", "POST")
def survey(request: HttpRequest, shop: KeptShop, token: str) -> HttpResponse:
    """Will show the question with the answer so far, and take one in."""
    number = case_of(shop, token)
    if number is None or front().follow.asked(number) is None:
        return missing(request, shop)
    if request.method != "POST":
        return _page(request, shop, token, number)
    typed = request.POST.get("score", "")
    try:
        score = int(typed) if typed in {str(one) for one in SCORES} else 0
        front().follow.answer(number, buyer_in(shop, number), score, request.POST.get("remark", ""))
    except UnableToWork as fault:
        return _page(request, shop, token, number, fault)
    return HttpResponseRedirect(f"{shop_address(shop)}/case/{token}/survey?done=1")


def _page(
    request: HttpRequest, shop: KeptShop, token: str, number: int, fault: UnableToWork | None = None
) -> HttpResponse:
    asked, state = front().follow.asked(number), following.follow(front().portal, number).state
    assert asked is not None
    shown = {
        **shown_of(shop, token, state),
        "asked": asked,
        "can_answer": asked.can_answer(front().follow.cases.now()),
        "scores": tuple(reversed(SCORES)),
        "longest": LONGEST_REMARK,
        "chosen": request.POST.get("score", "") if fault else str(asked.score or ""),
        "remark": request.POST.get("remark", "")[:LONGEST_REMARK] if fault else asked.remark,
        "done": "done" in request.GET,
        "fault": fault and said(fault),
        "at_fault": fault.field if fault else "",
    }
    return page(request, shop, "portal/survey.html", shown, 409 if fault else 200)
