"""Calendars in the database."""

from __future__ import annotations

from amends.basics.working_time import WorkingWeek
from amends.facts.calendar_json import calendar_json
from amends.facts.calendars import DutyRow, ShopCalendar, default_calendar


def test_a_shop_gives_its_own_calendar_or_the_default_of_its_market() -> None:
    from amends.store.calendars import DatabaseCalendars
    from amends.store.models import CalendarRow, Shop

    office = ShopCalendar(
        "office", WorkingWeek("Europe/Berlin", (((540, 1080),),) * 7), (DutyRow(0, (540, 1080), ("lin",)),)
    )
    row = CalendarRow.objects.create(merchant="acme", **calendar_json(office))
    Shop.objects.create(name="acme-eu", merchant="acme", channel="own", market="DE", calendar=row)
    Shop.objects.create(name="acme-fr", merchant="acme", channel="own", market="FR")

    reader = DatabaseCalendars()
    assert reader.calendar_for("acme-eu") == office
    assert reader.calendar_for("acme-fr") == default_calendar("FR")
    assert reader.calendar_for("nowhere") == default_calendar("CN")
