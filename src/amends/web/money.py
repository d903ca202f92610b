"""Paying out on the case page: the panel with its preview, and the verbs behind its buttons."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.give import give_extra, give_gift, settle_gift
from amends.desk.cases.money_plans import money_no, money_yes
from amends.desk.finding import UnableToFindCase
from amends.desk.money_desk import PayoutView
from amends.desk.pay_out import UnableToPayOut, UnableToPromise
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.web.front import front
from amends.web.onward import safe_onward
from amends.web.who import acting, needs

MANUAL = "manual"
BEYOND_KEYS = 2**63
"""No database key is as large as this; asking a database for one is an error in some."""


@require_safe
@needs("see")
def panel(request: HttpRequest, number: int) -> HttpResponse:
    """Will show the money panel of a case: asked for again every few seconds while something is under way."""
    return _panel(request, number, by=_by(request.GET.get("by")))


@require_POST
@needs("work")
def pay_out(request: HttpRequest, number: int) -> HttpResponse:
    """Will promise once more what went wrong; `digest` says which plan was seen. The first time, money goes with the answer."""
    digest, by = request.POST.get("digest", ""), _by(request.POST.get("by"))

    def repeat(person: Person) -> None:
        if not front().money.look(number, person, by).repeats:
            raise UnableToPayOut(
                "approve or settle the case; its money goes with that", "请通过“同意”或“退款结案”执行，款项会一并退回"
            )
        front().money.pay_out(number, digest, person, by)

    return _done(request, number, repeat)


@require_POST
@needs("work")
def approve(request: HttpRequest, number: int, plan: int) -> HttpResponse:
    """Will approve a plan that another person proposed."""
    return _done(request, number, lambda person: money_yes(front().desk, number, plan, person))


@require_POST
@needs("work")
def refuse(request: HttpRequest, number: int, plan: int) -> HttpResponse:
    """Will refuse a proposed plan."""
    note = request.POST.get("note", "")[:500]
    return _done(request, number, lambda person: money_no(front().desk, number, plan, person, note))


@require_POST
@needs("work")
def cancel(request: HttpRequest, number: int, step: int) -> HttpResponse:
    """Will cancel a step that was never sent."""
    return _done(request, number, lambda person: front().money.cancel(number, step, person))


@require_POST
@needs("work")
def prove(request: HttpRequest, number: int, step: int) -> HttpResponse:
    """Will record the proof of a step that was paid by hand."""
    proof, confirmed = request.POST.get("proof", ""), request.POST.get("confirmed") == "yes"
    return _done(request, number, lambda person: front().money.prove(number, step, proof, confirmed, person))


@require_POST
@needs("work")
def extra(request: HttpRequest, number: int) -> HttpResponse:
    """Will give something on top of the decision."""
    given = request.POST
    turn = _turn(given.get("turn", ""))
    kind, amount, note = given.get("kind", ""), given.get("amount", "")[:40], given.get("note", "")[:500]
    return _done(request, number, lambda person: give_extra(front().desk, number, person, turn, kind, amount, note))


@require_POST
@needs("work")
def gift(request: HttpRequest, number: int) -> HttpResponse:
    """Will give a coupon, points, a gift or membership; or say yes or no to one, or take it back (`verb`)."""
    given, desk = request.POST, front().desk
    verb, note = given.get("verb", ""), given.get("note", "").replace("\x00", "")[:500]
    if verb:
        which = _turn(given.get("gift", ""))
        return _done(request, number, lambda person: settle_gift(desk, number, person, which, verb, note))
    kind, what, cost = [given.get(name, "").replace("\x00", "")[:200] for name in ("kind", "what", "cost")]
    turn = _turn(given.get("turn", ""))
    return _done(request, number, lambda person: give_gift(desk, number, person, turn, kind, what, cost, note))


@require_POST
@needs("work")
def undo(request: HttpRequest, number: int, step: int) -> HttpResponse:
    """Will take back a step that can be taken back."""
    return _done(request, number, lambda person: front().money.undo(number, step, person))


def _done(request: HttpRequest, number: int, verb: Callable[[Person], object]) -> HttpResponse:
    """Will do it and show the panel; where it could not be done, the panel with the reason. Without scripts, the case page."""
    if number >= BEYOND_KEYS:
        raise Http404
    fault: Says | None = None
    try:
        verb(acting(request))
    except UnableToFindCase:
        raise Http404 from None
    except UnableToWork as hindered:
        if hindered.code == "not_found":
            raise Http404 from None
        fault = hindered.says
    except (UnableToPayOut, UnableToPromise) as hindered:
        fault = hindered.says
    if request.headers.get("HX-Request"):
        return _panel(request, number, fault, status=200 if fault is None else 409)
    if fault is not None:
        return _panel(request, number, fault, status=409, template="money_alone.html")
    wanted = request.POST.get("next", "")
    return HttpResponseRedirect(safe_onward(request, wanted) if wanted else f"/cases/{number}#pay-out")


def _panel(
    request: HttpRequest,
    number: int,
    fault: Says | None = None,
    *,
    by: str | None = None,
    status: int = 200,
    template: str = "parts/pay_out.html",
) -> HttpResponse:
    shown = panel_context(request, number, by)
    return render(request, template, shown | {"fault": fault}, status=status)


def panel_context(request: HttpRequest, number: int, by: str | None = None) -> dict[str, object]:
    """What the panel's template needs. Raises `Http404` for a case that is not there."""
    me = acting(request)
    stored = front().cases.case(number, me.merchants) if number < BEYOND_KEYS else None
    if stored is None:
        raise Http404
    money: PayoutView = front().money.look(number, me, by)
    return {
        "number": number,
        "payout": money,
        "by": by,
        "can": front().money.can,
        "gift_turn": len([one for one in money.gifts if one.purpose == "case"]),
        "market": stored.line.market,
        "currency": stored.line.currency,
        "me": me,
        "now": front().now(),
    }


def _by(text: str | None) -> str | None:
    """The other way that may be chosen for a repeat: by hand, or none."""
    return MANUAL if text == MANUAL else None


def _turn(text: str) -> int:
    """How many extras there were when the person looked; a number no page of ours could have sent counts as none."""
    return int(text) if re.fullmatch("[0-9]{1,12}", text) else 0
