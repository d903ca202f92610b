"""The calendars of shops in the database."""

from __future__ import annotations

from amends.facts.calendar_json import read_calendar
from amends.facts.calendars import ShopCalendar, default_calendar
from amends.store.models import CalendarRow, Shop


class DatabaseCalendars:
    """Implements `amends.facts.calendars.CalendarReader` on the database."""

    def calendar_for(self, shop: str) -> ShopCalendar:
        """Will give the calendar that a shop keeps; the default of its market, or of CN for a shop that is not there."""
        row = Shop.objects.select_related("calendar").filter(name=shop).first()
        if row is None or row.calendar is None:
            return default_calendar(row.market if row else "CN")
        return calendar_of(row.calendar)


def calendar_of(row: CalendarRow) -> ShopCalendar:
    """Will read a calendar as it is kept."""
    kept = {name: getattr(row, name) for name in ("name", "zone", "week", "closed", "extra", "duty")}
    return read_calendar(kept)
