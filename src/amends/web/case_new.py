"""Opening a case on the buyer's behalf: the order first, then what the buyer wants."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.open_case import Wish
from amends.desk.cases.open_for_buyer import known_order, open_for_buyer
from amends.facts.orders import ShopOrderFile
from amends.facts.shops import KeptShop
from amends.facts.words import codes
from amends.web.case_doing import read_number
from amends.web.front import front
from amends.web.who import acting, needs

ROWS: Final = 4
METHODS: Final = ("alipay", "wechat_pay", "card", "paypal", "platform", "balance", "bank", "cod")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("work")
def new_case(request: HttpRequest) -> HttpResponse:
    """Will ask for the order, show what is known of it, and open the case."""
    if request.method != "POST":
        return _page(request, request.GET)
    me, given = acting(request), request.POST
    try:
        shop = _shop(request, given.get("shop", ""))
        number = given.get("order", "").strip()[:120]
        if not number:
            raise bad_value("order", "give the order's number", "请填写订单号")
        found = known_order(front().orders, me, shop.name, number)
        wish = _wish(given, found)
        told = None if found else _told(given, shop)
        opened = open_for_buyer(front().desk, front().orders, me, shop.name, number, wish, told)
    except UnableToWork as fault:
        return _page(request, given, fault)
    return HttpResponseRedirect(f"/cases/{opened.state.number}")


def _page(request: HttpRequest, given: QueryDict, fault: UnableToWork | None = None) -> HttpResponse:
    me = acting(request)
    shops = front().settings.shops.shops(me)
    number, shop = given.get("order", "").strip()[:120], given.get("shop", "")
    found = known_order(front().orders, me, shop, number) if number else None
    shown: dict[str, Any] = {
        "shops": shops,
        "given": given,
        "number": number,
        "found": found,
        "lines": ((found.file.get("order") or {}).get("lines") or ()) if found else (),
        "currency": next((one.currency for one in shops if one.name == shop), ""),
        "kinds": codes("kind")[:-1],
        "reasons": codes("reason"),
        "methods": METHODS,
        "rows": _rows(given),
        "hindrance": fault,
    }
    return render(request, "case_new.html", shown, status=409 if fault else 200)


def _shop(request: HttpRequest, name: str) -> KeptShop:
    shop = next((one for one in front().settings.shops.shops(acting(request)) if one.name == name), None)
    if shop is None:
        raise bad_value("shop", "choose one of the shops", "请选择店铺")
    return shop


def _rows(given: QueryDict) -> list[tuple[str, str, str]]:
    """The lines as they were typed, with empty ones to fill."""
    columns = [given.getlist(f"line_{name}")[:50] for name in ("title", "quantity", "paid")]
    typed = list(zip(*columns, strict=False))
    return [*typed, *[("", "1", "")] * max(0, ROWS - len(typed))]


def _wish(given: QueryDict, found: ShopOrderFile | None) -> Wish:
    chosen = given.getlist("lines")[:500] if found else []
    lines = [(line, read_number(given, f"quantity-{line}", 1)) for line in chosen]
    amount = given.get("amount", "").strip()[:40]
    return Wish(given.get("kind", ""), given.get("reason", ""), lines, amount or None, given.get("text", "")[:4000])


def _told(given: QueryDict, shop: KeptShop) -> dict[str, Any]:
    """An order as the desk writes it down: its lines, what was paid for each, and by which way."""
    lines = [
        {"id": f"l{place}", "title": title.strip()[:300], "quantity": quantity.strip() or "1", "paid": paid.strip()}
        for place, (title, quantity, paid) in enumerate(_rows(given), 1)
        if title.strip() or paid.strip()
    ]
    if not lines:
        raise bad_value(
            "lines", "write down at least one line with what was paid for it", "请至少填写一行商品及实付金额"
        )
    for line in lines:
        if not (line["quantity"].isascii() and line["quantity"].isdigit() and len(line["quantity"]) < 7):
            raise bad_value("lines", "quantities are whole numbers", "数量须为整数")
    order = {
        "lines": [{**line, "quantity": int(line["quantity"])} for line in lines],
        "payments": [{"id": "p1", "method": given.get("method", ""), "captured": given.get("captured", "").strip()}],
    }
    if bought := given.get("bought", "").strip():
        order |= {"paid_at": f"{bought[:10]}T00:00:00+00:00"}
    shipments = []
    if given.get("delivered", "").strip():
        at = f"{given['delivered'][:10]}T12:00:00+00:00"
        shipments = [{"id": "s1", "trace": "delivered", "shipped_at": at, "delivered_at": at}]
    return {"order": order, "shipments": shipments}
