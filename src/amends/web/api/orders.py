"""Shops and orders: what a shop's system tells, from which cases are opened."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router

from amends.facts.orders import PARTS, Contact
from amends.web.api import answers_house as h
from amends.web.api import told
from amends.web.api.calls import allowed, once
from amends.web.api.routes import Key, answers, scoped
from amends.web.api.schemas import OrderIn
from amends.web.front import front

router: Final = Router(tags=["orders"])
Name = Annotated[str, Path(min_length=1, max_length=120)]


@router.get("/shops", response=answers(h.ShopsTold), operation_id="list_shops", summary="The shops",
            openapi_extra=scoped("settings:read"))  # fmt: skip
def shops(request: HttpRequest) -> HttpResponse:
    """Those of the token's merchant."""
    person = allowed(request, "settings:read")
    items = [
        {
            "name": one.name,
            "merchant": one.merchant,
            "channel": one.channel,
            "market": one.market,
            "currency": one.currency,
        }
        for one in front().settings.shops.shops(person)
    ]
    return told.reply(request, {"items": items})


@router.put("/shops/{shop}/orders/{number}", response=answers(h.OrderPut), operation_id="tell_order",
            summary="Tell an order", openapi_extra=scoped("orders:write"))  # fmt: skip
def tell(
    request: HttpRequest, shop: Name, number: Name, body: Annotated[OrderIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """In place of what was told before; the very same again changes nothing. The parts are those of a case file without its request."""
    person = allowed(request, "orders:write")
    parts = {name: value for name, value in body.model_dump(exclude_none=True).items() if name in PARTS}
    contact = Contact(body.contact.email, body.contact.phone, body.contact.name)

    def do() -> Any:
        changed = front().orders.tell(person, shop, number, parts, contact)
        if body.contact.marketing is not None:
            front().win_back.consent(person, shop, contact.email, agrees=body.contact.marketing)
        return told.answer({"shop": shop, "number": number, "changed": changed})

    return once(request, do, needed=False)


@router.get("/shops/{shop}/orders/{number}", response=answers(h.OrderTold), operation_id="read_order",
            summary="An order as it is kept", openapi_extra=scoped("orders:read"))  # fmt: skip
def read(request: HttpRequest, shop: Name, number: Name) -> HttpResponse:
    """Without the buyer's contact, which is never given out."""
    found = front().orders.get(allowed(request, "orders:read"), shop, number)
    shown = {
        "shop": found.shop,
        "number": found.number,
        "file": dict(found.file),
        "updated_at": found.updated_at.isoformat(),
    }
    return told.reply(request, shown)
