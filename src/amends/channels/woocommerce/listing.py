"""Which orders of a WooCommerce shop changed in a window, page by page, none missed while the list moves underneath."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Final

from amends.channels.kernel_rest import items_of, shown
from amends.channels.woocommerce.calls import count, get, read
from amends.channels.woocommerce.orders import told
from amends.facts.channels import Access, UnableToTalk
from amends.facts.platforms import Page, ToldOrder, Window
from amends.facts.wire import WireAnswer, WireRequest

PAGE_SIZE: Final = 100


def changed(access: Access, window: Window) -> Generator[WireRequest, WireAnswer, Page]:
    """One page. An order that leaves the window while it is walked moves those behind it one place up: then a page is read again."""
    page, before = _cursor(window.cursor)
    answer = yield get(
        access, "orders", modified_after=_stamp(window.since - timedelta(seconds=1)), modified_before=_stamp(window.until),
        dates_are_gmt="true", orderby="id", order="asc", per_page=PAGE_SIZE, page=page,
    )  # fmt: skip
    listed = read(answer)
    if not isinstance(listed, list):
        raise UnableToTalk("strange", shown(answer))
    total, more = count(answer, "x-wp-total"), page < count(answer, "x-wp-totalpages") or len(listed) >= PAGE_SIZE
    if page > 1 and total < before:
        return Page(cursor=f"{page - 1}:{total}")
    orders: list[ToldOrder] = []
    for order in items_of({"orders": listed}, "orders"):
        try:
            orders.append((yield from told(access, order)))
        except UnableToTalk as fault:
            if fault.code != "currency":
                raise
            # money that no case file can hold (a coin, points): there is nothing for this house to decide
    return Page(orders=tuple(orders), cursor=f"{page + 1}:{total}" if more else "")


def _cursor(text: str) -> tuple[int, int]:
    """The page, and how many orders the list had when the page before was read."""
    page, _, total = text.partition(":")
    return (int(page), int(total)) if page.isdecimal() and total.isdecimal() else (1, 0)


def _stamp(at: datetime) -> str:
    """The whole second, without an offset: the shop compares the text with its GMT column, and would move one that has an offset.

    Both ends leave out what is changed in that very second; `changed` begins a second early.
    """
    offset = at.utcoffset() or timedelta(0)
    return (at.replace(tzinfo=None) - offset).isoformat(timespec="seconds")
