"""Reads cases for lists and pages: filters, search, order, counts, and all that is kept of one case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.db.models import QuerySet

from amends.facts.listed import (
    COUNTED,
    FARTHEST,
    PAGE_SIZE,
    Choices,
    FreshLines,
    ListLine,
    ListPage,
    ListQuery,
    Neighbours,
    RawRowView,
    StoredCase,
)
from amends.facts.people import Merchants
from amends.store.case_asked import asked, beyond, ordered, place_of, read_place
from amends.store.case_choices import choices_within
from amends.store.case_counts import counted, counts_of_views
from amends.store.case_early import common_search
from amends.store.case_views import HIGH
from amends.store.models import CaseFile, CaseLogRow, CaseRow, RawRow
from amends.store.summary import NO_DUE
from amends.store.walls import of_shops, shops_within

_SHOWN_ROWS: Final = 50


class DatabaseCaseReader:
    """Implements `amends.learn.worklist.CaseReader` on the database. What is behind the wall is as if it were not there."""

    def page(self, query: ListQuery, now: datetime, merchants: Merchants) -> ListPage:
        """Will give one page; a page past the end gives the last one."""
        shops = shops_within(merchants)
        found, common = asked(query, now, shops), common_search(query, now, shops)
        rows, page = (common[0], 1) if common is not None else _rows(found, query)
        lines, more = rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
        if common is not None and common[1]:
            total = COUNTED + 1
        else:
            total = len(rows) if page == 1 and not more else counted(found, COUNTED + 1)
        pages = -(-total // PAGE_SIZE) if total <= COUNTED else page + more
        last = place_of(lines[-1], query.sort) if lines else ""
        return ListPage(tuple([line_of(row) for row in lines]), total, page, max(1, pages, page), last)

    def counts(self, now: datetime, merchants: Merchants, me: str = "", role: str = "") -> dict[str, int]:
        """Will count the cases of every view up to `COUNTED` + 1, all in one question to the database."""
        return counts_of_views(now, shops_within(merchants), me, role)

    def choices(self, merchants: Merchants) -> Choices:
        """Will give the values that the filters can take."""
        return choices_within(merchants)

    def numbers(self, query: ListQuery, now: datetime, merchants: Merchants, most: int) -> list[int]:
        """Will give the numbers of the first cases that match, in the list's order."""
        found = ordered(asked(query, now, shops_within(merchants)), query.sort)
        return list(found.values_list("pk", flat=True)[:most])

    def fresh(self, query: ListQuery, seen: dict[int, int], now: datetime, merchants: Merchants) -> FreshLines:
        """Will give the lines that are no longer as they were seen; `seen` gives the version by number."""
        within = of_shops(shops_within(merchants))
        rows = CaseRow.objects.filter(pk__in=seen, **within).select_related("shop")
        changed = [row for row in rows if row.version != seen[row.pk]]
        there = set(asked(query, now, shops_within(merchants)).filter(pk__in=seen).values_list("pk", flat=True))
        return FreshLines(tuple([line_of(row) for row in changed]), tuple(sorted(set(seen) - there)))

    def version(self) -> int:
        """Will give a number that is another one once anything was written into the log of any case."""
        return CaseLogRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def line(self, number: int, merchants: Merchants) -> ListLine | None:
        """Will give one case as a line, or None."""
        row = CaseRow.objects.filter(pk=number, **of_shops(shops_within(merchants))).select_related("shop").first()
        return None if row is None else line_of(row)

    def case(self, number: int, merchants: Merchants) -> StoredCase | None:
        """Will give one case with its files and source rows, or None."""
        file = CaseFile.objects.select_related("case__shop").filter(case_id=number).first()
        if file is None or not (merchants is None or file.case.shop.merchant in merchants):
            return None
        rows = RawRow.objects.filter(case_id=number).order_by("id")[:_SHOWN_ROWS]
        return StoredCase(
            line=line_of(file.case),
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
        found = asked(query, now, shops_within(merchants))
        here = found.filter(pk=number).first()
        if here is None:
            return Neighbours()
        place = read_place(place_of(here, query.sort), query.sort)
        ahead = found.filter(beyond(place, query.sort, backwards=True))
        after = ordered(found.filter(beyond(place, query.sort)), query.sort)
        return Neighbours(
            before=ordered(ahead, query.sort, backwards=True).values_list("pk", flat=True).first(),
            after=after.values_list("pk", flat=True).first(),
            place=counted(ahead, COUNTED) + 1,
            total=counted(found, COUNTED + 1),
        )


def _rows(found: QuerySet[CaseRow], query: ListQuery) -> tuple[list[CaseRow], int]:
    """The rows of a page and one more where another page follows, and the page's number."""
    lines = ordered(found.select_related("shop"), query.sort)
    place = read_place(query.after, query.sort)
    if place and query.page > 1:
        rows = list(lines.filter(beyond(place, query.sort))[: PAGE_SIZE + 1])
        if rows:
            return rows, query.page
    page = min(query.page, FARTHEST)
    start = (page - 1) * PAGE_SIZE
    rows = list(lines[start : start + PAGE_SIZE + 1])
    if rows or page == 1:
        return rows, page
    page = max(1, -(-counted(found, start) // PAGE_SIZE))
    start = (page - 1) * PAGE_SIZE
    return list(lines[start : start + PAGE_SIZE + 1]), page


def line_of(row: CaseRow) -> ListLine:
    """Will give a case as lists show it."""
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
        high_value=row.value_points >= HIGH,
        disputed=row.disputed,
        status=row.status,
        assignee=row.assignee,
        risky=row.risky,
        to_approve=row.to_approve,
        exception=row.exception,
        escalated_to=row.escalated_to,
        version=row.version,
    )
