"""The inbox in the database: a notice is a row first, and is applied to steps, payments and the book once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from django.db.models import F

from amends.facts.dispute_wire import read_told
from amends.facts.entries import chargeback
from amends.facts.inbox import KeptNotice, NoticeState
from amends.facts.people import Merchants
from amends.facts.plan import OPEN
from amends.facts.wire import Notice, Receipt
from amends.store.collect_told import brought_by, take_collection
from amends.store.database import writing
from amends.store.dispute_told import hold_payment, take_told
from amends.store.held_dispute import NO_PAYMENT
from amends.store.models import DisputeRow, NoticeRow, OrderPayment, PayStep
from amends.store.money_orders import post
from amends.store.money_payouts import take_receipt
from amends.store.outside_money import take_outside
from amends.store.walls import walled


class DatabaseInbox:
    """Implements `amends.desk.ports.Inbox`."""

    def put(
        self, source: str, name: str, kind: str, headers: Mapping[str, str], body: bytes, at: datetime
    ) -> KeptNotice:
        """Will keep a notice; one that is there already is counted and given as it is."""
        with writing():
            row, new = NoticeRow.objects.get_or_create(
                source=source,
                name=name[:200],
                defaults={"kind": kind, "headers": dict(headers), "body": body, "at": at},
            )
            if not new:
                NoticeRow.objects.filter(pk=row.pk).update(times=F("times") + 1)
            return _kept(row)

    def refuse(
        self, source: str, name: str, headers: Mapping[str, str], body: bytes, reason: str, at: datetime
    ) -> None:
        """Will keep what proves nothing, with the reason, for people to look at; never applied."""
        with writing():
            row, new = NoticeRow.objects.get_or_create(
                source=source,
                name=name[:200],
                defaults={
                    "headers": dict(headers),
                    "body": body[:65_536],
                    "at": at,
                    "state": "refused",
                    "reason": reason[:300],
                    "settled_at": at,
                },
            )
            if not new:
                NoticeRow.objects.filter(pk=row.pk).update(times=F("times") + 1)

    def apply(self, number: int, notice: Notice, at: datetime) -> NoticeState:
        """Will make of a kept notice what it means, in one transaction and once; a settled one stays as it is."""
        with writing():
            row = NoticeRow.objects.select_for_update().get(pk=number)
            if row.state in ("done", "ignored", "refused"):
                return cast("NoticeState", row.state)
            row.shop_id = _shop_of(row.source, notice)
            state, reason = _applied(row.source, notice, at)
            row.state, row.reason, row.settled_at = state, reason[:300], at
            row.save(update_fields=["state", "reason", "settled_at", "shop"])
            return state

    def notice(self, number: int, merchants: Merchants) -> KeptNotice | None:
        """Will give one notice within the wall."""
        row = walled(NoticeRow.objects.filter(pk=number), merchants, "shop").first()
        return _kept(row) if row else None

    def waiting(self, merchants: Merchants, states: tuple[NoticeState, ...] = ("received",)) -> list[KeptNotice]:
        """Will give the notices within the wall in these states, oldest first, at most 200."""
        rows = walled(NoticeRow.objects.filter(state__in=states), merchants, "shop")
        return [_kept(row) for row in rows.order_by("at", "pk")[:200]]


def _applied(source: str, notice: Notice, at: datetime) -> tuple[NoticeState, str]:
    if notice.kind == "refund" and notice.receipt is not None:
        return _refund(source, notice, notice.receipt, at)
    if notice.kind == "dispute":
        return _dispute(source, notice, at)
    if notice.kind == "collection":
        return take_collection(source, notice, at)
    return "ignored", ""


def _refund(source: str, notice: Notice, receipt: Receipt, at: datetime) -> tuple[NoticeState, str]:
    step = _step(source, notice)
    if step is None:
        return _outside(source, notice, receipt, at)
    wrong = [
        f"{what}: the notice says {told}, the step {ours}"
        for what, told, ours in (
            ("amount", receipt.amount, step.amount_minor),
            ("currency", receipt.currency, step.currency),
        )
        if told is not None and told != ours
    ]
    if wrong:
        step.alarm = wrong[0][:300]
        step.save(update_fields=["alarm"])
        return "exception", "; ".join(wrong)
    before, ended = step.state, step.settled_at
    take_receipt(step, receipt, at, "notice")
    if before == "reversed" and notice.at is not None and ended is not None and notice.at <= ended:
        return "done", "told of the success before it was turned back"
    if before not in (*OPEN, "succeeded") and receipt.outcome == "succeeded":
        return "exception", f"the gateway tells of success, but the step is {before}; look at the gateway's own console"
    return "done", ""


def _step(source: str, notice: Notice) -> PayStep | None:
    steps = PayStep.objects.select_for_update(of=("self",)).select_related("order", "payment").filter(gateway=source)
    found = steps.filter(key=notice.key).first() if notice.key else None
    if found is None and notice.reference:
        found = steps.filter(reference=notice.reference).first()
    return found


def _outside(source: str, notice: Notice, receipt: Receipt, at: datetime) -> tuple[NoticeState, str]:
    """A refund that is none of ours: made on the gateway's own console, it counts towards the cap."""
    payment = _payment(notice)
    if payment is None or receipt.outcome != "succeeded" or receipt.amount is None:
        return "exception", "no step and no payment of ours fits this refund"
    if receipt.currency not in (None, payment.order.currency):
        return "exception", f"the refund is in {receipt.currency}, the payment in {payment.order.currency}"
    key = f"{source}:{notice.reference or notice.id}"
    take_outside(payment, key, receipt.amount, at, "made at the gateway's own console")
    return "done", "made outside Amends; counts towards what may still go back"


def _dispute(source: str, notice: Notice, at: datetime) -> tuple[NoticeState, str]:
    payment = _payment(notice)
    row = _kept_dispute(notice, payment, at)
    if payment is None:
        return "exception", NO_PAYMENT
    stage, moves = notice.detail.get("stage"), notice.detail.get("moves")
    if row is None:
        payment.disputed = stage == "opened"
        payment.save(update_fields=["disputed"])
    amount, name = notice.detail.get("amount"), notice.detail.get("dispute") or notice.id
    if moves and isinstance(amount, int):
        key = f"{source}:{name}"
        post(payment.order, chargeback(key, payment.name, amount, payment.order.currency, at, won=moves == "back"))
    return "done", ""


def _kept_dispute(notice: Notice, payment: OrderPayment | None, at: datetime) -> DisputeRow | None:
    """The dispute as a row of its own, whether or not a payment of ours fits; None where the notice tells nothing of it."""
    told = notice.detail.get("told")
    if not told:
        return None
    row, _ = take_told(read_told(told), at)
    if payment is not None and row.payment_id is None:
        row.payment, row.shop, row.order_no = payment, payment.order.shop, payment.order.number
        row.save(update_fields=["payment", "shop", "order_no"])
    hold_payment(row)
    return row


def _shop_of(source: str, notice: Notice) -> int | None:
    """The shop that a notice is about, where a step or a payment of ours fits it."""
    if notice.kind == "collection":
        brought = brought_by(source, notice)
        return brought.case.shop_id if brought else None
    step = _step(source, notice)
    payment = _payment(notice) if step is None else None
    order = step.order if step else payment.order if payment else None
    return order.shop_id if order else None


def _payment(notice: Notice) -> OrderPayment | None:
    if not notice.payment_reference:
        return None
    found = OrderPayment.objects.select_related("order__shop").filter(reference=notice.payment_reference)
    return found.first() if found.count() == 1 else None


def _kept(row: NoticeRow) -> KeptNotice:
    state = cast("NoticeState", row.state)
    headers, body = dict(row.headers), bytes(row.body)
    return KeptNotice(row.pk, row.source, row.name, row.kind, state, row.reason, row.at, headers, body)
