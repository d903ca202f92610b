"""Something on top of a decision: money or store credit as a plan, or a coupon, points, a gift, membership at what they cost the shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from amends.basics.money import Minor, UnableToReadAmount, read_minor, write_minor
from amends.desk.cases.desk import CaseDesk, actor, case_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.letters import letter
from amends.desk.cases.ports import HeldCase
from amends.desk.extra import who_says_yes
from amends.desk.pay_out import role_needed
from amends.desk.ports import Goodwill
from amends.facts.case import Case
from amends.facts.goodwill import GIFTS, LONGEST_GIFT, Gift, GiftState
from amends.facts.log import Entry
from amends.facts.payout import PlanView
from amends.facts.people import Person
from amends.facts.plan import Plan
from amends.facts.review_answers import bought_review_in
from amends.facts.steps import plan_digest
from amends.facts.work import Change
from amends.remedies import damages

MOST_GIFTS: Final = 20


def give_extra(desk: CaseDesk, number: int, person: Person, turn: int, kind: str, amount: str, note: str) -> PlanView:
    """Give money or store credit on top, and write it into the case's log. Raises `UnableToWork` and what `MoneyDesk.extra` does."""
    _no_review_bought("note", note)
    with desk.hold(number, person) as held:
        fresh = turn >= desk.money.till.extra_turn(number)
        made = desk.money.extra(number, turn, kind, amount, note, person)
        if fresh:
            waits = made.state == "proposed"
            amount = write_minor(made.total, case_of(held.state).order.digits)
            data = {"plan": made.number, "extra": kind, "amount": amount, "currency": made.currency}
            what = "extra_proposed" if waits else "extra_given"
            held.write(Entry(what, actor(person), desk.now(), note.strip()[:300], data=data))
        return made


def give_gift(
    desk: CaseDesk, number: int, person: Person, turn: int, kind: str, what: str, cost: str, note: str
) -> Gift:
    """Give a coupon, points, a gift or membership at its cost, and tell the buyer; above the budget or the role's limit it waits.

    `turn`: how many there were when the person looked; the same press twice gives one. Raises `UnableToWork`, `UnableToPayOut`.
    """
    found = next((one for one in GIFTS if one == kind), None)
    if found is None:
        raise bad_value("kind", f"one of {', '.join(GIFTS)}", "赠送方式不在可选范围内")
    words, why = " ".join(what.split()), " ".join(note.split())
    if not words or len(words) > LONGEST_GIFT:
        raise bad_value("what", f"write 1 to {LONGEST_GIFT} characters", f"请填写 1 到 {LONGEST_GIFT} 个字的赠送内容")
    if not why or len(why) > 300:
        raise bad_value("note", "write why, at most 300 characters", "请填写理由，最多 300 字")
    _no_review_bought("what", words)
    _no_review_bought("note", why)
    with desk.hold(number, person) as held:
        goodwill, now = _goodwill(desk), desk.now()
        there = [one for one in goodwill.gifts(number) if one.purpose == "case"]
        if turn < len(there):
            return there[turn]
        if len(there) >= MOST_GIFTS:
            raise UnableToWork("not_possible", f"at most {MOST_GIFTS} a case", f"每个售后单最多 {MOST_GIFTS} 次")
        case = case_of(replace(held.state, agreed=None))
        minor = _cost(case, cost)
        with goodwill.holding(held.state.shop, now) as budget:
            needed = role_needed(desk.house, held.state.shop, case, weighed(held.state.shop, case, minor))
            wanted = who_says_yes(weighed(held.state.shop, case, minor), needed, person, budget)
            state: GiftState = "proposed" if wanted else "given"
            made = goodwill.put_gift(
                Gift(
                    0,
                    number,
                    len(there),
                    found,
                    words,
                    minor,
                    case.order.currency,
                    state,
                    why,
                    person.name,
                    now,
                    wanted,
                )
            )
            _write(desk, held, person, made, "gift_proposed" if wanted else "gift_given", why)
        return made


def settle_gift(desk: CaseDesk, number: int, person: Person, gift: int, verb: str, note: str = "") -> None:
    """Say yes or no to a gift that waits, as a second person, or take one back that was given (`verb`: yes, no, back).

    Raises `UnableToWork`.
    """
    with desk.hold(number, person) as held:
        goodwill = _goodwill(desk)
        there = next((one for one in goodwill.gifts(number) if one.number == gift), None)
        if there is None:
            raise UnableToWork("not_found", f"there is no gift {gift}", f"没有赠送 {gift}")
        wanted: GiftState = "given" if verb == "back" else "proposed"
        if there.state != wanted or verb not in ("yes", "no", "back"):
            raise UnableToWork("stale", "it stands otherwise by now", "状态已变化，请刷新后再操作")
        if verb != "back" and not person.may_act_as(there.needs_role or "lead"):
            raise UnableToWork("not_allowed", f"a {there.needs_role} must say so", "你的角色权限不足，需要更高角色审批")
        if verb == "yes" and there.by == person.name:
            raise UnableToWork("not_allowed", "a second person must say yes", "提交人不能审批自己的赠送")
        if verb == "back" and not note.strip():
            raise bad_value("note", "write why", "请填写理由")
        states: dict[str, GiftState] = {"yes": "given", "no": "refused", "back": "taken_back"}
        if verb == "back":
            event = "win_back" if there.purpose == "win_back" else "gift_given"
            held.take_back_letters((event,), there.settled_at or there.at)
        goodwill.settle_gift(gift, states[verb], person.name, desk.now())
        what = {"yes": "gift_given", "no": "gift_refused", "back": "gift_taken_back"}[verb]
        _write(desk, held, person, there, what, note)


def weighed(shop: str, case: Case, cost: Minor) -> Plan:
    """What a gift costs, as a plan to be weighed by limits and budgets; it is never promised."""
    steps = damages.credit(shop, case.id, 0, cost, case.order.currency, {})
    return Plan(case.id, plan_digest(steps), case.order.currency, steps)


def waiting_gifts(desk: CaseDesk, person: Person) -> Sequence[tuple[Gift, str]]:
    """The gifts of a person's merchants that wait for a second person, each with its case's own number."""
    return desk.money.goodwill.waiting_gifts(person.merchants) if desk.money.goodwill else []


def _write(desk: CaseDesk, held: HeldCase, person: Person, gift: Gift, what: str, note: str) -> None:
    case = case_of(replace(held.state, agreed=None))
    amount = write_minor(gift.cost, case.order.digits)
    data = {"gift": gift.kind, "present": gift.what, "amount": amount, "currency": gift.currency}
    told = [letter(desk, held.state, person, "gift_given", "", {"gift": gift.what})] if what == "gift_given" else []
    held.write(Entry(what, actor(person), desk.now(), " ".join(note.split())[:300], data=data), Change(messages=told))


def _no_review_bought(field: str, words: str) -> None:
    if (says := bought_review_in(words)) is not None:
        raise bad_value(field, says.en, says.zh)


def _goodwill(desk: CaseDesk) -> Goodwill:
    if desk.money.goodwill is None:
        raise UnableToWork("not_possible", "nothing can be given here", "当前无法赠送")
    return desk.money.goodwill


def _cost(case: Case, text: str) -> Minor:
    try:
        minor = read_minor(text.strip(), case.order.digits)
    except UnableToReadAmount as fault:
        raise bad_value(
            "cost", f"what it costs the shop, such as 5.00 {case.order.currency}", "成本请填写金额"
        ) from fault
    if minor < 0:
        raise bad_value("cost", "zero or more", "成本不能为负数")
    return minor
