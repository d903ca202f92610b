"""Orders: taken in from a shop's system, found again by the buyer who knows number and contact, and by the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.facts.fields import UnableToReadCase
from amends.facts.orders import PARTS, Contact, ShopOrderFile, email_form, phone_form
from amends.facts.people import Person
from amends.facts.read_case import read_case

_TRIAL: Final = {"kind": "return_refund", "reason": "changed_mind"}


class OrderShelf(Protocol):
    """Where orders are kept. Every method is one transaction."""

    def put(self, shop: str, number: str, file: Mapping[str, Any], contact: Contact, at: datetime) -> bool:
        """Keep an order, in place of what was told before; whether anything is new. `KeyError` where there is no such shop."""
        ...

    def get(self, shop: str, number: str) -> ShopOrderFile | None:
        """Give an order by its shop and number."""
        ...

    def find(self, shop: str, number: str, email: str, phone: str) -> ShopOrderFile | None:
        """Give the order of this number whose buyer has this address or telephone (in the form that is compared)."""
        ...

    def shop(self, name: str) -> tuple[str, str, str, str] | None:
        """Give a shop's merchant, channel, market and currency."""
        ...


@dataclass(frozen=True, slots=True)
class OrderDesk:
    """The verbs on orders."""

    shelf: OrderShelf
    now: Callable[[], datetime]

    def tell(self, person: Person, shop: str, number: str, told: Mapping[str, Any], contact: Contact) -> bool:
        """Take in an order as a shop's system tells it, in the shape of a case file without its request. Whether it was new or changed.

        Raises `UnableToWork` naming the field at fault; nothing is kept then.
        """
        if not person.may("work"):
            raise not_allowed(person.role, "work")
        known = self.shelf.shop(shop)
        if known is None or not person.may_see(known[0]):
            raise UnableToWork("not_found", f"there is no shop {shop}", f"没有店铺 {shop}")
        file = complete(told, known, shop, number)
        see_that_it_reads(file, number, self.now())
        return self.shelf.put(shop, number, file, contact, self.now())

    def find(self, shop: str, number: str, contact: str) -> ShopOrderFile | None:
        """The order of a buyer who knows its number and the address or telephone it was placed with; None for anything else.

        The same work is done whatever was wrong, so that nobody learns by the answer or its time which numbers exist.
        """
        address = email_form(contact) if "@" in contact else ""
        number_called = "" if address else phone_form(contact)
        found = self.shelf.find(shop, number.strip()[:120], address, number_called)
        return found if address or number_called else None

    def get(self, person: Person, shop: str, number: str) -> ShopOrderFile:
        """An order, for the desk. Raises `UnableToWork` where there is none, or it is another merchant's."""
        found = self.shelf.get(shop, number)
        if found is None or not person.may_see(found.merchant):
            raise UnableToWork("not_found", f"there is no order {number} of {shop}", f"店铺 {shop} 没有订单 {number}")
        return found


def complete(told: Mapping[str, Any], known: tuple[str, str, str, str], shop: str, number: str) -> dict[str, Any]:
    """What was told, with what the shop's own record says where it says nothing. Raises `UnableToWork` for what is no order."""
    if unknown := sorted(told.keys() - PARTS):
        raise bad_value(unknown[0], f"unknown here; an order has {', '.join(sorted(PARTS))}", f"未知字段 {unknown[0]}")
    _, channel, market, currency = known
    order = told.get("order")
    if not isinstance(order, Mapping):
        raise bad_value("order", "a mapping with lines and payments is wanted", "缺少订单内容 order")
    said = str(order.get("id") or number)
    if said != number:
        raise bad_value("order.id", f"the address says {number}, the order {said}", "订单号与地址不一致")
    shop_part = {"channel": channel, "name": shop, **(told.get("shop") or {})}
    return {
        **told,
        "shop": shop_part,
        "market": told.get("market") or market,
        "order": {"currency": currency, **order, "id": number},
    }


def see_that_it_reads(file: Mapping[str, Any], number: str, at: datetime) -> None:
    """Raise `UnableToWork` unless a case could be opened on it."""
    try:
        read_case({**file, "case": number, "request": {**_TRIAL, "requested_at": at.isoformat()}})
    except UnableToReadCase as fault:
        raise bad_value(fault.path, fault.message, f"字段 {fault.path} 有误：{fault.message}") from fault
