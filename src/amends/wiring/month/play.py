"""Plays a month through the doors that a real shop uses: orders told, requests opened and decided, goods back, money paid, disputes met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from amends.carry_out.runner import Runner
from amends.desk.cases.approve import approve, second_yes
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.open_case import Wish, case_file, open_case
from amends.desk.cases.parcels import inspect, send_back, settle
from amends.desk.disputes.desk import DisputeDesk
from amends.desk.disputes.rule import NewDispute, open_by_hand
from amends.desk.disputes.signs import SignsTold, tell_signs
from amends.desk.orders import OrderDesk
from amends.facts.log import Actor
from amends.facts.people import Person
from amends.fakes.month.claims import Charge, Claim
from amends.fakes.month.orders import SHOP, Sold

MERCHANT: Final = "tidewater"
AGENT: Final = Person("agent", "manager", frozenset({MERCHANT}))
LEAD: Final = Person("lead", "manager", frozenset({MERCHANT}))
_WAY_BACK: Final = timedelta(days=4)


@dataclass(slots=True)
class Clock:
    """The month's own time; it goes where it is put."""

    at: datetime

    def __call__(self) -> datetime:
        """The present instant of the month."""
        return self.at


@dataclass(frozen=True, slots=True)
class Doors:
    """What the month is played through.

    `capture`: tells the payment provider of a payment that was taken. `paid`: whether a case has a plan of money already.
    """

    clock: Clock
    orders: OrderDesk
    cases: CaseDesk
    disputes: DisputeDesk
    runner: Runner
    capture: Callable[[str, str], None]
    paid: Callable[[int], bool]


@dataclass(slots=True)
class Played:
    """What came of it, by count."""

    orders: int = 0
    cases: int = 0
    disputes: int = 0
    came: Counter[str] = field(default_factory=Counter)
    numbers: dict[int, Claim] = field(default_factory=dict)


def play(
    doors: Doors, sold: Sequence[Sold], asked: Sequence[Claim], disputed: Sequence[Charge], until: datetime
) -> Iterator[tuple[datetime, Played]]:
    """Will play day after day up to `until`, and give after each what came of it so far."""
    told, happens = Played(), _by_day(sold, asked, disputed)
    back: dict[date, list[int]] = defaultdict(list)
    for day in sorted(happens):
        if day > until.date():
            break
        for at, what in sorted(happens[day], key=lambda one: one[0]):
            doors.clock.at = at
            _happen(doors, told, what, back)
        for number in back.pop(day, []):
            _arrive(doors, told, number)
        doors.runner.run_due(most=500)
        yield doors.clock.at, told


def _by_day(
    sold: Sequence[Sold], asked: Sequence[Claim], disputed: Sequence[Charge]
) -> dict[date, list[tuple[datetime, Sold | Claim | Charge]]]:
    found: dict[date, list[tuple[datetime, Sold | Claim | Charge]]] = defaultdict(list)
    for one in sold:
        found[one.delivered.date()].append((one.delivered, one))
    for request in asked:
        found[request.at.date()].append((request.at, request))
    for charge in disputed:
        at = max(charge.at, charge.order.delivered + timedelta(hours=1))
        found[at.date()].append((at, charge))
    return found


def _happen(doors: Doors, told: Played, what: Sold | Claim | Charge, back: dict[date, list[int]]) -> None:
    if isinstance(what, Sold):
        _sell(doors, what)
        told.orders += 1
    elif isinstance(what, Claim):
        _ask(doors, told, what, back)
    else:
        _dispute(doors, told, what)


def _sell(doors: Doors, one: Sold) -> None:
    doors.orders.tell(AGENT, SHOP, one.number, one.file, one.contact)
    paid = str(one.file["order"]["payments"][0]["captured"])
    signs = {
        "account": one.signs["email"],
        "device": one.signs["device"],
        "address": one.signs["address"],
    }
    told = SignsTold(one.number, one.placed, paid, "EUR", one.signs["card"], "", one.sku, signs)
    tell_signs(doors.disputes, AGENT, SHOP, MERCHANT, one.payment, told)


def _opened(doors: Doors, order: Sold, wish: Wish) -> int:
    kept = doors.orders.get(AGENT, SHOP, order.number)
    key = doors.cases.casework.next_key(SHOP, order.number)
    file = case_file(kept.file, key, wish, doors.clock().isoformat())
    opened = open_case(doors.cases, SHOP, file, key, "buyer", Actor("buyer", order.contact.name))
    return opened.state.number


def _ask(doors: Doors, told: Played, one: Claim, back: dict[date, list[int]]) -> None:
    wish = Wish(one.kind, one.reason, [], None, one.message, {}, one.evidence)
    number = _opened(doors, one.order, wish)
    told.cases += 1
    told.numbers[number] = one
    payment = one.order.file["order"]["payments"][0]
    doors.capture(str(payment["id"]), str(payment["captured"]))
    decision = _answer(doors, told, number)
    if decision == "sent back":
        back[(doors.clock() + _WAY_BACK).date()].append(number)


def _answer(doors: Doors, told: Played, number: int) -> str:
    """Do what the desk suggests; what it will not do is left to a person, and counted so."""
    try:
        state = approve(doors.cases, number, AGENT)
        if doors.cases.casework.history(number).waiting is not None:
            state = second_yes(doors.cases, number, LEAD)
    except UnableToWork as fault:
        told.came[f"left to a person: {fault.code}"] += 1
        return ""
    decision = state.decision or {}
    if (decision.get("return") or {}).get("required"):
        told.came["agreed, goods to come back"] += 1
        return "sent back"
    told.came["agreed, paid at once"] += 1
    return "paid"


def _arrive(doors: Doors, told: Played, number: int) -> None:
    """The goods come back and are inspected; what is plain is paid at once, the rest by a person."""
    claim = told.numbers[number]
    send_back(doors.cases, number, actor(AGENT), AGENT, f"R{number:09}", "DHL")
    grade = "B" if claim.reason in ("changed_mind", "wrong_size", "ordered_by_mistake", "other") else "C"
    inspect(doors.cases, number, AGENT, grade)
    state = doors.cases.casework.look(number)
    if state is not None and state.tracks.replacement == "reserved":
        told.came["goods back, to be replaced or repaired"] += 1
        return
    if not doors.paid(number):
        try:
            settle(doors.cases, number, LEAD)
        except UnableToWork as fault:
            told.came[f"back, left to a person: {fault.code}"] += 1
            return
    told.came["goods back, paid"] += 1


def _dispute(doors: Doors, told: Played, one: Charge) -> None:
    wish = Wish("refund_only", "unrecognised_charge" if one.cause else "other", [], None, "", {}, ())
    number = _opened(doors, one.order, wish)
    told.disputes += 1
    amount = str(one.order.file["order"]["payments"][0]["captured"])
    at = doors.clock()
    new = NewDispute("card", "visa", one.reason, f"dp_{one.order.number}", amount, one.order.payment, at,
                     at + timedelta(days=18))  # fmt: skip
    open_by_hand(doors.disputes, number, AGENT, new)
