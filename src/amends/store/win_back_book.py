"""Win-back in the database: who may be written to, who was, and who came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from amends.facts.disputes import OPEN
from amends.facts.follow_up import UNHAPPY, FollowShop
from amends.facts.orders import email_form
from amends.facts.people import Merchants
from amends.facts.win_back import (
    CAME_BACK_DAYS,
    LOOK_BACK_DAYS,
    ConsentState,
    WinBack,
    WinCandidate,
    WinFigures,
    WinState,
)
from amends.store.database import writing
from amends.store.follow_book import DatabaseFollow
from amends.store.models import CaseRow, ConsentRow, DisputeRow, ShopOrder, WinBackRow
from amends.store.post_consent import agrees
from amends.store.post_gather import WIN_BACK
from amends.store.post_stops import stop_letters
from amends.store.shop_orders import contact_key

_CHUNK: Final = 500


class DatabaseWinBack:
    """Implements `amends.desk.follow.win_ports.WinBackBook`."""

    def shops(self, merchants: Merchants) -> Sequence[FollowShop]:
        """Will give every shop within a wall, by name."""
        return DatabaseFollow().shops(merchants)

    def consent(self, merchant: str, email: str, state: ConsentState, by: str, at: datetime) -> None:
        """Will keep what a buyer said to advertising; what they stopped themselves stays stopped."""
        self.keep_consent(merchant, contact_key(email_form(email)), state, by, at)

    def keep_consent(self, merchant: str, key: str, state: ConsentState, by: str, at: datetime) -> None:
        """Will keep it by the buyer's key."""
        if not key:
            return
        with writing():
            row, fresh = ConsentRow.objects.get_or_create(
                merchant=merchant, key=key, defaults={"state": state, "at": at, "by": by}
            )
            if not fresh and row.state not in (state, "stopped"):
                ConsentRow.objects.filter(pk=row.pk).update(state=state, at=at, by=by)
            if state != "yes":
                told = WinBackRow.objects.filter(key=key, shop__merchant=merchant, state="sent")
                stop_letters(list(told.values_list("case_id", flat=True)), (WIN_BACK,))

    def candidates(self, shop: FollowShop, now: datetime, most: int) -> Sequence[WinCandidate]:
        """Will give closed cases whose buyers agreed to be written to, have not ordered since, and were not written to in the span."""
        win = shop.terms.win
        until = now - timedelta(days=win.days)
        cases = CaseRow.objects.filter(
            shop_id=shop.number,
            state="closed",
            merged_into=None,
            win_back=None,
            updated_at__lte=until,
            updated_at__gt=until - timedelta(days=LOOK_BACK_DAYS),
        ).exclude(order_no="")
        if win.rule == "unhappy":
            cases = cases.filter(survey__score__lte=UNHAPPY)
        found: list[WinCandidate] = []
        chosen: set[str] = set()
        for row in cases.select_related("survey").order_by("updated_at", "pk")[:_CHUNK]:
            key = self.key_of(row.shop_id, row.order_no)
            if key and key not in chosen and self._open(shop, key, row.updated_at, now):
                survey = getattr(row, "survey", None)
                unhappy = survey is not None and survey.score is not None and survey.score <= UNHAPPY
                found.append(WinCandidate(row.pk, shop.name, key, "unhappy" if unhappy else "lost"))
                chosen.add(key)
            if len(found) >= most:
                break
        return found

    def key_of(self, shop: int, order: str) -> str:
        """Will give the digest that an order's buyer is known by; "" where they have no address."""
        found = ShopOrder.objects.filter(shop_id=shop, number=order).values_list("email_key", flat=True).first()
        return found or ""

    def may_write(self, one: WinBack) -> bool:
        """Whether a buyer agrees still, has not come back by themselves, and is in no quarrel with this merchant."""
        ordered = ShopOrder.objects.filter(shop__name=one.shop, email_key=one.key, placed_at__gt=one.at).exists()
        return not ordered and agrees(one.merchant, one.key) and not _in_trouble(one.merchant, one.key)

    def _open(self, shop: FollowShop, key: str, closed: datetime, now: datetime) -> bool:
        since = now - timedelta(days=shop.terms.win.span)
        ordered = ShopOrder.objects.filter(shop_id=shop.number, email_key=key, placed_at__gt=closed).exists()
        written = WinBackRow.objects.filter(shop_id=shop.number, key=key, at__gt=since).exists()
        mine = agrees(shop.merchant, key) and not _in_trouble(shop.merchant, key)
        return not ordered and not written and mine

    def draw(self, one: WinCandidate, group: str, at: datetime) -> bool:
        """Will keep a candidate's group, once a case."""
        shop = CaseRow.objects.values_list("shop_id", flat=True).get(pk=one.case)
        told = {"shop_id": shop, "key": one.key, "why": one.why, "group": group, "at": at}
        with writing():
            return WinBackRow.objects.get_or_create(case_id=one.case, defaults=told)[1]

    def waiting(self, merchants: Merchants, most: int) -> Sequence[WinBack]:
        """Will give those who wait to be written to, the longest waiting first."""
        rows = _rows(merchants).filter(group="offered", state="waiting").order_by("at", "pk")
        return [_one(row) for row in rows[:most]]

    def one(self, case: int) -> WinBack | None:
        """Will give one; None where its case is none."""
        row = _rows(None).filter(pk=case).first() if case < 2**63 else None
        return None if row is None else _one(row)

    def settle(self, case: int, state: WinState, by: str, at: datetime) -> None:
        """Will keep that a buyer was written to, or is left alone."""
        with writing():
            WinBackRow.objects.filter(pk=case).update(state=state, settled_by=by, settled_at=at)

    def figures(self, merchants: Merchants) -> Sequence[WinFigures]:
        """Will count, for each shop, who was drawn and who came back."""
        until = ExpressionWrapper(F("at") + timedelta(days=CAME_BACK_DAYS), output_field=DateTimeField())
        later = ShopOrder.objects.filter(
            shop_id=OuterRef("shop_id"),
            email_key=OuterRef("key"),
            placed_at__gt=OuterRef("at"),
            placed_at__lte=OuterRef("until"),
        )
        rows = _rows(merchants).annotate(until=until).annotate(back=Exists(later))
        offered, control = Q(group="offered"), Q(group="control")
        told = rows.values("shop__name").annotate(
            offered=Count("pk", filter=offered),
            offered_back=Count("pk", filter=offered & Q(back=True)),
            sent=Count("pk", filter=Q(state="sent")),
            control=Count("pk", filter=control),
            control_back=Count("pk", filter=control & Q(back=True)),
        )
        return [
            WinFigures(
                one["shop__name"],
                one["offered"],
                one["offered_back"],
                one["sent"],
                one["control"],
                one["control_back"],
            )
            for one in told.order_by("shop__name")
        ]


def _in_trouble(merchant: str, key: str) -> bool:
    """Whether a buyer has a case that is open, or a dispute about money that is not over: no moment for advertising."""
    orders = ShopOrder.objects.filter(email_key=key, shop__merchant=merchant).values_list("shop_id", "number")
    for shop, number in orders.order_by("-placed_at", "-pk")[:_CHUNK]:
        cases = CaseRow.objects.filter(shop_id=shop, order_no=number, merged_into=None)
        quarrels = DisputeRow.objects.filter(Q(case__in=cases) | Q(shop_id=shop, order_no=number))
        if cases.exclude(state="closed").exists() or quarrels.filter(stage__in=sorted(OPEN)).exists():
            return True
    return False


def _rows(merchants: Merchants) -> QuerySet[WinBackRow]:
    rows = WinBackRow.objects.select_related("case", "shop")
    return rows if merchants is None else rows.filter(shop__merchant__in=merchants)


def _one(row: WinBackRow) -> WinBack:
    return WinBack(
        row.case_id,
        row.case.key,
        row.shop.name,
        row.shop.merchant,
        row.case.market,
        row.key,
        row.why,
        row.group,  # type: ignore[arg-type]
        row.state,  # type: ignore[arg-type]
        row.at,
        row.settled_by,
        row.settled_at,
    )
