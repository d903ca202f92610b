"""Orders as shops tell them, and how a buyer finds the own one, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.orders import OrderDesk
from amends.facts.orders import Contact, phone_form
from tests.case_house import AGENT, STRANGER, WAREHOUSE
from tests.databases import Database, database
from tests.django_house import NOW
from tests.money_house import case_of, order_of

__all__ = ["database"]

ANNA = Contact("Anna@Example.org", "+49 151 2345 6789", "Anna")


@pytest.fixture
def desk(database: Database) -> OrderDesk:
    from amends.store.shop_orders import DatabaseOrders

    case_of(order_of())  # the shop is there
    return OrderDesk(DatabaseOrders(), lambda: NOW)


def told(**change: Any) -> dict[str, Any]:
    file = order_of(order="A-1")
    return {"order": file["order"] | change, "market": "DE"}


def test_an_order_is_found_by_number_and_either_contact_however_written(desk: OrderDesk) -> None:
    assert desk.tell(AGENT, "acme", "A-1", told(), ANNA)
    assert not desk.tell(AGENT, "acme", "A-1", told(), ANNA)
    for contact in ("anna@example.org ", "015123456789", "+49 (151) 2345-6789"):
        found = desk.find("acme", "A-1", contact)
        assert found is not None, contact
        assert found.contact == ANNA


@pytest.mark.parametrize(
    ("number", "contact"),
    [
        ("A-1", "bob@example.org"),
        ("A-2", "anna@example.org"),
        ("A-1", ""),
        ("A-1", "6789"),
        ("A-1", "@"),
        ("", "anna@example.org"),
    ],
)
def test_anything_else_finds_nothing(desk: OrderDesk, number: str, contact: str) -> None:
    desk.tell(AGENT, "acme", "A-1", told(), ANNA)
    assert desk.find("acme", number, contact) is None


def test_an_order_without_contact_is_found_by_nobody(desk: OrderDesk) -> None:
    desk.tell(AGENT, "acme", "A-1", told(), Contact())
    assert desk.find("acme", "A-1", "anna@example.org") is None
    assert desk.get(AGENT, "acme", "A-1").number == "A-1"


def test_the_contact_is_not_in_the_database_in_clear(desk: OrderDesk) -> None:
    from amends.store.models import ShopOrder

    desk.tell(AGENT, "acme", "A-1", told(), ANNA)
    row = ShopOrder.objects.get()
    kept = f"{row.contact} {row.email_key} {row.phone_key} {row.file}".lower()
    assert "anna" not in kept
    assert "2345" not in kept


def test_a_wrong_field_is_named_and_nothing_is_kept(desk: OrderDesk) -> None:
    from amends.store.models import ShopOrder

    wrong = [
        (told(currency="XXQ"), "order.currency"),
        (told(lines=[{"id": "l1", "quantity": 1, "paid": "1.005", "category": "other"}]), "order.lines[0].paid"),
        ({**told(), "colour": "red"}, "colour"),
        (told(id="B-9"), "order.id"),
        ({"market": "DE"}, "order"),
    ]
    for file, field in wrong:
        with pytest.raises(UnableToWork) as fault:
            desk.tell(AGENT, "acme", "A-1", file, ANNA)
        assert fault.value.field == field
    assert not ShopOrder.objects.exists()


def test_another_merchants_shop_is_not_there(desk: OrderDesk) -> None:
    desk.tell(AGENT, "acme", "A-1", told(), ANNA)
    for asked in (
        lambda: desk.tell(STRANGER, "acme", "A-2", told(id="A-2"), ANNA),
        lambda: desk.get(STRANGER, "acme", "A-1"),
    ):
        with pytest.raises(UnableToWork) as fault:
            asked()
        assert fault.value.code == "not_found"
    with pytest.raises(UnableToWork, match="may not do this"):
        desk.tell(WAREHOUSE, "acme", "A-3", told(id="A-3"), ANNA)


def test_a_telephone_is_compared_by_its_last_digits() -> None:
    assert phone_form("+86 138-0013-8000") == phone_form("13800138000") == "13800138000"
    assert phone_form("12345") == ""
