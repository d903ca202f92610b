"""Reading a Medusa server: what changed, one return, one order."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from amends.channels.kernel_rest import items_of, part, shown, text_of
from amends.channels.medusa import orders, returns
from amends.channels.medusa.calls import ORDER, RETURN, get, name, read, thing
from amends.channels.medusa.standing import DRAFT
from amends.facts.channels import Access, UnableToTalk
from amends.facts.platforms import Page, ToldCase, ToldOrder, Window
from amends.facts.wire import WireAnswer, WireRequest

PAGE_SIZE: Final = 20
"""Orders come with all that hangs on them: more of them in one answer would be more than the wire takes in."""
_MOST_RETURNS: Final = 200
Found = Mapping[str, Any]


def changed(access: Access, window: Window) -> Generator[WireRequest, WireAnswer, Page]:
    """One page of orders with their returns: whatever happens to a return changes its order as well.

    In the order of their ids and from the last id on, so that one which leaves the window meanwhile moves no other.
    """
    query: list[tuple[str, str | int]] = [
        ("fields", ORDER),
        ("updated_at[$gte]", _stamp(window.since)),
        ("updated_at[$lt]", _stamp(window.until)),
        ("order", "id"),
        ("limit", PAGE_SIZE),
    ]
    if window.cursor:
        query.append(("id[$gt]", window.cursor))
    answer = yield get(access, "orders", query)
    found = _listed(answer, "orders")
    back = yield from _returns_of(access, [text_of(order, "id") for order in found if part(order, "returns")])
    told_orders: list[ToldOrder] = []
    told_cases: list[ToldCase] = []
    for order in found:
        own = back.get(text_of(order, "id"), [])
        try:
            told_orders.append(orders.told(order, own, access.shop))
        except UnableToTalk as fault:
            if fault.code != "currency":
                raise
            continue  # money that no case file can hold: there is nothing for this house to decide
        told_cases += [returns.told(one, order, own, access.shop) for one in own if text_of(one, "status") != DRAFT]
    cursor = text_of(found[-1], "id") if len(found) >= PAGE_SIZE else ""
    return Page(tuple(told_cases), tuple(told_orders), cursor)


def one(access: Access, number: str) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
    """One return, read with its order; None for a draft as well."""
    try:
        found = thing((yield get(access, f"returns/{name(number)}", [("fields", RETURN)])), "return")
        if text_of(found, "status") == DRAFT:
            return None
        order, own = yield from whole(access, text_of(found, "order_id"))
    except UnableToTalk as fault:
        if fault.why == "missing":
            return None
        raise
    return returns.told(found, order, own, access.shop)


def order_told(access: Access, number: str) -> Generator[WireRequest, WireAnswer, ToldOrder | None]:
    """One order."""
    try:
        order, own = yield from whole(access, number)
    except UnableToTalk as fault:
        if fault.why == "missing":
            return None
        raise
    return orders.told(order, own, access.shop)


def whole(access: Access, number: str) -> Generator[WireRequest, WireAnswer, tuple[Found, list[Found]]]:
    """An order and its returns."""
    order = thing((yield get(access, f"orders/{name(number)}", [("fields", ORDER)])), "order")
    if not part(order, "returns"):
        return order, []
    back = yield from _returns_of(access, [number])
    return order, back.get(number, [])


def _returns_of(access: Access, numbers: Sequence[str]) -> Generator[WireRequest, WireAnswer, dict[str, list[Found]]]:
    found: dict[str, list[Found]] = {}
    if not numbers:
        return found
    wanted: list[tuple[str, str | int]] = [("order_id[]", number) for number in numbers]
    answer = yield get(access, "returns", [("fields", RETURN), ("order", "id"), ("limit", _MOST_RETURNS), *wanted])
    for back in _listed(answer, "returns"):
        found.setdefault(text_of(back, "order_id"), []).append(back)
    if (count := part(read(answer), "count")) and isinstance(count, int) and count > _MOST_RETURNS:
        raise UnableToTalk("strange", f"{count} returns of {len(numbers)} orders are more than can be read at once")
    return found


def _listed(answer: WireAnswer, called: str) -> list[Found]:
    content = read(answer)
    if not isinstance(content.get(called), list):
        raise UnableToTalk("strange", shown(answer))
    return items_of(content, called)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
