"""Follow-up in the database: how shops ask, and one row a case that was asked about or never will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from amends.facts.audit import Deed
from amends.facts.follow_up import UNHAPPY, FollowShop, FollowTerms, Survey
from amends.facts.people import Merchants
from amends.facts.win_back import win_terms
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.members import names_at
from amends.store.models import CaseRow, FollowTermsRow, Shop, SurveyRow
from amends.store.post_gather import OWN_STORES


class DatabaseFollow:
    """Implements `amends.desk.follow.ports.FollowBook`."""

    def shops(self, merchants: Merchants) -> Sequence[FollowShop]:
        """Will give every shop within a wall, by name."""
        rows = Shop.objects.select_related("follow").order_by("name")
        rows = rows if merchants is None else rows.filter(merchant__in=merchants)
        return [
            FollowShop(
                row.pk,
                row.name,
                row.merchant,
                row.currency,
                terms_of_row(getattr(row, "follow", None)),
                row.channel in OWN_STORES,
                row.market,
            )
            for row in rows
        ]

    def keep_terms(self, shop: int, terms: FollowTerms, deed: Deed, at: datetime) -> None:
        """Will keep how a shop follows up, and tell the audit."""
        told = {
            "asks": terms.asks,
            "delay_hours": terms.delay_hours,
            "since": terms.since,
            "told": terms.kept(),
            "made_by": deed.who,
            "made_at": at,
        }
        with writing():
            FollowTermsRow.objects.update_or_create(shop_id=shop, defaults=told)
            DatabaseAudit().write(deed, at)

    def terms_of(self, shop: str) -> FollowTerms:
        """Will give how a shop follows up."""
        return terms_of_row(FollowTermsRow.objects.filter(shop__name=shop).first())

    def to_ask(self, now: datetime, most: int) -> Sequence[int]:
        """Will give closed cases about which nothing was settled yet, untouched since the shop's delay."""
        found: list[int] = []
        for row in FollowTermsRow.objects.filter(asks=True, since__lte=now).order_by("shop_id"):
            cases = CaseRow.objects.filter(
                shop_id=row.shop_id,
                state="closed",
                merged_into=None,
                survey=None,
                updated_at__gte=row.since,
                updated_at__lte=now - timedelta(hours=row.delay_hours),
            )
            found += cases.order_by("updated_at", "pk").values_list("pk", flat=True)[: most - len(found)]
            if len(found) >= most:
                break
        return found

    def settle(self, case: int, at: datetime, *, asked: bool) -> bool:
        """Will keep that a buyer was asked, or is not to be; once a case."""
        with writing():
            return SurveyRow.objects.get_or_create(case_id=case, defaults={"asked": asked, "asked_at": at})[1]

    def survey(self, case: int) -> Survey | None:
        """Will give the question about a case."""
        row = _asked().filter(pk=case).first() if case < 2**63 else None
        return None if row is None else _survey(row)

    def change(self, case: int, told: Mapping[str, Any]) -> None:
        """Will keep fields that changed."""
        with writing():
            SurveyRow.objects.filter(pk=case).update(**told)

    def waiting(self, merchants: Merchants) -> Sequence[Survey]:
        """Will give the unhappy who were not contacted yet, the soonest due first."""
        rows = _within(merchants).filter(score__lte=UNHAPPY, contacted_at=None)
        return [_survey(row) for row in rows.order_by("due", "pk")[:200]]

    def contacted(self, merchants: Merchants, most: int) -> Sequence[Survey]:
        """Will give those who were contacted, the latest first."""
        rows = _within(merchants).exclude(contacted_at=None).order_by(F("contacted_at").desc(), "pk")
        return [_survey(row) for row in rows[:most]]

    def people(self, merchant: str) -> Sequence[str]:
        """Will give who works on cases of a merchant."""
        return names_at(merchant)


def _asked() -> QuerySet[SurveyRow]:
    return SurveyRow.objects.filter(asked=True).select_related("case__shop")


def _within(merchants: Merchants) -> QuerySet[SurveyRow]:
    rows = _asked()
    return rows if merchants is None else rows.filter(case__shop__merchant__in=merchants)


def terms_of_row(row: FollowTermsRow | None) -> FollowTerms:
    """Will give the terms that a row holds; the plain ones where there is none."""
    if row is None:
        return FollowTerms()
    return FollowTerms(**{**row.told, "win": win_terms(row.told.get("win", {}))}, since=row.since)


def _survey(row: SurveyRow) -> Survey:
    case = row.case
    return Survey(
        case.pk,
        case.key,
        case.shop.name,
        case.shop.merchant,
        case.market,
        case.buyer,
        case.title,
        row.asked_at,
        row.score,
        row.remark,
        row.answered_at,
        row.changed_at,
        row.due,
        row.owner,
        row.contacted_at,
        row.contacted_by,
        row.outcome,
        row.note,
    )
