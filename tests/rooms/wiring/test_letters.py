"""What verbs on cases say to buyers, and until when a first answer is promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from amends.basics.working_time import WorkingWeek
from amends.facts.calendar_json import calendar_json
from amends.facts.calendars import ShopCalendar
from tests.databases import Database, database  # noqa: F401
from tests.money_house import case_of, order_of


@pytest.fixture
def state(database: Database) -> Any:  # noqa: F811
    from amends.store.casework import DatabaseCasework

    found = DatabaseCasework().look(case_of(order_of(buyer={"name": "Anna"})))
    assert found is not None
    return found


def own(state: Any, **given: str) -> None:
    from amends.store.models import TemplateRow

    made = {"merchant": state.merchant, "made_by": "wu", "made_at": datetime.fromisoformat("2026-11-25T00:00:00Z")}
    TemplateRow.objects.create(**{"event": "approved", "language": "en", "subject": "s", **made, **given})


def test_a_built_in_letter_names_the_buyer_the_order_and_the_money(state: Any) -> None:
    from amends.wiring.letters import letters

    subject, text = letters("approved", state, {"amount": "90.00 EUR", "remedy": "refund_only"})
    assert subject == f"Your request is granted (order {state.case['order']['id']})"
    assert text.startswith("Hello Anna,")
    assert "€90.00" in text
    assert "Refund only" in text
    assert "{" not in text


def test_no_money_is_no_line(state: Any) -> None:
    from amends.wiring.letters import letters

    assert "Amount" not in letters("offer_made", state, {"amount": " EUR", "kind": "resend"})[1]


def test_buyers_in_taiwan_are_written_to_in_their_characters(state: Any) -> None:
    from amends.wiring.letters import letters

    there = replace(state, market="TW", currency="TWD")
    subject, text = letters("approved", there, {"amount": "590 TWD", "remedy": "return_refund"})
    assert subject.startswith("您的售後申請已同意")
    assert "退貨" in text


def test_the_merchants_own_text_goes_first_and_names_the_shop_as_buyers_know_it(state: Any) -> None:
    from amends.store.models import Shop, ShopPage
    from amends.wiring.letters import letters

    own(state, subject="Good news", text="From {shop}: {amount}\nWrite to {contact}")
    assert letters("approved", state, {"amount": "1.00 EUR"}) == ("Good news", f"From {state.shop}: €1.00")
    shop = Shop.objects.get(name=state.shop)
    ShopPage.objects.create(shop=shop, title="Harbour Lane", contact_mail="help@shop.example")
    told = letters("approved", state, {"amount": "1.00 EUR"})[1]
    assert told == "From Harbour Lane: €1.00\nWrite to help@shop.example"
    other = replace(state, merchant="another")
    assert letters("approved", other, {"amount": "1.00 EUR"})[0] != "Good news"


def test_a_first_answer_is_promised_in_the_shops_working_time(state: Any) -> None:
    from amends.store.models import CalendarRow, Shop
    from amends.wiring.letters import working_due

    week = WorkingWeek("Europe/Berlin", (((540, 1080),),) * 5 + ((), ()))
    row = CalendarRow.objects.create(merchant=state.merchant, **calendar_json(ShopCalendar("office", week)))
    Shop.objects.filter(name=state.shop).update(calendar=row)
    friday = datetime.fromisoformat("2026-11-27T17:30:00+01:00")
    assert working_due(state.shop, friday, 60) == datetime.fromisoformat("2026-11-30T09:30:00+01:00")
