"""Withdrawing from the contract on the page: a statement, a separate confirmation, and an acknowledgement that can be kept.

No sign-in, no reason. Whoever has found their order chooses its lines; whoever has not gives name, contract and where the
acknowledgement is to go, which is all that the Directive lets a trader ask for.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from amends.desk.cases.faults import UnableToWork
from amends.desk.portal.desk import PortalDesk
from amends.desk.portal.lines import line_looks
from amends.desk.portal.withdrawal import checked, declare, has_function, period_of
from amends.facts.orders import ShopOrderFile
from amends.facts.shops import KeptShop
from amends.facts.withdrawal import KeptStatement, Statement
from amends.web.front import front
from amends.web.portal.find import UnableToLookMore, look_up
from amends.web.portal.frame import for_buyers, missing, page, said, shop_address
from amends.web.portal.receipt import receipt_of
from amends.web.portal.session import order_of, remember
from amends.web.portal.token import number_of, token_of
from amends.web.tongues import tongue

_SALT: Final = "amends.portal.statement"
_DAY: Final = 24 * 60 * 60
_FORMS: Final = {"txt": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8"}


@for_buyers("GET", "HEAD", "POST")
def state(request: HttpRequest, shop: KeptShop) -> HttpResponse:
    """Will take the statement, and show it once more with the button that confirms it."""
    order = order_of(request, shop)
    if not _is_offered(shop, order):
        return missing(request, shop)
    if request.method != "POST":
        return _form(request, shop, order, _prefilled(order))
    statement = _typed(request, order)
    try:
        whole = checked(statement)
    except UnableToWork as fault:
        return _form(request, shop, order, statement, fault)
    found = order or _identified(request, shop, whole)
    if found is not None and order is None and request.POST.get("scope") == "part":
        return remember(HttpResponseRedirect(f"{shop_address(shop)}/withdraw?part=1"), shop, found)
    return _confirmation(request, shop, whole, found)


@for_buyers("POST")
def confirm(request: HttpRequest, shop: KeptShop) -> HttpResponse:
    """Will receive the statement at this instant and acknowledge it."""
    try:
        told: dict[str, Any] = signing.loads(request.POST.get("statement", ""), salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        return HttpResponseRedirect(f"{shop_address(shop)}/withdraw")
    if told.pop("shop") != shop.number:
        return missing(request, shop)
    number = told.pop("found")
    told["lines"] = [(str(line), int(many)) for line, many in told["lines"]]
    order = front().portal.order(shop.name, number) if number else None
    kept = declare(front().portal, shop, Statement(**told), order, receipt_of)
    return HttpResponseRedirect(f"{shop_address(shop)}/withdraw/{token_of('statement', kept.number)}")


@for_buyers("GET", "HEAD")
def received(request: HttpRequest, shop: KeptShop, token: str) -> HttpResponse:
    """Will show the acknowledgement, with files of it to keep."""
    kept = _kept(shop, token)
    if kept is None:
        return missing(request, shop)
    shown = {
        "kept": kept,
        "text": receipt_of(kept, shop)[1],
        "token": token,
        "cases": [(key, token_of("case", number)) for number, key in kept.cases],
        "market": kept.market,
    }
    return page(request, shop, "portal/withdraw_received.html", shown)


@for_buyers("GET", "HEAD")
def receipt(request: HttpRequest, shop: KeptShop, token: str, form: str) -> HttpResponse:
    """Will hand out the acknowledgement as a file: plain text, or a page that stands alone."""
    kept = _kept(shop, token)
    if kept is None or form not in _FORMS:
        return missing(request, shop)
    subject, text = receipt_of(kept, shop)
    head = {"Content-Disposition": f'attachment; filename="withdrawal-{kept.number}.{form}"'}
    if form == "txt":
        return HttpResponse(f"{subject}\n\n{text}\n", content_type=_FORMS[form], headers=head)
    answer = page(request, shop, "portal/withdraw_file.html", {"subject": subject, "text": text, "kept": kept})
    answer.headers["Content-Disposition"] = head["Content-Disposition"]
    return answer


def _is_offered(shop: KeptShop, order: ShopOrderFile | None) -> bool:
    return has_function(shop.market) or (order is not None and has_function(order.sold_in))


def _identified(request: HttpRequest, shop: KeptShop, statement: Statement) -> ShopOrderFile | None:
    """The order that number and address of a statement fit. Whoever looked too often is still heard; a person looks then."""
    try:
        return look_up(request, shop, statement.order, statement.means)
    except UnableToLookMore:
        return None


def _prefilled(order: ShopOrderFile | None) -> Statement:
    if order is None:
        return Statement("", "", "", tongue(), "")
    return Statement(order.contact.name, order.number, order.contact.email, tongue(), "")


def _typed(request: HttpRequest, order: ShopOrderFile | None) -> Statement:
    given = request.POST
    lines = []
    if order is not None:
        for look in line_looks(front().portal, order):
            many = given.get(f"many-{look.id}", "1")
            if look.id in given.getlist("line") and many.isascii() and many.isdigit() and len(many) < 6:
                lines.append((look.id, max(1, min(int(many), look.quantity))))
    return Statement(
        name=given.get("name", ""),
        order=order.number if order is not None else given.get("order", ""),
        means=given.get("means", ""),
        language=tongue(),
        once=secrets.token_urlsafe(24),
        lines=tuple(lines),
        what=given.get("what", "") if given.get("scope") == "part" else "",
    )


def _form(
    request: HttpRequest,
    shop: KeptShop,
    order: ShopOrderFile | None,
    statement: Statement,
    fault: UnableToWork | None = None,
) -> HttpResponse:
    desk = front().portal
    shown = {
        "on_withdrawal": True,
        "order": order,
        "statement": statement,
        "things": line_looks(desk, order) if order is not None else (),
        "period": _period(desk, order),
        "fault": fault and said(fault),
        "fault_field": fault.field if fault else "",
        "market": order.sold_in if order is not None else shop.market,
    }
    return page(request, shop, "portal/withdraw.html", shown, 409 if fault else 200)


def _period(desk: PortalDesk, order: ShopOrderFile | None) -> object:
    return period_of(desk, order) if order is not None and has_function(order.sold_in) else None


def _confirmation(
    request: HttpRequest, shop: KeptShop, statement: Statement, order: ShopOrderFile | None
) -> HttpResponse:
    looks = {look.id: look for look in line_looks(front().portal, order)} if order is not None else {}
    titles = [f"{looks[line].title} × {many}" for line, many in statement.lines if line in looks]
    told = {**asdict(statement), "titles": titles, "shop": shop.number, "found": order.number if order else ""}
    shown = {
        "on_withdrawal": True,
        "statement": statement,
        "titles": titles,
        "signed": signing.dumps(told, salt=_SALT),
        "period": _period(front().portal, order),
        "market": order.sold_in if order is not None else shop.market,
    }
    return page(request, shop, "portal/withdraw_confirm.html", shown)


def _kept(shop: KeptShop, token: str) -> KeptStatement | None:
    number = number_of("statement", token)
    kept = front().portal.statements.get(number) if number is not None else None
    return kept if kept is not None and kept.shop == shop.name else None
