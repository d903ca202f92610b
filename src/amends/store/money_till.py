"""The till in the database: plans promised under the order's lock, approved, refused, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import DatabaseError, IntegrityError
from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.facts.case import Case
from amends.facts.payout import MoneyBox, PayableCase, PlanView, ProposedPlan, TroubledStep, UnableToPromise
from amends.facts.people import Merchants, Person
from amends.facts.plan import OPEN, RESERVING, Plan, Step
from amends.facts.wire import Receipt
from amends.store import hot
from amends.store.case_rows import merchant_of_case, shop_named, whole_case
from amends.store.database import writing
from amends.store.models import AgendaRow, PayPlan, PayStep, Shop, StepAttempt
from amends.store.money_orders import take_in
from amends.store.money_payouts import locked_step, take_receipt
from amends.store.money_promise import lock_order, make_due, told_fault, write_promise
from amends.store.money_reads import box_of, payments_of, plan_view, plan_views, step_of, step_views
from amends.store.told_refunds import settle_told
from amends.store.walls import walled

_OWNS: Final = (
    "SELECT 1 FROM store_paystep s JOIN store_payplan p ON p.id = s.plan_id JOIN store_order o ON o.id = s.order_id "
    "JOIN store_caserow c ON c.id = p.case_id AND c.shop_id = o.shop_id AND c.order_no = o.number "
    "WHERE s.id = %s AND p.case_id = %s"
)
_BY_HAND: Final = (
    "SELECT s.id FROM store_paystep s JOIN store_payplan p ON p.id = s.plan_id "  # noqa: S608 - words of our own
    f"WHERE p.case_id = %s AND s.gateway = 'manual' AND s.state IN ({hot.words(OPEN)}) ORDER BY s.id"
)


class DatabaseTill:
    """Implements `amends.desk.ports.Till`."""

    def payable(self, number: int) -> PayableCase | None:
        """Will give a case with its file and decision."""
        found = whole_case(number)
        if found is None:
            return None
        row, file = found
        return PayableCase(
            number, row.shop.name, file.case_json, file.decision_json, row.state == "closed", file.agreed
        )

    def merchant(self, number: int) -> str | None:
        """Will tell whose a case is."""
        return merchant_of_case(number)

    def turn(self, number: int) -> int:
        """Will give the turn of the case's pay-out that is under way or done; the next one where the last went wrong."""
        last, stands = _last(number)
        return 0 if last is None else last.turn if stands else last.turn + 1

    def current(self, number: int) -> PlanView | None:
        """Will give the plan of the case's current turn."""
        last, stands = _last(number)
        return plan_view(last) if last is not None and stands else None

    def to_repeat(self, number: int) -> tuple[Step, ...] | None:
        """Will give the steps of the case's last plan that paid nothing; None while no plan of the case was ever approved."""
        plans = _by_turn(number)
        if not any(plan.state == "approved" for plan in plans):
            return None
        moved = PayStep.objects.filter(plan__in=plans).exclude(state__in=("proposed", "cancelled"))
        if not moved.exists():
            return None
        steps = plans[-1].steps.exclude(state__in=RESERVING).select_related("payment").order_by("pk")
        return tuple([step_of(step) for step in steps])

    def given_back(self, number: int) -> dict[str, int]:
        """Will give what went back or is promised of each payment of the case's order."""
        return {item.name: item.given_back + item.promised for item in payments_of(number)}

    def open_order(self, shop: str, case: Case, at: datetime) -> None:
        """Will take in the order of a case, each part once."""
        with writing():
            owner = shop_named(shop)
            if owner is None:
                raise Shop.DoesNotExist(shop)
            settle_told(take_in(owner, case, at), at)

    def extra_turn(self, number: int) -> int:
        """Will count the plans that were made for a case on top of its decision."""
        found = hot.values("SELECT COUNT(*) FROM store_payplan WHERE case_id = %s AND purpose = 'extra'", [number])
        return int(found[0][0])

    def promise(
        self,
        number: int,
        turn: int,
        plan: Plan,
        person: Person,
        needs_role: str,
        at: datetime,
        purpose: str = "decision",
        note: str = "",
        due: datetime | None = None,
    ) -> PlanView:
        """Will write a plan and its steps under the order's lock."""
        try:
            with writing():
                return write_promise(number, turn, plan, person, needs_role, at, purpose, note, due or at)
        except (IntegrityError, DatabaseError) as fault:
            raise told_fault(fault) from fault

    def proposed(self, merchants: Merchants) -> Sequence[ProposedPlan]:
        """Will give every plan within the wall that waits for a second person, oldest first."""
        waiting = walled(PayPlan.objects.filter(state="proposed"), merchants, "case__shop")
        rows = list(waiting.select_related("case__shop").order_by("proposed_at", "pk")[:500])
        return [
            ProposedPlan(row.case_id, row.case.key, row.case.shop.name, view)
            for row, view in zip(rows, plan_views(rows), strict=True)
        ]

    def troubled(self, merchants: Merchants) -> Sequence[TroubledStep]:
        """Will give steps within the wall with an alarm that are not at their end, and failed or reversed ones of a case's last plan."""
        alarmed = Q(state__in=OPEN) & ~Q(alarm="")
        same_case = PayPlan.objects.filter(case=OuterRef("plan__case"), purpose=OuterRef("plan__purpose"))
        later = same_case.filter(turn__gt=OuterRef("plan__turn")).exclude(state="refused")
        lost = Q(state__in=("failed", "reversed")) & ~Exists(later)
        found = walled(PayStep.objects.filter(alarmed | lost), merchants, "order__shop")
        rows = list(found.select_related("plan__case__shop", "payment").order_by("-pk")[:200])
        return [
            TroubledStep(row.plan.case_id, row.plan.case.key, row.plan.case.shop.name, view)
            for row, view in zip(rows, step_views(rows), strict=True)
        ]

    def approve(self, plan: int, person: Person, at: datetime) -> PlanView:
        """Will approve a proposed plan and make its steps due."""
        try:
            with writing():
                row = PayPlan.objects.select_for_update().get(pk=plan)
                if row.state == "proposed":
                    lock_order(row.steps.first())
                    for step in row.steps.all():
                        step.state = "requested"
                        step.save(update_fields=["state"])
                        make_due(step, at)
                    _settle(row, "approved", person, at, "")
                return plan_view(row)
        except (IntegrityError, DatabaseError) as fault:
            raise told_fault(fault) from fault

    def refuse(self, plan: int, person: Person, note: str, at: datetime) -> PlanView:
        """Will refuse a proposed plan; an approved one stays as it is."""
        with writing():
            row = PayPlan.objects.select_for_update().get(pk=plan)
            if row.state != "proposed":
                raise UnableToPromise(
                    "this plan was approved already; cancel its steps that were not sent yet",
                    "该方案已批准；尚未发出的步骤可以逐一取消",
                )
            row.steps.filter(state="proposed").update(state="cancelled")
            _settle(row, "refused", person, at, note)
            return plan_view(row)

    def call_off(self, number: int, person: Person, at: datetime) -> None:
        """Will take back what a case promised by its decision and was never sent, all or nothing."""
        with writing():
            for plan in _decided(number).filter(state="proposed"):
                self.refuse(plan.pk, person, "", at)
            steps = PayStep.objects.filter(plan__case_id=number, plan__purpose="decision", state__in=RESERVING)
            for step in steps.order_by("pk").values_list("pk", flat=True):
                self.cancel(step, person, at)

    def cancel(self, step: int, person: Person, at: datetime) -> PlanView:
        """Will cancel a step that was never sent."""
        with writing():
            row = PayStep.objects.select_for_update().get(pk=step)
            if row.state != "requested" or row.sends:
                raise UnableToPromise(
                    f"this step is {row.state}: what was sent cannot be cancelled, only asked about",
                    "该步骤已发出：已发出的款项不能取消，只能查询结果",
                )
            row.state = "cancelled"
            row.save(update_fields=["state"])
            AgendaRow.objects.filter(step=row).update(done=True)
            StepAttempt.objects.create(step=row, what="cancelled", at=at, message=f"by {person.name}")
            return plan_view(row.plan)

    def prove(self, step: int, proof: str, confirmed: bool, person: Person, at: datetime) -> PlanView:
        """Will settle a step that a person paid by hand, with the proof as its reference."""
        with writing():
            row = locked_step(step)
            if row.gateway != "manual" or row.state not in OPEN:
                raise UnableToPromise(
                    f"this step goes by {row.gateway} and is {row.state}: a proof settles only what waits to be paid by hand",
                    "只有等待线下退款的步骤才能登记凭证",
                )
            if hot.values(
                "SELECT 1 FROM store_paystep WHERE gateway = 'manual' AND reference = %s AND id <> %s LIMIT 1",
                [proof, step],
            ):
                raise UnableToPromise(
                    "this proof settles another step already; each payment has its own",
                    "该凭证已用于另一笔退款，每笔须用各自的凭证",
                )
            if row.state == "requested":
                row.state, row.may_send, row.sends, row.called_at = "sent", False, row.sends + 1, at
                hot.update(row, ["state", "may_send", "sends", "called_at"])
            word = "the buyer confirmed receipt" if confirmed else "not confirmed by the buyer yet"
            receipt = Receipt("succeeded", proof, row.amount_minor, row.currency, message=f"by {person.name}; {word}")
            take_receipt(row, receipt, at, "proof")
            return plan_view(hot.rows(PayPlan, "WHERE id = %s", [row.plan_id])[0])

    def undo(self, step: int, person: Person, at: datetime) -> PlanView:
        """Will take back what can be taken back, as an event of its own."""
        with writing():
            row = locked_step(step)
            if not row.undoable or row.state != "succeeded":
                raise UnableToPromise(
                    f"this step is {row.state} and goes by {row.gateway}: it cannot be taken back", "该步骤不可收回"
                )
            take_receipt(row, Receipt("failed", row.reference, code="undone", message=f"by {person.name}"), at, "undo")
            return plan_view(row.plan)

    def owns(self, number: int, step: int) -> bool:
        """Will say whether a step is one of the case's order."""
        return bool(hot.values(_OWNS, [step, number]))

    def by_hand(self, number: int) -> Sequence[int]:
        """Will give the steps of a case that wait to be paid by hand."""
        return [int(found[0]) for found in hot.values(_BY_HAND, [number])]

    def box(self, number: int) -> MoneyBox | None:
        """Will give the money of a case's order."""
        return box_of(number)


def _last(number: int) -> tuple[PayPlan | None, bool]:
    """The newest plan by the case's decision, and whether it stands: not refused, and not gone wrong."""
    plans = _by_turn(number)
    if not plans:
        return None, False
    last = plans[-1]
    states = {found[0] for found in hot.values("SELECT state FROM store_paystep WHERE plan_id = %s", [last.pk])}
    return last, last.state != "refused" and (states <= {"succeeded"} or not states.isdisjoint(OPEN | {"proposed"}))


def _by_turn(number: int) -> list[PayPlan]:
    return hot.rows(PayPlan, "WHERE case_id = %s AND purpose = 'decision' ORDER BY turn", [number])


def _decided(number: int) -> QuerySet[PayPlan]:
    return PayPlan.objects.filter(case_id=number, purpose="decision")


def _settle(row: PayPlan, state: str, person: Person, at: datetime, note: str) -> None:
    row.state, row.settled_by, row.settled_at, row.note = state, person.name, at, note[:500]
    row.save(update_fields=["state", "settled_by", "settled_at", "note"])
