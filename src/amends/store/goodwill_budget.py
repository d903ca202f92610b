"""The goodwill budget of shops in the database: what a month allows, and what plans on top of decisions and gifts used of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Sum

from amends.facts.follow_up import FollowTerms
from amends.facts.goodwill import Budget, Gift, GiftState
from amends.facts.people import Merchants
from amends.store.calendars import DatabaseCalendars
from amends.store.database import writing
from amends.store.follow_book import terms_of_row
from amends.store.models import FollowTermsRow, GiftRow, PayStep

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

    def gifts(self, case: int) -> Sequence[Gift]:
        """Will give what was given on a case that is no money, the oldest first."""
        return [gift_of(row) for row in GiftRow.objects.filter(case_id=case).order_by("pk")]

    def put_gift(self, gift: Gift) -> Gift:
        """Will keep a gift that is new, once a turn."""
        with writing():
            row, _ = GiftRow.objects.get_or_create(
                case_id=gift.case,
                purpose=gift.purpose,
                turn=gift.turn,
                defaults={
                    "kind": gift.kind,
                    "what": gift.what,
                    "cost_minor": gift.cost,
                    "currency": gift.currency,
                    "state": gift.state,
                    "note": gift.note,
                    "by": gift.by,
                    "at": gift.at,
                    "needs_role": gift.needs_role,
                },
            )
        return gift_of(row)

    def settle_gift(self, number: int, state: GiftState, by: str, at: datetime) -> None:
        """Will keep what became of a gift."""
        with writing():
            GiftRow.objects.filter(pk=number).update(state=state, settled_by=by, settled_at=at)

    def waiting_gifts(self, merchants: Merchants) -> Sequence[tuple[Gift, str]]:
        """Will give the gifts within a wall that wait for a second person."""
        rows = GiftRow.objects.filter(state="proposed").select_related("case").order_by("at", "pk")
        rows = rows if merchants is None else rows.filter(case__shop__merchant__in=merchants)
        return [(gift_of(row), row.case.key) for row in rows[:100]]


def gift_of(row: GiftRow) -> Gift:
    """Will give a gift as it is kept."""
    return Gift(
        row.pk,
        row.case_id,
        row.turn,
        row.kind,  # type: ignore[arg-type]
        row.what,
        row.cost_minor,
        row.currency,
        row.state,  # type: ignore[arg-type]
        row.note,
        row.by,
        row.at,
        row.needs_role,
        row.settled_by,
        row.settled_at,
        row.purpose,  # type: ignore[arg-type]
    )


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
    gifts = GiftRow.objects.filter(
        case__shop_id=row.shop_id, state__in=("proposed", "given"), at__gte=month, currency=row.shop.currency
    )
    used = sum(
        [
            steps.aggregate(total=Sum("amount_minor"))["total"] or 0,
            gifts.aggregate(total=Sum("cost_minor"))["total"] or 0,
        ]
    )
    return Budget(terms.goodwill, int(used), row.shop.currency, terms.over)
