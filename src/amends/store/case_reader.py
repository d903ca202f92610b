"""Reads cases for lists and pages: filters, search, order, counts, and all that is kept of one case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.db.models import Count, Q, QuerySet

from amends.facts.listed import (
    PAGE_SIZE,
    RUNNING_OUT,
    VIEWS,
    Choices,
    ListLine,
    ListPage,
    ListQuery,
    Neighbours,
    RawRowView,
    StoredCase,
)
from amends.facts.people import Merchants
from amends.store.models import CaseFile, CaseRow, RawRow, Shop
from amends.store.search import matching
from amends.store.summary import NO_DUE
from amends.store.walls import of_shops, shops_within

_ORDERS: Final = {
    "deadline": ("due_order", "-value_points", "id"),
    "amount": ("-value_points", "due_order", "id"),
    "newest": ("-asked_order", "id"),
}
_HIGH: Final = 1000
_SHOWN_ROWS: Final = 50


class DatabaseCaseReader:
    """Implements `amends.learn.worklist.CaseReader` on the database. What is behind the wall is as if it were not there."""

    def page(self, query: ListQuery, now: datetime, merchants: Merchants) -> ListPage:
        """Will give one page; a page past the end gives the last one."""
        found = _asked(query, now, shops_within(merchants))
        total = self.counts(now, merchants)[query.view] if query.is_plain() else found.count()
        pages = max(1, -(-total // PAGE_SIZE))
        page = min(query.page, pages)
        start = (page - 1) * PAGE_SIZE
        rows = found.select_related("shop").order_by(*_ORDERS[query.sort])[start : start + PAGE_SIZE]
        return ListPage(tuple(_line(row) for row in rows), total, page, pages)

    def counts(self, now: datetime, merchants: Merchants) -> dict[str, int]:
        """Will count the cases of every view in one pass over one index."""
        wanted = {view: Count("pk", filter=_view(view, now)) for view in VIEWS}
        return dict(CaseRow.objects.filter(**of_shops(shops_within(merchants))).aggregate(**wanted))

    def choices(self, merchants: Merchants) -> Choices:
        """Will give the values that occur, so that no filter leads to an empty list by itself."""
        within = shops_within(merchants)

        def distinct(column: str) -> tuple[str, ...]:
            values = CaseRow.objects.filter(**of_shops(within)).exclude(**{column: ""}).values_list(column, flat=True)
            return tuple(sorted(values.distinct().order_by()))

        own = Shop.objects.filter(**of_shops(within, "pk"))
        shops = list(own.order_by("name").values_list("name", "channel"))
        return Choices(
            shop=tuple(name for name, _ in shops),
            platform=tuple(sorted({channel for _, channel in shops})),
            kind=distinct("kind"),
            reason=distinct("reason"),
            outcome=distinct("outcome"),
            market=distinct("market"),
        )

    def case(self, number: int, merchants: Merchants) -> StoredCase | None:
        """Will give one case with its files and source rows, or None."""
        file = CaseFile.objects.select_related("case__shop").filter(case_id=number).first()
        if file is None or not (merchants is None or file.case.shop.merchant in merchants):
            return None
        rows = RawRow.objects.filter(case_id=number).order_by("id")[:_SHOWN_ROWS]
        return StoredCase(
            line=_line(file.case),
            case=file.case_json,
            decision=file.decision_json,
            remarks=file.remarks,
            raw_rows=tuple(RawRowView(row.file, row.sha256, row.number, row.cells) for row in rows),
            decided_at=file.case.decided_at,
            imported_at=file.case.imported_at,
            merchant=file.case.shop.merchant,
        )

    def neighbours(self, query: ListQuery, number: int, now: datetime, merchants: Merchants) -> Neighbours:
        """Will give what stands before and after a case in the asked-for order, without reading the list."""
        found = _asked(query, now, shops_within(merchants))
        here = found.filter(pk=number).first()
        if here is None:
            return Neighbours()
        order = _ORDERS[query.sort]
        ahead = found.filter(_beyond(here, order, backwards=True))
        after = found.filter(_beyond(here, order, backwards=False)).order_by(*order)
        before = ahead.order_by(*(name[1:] if name.startswith("-") else f"-{name}" for name in order))
        return Neighbours(
            before=before.values_list("pk", flat=True).first(),
            after=after.values_list("pk", flat=True).first(),
            place=ahead.count() + 1,
            total=found.count(),
        )


def _view(view: str, now: datetime) -> Q:
    moment = int(now.timestamp())
    soon = moment + int(RUNNING_OUT.total_seconds())
    if view == "closed":
        return Q(state="closed")
    ours = Q(next_who="merchant")
    narrower = {
        "open": Q(),
        "running_out": ours & Q(due_order__gte=moment, due_order__lt=soon),
        "overdue": ours & Q(due_order__lt=moment),
        "evidence": Q(evidence_due=True),
        "receive": Q(to_receive=True),
        "review": Q(handling="review"),
        "auto": Q(handling="auto"),
        "disputes": Q(disputed=True),
        "high_value": Q(value_points__gte=_HIGH),
    }
    return Q(state="open") & narrower[view]


def _asked(query: ListQuery, now: datetime, shops: list[int] | None) -> QuerySet[CaseRow]:
    found = CaseRow.objects.filter(_view(query.view, now), **of_shops(shops))
    columns = {"shop": "shop__name", "platform": "shop__channel"}
    for name in ("shop", "platform", "kind", "reason", "outcome", "market"):
        wanted = getattr(query, name)
        if wanted:
            found = found.filter(**{columns.get(name, name): wanted})
    return matching(found, query.text)


def _beyond(here: CaseRow, order: tuple[str, ...], *, backwards: bool) -> Q:
    """The cases that come after (or before) `here`: later in the first column, or equal there and later in the next."""
    beyond, equal = Q(), Q()
    for name in order:
        descending, column = name.startswith("-"), name.lstrip("-")
        value = getattr(here, column)
        way = "lt" if descending != backwards else "gt"
        beyond |= equal & Q(**{f"{column}__{way}": value})
        equal &= Q(**{column: value})
    return beyond


def _line(row: CaseRow) -> ListLine:
    due = datetime.fromtimestamp(row.due_order, UTC) if row.due_order < NO_DUE else None
    return ListLine(
        id=row.pk,
        key=row.key,
        shop=row.shop.name,
        channel=row.shop.channel,
        market=row.market,
        state=row.state,
        kind=row.kind,
        reason=row.reason,
        currency=row.currency,
        amount_minor=row.amount_minor,
        order_no=row.order_no,
        buyer=row.buyer,
        title=row.title,
        sku=row.sku,
        pieces=row.pieces,
        outcome=row.outcome,
        remedy=row.remedy,
        handling=row.handling,
        refund_minor=row.refund_minor,
        says={"zh": row.says_zh, "en": row.says_en},
        due=due,
        next_who=row.next_who,
        next_action=row.next_action,
        if_missed={"zh": row.if_missed_zh, "en": row.if_missed_en},
        high_value=row.value_points >= _HIGH,
        disputed=row.disputed,
    )
