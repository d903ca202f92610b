"""Reviews in the database: taken in once a number of their platform, joined to the cases of their orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Final

from django.db.models import Avg, Case, Count, F, IntegerField, Q, QuerySet, Value, When

from amends.facts.audit import Deed
from amends.facts.people import Merchants
from amends.facts.reviews import (
    FIGURE_DAYS,
    LOW,
    PAGE,
    Review,
    ReviewFigures,
    ReviewPage,
    ReviewQuery,
    ReviewState,
    ReviewTold,
    SkuStars,
    Taken,
)
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import CaseRow, ReviewRow, ShopOrder

SKUS: Final = 20
_TIMED: Final = 20_000
_BATCH: Final = 500


class DatabaseReviews:
    """Implements `amends.desk.reviews.ports.ReviewBook`."""

    def put(self, shop: int, told: Sequence[ReviewTold], deed: Deed, at: datetime) -> Taken:
        """Will keep reviews, each once, and tell the audit what was new; what is the same again writes nothing."""
        with writing():
            there: dict[str, ReviewRow] = {}
            for start in range(0, len(told), _BATCH):
                ids = [one.review for one in told[start : start + _BATCH]]
                rows = ReviewRow.objects.select_for_update().filter(shop_id=shop, review__in=ids)
                there |= {row.review: row for row in rows}
            fresh = [_row(shop, one, at) for one in told if one.review not in there]
            ReviewRow.objects.bulk_create(fresh, batch_size=_BATCH)
            changed = [row for one in told if (row := there.get(one.review)) and _changes(row, one, at)]
            for row in changed:
                row.save()
            taken = Taken(len(fresh), len(changed), len(told) - len(fresh) - len(changed))
            if fresh or changed:
                note = f"{taken.new} new, {taken.changed} changed"
                DatabaseAudit().write(Deed(deed.who, deed.what, deed.merchant, deed.subject, note=note), at)
        return taken

    def find(self, query: ReviewQuery, merchants: Merchants) -> ReviewPage:
        """Will give a page: the worst without an answer first, then the latest."""
        rows = _asked(_within(merchants), query)
        total = rows.count()
        pages = max(1, -(-total // PAGE))
        page = min(query.page, pages)
        order = Case(When(state="answered", then=Value(1)), default=Value(0), output_field=IntegerField())
        stars = Case(When(state="answered", then=Value(0)), default=F("stars"), output_field=IntegerField())
        ranked = rows.order_by(order, stars, "-at", "-pk")
        return ReviewPage(_reviews(ranked[(page - 1) * PAGE : page * PAGE]), total, page, pages)

    def after(self, query: ReviewQuery, merchants: Merchants, before: int, most: int) -> Sequence[Review]:
        """Will give reviews with the latest taken in first, from below a number (0: from the start)."""
        rows = _asked(_within(merchants), query).order_by("-pk")
        return _reviews((rows.filter(pk__lt=before) if before else rows)[:most])

    def one(self, number: int, merchants: Merchants) -> Review | None:
        """Will give one review."""
        found = _reviews(_within(merchants).filter(pk=number)) if number < 2**63 else []
        return found[0] if found else None

    def of_order(self, shop: str, order: str) -> Sequence[Review]:
        """Will give the reviews of an order, the latest first."""
        return _reviews(_rows().filter(shop__name=shop, order_no=order).order_by("-at")[:20]) if order else []

    def low_of(self, shop: str, sku: str) -> tuple[int, int]:
        """Will give how many bad reviews a SKU of a shop has, and how many it has at all."""
        found = ReviewRow.objects.filter(shop__name=shop, sku=sku).aggregate(
            low=Count("pk", filter=Q(stars__lte=LOW)), many=Count("pk")
        )
        return int(found["low"]), int(found["many"])

    def move(self, before: Review, told: Mapping[str, Any], deed: Deed, at: datetime) -> bool:
        """Will change a review whose state and draft are still those of `before`, and tell the audit; False where they are not."""
        with writing():
            if not ReviewRow.objects.filter(pk=before.number, state=before.state, draft=before.draft).update(**told):
                return False
            DatabaseAudit().write(deed, at)
        return True

    def figures(self, merchants: Merchants, shop: str, now: datetime) -> ReviewFigures:
        """Will reckon the figures of the reviews written lately."""
        rows = _within(merchants).filter(at__gt=now - timedelta(days=FIGURE_DAYS), at__lte=now)
        rows = rows.filter(shop__name=shop) if shop else rows
        told = rows.aggregate(
            many=Count("pk"), answered=Count("pk", filter=Q(state="answered")), mean=Avg("stars", default=0.0)
        )
        timed = rows.exclude(answered_at=None).order_by("-at").values_list("at", "answered_at")[:_TIMED]
        waited = [max(0.0, (answered - at).total_seconds() / 3600) for at, answered in timed if answered]
        skus = (
            rows.exclude(sku="")
            .values_list("shop__name", "sku")
            .annotate(many=Count("pk"), mean=Avg("stars"), low=Count("pk", filter=Q(stars__lte=LOW)))
            .filter(low__gt=0)
            .order_by("-low", "mean", "sku")[:SKUS]
        )
        return ReviewFigures(
            int(told["many"]),
            int(told["answered"]),
            float(told["mean"]),
            len(waited),
            median(waited) if waited else None,
            [SkuStars(*one) for one in skus],
        )


def _rows() -> QuerySet[ReviewRow]:
    return ReviewRow.objects.select_related("shop")


def _within(merchants: Merchants) -> QuerySet[ReviewRow]:
    return _rows() if merchants is None else _rows().filter(shop__merchant__in=merchants)


def _asked(rows: QuerySet[ReviewRow], query: ReviewQuery) -> QuerySet[ReviewRow]:
    wanted: dict[str, Any] = {"shop__name": query.shop, "state": query.state, "sku": query.sku}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if query.stars < 0:
        return rows.filter(stars__lte=LOW)
    return rows.filter(stars=query.stars) if query.stars else rows


def _told(one: ReviewTold) -> dict[str, Any]:
    return {
        "stars": one.stars,
        "at": one.at,
        "text": one.text,
        "order_no": one.order,
        "sku": one.sku,
        "author": one.author,
        "kind": one.kind,
        "link": one.link,
    }


def _row(shop: int, one: ReviewTold, at: datetime) -> ReviewRow:
    answered = {"answer": one.answer, "answered_at": one.answered_at, "state": "answered"} if one.answer else {}
    return ReviewRow(shop_id=shop, review=one.review, told_at=at, **_told(one), **answered)


def _changes(row: ReviewRow, one: ReviewTold, at: datetime) -> bool:
    """Whether what was told is new; the row is changed then.

    Order and SKU that are not told again stay. An answer that was written to other words or stars, and is not out yet, is looked at again.
    """
    told = _told(one)
    kept = {name: getattr(row, name) for name in told}
    told |= {name: kept[name] for name in ("order_no", "sku", "link", "author") if not told[name]}
    answered = bool(one.answer) and (row.state != "answered" or row.answer != one.answer)
    if told == kept and not answered:
        return False
    if (row.stars, row.text) != (one.stars, one.text) and row.state in ("proposed", "approved"):
        row.state, row.approved_by, row.approved_at = "open", "", None
    for name, value in told.items():
        setattr(row, name, value)
    if answered:
        row.answer, row.answered_at, row.state = one.answer, one.answered_at, "answered"
    row.told_at = at
    return True


def _reviews(rows: Iterable[ReviewRow]) -> list[Review]:
    found = list(rows)
    orders = {row.order_no for row in found if row.order_no}
    shops = {row.shop_id for row in found}
    cases: dict[tuple[int, str], tuple[int, str, str]] = {}
    if orders:
        latest = CaseRow.objects.filter(shop_id__in=shops, order_no__in=orders).order_by("pk")
        for pk, key, reason, shop, order in latest.values_list("pk", "key", "reason", "shop_id", "order_no"):
            cases[shop, order] = (pk, key, reason)
    return [_review(row, cases.get((row.shop_id, row.order_no))) for row in found]


def _review(row: ReviewRow, case: tuple[int, str, str] | None) -> Review:
    told = ReviewTold(
        row.review,
        row.stars,
        row.at,
        row.text,
        row.order_no,
        row.sku,
        row.author,
        row.kind,
        row.link,
        row.answer,
        row.answered_at,
    )
    state: ReviewState = row.state  # type: ignore[assignment]
    return Review(
        row.pk,
        row.shop.name,
        row.shop.merchant,
        row.shop.market,
        row.shop.channel,
        told,
        state,
        row.draft,
        row.drafted_by,
        row.drafted_at,
        row.approved_by,
        row.approved_at,
        row.why,
        case,
    )


def title_of(shop: str, order: str, sku: str) -> str:
    """Will give what an order calls a SKU, or its only line; "" where that is not known."""
    row = ShopOrder.objects.filter(shop__name=shop, number=order).first() if order else None
    lines = ((row.file.get("order") or {}).get("lines") or []) if row is not None else []
    same = [one for one in lines if one.get("sku") == sku] if sku else lines
    return str(same[0].get("title") or "")[:80] if len(same) == 1 else ""
