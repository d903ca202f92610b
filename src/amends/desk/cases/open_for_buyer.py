"""Opening a case on the buyer's behalf: on an order that the shop told us of, or on one that the desk writes down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.desk.cases.open_case import Opened, Wish, case_file, open_case
from amends.desk.orders import OrderDesk
from amends.facts.orders import Contact, ShopOrderFile
from amends.facts.people import Person


def known_order(orders: OrderDesk, person: Person, shop: str, number: str) -> ShopOrderFile | None:
    """The order of this number as the shop told it; None where it told of none, or it is not the person's to see."""
    try:
        return orders.get(person, shop, number.strip())
    except UnableToWork:
        return None


def open_for_buyer(
    desk: CaseDesk,
    orders: OrderDesk,
    person: Person,
    shop: str,
    number: str,
    wish: Wish,
    told: Mapping[str, Any] | None = None,
) -> Opened:
    """Open a case for a buyer who asked elsewhere. `told`: the order as the desk writes it down, kept where the shop told of none.

    Raises `UnableToWork` with the field at fault; nothing of the case is kept then.
    """
    if not person.may("work"):
        raise not_allowed(person.role, "work")
    found = known_order(orders, person, shop, number)
    if found is None:
        if told is None:
            raise bad_value("order", f"the shop {shop} told of no order {number}", f"店铺 {shop} 没有订单 {number}")
        orders.tell(person, shop, number.strip(), told, Contact())
        found = orders.get(person, shop, number.strip())
    key = desk.casework.next_key(shop, found.number)
    file = case_file(found.file, key, wish, desk.now().isoformat())
    return open_case(desk, shop, file, key, "desk", actor(person), found.contact.name)
