"""Choosing what goes out: another variant or product in an exchange, the missing pieces in a resend; and what the difference does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from amends.basics.money import write_minor
from amends.decide.amounts import tenders
from amends.desk.cases.charges import ask_charge, moved
from amends.desk.cases.desk import CaseDesk, actor, case_of, policy_of
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.ports import HeldCase
from amends.desk.cases.stock import entries_of, hold_stock, remedy_of
from amends.desk.cases.typed_money import read_price
from amends.desk.pay_out import UnableToPromise
from amends.facts.case import Case
from amends.facts.charges import IN_HAND
from amends.facts.decision import Refund, RefundLine
from amends.facts.going_out import Piece, back_by_line, choices, chosen, difference, in_hand
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.plan import Plan
from amends.facts.steps import UnableToRoute, plan_digest
from amends.facts.work import CaseState, Change
from amends.remedies import exchange

CHOSEN_FOR: Final = ("exchange", "resend")
_MOST: Final = 20


def choose(
    desk: CaseDesk, number: int, person: Person, pieces: Sequence[Mapping[str, Any]], link: str = ""
) -> CaseState:
    """Say what goes out. `pieces`: line, quantity, sku, title, price (of all its pieces together; "" for the same as was paid).

    A dearer choice asks the buyer for the difference, by `link`; a cheaper one gives it back once it is shipped. Raises `UnableToWork`.
    """
    with desk.hold(number, person) as held:
        remedy = _choosing(held)
        found = _read(case_of(held.state), pieces, priced=remedy == "exchange")
        _chosen(desk, held, actor(person), person, found, link)
        return held.state


def offer_choices(desk: CaseDesk, number: int, person: Person, pieces: Sequence[Mapping[str, Any]]) -> CaseState:
    """Let the buyer choose, on their page, which of these goes out; each with its price."""
    with desk.hold(number, person) as held:
        if _choosing(held) != "exchange":
            raise UnableToWork("not_possible", "only an exchange is chosen by the buyer", "仅换货可由买家选择")
        case = case_of(held.state)
        found = _read(case, pieces, priced=True, several=True)
        if len({one.line for one in found}) > 1:
            raise bad_value("choices", "choices for one line of the order at a time", "一次只能为同一商品行提供选项")
        told = [one.told(case.order.digits) for one in found]
        return held.write(
            Entry("choices_offered", actor(person), desk.now(), data={"choices": told, "by_role": person.role})
        )


def pick(desk: CaseDesk, number: int, buyer: Actor, place: int) -> CaseState:
    """The buyer chooses; `place`: which of what is offered, from 1. The price is the one that was offered."""
    with desk.hold(number, Person(buyer.name, "agent", kind=buyer.kind), "see") as held:
        _choosing(held)
        offered = choices(entries_of(held), case_of(held.state).order.digits)
        if not 1 <= place <= len(offered):
            raise UnableToWork("not_possible", "this is not offered any more", "该选项已失效", "choice")
        person = Person(buyer.name, "agent", kind="buyer")
        _chosen(desk, held, buyer, person, (offered[place - 1],), "")
        return held.state


def ready_to_ship(desk: CaseDesk, held: HeldCase) -> None:
    """Raise `UnableToWork` where nothing may go out (yet): nothing agreed to or no longer, a difference or a repair that is not paid, goods
    that are not back, a refund of the same lines."""
    tracks, remedy = held.state.tracks, remedy_of(held)
    if tracks.decision != "approved" or tracks.desk != "open":
        raise UnableToWork(
            "not_possible",
            "nothing is owed on this case: it is not agreed to, taken back, or closed",
            "该售后单未同意、已撤销或已关闭，不应再发货",
        )
    unpaid = [
        one for one in held.charges() if one.purpose in ("difference", "repair") and one.state in ("asked", "agreed")
    ]
    if unpaid:
        raise UnableToWork(
            "money",
            "the buyer has not paid yet what was asked for; ship once that is confirmed",
            "买家尚未补足款项，确认到账后再发货",
        )
    if tracks.repair not in ("none", "repaired") and remedy == "repair":
        raise UnableToWork("not_possible", "the repair is not finished", "维修尚未完成")
    if remedy == "exchange" and tracks.decision == "approved" and tracks.goods in ("none", "awaited", "on_the_way"):
        _advance_allowed(held)
    if desk.money.till.current(held.state.number) is not None:
        raise UnableToWork(
            "money",
            "the money for these goods goes back already; take that back first",
            "该商品已退款或正在退款，不能再发货",
        )


def _advance_allowed(held: HeldCase) -> None:
    """An exchange whose goods must come back ships before they do only where that was allowed and what was wanted for it is held."""
    if not (((held.state.decision or {}).get("return") or {}).get("required")):
        return
    allowed = False
    for entry in entries_of(held):
        allowed = entry.what == "advance_allowed" or (allowed and entry.what != "remedy_failed")
    if not allowed:
        raise UnableToWork(
            "not_possible",
            "the goods are not back yet; allow an advance replacement first",
            "原商品尚未退回，如需先发请先办理先行换货",
        )
    deposits = [one for one in held.charges() if one.purpose == "deposit" and one.state not in ("dropped", "declined")]
    if deposits and deposits[-1].state not in ("held", "due"):
        raise UnableToWork("money", "the deposit is not held yet", "押金尚未冻结，暂不能发货")


def give_difference(desk: CaseDesk, held: HeldCase, person: Person) -> None:
    """Promise back what a cheaper replacement costs less, once for each time that something goes out; nothing where it costs no less.

    It goes on the limits of whoever chose it, or offered the choice; above them a second person is asked.
    """
    state = held.state
    case = case_of(state)
    entries = list(entries_of(held))
    parts = back_by_line(case, chosen(entries, case.order.digits), in_hand(entries[:-1], case.order.digits))
    total = sum(parts.values())
    if not total:
        return
    held.flush()
    giver = _giver(entries, person)
    turn = sum([entry.what == "remedy_failed" for entry in entries])
    till = desk.money.till
    till.open_order(state.shop, case, desk.now())
    try:
        steps = exchange.difference_steps(
            state.shop,
            state.key,
            turn,
            case.order.currency,
            _refund(case, parts, till.given_back(state.number)),
            desk.money.routes(state.shop),
        )
        plan = Plan(state.key, plan_digest(steps), case.order.currency, steps)
        needed = policy_of(desk.house, state.shop, case, None).approver(total, case.order.currency) or "agent"
        wanted = "" if giver.may_act_as(needed) else needed
        due = desk.now() + timedelta(seconds=state.undo_seconds)
        made = till.promise(state.number, turn, plan, giver, wanted, desk.now(), "difference", due=due)
    except (UnableToRoute, UnableToPromise) as fault:
        raise UnableToWork("money", fault.says.en, fault.says.zh) from fault
    data = {"amount": write_minor(total, case.order.digits), "currency": case.order.currency, "plan": made.number}
    change = Change(to_approve=True) if made.state == "proposed" else None
    held.write(Entry("difference_given_back", actor(person), desk.now(), data=data), change)


def _giver(entries: Sequence[Entry], person: Person) -> Person:
    """Who said what goes out at which price."""
    for entry in reversed(entries):
        if entry.what in ("replacement_chosen", "choices_offered") and entry.by.kind != "buyer":
            return Person(entry.by.name, str(entry.data.get("by_role") or "agent"), kind=entry.by.kind)
    return person


def _refund(case: Case, parts: Mapping[str, int], given: Mapping[str, int]) -> Refund:
    payments = [
        replace(one, refunded=min(one.captured, max(one.refunded, given.get(one.id, 0)))) for one in case.order.payments
    ]
    total = sum(parts.values())
    if total > sum([one.left for one in payments]):
        raise UnableToWork("money", "the payments cannot give that much back any more", "剩余可退金额不足以退差价")
    lines = tuple([RefundLine(line, 1, amount) for line, amount in parts.items()])
    return Refund(total, lines, 0, (), tenders(payments, total, frozenset()))


def _choosing(held: HeldCase) -> str:
    """The remedy for which something is chosen. Raises `UnableToWork` where nothing can be."""
    tracks, remedy = held.state.tracks, remedy_of(held)
    if tracks.desk == "closed" or tracks.decision in ("refused", "withdrawn") or remedy not in CHOSEN_FOR:
        raise UnableToWork("not_possible", "nothing goes out on this case", "该售后单不涉及换货或补发")
    if tracks.replacement in ("shipped", "delivered"):
        raise UnableToWork("not_possible", "it has been shipped already", "已发出，不能再更换")
    if any(one.purpose == "difference" and one.state in IN_HAND for one in held.charges()):
        raise UnableToWork(
            "money",
            "the buyer has paid the difference; give that back before choosing anew",
            "买家已补差价，请先退回差价再重新选择",
        )
    return remedy


def _chosen(desk: CaseDesk, held: HeldCase, by: Actor, person: Person, pieces: tuple[Piece, ...], link: str) -> None:
    state = held.state
    case = case_of(state)
    digits, more = case.order.digits, difference(case, pieces, in_hand(entries_of(held), case.order.digits))
    for one in held.charges():
        if one.purpose == "difference" and one.state in ("asked", "agreed"):
            moved(desk, held, one, "drop", by)
    title = ", ".join([f"{one.title} x {one.quantity}" for one in pieces])
    data = {
        "pieces": [one.told(digits) for one in pieces],
        "goods": title,
        "difference": write_minor(more, digits) if more >= 0 else f"-{write_minor(-more, digits)}",
        "currency": case.order.currency,
        "by_role": person.role,
    }
    held.write(Entry("replacement_chosen", by, desk.now(), data=data))
    if more > 0:
        amount = f"{write_minor(more, digits)} {case.order.currency}"
        ask_charge(desk, held, person, "difference", more, f"{title}: +{amount}", link)
    if held.state.tracks.replacement == "reserved":
        hold_stock(desk, held, remedy_of(held))


def _read(case: Case, given: Sequence[Mapping[str, Any]], *, priced: bool, several: bool = False) -> tuple[Piece, ...]:
    """Pieces as they were typed. Raises `UnableToWork`, naming the field of the piece at fault."""
    if not 1 <= len(given) <= _MOST:
        raise bad_value("pieces", f"between 1 and {_MOST} pieces", f"请填写 1 到 {_MOST} 项")
    asked = {item.line.id: item for item in case.request.lines}
    found: list[Piece] = []
    for place, one in enumerate(given):
        item = asked.get(str(one.get("line") or "").strip())
        if item is None:
            raise bad_value(f"pieces[{place}].line", f"one of {', '.join(asked)}", "请选择本售后单中的商品行")
        quantity = one.get("quantity") or item.quantity
        if not isinstance(quantity, int) or not 1 <= quantity <= item.quantity:
            raise bad_value(f"pieces[{place}].quantity", f"from 1 to {item.quantity}", f"数量须为 1 到 {item.quantity}")
        title = str(one.get("title") or "").strip() or item.line.title or item.line.id
        sku = str(one.get("sku") or "").strip() or item.line.sku or item.line.id
        if len(title) > 200 or len(sku) > 120:
            raise bad_value(
                f"pieces[{place}].title", "a title of 200, a SKU of 120 characters at most", "名称或 SKU 过长"
            )
        text = str(one.get("price") or "").strip()
        price = read_price(text, case.order.digits, f"pieces[{place}].price") if priced and text else None
        found.append(Piece(item.line.id, quantity, sku, title, price))
    if not several and len({one.line for one in found}) != len(found):
        raise bad_value("pieces", "each line once", "同一商品行只能填写一次")
    return tuple(found)
