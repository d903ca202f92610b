"""Money: what a case paid and promised, steps paid by hand, something on top; approvals; many cases at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from amends.desk.cases.bulk import preview, run
from amends.desk.cases.faults import UnableToWork, not_allowed, not_found
from amends.desk.cases.give import give_extra
from amends.desk.finding import UnableToFindCase
from amends.desk.pay_out import UnableToPayOut
from amends.facts.payout import PlanView, UnableToPromise
from amends.facts.people import Person
from amends.facts.work import CaseState
from amends.web.api import answers as a
from amends.web.api import answers_house as h
from amends.web.api import told
from amends.web.api.calls import allowed, once, see
from amends.web.api.routes import Id, Key, answers, scoped
from amends.web.api.schemas import NothingIn, WhyIn
from amends.web.api.schemas_house import BulkIn, BulkRunIn, ExtraIn, ProofIn
from amends.web.front import front

router: Final = Router(tags=["money"])


def money_of(state: CaseState) -> dict[str, Any]:
    """The money of a case that the caller may see."""
    till = front().money.till
    return told.money(till.box(state.number), state.currency, till.extra_turn(state.number))


@contextmanager
def _faults(number: int) -> Iterator[None]:
    try:
        yield
    except UnableToFindCase as fault:
        raise not_found(number) from fault
    except (UnableToPromise, UnableToPayOut) as fault:
        raise UnableToWork("money", fault.says.en, fault.says.zh) from fault


def _worker(request: HttpRequest) -> Person:
    person = allowed(request, "money:write")
    if not person.may("work"):
        raise not_allowed(person.role, "work")
    return person


def _planned(request: HttpRequest, number: int, do: Callable[[Person], PlanView]) -> HttpResponse:
    person = _worker(request)

    def done() -> Any:
        with _faults(number):
            return told.answer(told.plan(do(person)))

    return once(request, done)


@router.get("/cases/{id}/money", response=answers(a.MoneyTold), operation_id="read_money", summary="A case's money",
            openapi_extra=scoped("money:read"))  # fmt: skip
def read_money(request: HttpRequest, id: Id) -> HttpResponse:
    """Payments with what is left of each, and every plan with its steps."""
    return told.reply(request, money_of(see(request, id, "money:read")))


@router.post("/cases/{id}/steps/{step}/proof", response=answers(a.PlanTold), operation_id="prove_step",
             summary="A step was paid by hand", openapi_extra=scoped("money:write"))  # fmt: skip
def prove(
    request: HttpRequest, id: Id, step: Id, body: Annotated[ProofIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """For steps whose gateway is `manual`: the proof is its reference, and it counts as paid from here on."""
    return _planned(request, id, lambda who: front().money.prove(id, step, body.proof, body.confirmed, who))


@router.post("/cases/{id}/proof", response=answers(a.PlanTold), operation_id="prove_case",
             summary="What a case gives was paid by hand", openapi_extra=scoped("money:write"))  # fmt: skip
def prove_case(
    request: HttpRequest, id: Id, body: Annotated[ProofIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """For a case of which one step waits to be paid by hand; where there are several, each is proven on its own."""
    return _planned(
        request, id, lambda who: front().money.prove(id, _by_hand(id, who), body.proof, body.confirmed, who)
    )


def _by_hand(number: int, person: Person) -> int:
    """The one step of a case that waits to be paid by hand."""
    found = front().money.by_hand(number, person)
    if len(found) != 1:
        raise UnableToWork(
            "not_possible",
            f"{len(found)} steps of this case wait to be paid by hand, not one",
            f"该售后单有 {len(found)} 个待线下退款的步骤，须为 1 个",
        )
    return found[0]


@router.post("/cases/{id}/steps/{step}/cancel", response=answers(a.PlanTold), operation_id="cancel_step",
             summary="Cancel a step that was never sent", openapi_extra=scoped("money:write"))  # fmt: skip
def cancel(
    request: HttpRequest, id: Id, step: Id, body: Annotated[NothingIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """What was sent cannot be cancelled."""
    return _planned(request, id, lambda who: front().money.cancel(id, step, who))


@router.post("/cases/{id}/extra", response=answers(a.PlanTold), operation_id="give_extra",
             summary="Give something on top of the decision", openapi_extra=scoped("money:write"))  # fmt: skip
def extra(request: HttpRequest, id: Id, body: Annotated[ExtraIn, Body()], idempotency_key: Key = None) -> HttpResponse:
    """Under the same caps; above the role's limit it waits for a second person."""
    return _planned(
        request, id, lambda who: give_extra(front().desk, id, who, body.turn, body.kind, body.amount, body.note)
    )


@router.post("/cases/{id}/plans/{plan}/approve", response=answers(a.PlanTold), operation_id="approve_plan",
             summary="Say yes to a proposed plan", openapi_extra=scoped("money:write"))  # fmt: skip
def approve_plan(
    request: HttpRequest, id: Id, plan: Id, body: Annotated[NothingIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """As a second person."""
    return _planned(request, id, lambda who: front().money.approve(id, plan, who))


@router.post("/cases/{id}/plans/{plan}/refuse", response=answers(a.PlanTold), operation_id="refuse_plan",
             summary="Say no to a proposed plan", openapi_extra=scoped("money:write"))  # fmt: skip
def refuse_plan(
    request: HttpRequest, id: Id, plan: Id, body: Annotated[WhyIn, Body()], idempotency_key: Key = None
) -> HttpResponse:
    """Nothing of it was reserved."""
    return _planned(request, id, lambda who: front().money.refuse(id, plan, who, body.why))


@router.get("/approvals", response=answers(h.ApprovalsTold), operation_id="list_approvals",
            summary="What waits for a second person", openapi_extra=scoped("money:read"))  # fmt: skip
def approvals(request: HttpRequest) -> HttpResponse:
    """Settled at `/cases/{id}/approval/yes` and `/no`."""
    person = allowed(request, "money:read")
    found = front().desk.casework.approvals(person.merchants)
    return told.reply(request, {"items": [told.approval(one) for one in found]})


@router.post("/bulk/preview", response=answers(h.LookedAll), operation_id="preview_bulk",
             summary="What approving each of these would do", openapi_extra=scoped("money:read"))  # fmt: skip
def bulk_preview(request: HttpRequest, body: Annotated[BulkIn, Body()]) -> HttpResponse:
    """Nothing is written."""
    person = allowed(request, "money:read")
    items = [
        {
            "case": one.number,
            "key": one.key,
            "group": one.group,
            "total": one.total,
            "currency": one.currency,
            "digest": one.digest,
            "why": told.words(one.why),
        }
        for one in preview(front().desk, body.cases, person)
    ]
    return told.reply(request, {"items": items})


@router.post("/bulk", response=answers(h.DoneAll), operation_id="run_bulk", summary="Do one verb on many cases",
             openapi_extra=scoped("money:write"))  # fmt: skip
def bulk_run(request: HttpRequest, body: Annotated[BulkRunIn, Body()], idempotency_key: Key = None) -> HttpResponse:
    """One that fails stops no other; all that was done is kept together with the answer."""
    person = _worker(request)
    digests = {int(number): digest for number, digest in body.digests.items() if number.isdecimal()}

    def do() -> Any:
        done = run(front().desk, body.cases, body.verb, person, digests or None, body.to)
        items = [{"case": one.number, "outcome": one.outcome, "why": told.words(one.why)} for one in done]
        return told.answer({"items": items})

    return once(request, do, parts=True)
