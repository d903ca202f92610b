"""The goodwill budget of shops in the database: what a month allows, and what plans on top of decisions used of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Sum

from amends.facts.follow_up import FollowTerms
from amends.facts.goodwill import Budget
from amends.store.calendars import DatabaseCalendars
from amends.store.database import writing
from amends.store.follow_book import terms_of_row
from amends.store.models import FollowTermsRow, PayStep

_LOST = ("cancelled", "failed", "reversed")


class DatabaseGoodwill:
    """Implements `amends.desk.ports.Goodwill`."""

    @contextmanager
    def holding(self, shop: str, at: datetime) -> Iterator[Budget | None]:
        """Will hold a shop's budget under its lock, so that two promises never both see the same room."""
        with writing():
            row = FollowTermsRow.objects.select_for_update().filter(shop__name=shop).first()
            yield None if row is None else _budget(shop, row, at)

    def look(self, shop: str, at: datetime) -> Budget | None:
        """Will give a shop's budget; None where it has none."""
        row = FollowTermsRow.objects.filter(shop__name=shop).select_related("shop").first()
        return None if row is None else _budget(shop, row, at)


def _budget(shop: str, row: FollowTermsRow, at: datetime) -> Budget | None:
    terms: FollowTerms = terms_of_row(row)
    if terms.goodwill is None:
        return None
    zone = ZoneInfo(DatabaseCalendars().calendar_for(shop).week.zone)
    month = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    steps = PayStep.objects.filter(
        plan__purpose="extra",
        plan__state__in=("proposed", "approved"),
        plan__case__shop_id=row.shop_id,
        plan__proposed_at__gte=month,
        currency=row.shop.currency,
    ).exclude(state__in=_LOST)
    used = steps.aggregate(total=Sum("amount_minor"))["total"] or 0
    return Budget(terms.goodwill, int(used), row.shop.currency, terms.over)
