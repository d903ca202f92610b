"""What a worker is told of a step that it leased, and whether a step may go by its shop's platform now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from amends.basics.money import exponent
from amends.facts.claims import Claim
from amends.facts.plan import StepState
from amends.facts.wire import BY_SHOP, RefundOrder, RefundPart
from amends.store.deed_book import is_quiet
from amends.store.models import AgendaRow, CaseFile, ConnectionRow, PayStep, PlatformCaseRow, StepAttempt, StepPart
from amends.store.money_reads import step_of

_LOOK_AGAIN: Final = timedelta(seconds=5)


def claim_of(row: AgendaRow, *, asks_first: bool = False) -> Claim:
    """Will give a leased step as its worker holds it; the version of its case on the platform as it was last read.

    `asks_first`: what was never sent may have been, by a database that this one was put back in place of.
    """
    step = PayStep.objects.select_related("payment", "order__shop", "plan__case").get(pk=row.step_id)
    payment = step.payment
    sent = StepAttempt.objects.filter(step=step, what="send").order_by("pk").values_list("at", flat=True)
    there = _by_shop(step) if step.gateway == BY_SHOP else {}
    order = RefundOrder(
        key=step.key,
        amount=step.amount_minor,
        currency=step.currency,
        digits=exponent(step.currency),
        payment_reference=payment.reference if payment else "",
        payment_total=payment.captured_minor if payment else 0,
        reason=step.reason,
        attempt=step.sends + 1,
        reference=step.reference,
        first_sent_at=sent.first() if step.sends else None,
        shop=step.order.shop.name,
        case=step.plan.case.key,
        order_number=step.order.number,
        **there,
    )
    state: StepState = step.state  # type: ignore[assignment]
    doubtful = asks_first and step.state == "requested"
    may_send = step.may_send and step.state in ("requested", "unknown") and not doubtful
    return Claim(step.pk, row.lease, step_of(step), state, order, may_send, step.sends, step.asks)


def may_go_by_shop(row: AgendaRow, now: datetime) -> bool:
    """Will tell whether a step may go by its platform: the platform need not be left alone, no deed or other step of its case is open
    there, and what was done there was read back; else it is looked at again in a while."""
    step = PayStep.objects.select_related("plan", "order").get(pk=row.step_id)
    connection = ConnectionRow.objects.filter(shop_id=step.order.shop_id).first()
    wait = None
    if connection is not None and connection.again_at is not None and connection.again_at > now:
        wait = connection.again_at
    elif not step.sends and not (_is_next(step) and is_quiet(step.plan.case_id, now)):
        wait = now + _LOOK_AGAIN
    if wait is not None:
        AgendaRow.objects.filter(pk=row.pk).update(due_at=wait)
    return wait is None


def _is_next(step: PayStep) -> bool:
    """No older step of the case is open by the platform."""
    older = PayStep.objects.filter(plan__case_id=step.plan.case_id, gateway=BY_SHOP, pk__lt=step.pk)
    return not older.filter(state__in=("requested", "sent", "unknown")).exists()


def _by_shop(step: PayStep) -> dict[str, Any]:
    case = step.plan.case_id
    version = PlatformCaseRow.objects.filter(case_id=case).values_list("version", flat=True).first()
    file = CaseFile.objects.values_list("case_json", flat=True).get(case_id=case)
    pieces = _pieces(file)
    parts = StepPart.objects.filter(step=step).select_related("line").order_by("pk")
    return {
        "version": version or "",
        "kind": str((file.get("request") or {}).get("kind") or ""),
        "parts": tuple([_part(part, pieces) for part in parts]),
    }


def _part(part: StepPart, pieces: dict[str, int]) -> RefundPart:
    line = part.line.name if part.line else None
    return RefundPart(line, part.amount_minor, pieces.get(line, 0) if line else 0)


def _pieces(file: dict[str, Any]) -> dict[str, int]:
    """How many pieces of each line are asked about; all of a line where the request does not say."""
    bought = {str(one.get("id")): int(one.get("quantity") or 1) for one in (file.get("order") or {}).get("lines") or ()}
    asked = {
        str(one["id"]): int(one.get("quantity") or bought.get(str(one["id"]), 1))
        for one in (file.get("request") or {}).get("lines") or ()
        if one.get("id")
    }
    return {**bought, **asked}
