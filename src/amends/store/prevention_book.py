"""The tasks of prevention in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from amends.facts.audit import Deed
from amends.facts.guard_shops import ShopThere
from amends.facts.people import Merchants
from amends.facts.prevention import LIVE, Cause, Cluster, State, Task
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.guard_book import DatabaseGuards
from amends.store.members import names_at
from amends.store.models import CaseRow, CauseRunRow, CauseTaskRow, Shop


class DatabasePrevention:
    """Implements `amends.desk.prevention.ports.PreventionBook`."""

    def shops(self, merchants: Merchants) -> Sequence[ShopThere]:
        """Will give every shop within a wall, by name."""
        return DatabaseGuards().shops(merchants)

    def ran(self, shop: str, day: date) -> bool:
        """Will say whether a shop was looked through on a day."""
        return CauseRunRow.objects.filter(shop__name=shop, day=day).exists()

    def tasks(self, merchants: Merchants, shop: str = "") -> Sequence[Task]:
        """Will give every task within a wall, the newest first."""
        rows: QuerySet[CauseTaskRow] = CauseTaskRow.objects.select_related("shop").order_by("-pk")
        if merchants is not None:
            rows = rows.filter(shop__merchant__in=merchants)
        return [_task(row) for row in (rows.filter(shop__name=shop) if shop else rows)]

    def keep_run(self, shop: str, day: date, causes: Sequence[Cause], at: datetime) -> int:
        """Will keep what a run found, once a day."""
        with writing():
            row = Shop.objects.get(name=shop)
            run, fresh = CauseRunRow.objects.get_or_create(shop=row, day=day, defaults={"at": at})
            if not fresh:
                return 0
            for cause in causes:
                about = f"{cause.cluster.value} {cause.cluster.reason}"
                self.make(shop, cause, Deed("", "cause_made", row.merchant, about), at)
            run.made = len(causes)
            run.save(update_fields=["made"])
        return len(causes)

    def make(self, shop: str, cause: Cause, deed: Deed, at: datetime) -> int:
        """Will make a task; where a live one is about the same, its number."""
        with writing():
            row, one = Shop.objects.get(name=shop), cause.cluster
            key = {"shop": row, "place": one.place, "value": one.value[:200], "reason": one.reason}
            there = CauseTaskRow.objects.filter(**key, state__in=LIVE).first()
            if there is not None:
                return int(there.pk)
            made = CauseTaskRow.objects.create(
                **key,
                cluster=asdict(one),
                also=[asdict(other) for other in cause.also],
                cases=list(cause.cases),
                at=at,
                by=deed.who,
            )
            DatabaseAudit().write(deed, at)
            return int(made.pk)

    def change(self, number: int, told: Mapping[str, Any], deed: Deed, at: datetime) -> None:
        """Will keep fields of a task that changed; one that is closed has its day."""
        with writing():
            fields: dict[str, Any] = dict(told)
            if fields.get("state") in ("done", "dropped"):
                fields["closed"] = at.date()
            CauseTaskRow.objects.filter(pk=number).update(**fields)
            DatabaseAudit().write(deed, at)

    def cases(self, numbers: Sequence[int]) -> Sequence[tuple[int, str, str]]:
        """Will give the cases that are there, the newest first."""
        return list(CaseRow.objects.filter(pk__in=numbers[:500]).order_by("-pk").values_list("pk", "key", "title"))

    def people(self, merchant: str) -> Sequence[str]:
        """Will give who works on cases of a merchant."""
        return names_at(merchant)


def _task(row: CauseTaskRow) -> Task:
    cause = Cause(Cluster(**row.cluster), tuple(row.cases), tuple([Cluster(**one) for one in row.also]))
    state: State = row.state  # type: ignore[assignment]
    return Task(
        row.pk,
        row.shop.name,
        row.shop.merchant,
        cause,
        state,
        row.at,
        row.by,
        row.owner,
        row.due,
        row.change,
        row.changed_on,
        row.note,
        row.closed,
    )
