"""A case for its buyer, known by its token: how far it is, and all that can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.offer import answer_offer
from amends.desk.cases.remedy_look import remedy_look
from amends.desk.flags.look_again import told_check
from amends.desk.freight.booked_look import label_for_buyer
from amends.desk.freight.look import freight_of
from amends.desk.portal import following
from amends.desk.portal.desk import buyer_of
from amends.desk.station.told import told_inspection
from amends.desk.tracking.look import return_of
from amends.facts.flags import ANSWER_DAYS, LONGEST_OBJECTION
from amends.facts.log import Actor
from amends.facts.shops import KeptShop
from amends.facts.waybills import carrier_of
from amends.facts.work import CaseState
from amends.web.files import preview_answer
from amends.web.front import front
from amends.web.portal.frame import for_buyers, missing, page, said, shop_address
from amends.web.portal.session import order_of
from amends.web.portal.token import number_of
from amends.web.uploads import uploads_of

_DONE: Final = frozenset(
    {"sent", "say", "give", "answer", "waybill", "withdrawn", "chosen", "consented", "object", "agree", "look_again"}
)
Verb = Callable[[HttpRequest, int, Actor], str]


@for_buyers("GET", "HEAD")
def case_page(request: HttpRequest, shop: KeptShop, token: str) -> HttpResponse:
    """Will show the case."""
    number = case_of(shop, token)
    if number is None:
        return missing(request, shop)
    done = next((one for one in request.GET if one in _DONE), "")
    return _page(request, shop, token, number, done=done)


@for_buyers("GET", "HEAD")
def receipt(request: HttpRequest, shop: KeptShop, token: str) -> HttpResponse:
    """Will show that the request was received, to be printed."""
    return _paper(request, shop, token, "portal/receipt.html")


@for_buyers("GET", "HEAD")
def slip(request: HttpRequest, shop: KeptShop, token: str) -> HttpResponse:
    """Will show the slip to put into the parcel back: the address, the case's number to be read by a scanner."""
    return _paper(request, shop, token, "portal/slip.html")


@for_buyers("GET", "HEAD")
def preview(request: HttpRequest, shop: KeptShop, token: str, sha256: str) -> HttpResponse:
    """Will show a photo that the buyer of this case gave, or one of the inspection that they are told of."""
    number = case_of(shop, token)
    pieces = following.follow(front().portal, number).pieces if number is not None else ()
    found = next((one for one in pieces if one.sha256 == sha256), None)
    seen = told_inspection(front().station, number) if number is not None and found is None else None
    if number is not None and seen is not None and sha256 in seen.photos:
        found = next((one for one in front().evidence.shelf.of_case(number) if one.sha256 == sha256), None)
    return missing(request, shop) if found is None else preview_answer(found)


def buyers_verb(done: str) -> Callable[[Verb], Callable[..., HttpResponse]]:
    """Will make a function one that does something about a case and goes back to its page."""

    def wrap(does: Verb) -> Callable[..., HttpResponse]:
        @for_buyers("POST")
        def pressed(request: HttpRequest, shop: KeptShop, token: str) -> HttpResponse:
            number = case_of(shop, token)
            if number is None:
                return missing(request, shop)
            try:
                tail = does(request, number, buyer_in(shop, number))
            except UnableToWork as fault:
                return _page(request, shop, token, number, fault=fault)
            return HttpResponseRedirect(f"{shop_address(shop)}/case/{token}?{done}=1{tail}")

        pressed.__doc__ = does.__doc__
        return pressed

    return wrap


@buyers_verb("say")
def say(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will write to the shop, with files."""
    following.say(front().portal, number, buyer, request.POST.get("text", ""), uploads_of(request))
    return "#messages"


@buyers_verb("give")
def give(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will give what the shop asked for."""
    uploads, text = uploads_of(request), request.POST.get("text", "")
    if not uploads and not text.strip():
        raise bad_value("files", "add a photo, a video, or a few words", "请上传照片、视频或填写说明")
    following.give(front().portal, number, buyer, text, uploads)
    return ""


@buyers_verb("answer")
def answer(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will answer an offer."""
    said_to = request.POST.get("offer", "")
    offer = int(said_to) if said_to.isascii() and said_to.isdigit() and len(said_to) < 6 else 0
    accepts = request.POST.get("says") == "yes"
    if not accepts and request.POST.get("says") != "no":
        raise bad_value("says", "accept or decline", "请选择接受或拒绝")
    answer_offer(front().portal.cases, number, buyer, offer, accepts=accepts, why=request.POST.get("why", ""))
    return ""


@buyers_verb("waybill")
def sent(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will tell by which parcel the goods go back."""
    waybill = request.POST.get("waybill", "").strip()
    carrier = request.POST.get("carrier", "").strip() or carrier_of(waybill)
    following.sent(front().portal, number, buyer, waybill, carrier)
    return ""


@buyers_verb("withdrawn")
def take_back(request: HttpRequest, number: int, buyer: Actor) -> str:
    """Will take the request back."""
    following.take_back(front().portal, number, buyer)
    return ""


def case_of(shop: KeptShop, token: str) -> int | None:
    """The case of a token, where it is this shop's."""
    number = number_of("case", token)
    state = front().portal.cases.casework.look(number) if number is not None else None
    return number if state is not None and state.shop == shop.name else None


def buyer_in(shop: KeptShop, number: int) -> Actor:
    """The buyer of a case as the log names them."""
    state = front().portal.cases.casework.look(number)
    order = front().portal.order(shop.name, _order_number(state)) if state else None
    if order is not None:
        return buyer_of(order)
    name = str((state.case.get("buyer") or {}).get("name") or "buyer") if state else "buyer"
    return Actor("buyer", name[:120])


def _order_number(state: CaseState) -> str:
    return str((state.case.get("order") or {}).get("id") or "")


def _page(
    request: HttpRequest,
    shop: KeptShop,
    token: str,
    number: int,
    *,
    done: str = "",
    fault: UnableToWork | None = None,
) -> HttpResponse:
    followed = following.follow(front().portal, number)
    shown = {
        **shown_of(shop, token, followed.state),
        "followed": followed,
        "remedy": remedy_look(front().portal.cases, followed.state, followed.history),
        "back": return_of(front().tracking, number),
        "freight": freight_of(front().freight, followed.state),
        "label": label_for_buyer(front().bookings, number),
        **_inspection(number),
        **_check(request, followed, fault),
        "asked_about": front().follow.asked(number),
        "done": done,
        "fault": fault and said(fault),
        "has_order": order_of(request, shop) is not None,
        "text": request.POST.get("text", "")[:4000] if fault else "",
        "waybill": request.POST.get("waybill", "")[:60] if fault else followed.waybill,
    }
    return page(request, shop, "portal/case.html", shown, 409 if fault else 200)


def _inspection(number: int) -> dict[str, Any]:
    """What was found in the goods, with the rules that let something be taken off."""
    told = told_inspection(front().station, number)
    rules = [one for pack in front().rules.packs() for one in pack.rules if told and one.id in told.rules]
    return {"inspection": told, "rules": rules}


def _check(request: HttpRequest, followed: following.Followed, fault: UnableToWork | None) -> dict[str, Any]:
    """A check that was asked for, and what was typed against it."""
    told = told_check(front().flags, followed.state, followed.history.entries)
    typed = request.POST.get("look_again", "")[:LONGEST_OBJECTION] if fault else ""
    return {"check": told, "objecting": typed, "answer_days": ANSWER_DAYS}


def _paper(request: HttpRequest, shop: KeptShop, token: str, template: str) -> HttpResponse:
    number = case_of(shop, token)
    if number is None:
        return missing(request, shop)
    state = following.follow(front().portal, number).state
    code = segno.make(state.key, error="m", micro=False).svg_inline(
        scale=4, border=2, omitsize=True, dark="#000", light="#fff", title=state.key
    )
    drawn = mark_safe(code)  # made by us from the case's number alone; segno writes it as an XML attribute
    return page(request, shop, template, {**shown_of(shop, token, state), "code": drawn})


def shown_of(shop: KeptShop, token: str, state: CaseState) -> dict[str, Any]:
    """What every page about a case shows of it."""
    request = state.case.get("request") or {}
    lines = {str(one["id"]): one for one in (state.case.get("order") or {}).get("lines") or ()}
    asked = request.get("lines") or [{"id": key, "quantity": one.get("quantity", 1)} for key, one in lines.items()]
    address = shop.look.return_addresses[0] if shop.look.return_addresses else None
    return {
        "state": state,
        "case_base": f"{shop_address(shop)}/case/{token}",
        "market": state.market,
        "kind": request.get("kind", ""),
        "reason": request.get("reason", ""),
        "requested_at": request.get("requested_at", ""),
        "order_number": _order_number(state),
        "lines": [(lines.get(str(one["id"]), {}).get("title") or one["id"], one.get("quantity", 1)) for one in asked],
        "address": address,
        "decision": state.decision or {},
    }
