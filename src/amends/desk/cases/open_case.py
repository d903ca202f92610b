"""Opening a case: by the buyer, by the desk on the buyer's behalf, or by the shop's own system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import bad_value
from amends.desk.cases.letters import letter
from amends.desk.cases.redecide import redecide
from amends.facts.codes import KINDS, REASONS
from amends.facts.fields import UnableToReadCase
from amends.facts.log import Actor
from amends.facts.people import Person
from amends.facts.read_case import read_case
from amends.facts.rulebook import Says
from amends.facts.work import CaseState, Change, Message, WantedDeadline

_MISSED: Final = Says("Our own promise is broken", "未在承诺时间内完成")


@dataclass(frozen=True, slots=True)
class Opened:
    """The case, and whether it was made by this call."""

    state: CaseState
    new: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What the buyer asks. `lines`: (line's id, quantity); none means the whole order. `amount`: a decimal string or None."""

    kind: str
    reason: str
    lines: Sequence[tuple[str, int]] = ()
    amount: str | None = None
    message: str = ""
    goods: Mapping[str, bool] | None = None
    evidence: Sequence[Mapping[str, Any]] = ()
    defect: Mapping[str, Any] | None = None


def case_file(order_file: Mapping[str, Any], key: str, wish: Wish, at: str) -> dict[str, Any]:
    """The case file of a wish about an order as the shop told it."""
    request: dict[str, Any] = {"kind": wish.kind, "reason": wish.reason, "requested_at": at}
    if wish.lines:
        request["lines"] = [{"id": line, "quantity": many} for line, many in wish.lines]
    if wish.amount is not None:
        request["amount"] = wish.amount
    if wish.message.strip():
        request["message"] = wish.message.strip()[:4000]
    file = {**order_file, "schema": "amends.case/1", "case": key, "request": request}
    if wish.goods:
        file["goods"] = {**(order_file.get("goods") or {}), **wish.goods}
    if wish.defect:
        file["defect"] = {**(order_file.get("defect") or {}), **wish.defect}
    if wish.evidence:
        file["evidence"] = [*(order_file.get("evidence") or ()), *[dict(one) for one in wish.evidence]]
    return file


def open_case(
    desk: CaseDesk, shop: str, file: Mapping[str, Any], key: str, origin: str, by: Actor, on_behalf_of: str = ""
) -> Opened:
    """Open a case on a case file (`amends.case/1`) and decide it. The same key of the same shop again gives the case that is there.

    `origin`: buyer, desk or api. Raises `UnableToWork` with the field at fault where the file cannot be read; nothing is kept then.
    """
    request = file.get("request") or {}
    if request.get("kind") not in KINDS:
        raise bad_value("request.kind", f"one of {', '.join(sorted(KINDS))}", "请选择售后类型")
    if request.get("reason") not in REASONS:
        raise bad_value("request.reason", f"one of {', '.join(sorted(REASONS))}", "请选择申请原因")
    try:
        read_case(file)
    except UnableToReadCase as fault:
        raise bad_value(fault.path, fault.message, f"字段 {fault.path} 有误：{fault.message}") from fault
    now = desk.now()
    number, new = desk.casework.open(shop, key, file, origin, by, now)
    holder = Person(by.name, "agent", kind=by.kind)
    with desk.hold(number, holder, "see") as held:
        if new:
            redecide(desk, held)
            state = held.state
            own = _promises(desk, state)
            message = letter(desk, state, Person("amends", "agent", kind="system"), "request_received", "", {})
            said = str(request.get("message") or "")
            words = [Message("buyer", by.name if by.kind == "buyer" else on_behalf_of, said, "message")] if said else []
            held.refresh(Change(own=own, messages=[*words, message]), now)
        return Opened(held.state, new)


def _promises(desk: CaseDesk, state: CaseState) -> list[WantedDeadline]:
    """Our own promises of a first answer and of being done, in the shop's working time; none where the shop made none."""
    minutes = {"first_answer": state.answer_within_minutes, "settle": (state.settle_within_hours or 0) * 60 or None}
    return [
        WantedDeadline(
            "own", "merchant", action, desk.working_due(state.shop, desk.now(), within), f"own.{action}", _MISSED
        )
        for action, within in minutes.items()
        if within is not None
    ]
