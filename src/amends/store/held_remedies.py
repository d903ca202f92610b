"""The part of a held case that is about remedies: stock that is held, what the buyer is asked to pay, lower prices that were paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from amends.facts.charges import Charge, payment_name
from amends.facts.entries import capture
from amends.facts.going_out import StockHold
from amends.store import hot
from amends.store.database import writing
from amends.store.models import CaseRow, ChargeRow, Order, OrderPayment, PriceDropRow, StockHoldRow
from amends.store.money_orders import post

_APPROVED: Final = ("approved",)


class HeldRemedies:
    """The part of `amends.desk.cases.ports.HeldCase` on remedies. The case's row is locked by the caller's transaction."""

    _row: CaseRow

    def holds(self) -> Sequence[StockHold]:
        """Will give all stock that was ever held for the case, oldest first."""
        return holds_of(self._row.pk)

    def put_hold(self, hold: StockHold) -> None:
        """Will hold stock; what is held for this line already is held on until the new time."""
        there = StockHoldRow.objects.filter(case=self._row, line=hold.line, sku=hold.sku, state="held")
        if not there.update(until=hold.until, quantity=hold.quantity):
            StockHoldRow.objects.create(
                case=self._row,
                line=hold.line,
                sku=hold.sku,
                quantity=hold.quantity,
                made_at=hold.made_at,
                until=hold.until,
            )

    def end_holds(self, state: str, at: datetime) -> Sequence[StockHold]:
        """Will end all that is held (`shipped` or `released`); what there was."""
        live = [one for one in self.holds() if one.state == "held"]
        StockHoldRow.objects.filter(case=self._row, state="held").update(state=state, ended_at=at)
        return [replace(one, state=state, ended_at=at) for one in live]

    def charges(self) -> Sequence[Charge]:
        """Will give what the buyer was asked for, oldest first."""
        return charges_of(self._row.pk)

    def put_charge(self, charge: Charge) -> None:
        """Will write a charge, new or with a new state."""
        ChargeRow.objects.update_or_create(
            case=self._row,
            number=charge.number,
            defaults={
                "purpose": charge.purpose,
                "amount_minor": charge.amount,
                "currency": charge.currency,
                "text": charge.text,
                "link": charge.link,
                "asked_by": charge.asked_by[:120],
                "asked_at": charge.asked_at,
                "state": charge.state,
                "agreed_by": charge.agreed_by[:120],
                "agreed_at": charge.agreed_at,
                "reference": charge.reference,
                "settled_at": charge.settled_at,
            },
        )

    def book_charge(self, charge: Charge, at: datetime, method: str = "bank") -> None:
        """Will take money that came in by a charge into the order's book, once. The order must be known to the till."""
        with writing():
            order = Order.objects.select_for_update().get(shop_id=self._row.shop_id, number=self._row.order_no)
            payment, fresh = OrderPayment.objects.get_or_create(
                order=order,
                name=payment_name(self._row.pk, charge.number),
                defaults={"method": method, "captured_minor": charge.amount, "reference": charge.reference},
            )
            if fresh:
                post(order, capture(str(order.pk), payment.name, charge.amount, charge.currency, at), [payment])

    def take_price_drop(self, line: str) -> bool:
        """Will note that this case gives back the lower price of a line; False where another one did that stands."""
        key = {"shop_id": self._row.shop_id, "order_no": self._row.order_no, "line": line}
        if hot.insert_new(PriceDropRow(case=self._row, **key)):
            return True
        row = PriceDropRow.objects.select_for_update().select_related("case").get(**key)
        if row.case_id == self._row.pk:
            return True
        if row.case.decision_track in _APPROVED:
            return False
        row.case = self._row
        row.save(update_fields=["case"])
        return True


class CaseRemedies:
    """The part of `amends.desk.cases.ports.Casework` on remedies."""

    def holds(self, number: int) -> Sequence[StockHold]:
        """Will give all stock that was ever held for a case, oldest first."""
        return holds_of(number)

    def charges(self, number: int) -> Sequence[Charge]:
        """Will give what the buyer of a case was asked for, oldest first."""
        return charges_of(number)

    def price_drop_paid(self, number: int, line: str) -> bool:
        """Will tell whether another case gave back the lower price of a line of a case's order."""
        case = CaseRow.objects.get(pk=number)
        rows = PriceDropRow.objects.filter(shop_id=case.shop_id, order_no=case.order_no, line=line)
        return rows.filter(case__decision_track__in=_APPROVED).exclude(case=case).exists()


def holds_of(case: int) -> list[StockHold]:
    """Will give all stock that was ever held for a case, oldest first."""
    return [
        StockHold(row.line, row.sku, row.quantity, row.made_at, row.until, row.state, row.ended_at)
        for row in hot.rows(StockHoldRow, "WHERE case_id = %s ORDER BY id", [case])
    ]


def charges_of(case: int) -> list[Charge]:
    """Will give what the buyer of a case was asked for, oldest first."""
    return [_charge(row) for row in hot.rows(ChargeRow, "WHERE case_id = %s ORDER BY number", [case])]


def _charge(row: ChargeRow) -> Charge:
    return Charge(
        number=row.number,
        purpose=row.purpose,
        amount=row.amount_minor,
        currency=row.currency,
        text=row.text,
        link=row.link,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=row.state,
        agreed_by=row.agreed_by,
        agreed_at=row.agreed_at,
        reference=row.reference,
        settled_at=row.settled_at,
    )
