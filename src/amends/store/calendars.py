"""The calendars of shops in the database."""

from __future__ import annotations

from django.db import IntegrityError
from django.db.models import ProtectedError

from amends.facts.calendar_json import calendar_json, read_calendar
from amends.facts.calendars import ShopCalendar, default_calendar
from amends.facts.kept_settings import KeptCalendar
from amends.store.database import writing
from amends.store.models import CalendarRow, Merchant, Shop

_KEPT = ("name", "zone", "week", "closed", "extra", "duty")


class DatabaseCalendars:
    """Implements `CalendarReader` of the facts and `CalendarBook` of the desk on the database."""

    def calendar_for(self, shop: str) -> ShopCalendar:
        """Will give the calendar that a shop keeps; the default of its market, or of CN for a shop that is not there."""
        row = Shop.objects.select_related("calendar").filter(name=shop).first()
        if row is None or row.calendar is None:
            return default_calendar(row.market if row else "CN")
        return _calendar(row.calendar)

    def calendars(self, merchants: frozenset[str] | None) -> list[KeptCalendar]:
        """Will give the calendars of these merchants, or of all."""
        rows = CalendarRow.objects.order_by("merchant", "name")
        if merchants is not None:
            rows = rows.filter(merchant__in=merchants)
        return [_kept(row) for row in rows]

    def calendar(self, number: int) -> KeptCalendar | None:
        """Will give one calendar, or None."""
        row = CalendarRow.objects.filter(pk=number).first()
        return _kept(row) if row else None

    def merchants(self) -> list[str]:
        """Will give every merchant that there is."""
        return list(Merchant.objects.order_by("name").values_list("name", flat=True))

    def keep(self, number: int | None, merchant: str, calendar: ShopCalendar) -> int | None:
        """Will write a calendar; None where the merchant has another of that name."""
        row = CalendarRow(pk=number, merchant=merchant, **calendar_json(calendar))
        try:
            with writing():
                row.save()
        except IntegrityError:
            return None
        return row.pk

    def remove(self, number: int) -> bool:
        """Will remove a calendar that no shop keeps."""
        try:
            with writing():
                CalendarRow.objects.filter(pk=number).delete()
        except ProtectedError:
            return False
        return True


def _calendar(row: CalendarRow) -> ShopCalendar:
    return read_calendar({name: getattr(row, name) for name in _KEPT})


def _kept(row: CalendarRow) -> KeptCalendar:
    shops = tuple(row.shops.order_by("name").values_list("name", flat=True))
    return KeptCalendar(row.pk, row.merchant, _calendar(row), shops)
