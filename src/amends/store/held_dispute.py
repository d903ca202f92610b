"""One dispute under its lock: moved, answered, ruled on; all that happens to it goes into its story, and from there into its case's log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from amends.facts.disputes import STAGES, Fight, KeptDispute
from amends.store.case_rows import shop_named
from amends.store.dispute_rows import dispute_of, fight_of
from amends.store.dispute_told import hold_payment, put_stage, tell
from amends.store.models import CaseRow, DisputeRow, FightRow, NoticeRow, OrderPayment

NO_PAYMENT: Final = "no payment of ours fits this dispute"


class DatabaseHeldDispute:
    """Implements `amends.desk.disputes.ports.HeldDispute` on a row that the caller's transaction has locked."""

    def __init__(self, row: DisputeRow) -> None:
        self._row = row

    @property
    def state(self) -> KeptDispute:
        """Will give it as it stands in this transaction."""
        return dispute_of(self._row)

    def move(self, move: str, by: str, at: datetime, data: Mapping[str, Any] | None = None) -> None:
        """Will make a published move. Raises `UnableToMove`."""
        put_stage(
            self._row, STAGES[self._row.sort].after(self._row.stage, move), by, at, {"move": move, **(data or {})}
        )
        self._row.told_at = max(at, self._row.told_at or at)

    def tell(self, what: str, by: str, at: datetime, data: Mapping[str, Any] | None = None) -> None:
        """Will write into its story."""
        tell(self._row, what, by, at, data)
        self._row.fresh = True

    def put(self, **values: Any) -> None:
        """Will put plain values: exhibits, texts, ruling, liability, result, due, plan, more."""
        columns = {"result": "result_minor", "due": "due_at", "fee": "fee_minor"}
        for name, value in values.items():
            setattr(self._row, columns.get(name, name), value)

    def join(self, case: int) -> None:
        """Will make it a case's: its shop, its order, and the payment that it is about, whose refunds it holds while it is open."""
        row = self._row
        found = CaseRow.objects.select_related("shop").get(pk=case)
        row.case, row.shop, row.order_no = found, found.shop, row.order_no or found.order_no
        payments = OrderPayment.objects.select_related("order").filter(
            order__shop=found.shop, order__number=found.order_no
        )
        same = [one for one in payments if row.payment_reference in (one.reference, one.name) and row.payment_reference]
        row.payment = same[0] if same else payments[0] if len(payments) == 1 else None
        if row.payment is not None:
            row.currency = row.currency or row.payment.order.currency
            row.amount_minor = row.amount_minor or row.payment.captured_minor
        hold_payment(row)
        if row.payment is not None:
            _apply_again(row.source)

    def place(self, shop: str) -> None:
        """Will say whose it is, before there is a case."""
        self._row.shop = shop_named(shop)

    def want(self, kind: str, key: str, content: Mapping[str, Any], by: str, at: datetime, after: datetime) -> Fight:
        """Will write down what is to be done at the gateway; one a round. What waits already is given as it is."""
        row = self._row
        there = FightRow.objects.filter(dispute=row, round=row.round).exclude(state__in=("failed", "dropped")).first()
        if there is not None:
            return fight_of(there)
        made = FightRow.objects.create(
            dispute=row,
            round=row.round,
            kind=kind,
            key=key,
            content=dict(content),
            after=after,
            due_at=after,
            by=by[:120],
            at=at,
        )
        return fight_of(made)

    def fights(self) -> Sequence[Fight]:
        """Will give everything that was decided to be done, oldest first."""
        return [fight_of(one) for one in FightRow.objects.filter(dispute=self._row).order_by("pk")]

    def drop(self, at: datetime) -> bool:
        """Will drop what waits and was surely never sent; False where there is none."""
        waiting = FightRow.objects.select_for_update().filter(dispute=self._row, state="wanted", sends=0)
        return bool(waiting.update(state="dropped", settled_at=at))

    def unlogged(self) -> list[Mapping[str, Any]]:
        """Will give what the case's log does not tell of yet, and count it as told."""
        found = [one for one in self._row.story if not one["logged"]]
        self._row.story = [{**one, "logged": True} for one in self._row.story]
        self._row.fresh = False
        return found

    def next_round(self) -> None:
        """Will begin another round: a further answer is possible, and no earlier one counts for it."""
        self._row.round += 1

    def flush(self) -> None:
        """Will write the row down."""
        self._row.save()


def _apply_again(source: str) -> None:
    """Have the inbox look once more at what no payment fitted: money that a dispute moved before its order was known is booked."""
    waiting = NoticeRow.objects.filter(source=source, kind="dispute", state="exception", reason=NO_PAYMENT)
    waiting.update(state="received", settled_at=None)
