"""Withdrawing from the contract: until when, stating it, and what is kept and acknowledged of it at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from amends.basics.zones import EU_MARKETS
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.open_case import Wish, case_file, open_case
from amends.desk.cases.talk import buyer_says
from amends.desk.portal.desk import PortalDesk, buyer_of
from amends.desk.portal.lines import stage_of, taken_pieces
from amends.desk.portal.trials import tried
from amends.facts.log import Actor
from amends.facts.orders import ShopOrderFile
from amends.facts.people import Person
from amends.facts.shops import KeptShop
from amends.facts.withdrawal import LONGEST_NAME, LONGEST_WHAT, KeptStatement, Statement
from amends.facts.work import Change, Message

EVENT: Final = "withdrawal_received"
Receipt = Callable[[KeptStatement, KeptShop], tuple[str, str]]
"""Takes a statement as it was received; gives subject and text of the acknowledgement."""


@dataclass(frozen=True, slots=True)
class Period:
    """The withdrawal period of an order. `until`: its end; None: it has not begun, for something is still on its way."""

    until: datetime | None
    over: bool


def has_function(market: str) -> bool:
    """Whether contracts of a market are withdrawn from by a function on the page."""
    return market in EU_MARKETS


def period_of(desk: PortalDesk, order: ShopOrderFile) -> Period:
    """The withdrawal period of an order as the rules see it now."""
    kind = "return_refund" if stage_of(desk, order, ()) != "unshipped" else "cancel"
    seen = tried(desk.cases, order, Wish(kind, "changed_mind"))
    rights = [one for one in seen.decision.because if one.rule.effect == "entitles" and "until" in one.facts]
    ends = [one.facts["until"] for one in rights if one.facts["until"] is not None]
    until = max(ends) if ends else None
    return Period(until, until is not None and seen.case.request.requested_at >= until)


def checked(statement: Statement) -> Statement:
    """The statement with its fields trimmed. Raises `UnableToWork` naming what is missing; more than this may not be asked for."""
    name, order, means = statement.name.strip(), statement.order.strip(), statement.means.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise bad_value("name", "your name", "请填写姓名")
    if not 1 <= len(order) <= 120:
        raise bad_value("order", "the number of the order, or words that tell which contract", "请填写订单号或合同信息")
    if not 3 <= len(means) <= 254:
        raise bad_value("means", "an e-mail address for the acknowledgement", "请填写接收回执的电子邮箱")
    return replace(statement, name=name, order=order, means=means, what=statement.what.strip()[:LONGEST_WHAT])


def declare(
    desk: PortalDesk, shop: KeptShop, statement: Statement, order: ShopOrderFile | None, receipt: Receipt
) -> KeptStatement:
    """Receive a statement at this instant: kept whatever it says, and cases opened where it fits an order. A second press changes nothing.

    `order`: the order that the consumer has shown to be theirs; None where no order fits, then a person looks at the statement.
    """
    whole = checked(statement)
    there = desk.statements.by_once(whole.once)
    if there is not None:
        return there
    now = desk.cases.now()
    with desk.statements.transaction():
        period = period_of(desk, order) if order is not None else Period(None, False)
        cases = _cases(desk, shop, order, whole, now) if order is not None else ()
        kept = desk.statements.put(shop.name, whole, cases, now, period.until, period.over)
        subject, text = receipt(kept, shop)
        for number in cases:
            message = Message("shop", "amends", text, EVENT, subject, send_at=now)
            with desk.cases.hold(number, Person("amends", "agent", kind="system"), "see") as held:
                held.refresh(Change(messages=[message]), now)
        return kept


def _cases(
    desk: PortalDesk, shop: KeptShop, order: ShopOrderFile, statement: Statement, now: datetime
) -> Sequence[int]:
    """The cases that stand for a statement: a new one for what is not sent yet and for what is, and those that are there already."""
    buyer = buyer_of(order)
    known = desk.known.cases_of(order.shop, order.number)
    taken = taken_pieces(known)
    case = tried(desk.cases, order, Wish("cancel", "changed_mind")).case
    wanted = list(statement.lines) or [
        (line.id, line.quantity) for line in case.order.lines if "gift" not in line.traits
    ]
    quantities = {line.id: line.quantity for line in case.order.lines}
    groups: dict[str, list[tuple[str, int]]] = {}
    about: list[int] = []
    for line, many in wanted:
        gone, key = taken.get(line, (0, ""))
        free = min(many, quantities.get(line, 0) - gone)
        if free > 0:
            kind = "cancel" if stage_of(desk, order, ((line, 1),)) == "unshipped" else "return_refund"
            groups.setdefault(kind, []).append((line, free))
        if free < many:
            about += [state.number for state in known if state.key == key]
    words = statement.what
    for number in dict.fromkeys(about):
        buyer_says(desk.cases, number, buyer, words or "I withdraw from the contract. / 我撤销合同。", (), "portal")
    return [*[_open(desk, shop, order, kind, lines, words, buyer, now) for kind, lines in groups.items()], *about]


def _open(
    desk: PortalDesk,
    shop: KeptShop,
    order: ShopOrderFile,
    kind: str,
    lines: Sequence[tuple[str, int]],
    words: str,
    buyer: Actor,
    now: datetime,
) -> int:
    key = desk.cases.casework.next_key(shop.name, order.number)
    file = case_file(order.file, key, Wish(kind, "changed_mind", lines, message=words), now.isoformat())
    return open_case(desk.cases, shop.name, file, key, "buyer", buyer).state.number


def statements(desk: PortalDesk, person: Person) -> Sequence[KeptStatement]:
    """The statements of a person's merchants: those that fit no order first."""
    return desk.statements.waiting(person.merchants)


def settle_statement(desk: PortalDesk, number: int, person: Person, note: str) -> None:
    """Note what became of a statement that fitted no order. Raises `UnableToWork`."""
    found = desk.statements.get(number)
    if found is None or not person.may_see(found.merchant):
        raise UnableToWork("not_found", f"there is no statement {number}", f"没有撤销声明 {number}")
    if not note.strip():
        raise bad_value("note", "say what you found out, or which case stands for it", "请说明处理结果或对应的售后单")
    if found.state != "open":
        raise UnableToWork("not_possible", "this statement was settled already", "该声明已处理")
    desk.statements.settle(number, person.name, note.strip(), desk.cases.now())
