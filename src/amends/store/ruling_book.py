"""Money that platforms moved by rulings, in the database: kept, weighed against what went back, booked once, and taken off where the
platform tells of the same money as a refund afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, Sum

from amends.facts.entries import chargeback
from amends.facts.people import Merchants
from amends.facts.ruling_money import OUT, RulingMoney, RulingState, ruling_entry
from amends.store.database import writing
from amends.store.models import (
    BookLineRow,
    CaseRow,
    DisputeRow,
    Order,
    OrderPayment,
    RulingMoneyRow,
    Shop,
    ToldRefundRow,
)
from amends.store.money_orders import post
from amends.store.money_reads import payments_of
from amends.store.walls import walled

_STANDS = ("proposed", "booked")


class DatabaseRulingMoney:
    """Implements `amends.desk.disputes.ruling_money.RulingMoneyBook`."""

    def of_dispute(self, dispute: int) -> Sequence[RulingMoney]:
        """Will give those of a dispute, oldest first."""
        return [_view(row) for row in RulingMoneyRow.objects.filter(dispute_id=dispute).order_by("pk")]

    def against(self, one: RulingMoney) -> str:
        """Will say what stands against booking it, under the order's lock; "" where nothing does."""
        with writing():
            dispute = _dispute(one)
            order = _order(dispute)
            used = RulingMoneyRow.objects.filter(shop=_shop(dispute), reference=one.reference, state__in=_STANDS)
            if used.exclude(pk=one.number).exists():
                return "used"
            if one.kind not in OUT and one.amount > _taken(one) - _given(one):
                return "back"
            if one.kind == "undone" and one.amount > sum([_standing(row, order) for row in _prices(dispute)]):
                return "back"
            return _against_price(one, dispute, order) if one.kind == "price" else ""

    def put(self, one: RulingMoney) -> RulingMoney:
        """Will keep it, with its number."""
        with writing():
            dispute = _dispute(one)
            row = RulingMoneyRow.objects.create(
                dispute=dispute,
                shop=_shop(dispute),
                ruling=one.ruling,
                kind=one.kind,
                amount_minor=one.amount,
                currency=one.currency,
                reference=one.reference,
                moved_at=one.moved_at,
                state=one.state,
                note=one.note,
                by=one.by,
                at=one.at,
                needs_role=one.needs_role,
            )
            return _view(row)

    def book(self, one: RulingMoney, key: str) -> None:
        """Will post its entry, once for its key."""
        with writing():
            dispute = _dispute(one)
            order = _order(dispute)
            payment = _payment(dispute, order)
            RulingMoneyRow.objects.filter(pk=one.number).update(key=key)
            post(order, ruling_entry(key, one, payment.name if payment else ""))

    def settle(self, number: int, state: RulingState, by: str, at: datetime) -> None:
        """Will keep what became of one that waited."""
        with writing():
            RulingMoneyRow.objects.filter(pk=number).update(state=state, settled_by=by, settled_at=at)

    def waiting(self, merchants: Merchants) -> Sequence[tuple[RulingMoney, str]]:
        """Will give those within the wall that wait for a second person."""
        rows = walled(RulingMoneyRow.objects.filter(state="proposed"), merchants, "shop")
        found = rows.select_related("dispute__case").order_by("pk")[:100]
        return [(_view(row), row.dispute.case.key if row.dispute.case else "") for row in found]


def told_as_refund(order: Order, case_no: str, refund: str, amount: int, at: datetime) -> None:
    """Will take off what a ruling took for a case where its platform tells of a refund of that case: it is the same money, told twice."""
    rows = RulingMoneyRow.objects.select_related("dispute__payment").filter(
        kind="price", state="booked", dispute__case__key=case_no, dispute__case__shop_id=order.shop_id
    )
    left, name = amount, hashlib.sha256(refund.encode()).hexdigest()[:24]
    for row in rows.order_by("pk"):
        same = min(left, _standing(row, order))
        payment = _payment(row.dispute, order)
        if same > 0 and payment is not None:
            post(order, chargeback(f"{row.key}:told:{name}", payment.name, same, order.currency, at, won=True))
            left -= same


def _against_price(one: RulingMoney, dispute: DisputeRow, order: Order) -> str:
    """What stands against the buyer having had so much of the price from the deposit."""
    case = dispute.case
    payment = _payment(dispute, order)
    if payment is None or case is None:
        return "payment"
    refunds = ToldRefundRow.objects.filter(connection__shop_id=order.shop_id, order_no=order.number, case_no=case.key)
    if refunds.exclude(state="ours").exists():
        return "told"
    there = next((paid for paid in payments_of(case.pk) if paid.name == payment.name), None)
    left = 0 if there is None else there.captured - there.given_back - there.promised
    return "more" if one.amount > left else ""


def _taken(one: RulingMoney) -> int:
    return _sum(one, Q(kind__in=sorted(OUT)) & Q(state="booked"))


def _given(one: RulingMoney) -> int:
    return _sum(one, ~Q(kind__in=sorted(OUT)) & Q(state__in=_STANDS) & ~Q(pk=one.number))


def _sum(one: RulingMoney, which: Q) -> int:
    rows = RulingMoneyRow.objects.filter(which, dispute_id=one.dispute)
    return int(rows.aggregate(total=Sum("amount_minor"))["total"] or 0)


def _standing(row: RulingMoneyRow, order: Order) -> int:
    """What a movement of the price comes to by now: without what its platform told as a refund since, and what was undone."""
    lines = BookLineRow.objects.filter(entry__order=order, account="chargeback")
    ours = Q(entry__key=f"chargeback:{row.key}") | Q(entry__key__startswith=f"chargeback_reversed:{row.key}:")
    undone = RulingMoneyRow.objects.filter(dispute=row.dispute_id, kind="undone", state="booked")
    back = undone.aggregate(total=Sum("amount_minor"))["total"] or 0
    return int(lines.filter(ours).aggregate(total=Sum("amount_minor"))["total"] or 0) - int(back)


def _prices(dispute: DisputeRow) -> list[RulingMoneyRow]:
    return list(RulingMoneyRow.objects.filter(dispute=dispute, kind="price", state="booked").order_by("pk"))


def _dispute(one: RulingMoney) -> DisputeRow:
    return DisputeRow.objects.select_related("case__shop", "payment").get(pk=one.dispute)


def _shop(dispute: DisputeRow) -> Shop:
    """The shop of the case."""
    if dispute.case is None:
        raise CaseRow.DoesNotExist(dispute.pk)
    return dispute.case.shop


def _order(dispute: DisputeRow) -> Order:
    """The order of the case, under its lock."""
    shop = _shop(dispute)
    return Order.objects.select_for_update().get(shop=shop, number=dispute.case.order_no if dispute.case else "")


def _payment(dispute: DisputeRow, order: Order) -> OrderPayment | None:
    """The payment that the dispute names, else the order's first; what buyers paid on top is not meant."""
    if dispute.payment is not None and dispute.payment.order_id == order.pk:
        return dispute.payment
    return order.payments.exclude(name__startswith="extra-").order_by("pk").first()


def _view(row: RulingMoneyRow) -> RulingMoney:
    return RulingMoney(
        row.pk,
        row.dispute_id,
        row.ruling,
        row.kind,  # type: ignore[arg-type]
        row.amount_minor,
        row.currency,
        row.reference,
        row.moved_at,
        row.state,  # type: ignore[arg-type]
        row.note,
        row.by,
        row.at,
        row.needs_role,
        row.settled_by,
    )
