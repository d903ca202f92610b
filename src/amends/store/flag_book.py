"""Signs, reasons and terms of flags in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from amends.facts.audit import Deed
from amends.facts.flags import Flag, FlagTerms, Score, Signs, Threshold, read_reason
from amends.facts.people import Merchants
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.flag_signs import asked_at, plain_signs, read_signs, signs_of
from amends.store.models import CaseRow, FlagRow, FlagTermsRow, Shop
from amends.store.tied_claims import all_orders

_BATCH: Final = 500
_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class DatabaseFlags:
    """Implements `amends.desk.flags.ports.FlagBook`."""

    def transaction(self) -> AbstractContextManager[None]:
        """Will do what is inside all or not at all."""
        return writing()

    def merchants(self, within: Merchants) -> Sequence[str]:
        """Will give every merchant with a shop, within a wall, by name."""
        found = Shop.objects.order_by("merchant").values_list("merchant", flat=True).distinct()
        return list(found if within is None else found.filter(merchant__in=within))

    def terms(self, merchant: str) -> FlagTerms:
        """Will give how a merchant flags."""
        row = FlagTermsRow.objects.filter(pk=merchant).first()
        return FlagTerms(row.cap, row.days) if row else FlagTerms()

    def keep_terms(self, merchant: str, terms: FlagTerms, deed: Deed, at: datetime) -> None:
        """Will keep how a merchant flags, and tell the audit."""
        with writing():
            told = {"cap": terms.cap, "days": terms.days, "at": at}
            FlagTermsRow.objects.update_or_create(merchant=merchant, defaults=told)
            DatabaseAudit().write(deed, at)

    def read_changed(self, merchant: str, since: datetime, most: int) -> int:
        """Will read the signs of cases that are new or changed since they were read last."""
        fresh = Q(flag=None) | Q(updated_at__gt=F("flag__seen_at"))
        rows = list(_asked_since(merchant, since).filter(fresh).order_by("pk")[:most])
        with writing():
            kept = FlagRow.objects.in_bulk([row.pk for row in rows])
            made: list[FlagRow] = []
            changed: list[FlagRow] = []
            for row, signs in zip(rows, signs_of(merchant, rows), strict=True):
                there = kept.get(row.pk)
                flag = there or FlagRow(case=row, merchant=merchant)
                flag.at, flag.seen_at, flag.signs = asked_at(row), row.updated_at, plain_signs(signs)
                (made if there is None else changed).append(flag)
            FlagRow.objects.bulk_create(made, batch_size=_BATCH)
            FlagRow.objects.bulk_update(changed, ["at", "seen_at", "signs"], batch_size=_BATCH)
        return len(rows)

    def signs(self, merchant: str, since: datetime) -> Sequence[Signs]:
        """Will give the signs of a merchant's cases asked since then."""
        rows = FlagRow.objects.filter(merchant=merchant, at__gte=since).order_by("at", "pk")
        found = rows.values_list("signs", "appeal").iterator(chunk_size=5_000)
        return [read_signs(told, lifted=appeal == "lifted") for told, appeal in found]

    def lifted(self, merchant: str, since: datetime) -> Mapping[int, int]:
        """Will give the points that each lifted case had when it came."""
        return dict(FlagRow.objects.filter(merchant=merchant, at__gte=since, appeal="lifted").values_list("pk", "then"))

    def ordered(self, merchant: str, since: datetime) -> int:
        """Will count the orders that the merchant's shops told since then."""
        return all_orders(merchant, since)

    def keep_scores(
        self, merchant: str, then: Mapping[int, Score], now: Mapping[int, Score], threshold: Threshold, at: datetime
    ) -> None:
        """Will keep what the cases came to, writing only what changed."""
        rows, changed = FlagRow.objects.filter(merchant=merchant).exclude(appeal="lifted"), []
        rows = rows.only("shown", "then", "reasons")
        for row in rows.iterator(chunk_size=5_000):
            shown = now.get(row.pk) or Score(row.pk)
            was = then[row.pk].points if row.pk in then else 0
            reasons = [one.plain() for one in shown.reasons]
            if (row.shown, row.then, row.reasons) != (shown.points, was, reasons):
                row.shown, row.then, row.reasons = shown.points, was, reasons
                changed.append(row)
        usual = FlagTerms()
        with writing():
            FlagRow.objects.bulk_update(changed, ["shown", "then", "reasons"], batch_size=_BATCH)
            FlagTermsRow.objects.update_or_create(
                merchant=merchant,
                defaults={"threshold": asdict(threshold), "at": at},
                create_defaults={"threshold": asdict(threshold), "at": at, "cap": usual.cap, "days": usual.days},
            )

    def threshold(self, merchant: str) -> Threshold | None:
        """Will give the threshold that the merchant's cases gave last."""
        row = FlagTermsRow.objects.filter(pk=merchant).first()
        return Threshold(**row.threshold) if row is not None and row.threshold else None

    def flag(self, case: int) -> Flag | None:
        """Will give what is known of one case."""
        row = _shown().filter(pk=case).first()
        return None if row is None else _flag(row)

    def most(self, merchant: str, least: int, many: int) -> Sequence[Flag]:
        """Will give the cases with the most points, open ones before closed ones."""
        rows = _shown().filter(merchant=merchant, shown__gte=least).order_by("-shown", "-at", "-pk")[:many]
        return sorted([_flag(row) for row in rows], key=lambda one: not one.open)

    def asked_again(self, merchants: Merchants) -> Sequence[Flag]:
        """Will give the cases whose buyers wait for another look."""
        rows = _shown().filter(appeal="asked")
        if merchants is not None:
            rows = rows.filter(merchant__in=merchants)
        return [_flag(row) for row in rows.order_by("appeal_due", "pk")[:_BATCH]]

    def put_friction(self, case: int, friction: str, by: str) -> None:
        """Will note what was pressed."""
        told: dict[str, Any] = {"friction": friction, "friction_by": by, "appeal": "", "appeal_due": None}
        FlagRow.objects.filter(pk=case).update(**told)

    def put_appeal(self, case: int, appeal: str, due: datetime | None = None) -> None:
        """Will note where the buyer's wish stands, and until when it is answered."""
        told: dict[str, Any] = {"appeal": appeal, "appeal_due": due}
        if appeal in ("lifted", "lapsed"):
            told |= {"friction": "", "friction_by": ""}
        if appeal == "lifted":
            told |= {"shown": 0, "reasons": []}
        if not FlagRow.objects.filter(pk=case).update(**told):
            raise KeyError(case)

    def forget(self, at: datetime) -> int:
        """Will delete what is older than its merchant's period."""
        gone = 0
        for merchant in FlagRow.objects.order_by("merchant").values_list("merchant", flat=True).distinct():
            old = at - timedelta(days=self.terms(merchant).days)
            rows = FlagRow.objects.filter(merchant=merchant, at__lt=old).exclude(appeal="asked")
            gone += rows.delete()[0]
        return gone


def _asked_since(merchant: str, since: datetime) -> QuerySet[CaseRow]:
    """By the same instant that `asked_at` gives, so that nothing is read that is forgotten at once."""
    asked = Q(asked_order__gt=0, asked_order__gte=int((since - _EPOCH).total_seconds()) + 1)
    rows = CaseRow.objects.filter(asked | Q(asked_order__lte=0, imported_at__gte=since), shop__merchant=merchant)
    return rows.filter(merged_into=None)


def _shown() -> QuerySet[FlagRow]:
    return FlagRow.objects.select_related("case__shop")


def _flag(row: FlagRow) -> Flag:
    case: Any = row.case
    return Flag(
        row.pk,
        row.merchant,
        row.shown,
        tuple([read_reason(one) for one in row.reasons]),
        row.friction,
        row.friction_by,
        row.appeal,
        case.key,
        case.title,
        case.shop.name,
        case.state == "open",
        row.appeal_due,
        row.at,
    )
