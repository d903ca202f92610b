"""Reviews: told by a shop's system, read with their answers, and noted once an answer stands on the platform."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router

from amends.desk.cases.faults import bad_value
from amends.facts.reviews import STATES, Review, ReviewQuery
from amends.web.api import answers_reviews as r
from amends.web.api import told
from amends.web.api.calls import allowed, once
from amends.web.api.cursors import cursor, place
from amends.web.api.orders import Name
from amends.web.api.routes import Id, Key, answers, scoped
from amends.web.api.schemas import NothingIn
from amends.web.api.schemas_reviews import ReviewsIn
from amends.web.front import front

router: Final = Router(tags=["reviews"])
Cursor = Annotated[str, Query(max_length=60)]
Most = Annotated[int, Query(ge=1, le=200)]
Filter = Annotated[str, Query(max_length=120)]


@router.post("/shops/{shop}/reviews", response=answers(r.ReviewsTaken), operation_id="tell_reviews",
             summary="Tell reviews", openapi_extra=scoped("reviews:write"))  # fmt: skip
def tell(
    request: HttpRequest, shop: Name, body: Annotated[ReviewsIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """Each once by the platform's number; the same again changes nothing. Those at fault are told one by one, the others are kept."""
    person = allowed(request, "reviews:write")
    rows = [
        (at, {name: str(value) for name, value in one.model_dump().items()}) for at, one in enumerate(body.items, 1)
    ]

    def do() -> Any:
        found = front().reviews.take_in(person, shop, rows)
        faults = [{"row": one.row, "field": one.field, "en": one.says.en, "zh": one.says.zh} for one in found.faults]
        taken = found.taken
        return told.answer({"new": taken.new, "changed": taken.changed, "same": taken.same, "faults": faults})

    return once(request, do, needed=False)


@router.get("/reviews", response=answers(r.ReviewsTold), operation_id="list_reviews", summary="Reviews",
            openapi_extra=scoped("reviews:read"))  # fmt: skip
def listed(
    request: HttpRequest,
    shop: Filter = "",
    state: Filter = "",
    after: Cursor = "",
    limit: Most = 50,
) -> HttpResponse:
    """Those taken in last first. With `state=approved`: the answers that wait to be put on the platform."""
    person = allowed(request, "reviews:read")
    if state and state not in STATES:
        raise bad_value("state", f"one of {', '.join(STATES)}", f"须为 {'、'.join(STATES)} 之一")
    query = ReviewQuery(shop, state=state)
    found = front().reviews.after(person, query, place(after), limit + 1)
    following = cursor(found[limit - 1].number) if len(found) > limit else None
    return told.reply(request, {"items": [_told(one) for one in found[:limit]], "next": following})


@router.post("/reviews/{id}/answered", response=answers(r.ReviewAnswered), operation_id="review_answered",
             summary="Note that an answer is out", openapi_extra=scoped("reviews:write"))  # fmt: skip
def answered(
    request: HttpRequest, id: Id, body: Annotated[NothingIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """The approved answer stands on the platform now. A second time changes nothing."""
    person = allowed(request, "reviews:write")
    return once(request, lambda: told.answer(_told(front().reviews.answered(person, id))))


def _told(one: Review) -> told.Json:
    text = one.told.answer if one.state == "answered" else one.draft if one.state == "approved" else None
    return {
        "id": one.number,
        "shop": one.shop,
        "review": one.told.review,
        "stars": one.told.stars,
        "at": one.told.at.isoformat(),
        "order": one.told.order,
        "sku": one.told.sku,
        "kind": one.told.kind,
        "state": one.state,
        "answer": text,
        "answered_at": told.when(one.told.answered_at),
        "case": one.case[0] if one.case else None,
    }
