"""Disputes as the outside reads them, and the signs of payments that a shop's system tells."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router

from amends.desk.cases.faults import UnableToWork, not_found
from amends.desk.disputes.look import look, page
from amends.desk.disputes.rule import NewDispute, open_by_hand
from amends.desk.disputes.signs import SignsTold, tell_signs
from amends.facts.dispute_list import VIEWS, DisputeQuery
from amends.web.api import answers_disputes as d
from amends.web.api import told
from amends.web.api.calls import allowed, once
from amends.web.api.routes import Id, Key, answers, scoped
from amends.web.api.schemas_disputes import DisputeIn, SignsIn
from amends.web.api.told_disputes import shown, whole
from amends.web.front import front

router: Final = Router(tags=["disputes"])
Name = Annotated[str, Path(min_length=1, max_length=120)]
Reference = Annotated[str, Path(min_length=1, max_length=160)]


@router.get("/disputes", response=answers(d.DisputesTold), operation_id="list_disputes", summary="Disputes",
            openapi_extra=scoped("cases:read"))  # fmt: skip
def disputes(request: HttpRequest, view: str = "ours", number: int = 1) -> HttpResponse:
    """Fifty a page (`number`), the nearest clock first. `view`: ours, open, over, loose or all; anything else counts as ours."""
    person = allowed(request, "cases:read")
    query = DisputeQuery(view if view in VIEWS else "ours", page=min(100_000, max(1, number)))
    found = page(front().disputes, query, person)
    return told.reply(request, {"items": [shown(line.dispute) for line in found.lines], "total": found.total})


@router.get("/cases/{id}/disputes", response=answers(d.DisputesTold), operation_id="list_case_disputes",
            summary="A case's disputes", openapi_extra=scoped("cases:read"))  # fmt: skip
def of_case(request: HttpRequest, id: Id) -> HttpResponse:
    """The newest first."""
    person = allowed(request, "cases:read")
    state = front().desk.casework.look(id)
    if state is None or not person.may_see(state.merchant):
        raise not_found(id)
    items = [shown(one) for one in front().disputes.book.of_case(id)]
    return told.reply(request, {"items": items, "total": len(items)})


@router.post("/cases/{id}/disputes", response=answers(d.DisputeWhole), operation_id="open_dispute",
             summary="Write down a dispute that no gateway tells of", openapi_extra=scoped("cases:write"))  # fmt: skip
def open_dispute(
    request: HttpRequest, id: Id, body: Annotated[DisputeIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """The same reference again gives what is there."""
    person = allowed(request, "cases:write")
    new = NewDispute(**body.model_dump())

    def do() -> Any:
        number = open_by_hand(front().disputes, id, person, new)
        return told.answer(whole(look(front().disputes, number, person)))

    return once(request, do)


@router.put("/shops/{shop}/payments/{reference}/signs", response=answers(d.SignsPut), operation_id="tell_signs",
            summary="Tell who made a payment", openapi_extra=scoped("orders:write"))  # fmt: skip
def signs(
    request: HttpRequest,
    shop: Name,
    reference: Reference,
    body: Annotated[SignsIn, Body()],
    idempotency_key: Key = None,
) -> HttpResponse:
    """What Compelling Evidence 3.0 is compared by. In place of what was told before; never the number of a card."""
    person = allowed(request, "orders:write")
    given = SignsTold(**body.model_dump())

    def do() -> Any:
        mine = [one for one in front().settings.shops.shops(person) if one.name == shop]
        if not mine:
            raise UnableToWork("not_found", f"there is no shop {shop}", f"没有店铺 {shop}")
        new = tell_signs(front().disputes, person, shop, mine[0].merchant, reference, given)
        return told.answer({"shop": shop, "reference": reference, "new": new})

    return once(request, do, needed=False)
