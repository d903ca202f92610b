"""Readings of platforms' scores in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from amends.facts.audit import Deed
from amends.facts.guard_shops import ShopThere
from amends.facts.people import Merchants
from amends.facts.score_readings import WAYS, Reading, ScoreTerms
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.guard_book import DatabaseGuards
from amends.store.models import ScoreReadingRow, ScoreTermsRow, Shop

_PARTS: Final = 10_000


class DatabaseScores:
    """Implements `amends.desk.guards.scores.ScoreBook`."""

    def shops(self, merchants: Merchants) -> Sequence[ShopThere]:
        """Will give every shop within a wall, by name."""
        return DatabaseGuards().shops(merchants)

    def readings(self, shop: str, since: date) -> Sequence[Reading]:
        """Will give the readings of a shop from a day on, by day."""
        rows = ScoreReadingRow.objects.filter(shop__name=shop, day__gte=since).order_by("day", "pk")
        return [
            Reading(code, measure, day, Decimal(tenths) / _PARTS, WAYS[way])
            for code, measure, day, tenths, way in rows.values_list("programme", "measure", "day", "tenths", "way")
        ]

    def terms(self, shop: str) -> Mapping[str, ScoreTerms]:
        """Will give what a shop set itself, by programme."""
        rows = ScoreTermsRow.objects.filter(shop__name=shop).values_list("programme", "told")
        return {code: _terms(told) for code, told in rows}

    def keep(self, told: Mapping[str, Sequence[Reading]], deeds: Sequence[Deed], at: datetime) -> None:
        """Will keep readings by shop, all of them or none."""
        by = deeds[0].who if deeds else ""
        with writing():
            shops = {row.name: row for row in Shop.objects.filter(name__in=list(told))}
            rows = [
                ScoreReadingRow(
                    shop=shops[name], programme=one.programme, measure=one.measure, day=one.day,
                    tenths=int(one.value * _PARTS), way=one.way, by=by, at=at,
                )
                for name, found in told.items()
                for one in {(one.programme, one.measure, one.day): one for one in found}.values()
            ]  # fmt: skip
            ScoreReadingRow.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["shop", "programme", "measure", "day"],
                update_fields=["tenths", "way", "by", "at"],
            )
            for deed in deeds:
                DatabaseAudit().write(deed, at)

    def drop(self, shop: str, code: str, day: date, deed: Deed, at: datetime) -> None:
        """Will let go the readings of a day."""
        with writing():
            gone, _ = ScoreReadingRow.objects.filter(shop__name=shop, programme=code, day=day).delete()
            if gone:
                DatabaseAudit().write(deed, at)

    def keep_terms(self, shop: str, code: str, terms: ScoreTerms, deed: Deed, at: datetime) -> None:
        """Will keep what a shop sets itself."""
        with writing():
            row = Shop.objects.get(name=shop)
            told = {"told": terms.kept(), "by": deed.who, "at": at}
            ScoreTermsRow.objects.update_or_create(shop=row, programme=code, defaults=told)
            DatabaseAudit().write(deed, at)


def _terms(told: Mapping[str, object]) -> ScoreTerms:
    line, goals = told.get("line"), told.get("goals")
    goals = goals if isinstance(goals, dict) else {}
    return ScoreTerms(
        None if line is None else Decimal(str(line)),
        str(told.get("says") or ""),
        {str(name): Decimal(str(value)) for name, value in goals.items()},
    )
