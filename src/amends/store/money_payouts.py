"""Steps under a lease: claimed at each gateway's pace, written before the call and after the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from amends.facts.claims import Claim, Pace
from amends.facts.entries import reversed_, settled
from amends.facts.plan import MOVES, StepState
from amends.facts.wire import BY_SHOP, Receipt
from amends.store import hot
from amends.store.database import writing
from amends.store.hint_again import hint_case
from amends.store.models import AgendaRow, Order, OrderPayment, PayPlan, PayStep, StepAttempt
from amends.store.money_claims import claim_of, may_go_by_shop
from amends.store.money_orders import post
from amends.store.money_pace import NO_LIMIT, NO_PACE, claims_queue, has_rested, room_of
from amends.store.money_reads import step_of
from amends.store.restores import asks_first

_LOOK_AT = 5
_STEP = (
    "store_paystep JOIN store_order ON store_order.id = store_paystep.order_id "
    "LEFT JOIN store_orderpayment ON store_orderpayment.id = store_paystep.payment_id WHERE store_paystep.id = %s"
)


class DatabasePayouts:
    """Implements `amends.carry_out.ports.Payouts`."""

    def claim(
        self, owner: str, now: datetime, lease_seconds: int, most: int, paces: dict[str, Pace]
    ) -> Sequence[Claim]:
        """Will lease due steps that nobody holds."""
        found: list[Claim] = []
        with writing():
            claims_queue()
            doubt = asks_first(now)
            rooms = {gateway: room_of(gateway, now, lease_seconds, pace) for gateway, pace in paces.items()}
            full = [gateway for gateway, room in rooms.items() if room <= 0]
            due = AgendaRow.objects.filter(done=False, due_at__lte=now).exclude(gateway__in=full)
            free = due.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now)).order_by("due_at", "pk")
            if connection.vendor == "postgresql":
                free = free.select_for_update(skip_locked=True, of=("self",))
            for row in list(free[: most * _LOOK_AT]):
                if len(found) == most:
                    break
                pace = paces.get(row.gateway, NO_PACE)
                if rooms.setdefault(row.gateway, NO_LIMIT) <= 0 or not has_rested(row, now, pace):
                    continue
                if row.gateway == BY_SHOP and not may_go_by_shop(row, now):
                    continue
                rooms[row.gateway] -= 1
                row.lease = f"{owner}:{row.pk}:{now.timestamp():.6f}"
                row.lease_until = now + timedelta(seconds=lease_seconds)
                row.save(update_fields=["lease", "lease_until", "due_at"])
                found.append(claim_of(row, asks_first=doubt and (row.gateway in paces or row.gateway == BY_SHOP)))
        return found

    def holders(self, now: datetime) -> frozenset[str]:
        """Will name the workers that hold a lease which still runs."""
        leases = AgendaRow.objects.filter(done=False, lease_until__gte=now).values_list("lease", flat=True)
        return frozenset([lease.rsplit(":", 2)[0] for lease in leases])

    def free(self, owner: str, now: datetime) -> int:
        """Will end the leases of a worker that is surely gone; what it had sent is asked about, as after any lost lease."""
        with writing():
            held = AgendaRow.objects.filter(done=False, lease__startswith=f"{owner}:", lease_until__gte=now)
            return held.update(lease="", lease_until=None)

    def sending(self, claim: Claim, now: datetime) -> bool:
        """Will write down that the step is sent now, before it is."""
        with writing():
            row = _held(claim)
            if row is None or row.state not in ("requested", "unknown") or not row.may_send:
                return False
            row.state, row.may_send, row.sends, row.called_at = "sent", False, row.sends + 1, now
            row.save(update_fields=["state", "may_send", "sends", "called_at"])
            StepAttempt.objects.create(step=row, what="send", at=now)
            return True

    def asking(self, claim: Claim, now: datetime) -> bool:
        """Will count a question. What is asked about counts as sent until the answer is that it never was."""
        with writing():
            row = _held(claim)
            if row is None:
                return False
            if row.state == "requested":
                row.state, row.may_send = "sent", False
            row.asks, row.called_at = row.asks + 1, now
            row.save(update_fields=["state", "may_send", "asks", "called_at"])
            return True

    def receive(self, claim: Claim, receipt: Receipt, now: datetime, again_at: datetime | None) -> StepState:
        """Will write down what came back and free the lease. A lease that was lost changes nothing that another has written."""
        with writing():
            row = _held(claim)
            if row is None:
                return PayStep.objects.get(pk=claim.number).state  # type: ignore[return-value]
            state = take_receipt(row, receipt, now, "answer")
            AgendaRow.objects.filter(step=row).update(
                lease="", lease_until=None, done=again_at is None, due_at=again_at or now
            )
            if row.gateway == BY_SHOP and row.sends:
                hint_case(PayPlan.objects.values_list("case_id", flat=True).get(pk=row.plan_id), now)
            return state


def take_receipt(row: PayStep, receipt: Receipt, now: datetime, what: str) -> StepState:
    """Will move a step by a receipt (an answer, a notice) and book what it means. Inside a transaction, the row locked."""
    target = _target(row.state, receipt)
    hot.insert(
        StepAttempt(
            step=row,
            what=what,
            at=now,
            outcome=receipt.outcome,
            reference=receipt.reference or "",
            code=receipt.code or "",
            message=(receipt.message or "")[:500],
            alarm=(receipt.alarm or "")[:300],
        )
    )
    row.alarm = (receipt.alarm or "")[:300]
    row.reference = receipt.reference or row.reference
    row.may_send = row.may_send or (receipt.outcome == "absent" and row.state in ("sent", "unknown"))
    if target != row.state:
        row.state = target
        if target in ("succeeded", "failed", "reversed"):
            row.settled_at = now
            hot.run(
                "UPDATE store_agendarow SET done = %s, lease = '', lease_until = NULL WHERE step_id = %s",
                [True, row.pk],
            )
        if target == "succeeded":
            post(row.order, settled(step_of(row), now, row.reference), _payments(row))
        elif target == "reversed":
            post(row.order, reversed_(step_of(row), now, receipt.message or receipt.code or ""), _payments(row))
    hot.update(row, ["state", "may_send", "reference", "alarm", "settled_at"])
    return target


def locked_step(number: int) -> PayStep:
    """Will give a step under its lock, its order and its payment at hand."""
    found = hot.joined((PayStep, Order, OrderPayment), _STEP, [number], lock=True)
    if not found:
        raise PayStep.DoesNotExist(number)
    row: PayStep = found[0][0]
    _, row.order, row.payment = found[0]
    return row


def _payments(row: PayStep) -> list[OrderPayment]:
    return [] if row.payment is None else [row.payment]


def _target(state: str, receipt: Receipt) -> StepState:
    """Where a receipt moves a step. A move that is not published is not made: it stays, and the attempt tells of it."""
    wanted = {
        "succeeded": "succeeded",
        "failed": "failed",
        "pending": "sent",
        "absent": "unknown",
        "unknown": "unknown",
    }
    target = wanted[receipt.outcome]
    if state == "succeeded" and receipt.outcome == "failed":
        target = "reversed"
    if target in MOVES.get(state, frozenset()):
        return target  # type: ignore[return-value]
    return state  # type: ignore[return-value]


def _held(claim: Claim) -> PayStep | None:
    """The step's row, locked, while this worker still holds its lease.

    The step is locked first and its agenda after it, here as wherever both are: two that took them the other way round would
    wait for each other.
    """
    step = locked_step(claim.number)
    agenda = AgendaRow.objects.select_for_update().filter(step_id=claim.number, lease=claim.lease, done=False)
    return step if agenda.first() is not None else None
