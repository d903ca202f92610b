"""Disputes in the database: found, held, matched, counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from amends.facts.dispute_list import DisputeLine, DisputePage, DisputeQuery, Money
from amends.facts.disputes import LOST, OPEN, OURS, PARTLY, WON, DisputeTold, Fight, KeptDispute
from amends.facts.people import Merchants
from amends.store.database import writing
from amends.store.dispute_match import case_by_payment
from amends.store.dispute_rows import dispute_of, fight_of
from amends.store.dispute_told import take_told
from amends.store.held_dispute import DatabaseHeldDispute
from amends.store.models import CaseRow, DisputeRow, FightRow
from amends.store.walls import sees_all, walled, within

PAGE = 50
_ENDS = {"won": WON, "partly": PARTLY, "lost": LOST - {"accepted"}}


class DatabaseDisputes:
    """Implements `amends.desk.disputes.ports.DisputeBook`."""

    def take(self, told: DisputeTold, at: datetime, shop: str = "") -> tuple[int, bool]:
        """Will keep what was told; the dispute's number, and whether anything of it is new."""
        with writing():
            row, new = take_told(told, at)
            if shop and row.shop_id is None:
                held = DatabaseHeldDispute(row)
                held.place(shop)
                held.flush()
            return row.pk, new

    @contextmanager
    def holding(self, number: int) -> Iterator[DatabaseHeldDispute | None]:
        """Will hold a dispute under its lock in one transaction, or as part of the caller's."""
        with writing():
            row = _rows().select_for_update(of=("self",)).filter(pk=number).first()
            if row is None:
                yield None
                return
            held = DatabaseHeldDispute(row)
            yield held
            held.flush()

    def get(self, number: int, merchants: Merchants) -> KeptDispute | None:
        """Will give one within the wall."""
        row = _mine(_rows().filter(pk=number), merchants).first()
        return None if row is None else dispute_of(row)

    def of_case(self, case: int) -> Sequence[KeptDispute]:
        """Will give a case's disputes, the newest first."""
        return [dispute_of(row) for row in _rows().filter(case_id=case).order_by("-pk")]

    def fights(self, number: int) -> Sequence[Fight]:
        """Will give what was done about one, oldest first."""
        return [fight_of(row) for row in FightRow.objects.filter(dispute_id=number).order_by("pk")]

    def page(self, query: DisputeQuery, merchants: Merchants) -> DisputePage:
        """Will give a page of disputes: the soonest of our clocks first, then by money, with what is at risk in all."""
        mine = _mine(DisputeRow.objects.all(), merchants)
        found = _asked(mine, query)
        order = (F("due_at").asc(nulls_last=True), "-amount_minor", "pk") if query.view != "over" else ("-pk",)
        rows = found.select_related("shop", "case__shop").order_by(*order)
        since = (query.page - 1) * PAGE
        lines = [DisputeLine(dispute_of(row), row.fresh) for row in rows[since : since + PAGE]]
        counts = {view: _asked(mine, DisputeQuery(view=view)).count() for view in ("ours", "open", "over", "loose")}
        sums = mine.filter(stage__in=sorted(OPEN)).order_by().values("currency").annotate(sum=Sum("amount_minor"))
        risk = {one["currency"]: one["sum"] for one in sums}
        return DisputePage(
            lines, found.count(), counts, [Money(amount, code) for code, amount in sorted(risk.items()) if code]
        )

    def waiting(self, merchants: Merchants) -> int:
        """Will count those that wait for us."""
        return _mine(DisputeRow.objects.filter(stage__in=sorted(OURS)), merchants).count()

    def outcomes(self, merchant: str, forums: Sequence[str], reasons: Sequence[str], channel: str) -> Sequence[str]:
        """Will give how disputes of these forums and reasons ended at a merchant's shops on a channel: won, partly, lost."""
        rows = DisputeRow.objects.filter(
            shop__merchant=merchant, shop__channel=channel, forum__in=list(forums), reason__in=list(reasons)
        )
        stages = rows.exclude(sort="alert").values_list("stage", flat=True)
        return [end for stage in stages for end, all_of in _ENDS.items() if stage in all_of]

    def fresh(self, most: int) -> Sequence[int]:
        """Will give disputes of which a case's log does not tell everything yet."""
        return list(
            DisputeRow.objects.filter(fresh=True, case__isnull=False).order_by("pk").values_list("pk", flat=True)[:most]
        )

    def unmatched(self, now: datetime, most: int) -> Sequence[KeptDispute]:
        """Will give disputes without a case that were not looked for within the hour, and count them as looked for."""
        due = Q(looked_at=None) | Q(looked_at__lt=now - timedelta(hours=1)) | Q(fresh=True)
        rows = list(_rows().filter(due, case=None, stage__in=sorted(OPEN)).order_by("pk")[:most])
        with writing():
            DisputeRow.objects.filter(pk__in=[row.pk for row in rows]).update(looked_at=now, fresh=False)
        return [dispute_of(row) for row in rows]

    def case_for(self, one: KeptDispute) -> int | None:
        """Will give the case that a dispute is about, by its payment, then by its order; None where nothing fits, or two shops' do."""
        return case_by_payment(one)

    def case_named(self, key: str, merchants: Merchants) -> int | None:
        """Will give a case by its own name or its order's, within the wall; the newest of several."""
        rows = walled(CaseRow.objects.filter(Q(key=key) | Q(order_no=key)), merchants, "shop")
        return rows.order_by("-pk").values_list("pk", flat=True).first()

    def answered(self, merchants: Merchants, payment: str) -> Sequence[KeptDispute]:
        """Will give every dispute about a payment."""
        rows = _mine(_rows().filter(payment_reference=payment).exclude(payment_reference=""), merchants)
        return [dispute_of(row) for row in rows.order_by("pk")]

    def alerts_under_way(self, most: int) -> Sequence[KeptDispute]:
        """Will give alerts whose refund is under way."""
        return [dispute_of(row) for row in _rows().filter(sort="alert", stage="refunding").order_by("pk")[:most]]

    def overtaken(self, most: int) -> Sequence[int]:
        """Will give alerts about payments that were disputed after them."""
        same = DisputeRow.objects.filter(sort="card", payment_reference=OuterRef("payment_reference"))
        alerts = DisputeRow.objects.filter(Exists(same.filter(made_at__gte=OuterRef("made_at"))), sort="alert")
        found = alerts.exclude(payment_reference="").exclude(stage="charged_back")
        return list(found.order_by("pk").values_list("pk", flat=True)[:most])

    def running_out(self, until: datetime, most: int) -> Sequence[KeptDispute]:
        """Will give disputes that wait for our word, are due by then, and for which nothing was decided on in this round."""
        rows = _rows().filter(stage__in=sorted(OURS), due_at__lte=until, case__isnull=False)
        found = [row for row in rows.order_by("due_at")[:most] if row.more.get("warned") != row.round]
        decided = FightRow.objects.filter(dispute__in=found).exclude(state__in=("failed", "dropped"))
        busy = set(decided.values_list("dispute_id", "round"))
        return [dispute_of(row) for row in found if (row.pk, row.round) not in busy]


def _rows() -> QuerySet[DisputeRow]:
    return DisputeRow.objects.select_related("shop", "case__shop")


def _mine(rows: QuerySet[DisputeRow], merchants: Merchants) -> QuerySet[DisputeRow]:
    """Those within the wall; an alert is its merchant's before anything fits it."""
    if merchants is None or sees_all(merchants):
        return rows
    return rows.filter(within(merchants, "shop") | Q(shop=None, more__merchant__in=sorted(merchants)))


def _asked(rows: QuerySet[DisputeRow], query: DisputeQuery) -> QuerySet[DisputeRow]:
    if query.view == "ours":
        rows = rows.filter(stage__in=sorted(OURS))
    elif query.view == "open":
        rows = rows.filter(stage__in=sorted(OPEN))
    elif query.view == "over":
        rows = rows.exclude(stage__in=sorted(OPEN))
    elif query.view == "loose":
        rows = rows.filter(case=None)
    for name in ("sort", "forum"):
        if value := getattr(query, name):
            rows = rows.filter(**{name: value})
    if query.words:
        words = query.words
        rows = rows.filter(
            Q(reference__icontains=words)
            | Q(order_no__icontains=words)
            | Q(payment_reference__icontains=words)
            | Q(case__key__icontains=words)
        )
    return rows
