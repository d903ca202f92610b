"""Reading whole things: an order with all its lines and returns, a return by its name or id, what changed in a window."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from amends.channels.shopify import documents
from amends.channels.shopify.amounts import UnableToReadMoney
from amends.channels.shopify.numbers import is_gid, order_of
from amends.channels.shopify.statuses import nodes
from amends.channels.shopify.talking import Answer, ask
from amends.channels.shopify.told_order import changed_at, told_order
from amends.channels.shopify.told_return import told_return
from amends.facts.channels import Access, UnableToTalk
from amends.facts.orders import Contact
from amends.facts.platforms import Page, ToldCase, ToldOrder, Window
from amends.facts.wire import WireAnswer, WireRequest

T = TypeVar("T")
Talk = Generator[WireRequest, WireAnswer, T]
Thing = Mapping[str, Any]
PAGE: Final = 20
_MOST_PAGES: Final = 20


def order_id(access: Access, number: str) -> Talk[str | None]:
    """Shopify's id of an order known by its name (`#1001`, also without its mark) or by its id already."""
    if is_gid(number):
        return number if is_gid(number, "Order") else None
    quoted = number.replace("\\", "").replace('"', "").strip()
    if not quoted:
        return None
    answer = yield from ask(access, documents.NAMED, query=f'name:"{quoted}"')
    listed = nodes(answer.data, "orders")
    found = [one for one in listed if one.get("name") == number] or [
        one for one in listed if str(one.get("name")).lstrip("#") == number
    ]
    if len(found) > 1:
        raise UnableToTalk("strange", f"{len(found)} orders of this shop are called {number}")
    return str(found[0]["id"]) if found else None


def whole_order(access: Access, identity: str) -> Talk[tuple[dict[str, Any], Answer] | None]:
    """An order with all its lines, payments and refunds; and the last answer, which says what may still be asked."""
    answer = yield from ask(access, documents.ORDER, id=identity)
    if answer.data.get("order") is None:
        return None
    order = dict(answer.data["order"])
    order["lineItems"] = yield from _all_lines(access, order)
    if (
        len(order.get("refunds") or ()) >= documents.MOST_REFUNDS
        or len(order.get("transactions") or ()) >= documents.MOST_TRANSACTIONS
    ):
        money = (yield from ask(access, documents.MONEY, id=identity)).data.get("order") or {}
        order |= {name: money.get(name) or order[name] for name in ("transactions", "refunds")}
    if order.get("edited"):
        order["taken_back"] = yield from _taken_back(access, identity)
    return order, answer


def _all_lines(access: Access, order: Thing) -> Talk[dict[str, Any]]:
    found, page = nodes(order, "lineItems"), order.get("lineItems") or {}
    for _ in range(_MOST_PAGES):
        more = page.get("pageInfo") or {}
        if not more.get("hasNextPage"):
            break
        answer = yield from ask(access, documents.LINES, id=order["id"], after=more.get("endCursor"))
        page = (answer.data.get("order") or {}).get("lineItems") or {}
        found = found + nodes({"lineItems": page}, "lineItems")
    return {"nodes": found}


def _taken_back(access: Access, identity: str) -> Talk[dict[str, int]]:
    """How many pieces of each line were refunded, for an order that was edited: the rest was taken off it unpaid."""
    answer = yield from ask(access, documents.TAKEN_BACK, id=identity)
    found: dict[str, int] = {}
    for refund in (answer.data.get("order") or {}).get("refunds") or []:
        for item in nodes(refund, "refundLineItems"):
            line = str((item.get("lineItem") or {}).get("id"))
            found[line] = found.get(line, 0) + int(item.get("quantity") or 0)
    return found


def returns_of(access: Access, identity: str) -> Talk[list[Thing]]:
    """All returns of an order."""
    found: list[Thing] = []
    after = None
    for _ in range(_MOST_PAGES):
        answer = yield from ask(access, documents.RETURNS, id=identity, after=after)
        order = answer.data.get("order") or {}
        found += nodes(order, "returns")
        more = (order.get("returns") or {}).get("pageInfo") or {}
        if not more.get("hasNextPage"):
            break
        after = more.get("endCursor")
    return found


def find_return(access: Access, number: str) -> Talk[tuple[Thing, str] | None]:
    """A return and its order's id; None where there is none of this name or id."""
    if is_gid(number, "Return"):
        answer = yield from ask(access, documents.RETURN, id=number)
        asked = answer.data.get("return")
        return (asked, str(asked["order"]["id"])) if asked else None
    name = order_of(number)
    identity = (yield from order_id(access, name)) if name else None
    if identity is None:
        return None
    listed = yield from returns_of(access, identity)
    asked = next((one for one in listed if one.get("name") == number), None)
    return (asked, identity) if asked else None


def read_case(access: Access, number: str) -> Talk[ToldCase | None]:
    """One return as a case."""
    found = yield from find_return(access, number)
    whole = (yield from whole_order(access, found[1])) if found else None
    if found is None or whole is None:
        return None
    asked = {name: value for name, value in found[0].items() if name != "order"}
    return told_return(asked, whole[0], access.shop)


def read_order(access: Access, number: str) -> Talk[ToldOrder | None]:
    """One order."""
    identity = yield from order_id(access, number)
    whole = (yield from whole_order(access, identity)) if identity else None
    if whole is None:
        return None
    return _order(whole[0], access)


def _order(order: Thing, access: Access) -> ToldOrder:
    """The order; one whose money cannot be read is told by its name alone, so that it stops nothing else."""
    try:
        return told_order(order, access.shop)
    except UnableToReadMoney:
        return ToldOrder(
            str(order["name"]), {"order": {"id": str(order["name"])}}, Contact(), changed_at(order), raw=order
        )


def read_page(access: Access, window: Window) -> Talk[Page]:
    """Orders that changed, each with its returns. The page ends early where the shop's points run out; it goes on from there."""
    query = f"updated_at:>='{_second(window.since)}' AND updated_at:<'{_second(window.until, up=True)}'"
    answer = yield from ask(access, documents.CHANGED, first=PAGE, after=window.cursor or None, query=query)
    listed = (answer.data.get("orders") or {}).get("edges") or []
    has_more = bool(((answer.data.get("orders") or {}).get("pageInfo") or {}).get("hasNextPage"))
    cases: list[ToldCase] = []
    orders: list[ToldOrder] = []
    cursor, last = "", answer
    for place, edge in enumerate(listed):
        whole = yield from whole_order(access, str(edge["node"]["id"]))
        cursor = str(edge["cursor"])
        if whole is None:
            continue
        order, last = whole
        asked = (yield from returns_of(access, order["id"])) if nodes(order, "returns") else []
        cases += [told_return(one, order, access.shop) for one in asked]
        orders.append(_order(order, access))
        if _is_short(last) and place + 1 < len(listed):
            has_more = True
            break
    return Page(tuple(cases), tuple(orders), cursor if has_more else "", _left(last))


def _is_short(answer: Answer) -> bool:
    """Whether the next order might not be let through: two documents of its size must fit."""
    return answer.cost is not None and answer.points is not None and answer.points < 2 * answer.cost


def _left(answer: Answer) -> int | None:
    return answer.points // max(1, answer.cost or 1) if answer.points is not None else None


def _second(at: datetime, up: bool = False) -> str:
    whole = at.astimezone(UTC).replace(microsecond=0)
    if up and at.microsecond:
        whole += timedelta(seconds=1)
    return whole.strftime("%Y-%m-%dT%H:%M:%SZ")
