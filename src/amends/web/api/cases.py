"""Cases: opened and decided in one call, listed, read, and worked on by every verb of the desk."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router

from amends.desk.cases.approve import effect
from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.open_case import Opened, Wish, case_file, open_case
from amends.desk.cases.refuse import refusal
from amends.facts.api import CaseQuery
from amends.facts.people import Person
from amends.facts.work import CaseState
from amends.web.api import answers as a
from amends.web.api import answers_remedies as r
from amends.web.api import told
from amends.web.api.calls import allowed, once, see, token_of
from amends.web.api.cursors import cursor, place
from amends.web.api.money import money_of
from amends.web.api.routes import Id, Key, add_verb, answers, scoped
from amends.web.api.schemas import CaseIn
from amends.web.api.verbs import VERBS
from amends.web.front import front

router: Final = Router(tags=["cases"])
Filter = Annotated[str, Query(max_length=120)]
Most = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str, Query(max_length=60)]


@router.post("", response=answers(a.OpenedCase, 201) | {200: a.OpenedCase}, operation_id="open_case",
             summary="Open a case and decide it", openapi_extra=scoped("cases:write"))  # fmt: skip
def open_one(request: HttpRequest, body: Annotated[CaseIn, Body()], idempotency_key: Key = None) -> HttpResponse:
    """The answer holds the decision with its reasons. 201: opened; 200: a case with this key was there and is given as it is."""
    person = allowed(request, "cases:write")

    def do() -> Any:
        made = _opened(person, body)
        new = {"new": made.new}
        return told.answer({**told.case(made.state), **new}, 201 if made.new else 200, made.state.version)

    return once(request, do)


def _opened(person: Person, body: CaseIn) -> Opened:
    desk = front().desk
    shop = front().orders.shelf.shop(body.shop)
    if shop is None or not person.may_see(shop[0]):
        raise UnableToWork("not_found", f"there is no shop {body.shop}", f"没有店铺 {body.shop}", "shop")
    if not person.may("work"):
        raise UnableToWork("not_allowed", f"the role {person.role} opens no case", "当前角色不能新建售后单")
    file, key = _file(person, body)
    return open_case(desk, body.shop, file, key, "api", actor(person), body.buyer)


def _file(person: Person, body: CaseIn) -> tuple[dict[str, Any], str]:
    """The case file to be opened on, and its key."""
    if bool(body.order) == (body.file is not None):
        raise bad_value("order", "give either order or file", "请提供 order 或 file 其中之一")
    if body.file is not None:
        shop_part = {**(body.file.get("shop") or {})} if isinstance(body.file.get("shop", {}), dict) else {}
        shop_part.setdefault("name", body.shop)
        order = body.file.get("order")
        number = str(order.get("id") or "") if isinstance(order, dict) else ""
        key = body.key or str(body.file.get("case") or "")[:120] or front().desk.casework.next_key(body.shop, number)
        return {**body.file, "shop": shop_part, "case": key}, key
    order_file = front().orders.get(person, body.shop, body.order)
    key = body.key or front().desk.casework.next_key(body.shop, body.order)
    wish = Wish(
        body.kind or "",
        body.reason or "",
        [(line.id, line.quantity) for line in body.lines],
        body.amount,
        body.message,
        body.goods,
        body.evidence,
    )
    return case_file(order_file.file, key, wish, front().now().isoformat()), key


@router.get("", response=answers(a.CasePage), operation_id="list_cases", summary="Cases, the newest first",
            openapi_extra=scoped("cases:read"))  # fmt: skip
def list_cases(
    request: HttpRequest, shop: Filter = "", state: Filter = "", status: Filter = "", order: Filter = "",
    key: Filter = "", after: Cursor = "", limit: Most = 50,
) -> HttpResponse:  # fmt: skip
    """`after` is the `next` of the page before."""
    person = allowed(request, "cases:read")
    query = CaseQuery(shop, state, status, order, key, place(after), limit + 1)
    found = front().api.feed.cases(query, person.merchants)
    items = [told.line(one) for one in found[:limit]]
    return told.reply(request, {"items": items, "next": cursor(found[limit - 1].id) if len(found) > limit else None})


@router.get("/{id}", response=answers(a.CaseWhole) | {304: None}, operation_id="read_case", summary="A case whole",
            openapi_extra=scoped("cases:read"))  # fmt: skip
def read_one(request: HttpRequest, id: Id) -> HttpResponse:
    """With its file, the whole decision, and its money where the token may see it. The ETag is the case's version."""
    state: CaseState = see(request, id)
    shown = {**told.case(state, whole=True), "file": state.case, "money": None}
    if "money:read" in token_of(request).scopes:
        shown["money"] = money_of(state)
        return told.reply(request, shown)
    return told.reply(request, shown, state.version)


@router.get("/{id}/log", response=answers(a.LogTold), operation_id="read_log", summary="A case's log",
            openapi_extra=scoped("cases:read"))  # fmt: skip
def read_log(request: HttpRequest, id: Id) -> HttpResponse:
    """Each entry sealed to the one before."""
    state = see(request, id)
    return told.reply(request, told.log(front().desk.casework.history(state.number)))


@router.get("/{id}/deadlines", response=answers(a.DeadlinesTold), operation_id="read_deadlines",
            summary="A case's deadlines", openapi_extra=scoped("cases:read"))  # fmt: skip
def read_deadlines(request: HttpRequest, id: Id) -> HttpResponse:
    """All of them, those that are over too."""
    state = see(request, id)
    return told.reply(request, told.deadlines(front().desk.casework.history(state.number)))


@router.get("/{id}/remedy", response=answers(r.RemedyTold), operation_id="read_remedy",
            summary="Stock held for a case, and what its buyer is asked for", openapi_extra=scoped("cases:read"))  # fmt: skip
def read_remedy(request: HttpRequest, id: Id) -> HttpResponse:
    """What ended is told too."""
    state = see(request, id)
    casework = front().desk.casework
    return told.reply(request, r.remedy(casework.holds(state.number), casework.charges(state.number)))


@router.get("/{id}/messages", response=answers(a.MessagesTold), operation_id="read_messages",
            summary="What was said on a case", openapi_extra=scoped("cases:read"))  # fmt: skip
def read_messages(request: HttpRequest, id: Id) -> HttpResponse:
    """Notes stay inside."""
    state = see(request, id)
    return told.reply(request, told.messages(front().desk.casework.history(state.number)))


@router.get("/{id}/offers", response=answers(a.OffersTold), operation_id="read_offers", summary="A case's offers",
            openapi_extra=scoped("cases:read"))  # fmt: skip
def read_offers(request: HttpRequest, id: Id) -> HttpResponse:
    """Oldest first."""
    state = see(request, id)
    history = front().desk.casework.history(state.number)
    return told.reply(request, {"items": [told.offer(one, state.currency) for one in history.offers]})


@router.get("/{id}/effect", response=answers(a.EffectTold), operation_id="read_effect",
            summary="What approving would do", openapi_extra=scoped("money:read"))  # fmt: skip
def read_effect(request: HttpRequest, id: Id) -> HttpResponse:
    """Nothing is written."""
    person = allowed(request, "money:read")
    return told.reply(request, told.effect(effect(front().desk, id, person)))


@router.get("/{id}/refusal", response=answers(a.RefusalTold), operation_id="read_refusal",
            summary="What stands for and against refusing", openapi_extra=scoped("cases:read"))  # fmt: skip
def read_refusal(request: HttpRequest, id: Id) -> HttpResponse:
    """Nothing is written."""
    person = allowed(request, "cases:read")
    seen = refusal(front().desk, id, person)
    shown = {
        "allowed": seen.allowed,
        "may_override": seen.may_override,
        "rules": list(seen.rules),
        "alternatives": list(seen.alternatives),
    }
    return told.reply(request, shown)


for _verb in VERBS:
    add_verb(router, _verb)
