"""Disputes that people tell of: opened by hand, joined to a case, ruled on, with who is liable and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed, not_found
from amends.desk.disputes.answer import by_person
from amends.desk.disputes.desk import DisputeDesk, hold
from amends.facts.dispute_codes import FORUMS
from amends.facts.disputes import LIABILITIES, DisputeTold, KeptDispute
from amends.facts.fields import UnableToReadCase
from amends.facts.people import Person
from amends.facts.read_case import read_case
from amends.facts.work import CaseState

_MOVES: Final[Mapping[str, str]] = {"won": "win", "lost": "lose", "partly": "part"}
_SORTS: Final = ("card", "platform")


@dataclass(frozen=True, slots=True)
class NewDispute:
    """A dispute as a person tells of it. `amount`: a decimal text; `reference`: its number there."""

    sort: str
    forum: str
    reason: str
    reference: str
    amount: str
    payment: str
    opened: datetime
    due: datetime | None


def open_by_hand(desk: DisputeDesk, case: int, person: Person, new: NewDispute) -> int:
    """Write down a dispute of a case that no gateway tells of; its number. The same reference again gives what is there."""
    state = desk.cases.casework.look(case)
    if state is None or not person.may_see(state.merchant):
        raise not_found(case)
    if not person.may("work"):
        raise not_allowed(person.role, "work")
    if new.sort not in _SORTS:
        raise bad_value("sort", "card or platform", "请选择争议类型")
    if new.forum not in FORUMS:
        raise bad_value("forum", f"one of {', '.join(FORUMS)}", "请选择受理方")
    if not new.reference.strip():
        raise bad_value("reference", "its number there", "请填写对方的争议单号")
    if new.opened > desk.now():
        raise bad_value("opened", "it cannot lie ahead", "开始时间不能晚于现在")
    payment = new.payment.strip() or _only_payment(state)
    told = DisputeTold(
        f"hand:{state.merchant}"[:40],
        new.reference.strip()[:120],
        new.sort,
        new.forum,
        "to_answer" if new.due else "stepped_in" if new.sort == "platform" else "to_answer",
        new.reason.strip()[:64],
        _amount(new.amount, state.currency, "amount"),
        state.currency,
        payment,
        str((state.case.get("order") or {}).get("id") or ""),
        new.due,
        new.opened,
        desk.now(),
    )
    number, _ = desk.book.take(told, desk.now(), state.shop)
    found = desk.book.get(number, person.merchants)
    if found is not None and found.case is None:
        join(desk, number, person, case)
    return number


def join(desk: DisputeDesk, number: int, person: Person, case: int) -> KeptDispute:
    """Make a dispute a case's. Raises `UnableToWork` where it belongs to another already."""
    state = desk.cases.casework.look(case)
    if state is None or not person.may_see(state.merchant):
        raise not_found(case)
    found = desk.book.get(number, person.merchants)
    if found is not None and found.case is not None and found.case != case:
        raise UnableToWork("not_possible", "it belongs to another case already", "该争议已关联其他售后单")
    _take_in(desk, state)
    with desk.cases.hold(case, person, "see"), desk.book.holding(number) as held:
        if held is None or held.state.case not in (None, case):
            raise UnableToWork("not_possible", "it belongs to another case already", "该争议已关联其他售后单")
        if held.state.case is None:
            held.join(case)
            held.tell("matched", by_person(person), desk.now(), {"case": state.key})
    with hold(desk, number, person, "see") as (held, _):
        return held.state


def _take_in(desk: DisputeDesk, state: CaseState) -> None:
    """Have the order's payments known, so that the one that is disputed can be held."""
    try:
        desk.cases.money.till.open_order(state.shop, read_case(state.case), desk.now())
    except UnableToReadCase:
        return  # the case file is wrong: its page says so; the dispute is matched all the same


def rule(
    desk: DisputeDesk, number: int, person: Person, outcome: str, liability: str, amount: str, note: str
) -> KeptDispute:
    """Write down how a dispute was decided. `amount`: what we keep of it where it was won in part. Raises `UnableToWork`."""
    if outcome not in _MOVES:
        raise bad_value("outcome", "won, lost or partly", "请选择裁决结果")
    if liability not in LIABILITIES:
        raise bad_value("liability", f"one of {', '.join(LIABILITIES)}", "请选择责任方")
    with hold(desk, number, person) as (held, _):
        one, now = held.state, desk.now()
        kept = one.amount if outcome == "won" else 0
        if outcome == "partly":
            kept = _amount(amount, one.currency, "amount") or 0
            if not 0 < kept < one.amount:
                raise bad_value(
                    "amount", "more than nothing and less than all of it", "请填写大于 0 且小于争议金额的数字"
                )
        held.move(
            _MOVES[outcome],
            by_person(person),
            now,
            {"outcome": outcome, "liability": liability, "note": note.strip()[:500]},
        )
        held.put(ruling=outcome, liability=liability, result=kept - one.amount)
        return held.state


def _only_payment(state: CaseState) -> str:
    payments = list((state.case.get("order") or {}).get("payments") or ())
    only = payments[0] if len(payments) == 1 else {}
    return str(only.get("reference") or only.get("id") or "")


def _amount(text: str, currency: str, field: str) -> int | None:
    try:
        minor = read_minor(text.strip(), EXPONENTS.get(currency, 2))
    except UnableToReadAmount as fault:
        raise bad_value(field, f"an amount such as 10 ({currency})", f"请填写金额，例如 10（{currency}）") from fault
    if minor <= 0:
        raise bad_value(field, "more than zero", "请填写大于 0 的金额")
    return minor
