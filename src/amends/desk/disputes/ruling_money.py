"""Money that a platform moved by a ruling: recorded by a person with its proof, above the line with a second person, and booked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, UnableToReadAmount, read_minor, write_minor
from amends.desk.cases.desk import case_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.give import weighed
from amends.desk.cases.ports import HeldCase
from amends.desk.disputes.answer import by_person
from amends.desk.disputes.desk import DisputeDesk, hold
from amends.desk.disputes.ports import HeldDispute
from amends.desk.pay_out import role_needed
from amends.facts.disputes import KeptDispute
from amends.facts.people import Person
from amends.facts.ruling_money import (
    AGAINST_US,
    FOR_US,
    OUT,
    RULING_KINDS,
    RulingMoney,
    ruling_key,
    ruling_of,
)

_WHY_NOT: Final = {
    "told": (
        "the platform's own refund of this case is in the book already, or on its way; record only what was paid beside it",
        "平台对该售后单的退款已入账或正在处理；只登记退款以外的赔付",
    ),
    "used": (
        "this number of the settlement is recorded already; every movement has its own",
        "该结算流水号已登记，每笔须用各自的流水号",
    ),
    "more": (
        "more than is left of what was paid, with what went back or is promised; what went beyond the price is compensation",
        "超出该付款剩余可退金额（含已退和待退）；超出货款的部分请登记为赔付",
    ),
    "back": ("more than the platform took by this ruling", "超过平台按该裁决扣走的金额"),
    "payment": ("the order's payment is not known here", "找不到该订单的付款"),
}


@dataclass(frozen=True, slots=True)
class NewRulingMoney:
    """A movement as a person tells of it. `amount`: a decimal text; `moved_at`: None for now."""

    kind: str
    amount: str
    reference: str
    moved_at: datetime | None
    note: str


def record(desk: DisputeDesk, number: int, person: Person, new: NewRulingMoney) -> RulingMoney:
    """Record what a platform moved by a ruling; booked at once, or waiting for a second person above the line. The same again changes
    nothing. Raises `UnableToWork`."""
    kind = next((one for one in RULING_KINDS if one == new.kind), None)
    if kind is None:
        raise bad_value("kind", f"one of {', '.join(RULING_KINDS)}", "请选择资金类型")
    reference = " ".join(new.reference.split())
    if not 4 <= len(reference) <= 80:
        raise bad_value(
            "reference", "the number in the settlement, 4 to 80 characters", "请填写结算流水号（4 到 80 个字符）"
        )
    with hold(desk, number, person) as (held, case):
        one, now = held.state, desk.now()
        if case is None or one.sort != "platform" or one.stage not in (AGAINST_US if kind in OUT else FOR_US):
            raise UnableToWork(
                "not_possible", "no ruling of a platform stands that could have moved this", "当前没有可对应的平台裁决"
            )
        made = RulingMoney(
            0, number, ruling_of(one.stage, kind), kind, _amount(new.amount, one.currency), one.currency, reference,
            new.moved_at or now, "booked", " ".join(new.note.split())[:300], person.name, now,
        )  # fmt: skip
        if made.moved_at > now:
            raise bad_value("moved_at", "it cannot lie ahead", "时间不能晚于现在")
        there = [old for old in desk.money.of_dispute(number) if old.state != "refused" and _same(old, made)]
        if there:
            if (there[0].amount, there[0].reference) == (made.amount, made.reference):
                return there[0]
            raise UnableToWork("not_possible", "this ruling's money is recorded already", "该裁决的这类资金已登记")
        needed = role_needed(
            desk.cases.house, one.shop, case_of(case.state), weighed(one.shop, case_of(case.state), made.amount)
        )
        wanted = "" if person.may_act_as(needed) else needed
        _known(desk, case)
        _stands(desk, made)
        made = desk.money.put(replace(made, state="proposed" if wanted else "booked", needs_role=wanted))
        if not wanted:
            desk.money.book(made, _key(one, made))
        _tell(held, person, now, made, "ruling_money_proposed" if wanted else "ruling_money_booked")
        return made


def settle(desk: DisputeDesk, number: int, person: Person, movement: int, *, yes: bool, note: str = "") -> None:
    """Say yes or no, as a second person, to a movement that waits. What stands against it by now is looked at again."""
    with hold(desk, number, person) as (held, _):
        there = next((one for one in desk.money.of_dispute(number) if one.number == movement), None)
        if there is None:
            raise UnableToWork("not_found", f"there is no movement {movement}", f"没有资金记录 {movement}", "movement")
        if there.state != "proposed":
            raise UnableToWork("stale", "it stands otherwise by now", "状态已变化，请刷新后再操作")
        if not person.may_act_as(there.needs_role):
            raise UnableToWork("not_allowed", f"a {there.needs_role} must say so", "你的角色权限不足，需要更高角色审批")
        if yes and there.by == person.name:
            raise UnableToWork("not_allowed", "a second person must say yes", "提交人不能审批自己的登记")
        if yes:
            _stands(desk, there)
            desk.money.book(there, _key(held.state, there))
        desk.money.settle(movement, "booked" if yes else "refused", person.name, desk.now())
        what = "ruling_money_booked" if yes else "ruling_money_refused"
        _tell(held, person, desk.now(), there, what, " ".join(note.split())[:300])


def waiting_ruling_money(desk: DisputeDesk, person: Person) -> Sequence[tuple[RulingMoney, str]]:
    """The movements of a person's merchants that wait for a second person."""
    return desk.money.waiting(person.merchants)


def _stands(desk: DisputeDesk, made: RulingMoney) -> None:
    why = desk.money.against(made)
    if why:
        en, zh = _WHY_NOT[why]
        raise UnableToWork("not_possible", en, zh)


def _same(old: RulingMoney, new: RulingMoney) -> bool:
    return (old.ruling, old.kind) == (new.ruling, new.kind)


def _key(one: KeptDispute, made: RulingMoney) -> str:
    return ruling_key(one.source, one.reference, made.ruling, made.kind)


def _known(desk: DisputeDesk, case: HeldCase) -> None:
    """Have the order's payments known to the book."""
    desk.cases.money.till.open_order(case.state.shop, case_of(case.state), desk.now())


def _tell(held: HeldDispute, person: Person, at: datetime, one: RulingMoney, what: str, note: str = "") -> None:
    shown = write_minor(one.amount, EXPONENTS.get(one.currency, 2))
    data = {"kind": one.kind, "amount": shown, "settlement": one.reference, "note": note or one.note}
    held.tell(what, by_person(person), at, data)


def _amount(text: str, currency: str) -> Minor:
    try:
        minor = read_minor(text.strip(), EXPONENTS.get(currency, 2))
    except UnableToReadAmount as fault:
        raise bad_value("amount", f"an amount such as 10 ({currency})", f"请填写金额，例如 10（{currency}）") from fault
    if minor <= 0:
        raise bad_value("amount", "more than zero", "请填写大于 0 的金额")
    return minor
