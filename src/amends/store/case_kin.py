"""What cases have to do with each other, and which clocks run, found in the database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import QuerySet

from amends.facts.kin import Kin, KinCase, ShopDeadline
from amends.store.models import ApprovalRow, CaseRow, DeadlineRow, GiftRow, PayPlan, RulingMoneyRow

_MOST: Final = 12
_MOST_CLOCKS: Final = 2_000
_MASKED: Final = ("*", "＊", "•")


class CaseKin:
    """The part of `amends.desk.cases.ports.Casework` that looks beyond one case. `merchants` is the wall."""

    def kin(self, number: int, merchants: frozenset[str] | None) -> Kin:
        """Will give the other cases of the same order, and of the same buyer at the same merchant."""
        row = CaseRow.objects.select_related("shop").filter(pk=number).first()
        if row is None or (merchants is not None and row.shop.merchant not in merchants):
            return Kin()
        others = CaseRow.objects.exclude(pk=number).select_related("shop")
        order = others.filter(shop=row.shop, order_no=row.order_no).order_by("pk") if row.order_no else others.none()
        buyer = others.filter(shop__merchant=row.shop.merchant, buyer=row.buyer) if _names(row.buyer) else others.none()
        return Kin(
            tuple([_kin(one) for one in order[:_MOST]]),
            tuple([_kin(one) for one in buyer.order_by("-asked_order", "-pk")[:_MOST]]),
            buyer.count(),
        )

    def clocks(self, merchants: frozenset[str] | None, since: datetime) -> list[ShopDeadline]:
        """Will give the merchant's running deadlines from an instant on, the soonest first."""
        rows = DeadlineRow.objects.filter(
            state="running", who="merchant", due_at__gte=since.astimezone(UTC), case__state="open"
        ).select_related("case__shop")
        if merchants is not None:
            rows = rows.filter(case__shop__merchant__in=merchants)
        return [_clock(row) for row in rows.order_by("due_at", "pk")[:_MOST_CLOCKS]]

    def alarms(self, merchants: frozenset[str] | None) -> list[ShopDeadline]:
        """Will give open cases whose dispute was won while a clock of ours still runs, each with its soonest such clock."""
        rows = DeadlineRow.objects.filter(
            state="running", who="merchant", case__state="open", case__exception="clock_after_win"
        ).select_related("case__shop")
        if merchants is not None:
            rows = rows.filter(case__shop__merchant__in=merchants)
        found: dict[int, ShopDeadline] = {}
        for row in rows.order_by("due_at", "pk")[:_MOST_CLOCKS]:
            found.setdefault(row.case_id, _clock(row))
        return list(found.values())

    def waiting_count(self, merchants: frozenset[str] | None) -> int:
        """Will count what waits for a second person: verbs, plans of money, gifts, and money of rulings."""
        waits: tuple[tuple[QuerySet[Any], str], ...] = (
            (ApprovalRow.objects.filter(state="waiting"), "case__shop"),
            (PayPlan.objects.filter(state="proposed"), "case__shop"),
            (GiftRow.objects.filter(state="proposed"), "case__shop"),
            (RulingMoneyRow.objects.filter(state="proposed"), "shop"),
        )
        if merchants is None:
            return sum([rows.count() for rows, _ in waits])
        return sum([rows.filter(**{f"{shop}__merchant__in": merchants}).count() for rows, shop in waits])


def _names(buyer: str) -> bool:
    """Whether a buyer's name tells one buyer from another: a masked one does not."""
    return len(buyer.strip()) > 1 and not any(mark in buyer for mark in _MASKED)


def _kin(row: CaseRow) -> KinCase:
    return KinCase(
        row.pk,
        row.key,
        row.shop.name,
        row.kind,
        row.reason,
        row.status,
        row.amount_minor,
        row.currency,
        row.imported_at,
    )


def _clock(row: DeadlineRow) -> ShopDeadline:
    case = row.case
    return ShopDeadline(
        case.pk,
        case.key,
        case.shop.name,
        case.market,
        row.action,
        row.due_at,
        row.if_missed_en,
        row.if_missed_zh,
        case.kind,
        case.amount_minor,
        case.currency,
    )
