"""What must hold of remedies for any input: an exchange's money adds up, stock ends, a charge moves once, a lower price is bounded."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.basics.money import write_minor
from amends.desk.cases.approve import approve
from amends.desk.cases.charges import answer_charge, confirm_charge, give_charge_back
from amends.desk.cases.close import withdraw
from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.going_out import choose
from amends.desk.cases.parcels import inspect, replacement_delivered, send_back, ship_replacement
from amends.desk.cases.run import CaseRounds
from amends.facts.charges import CHARGE, IN_HAND
from amends.facts.going_out import Piece, back_by_line, difference
from amends.facts.price_drop import price_drop
from amends.facts.read_case import read_case
from amends.facts.trust import trust
from tests.case_house import AGENT, BUYER, LEAD, WAREHOUSE, Clock
from tests.databases import Database, database
from tests.money_house import Bank, runner_of
from tests.remedy_house import asked_for, delivered, live_holds, remedy_desk

__all__ = ["database"]
PRICES = st.integers(0, 30_000)
_ORDERS = count(1)
"""Numbers of orders: what one example did to an order must not be there for the next."""


def file(**change: Any) -> Any:
    return read_case({"case": "c", **delivered("exchange", "quality", ("l1", "l2"), **change)})


@given(st.lists(st.one_of(st.none(), PRICES), min_size=2, max_size=2))
def test_what_comes_back_is_the_difference_and_never_more_than_was_paid_for_a_line(prices: list[int | None]) -> None:
    case = file()
    pieces = [Piece(f"l{at}", 1, "x", "x", price) for at, price in enumerate(prices, 1)]
    more, back = difference(case, pieces), back_by_line(case, pieces)
    assert sum(back.values()) == max(0, -more)
    assert all(0 < amount <= line.paid for line in case.order.lines for amount in [back.get(line.id, 1)])
    worth = sum([line.paid if price is None else price for line, price in zip(case.order.lines, prices, strict=True)])
    assert 9_000 + max(0, more) - sum(back.values()) == worth


@given(st.lists(st.sampled_from(sorted({move for moves in CHARGE.moves.values() for move in moves})), max_size=30))
def test_a_charge_reaches_each_state_once_and_ends(moves: list[str]) -> None:
    state, seen = CHARGE.start, [CHARGE.start]
    for move in moves:
        if CHARGE.can(state, move):
            state = CHARGE.after(state, move)
            seen.append(state)
    assert len(seen) == len(set(seen))
    assert len([one for one in seen if one in IN_HAND]) <= 1


@given(PRICES, st.integers(0, 40), st.one_of(st.none(), st.integers(1, 30)), st.booleans())
def test_a_lower_price_gives_back_what_it_is_lower_by_or_says_why_not(
    now: int, after: int, days: int | None, paid: bool
) -> None:
    case = file()
    item = case.request.lines[0]
    asked = case.order.paid_at + timedelta(days=after)
    drop = price_drop(case, item, now, days, asked, paid=paid)
    assert bool(drop.refused) == (drop.amount == 0)
    if not drop.refused:
        assert drop.amount == item.line.paid - now
        assert days is not None
        assert after <= days
        assert not paid


@given(st.one_of(st.none(), st.integers(0, 99)), st.one_of(st.none(), st.integers(0, 99)))
def test_nobody_is_trusted_on_what_is_not_known(orders: int | None, cases: int | None) -> None:
    from amends.facts.case import Buyer

    found = trust(Buyer(orders_12m=orders, cases_12m=cases, refused_12m=0, disputes_12m=0))
    assert found.trusted == (orders is not None and cases is not None and orders >= 3 and cases * 2 <= orders)


def _try(verb: Any) -> bool:
    try:
        verb()
    except UnableToWork:
        return False
    return True


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data())
def test_the_money_of_an_exchange_adds_up_whatever_is_pressed(database: Database, data: Any) -> None:
    """Verbs in any order: paid + difference - refunded is the price of what the buyer has, and stock ends with the case."""
    from amends.store.models import OrderPayment

    clock = Clock()
    desk: CaseDesk = remedy_desk(clock)
    order = f"LAW-{next(_ORDERS)}"
    number = asked_for("exchange", order=order)
    approve(desk, number, LEAD)
    price, shipped = 7_000, False
    steps = st.sampled_from(["choose", "agree", "pay", "back", "ship", "ship", "give_back", "late", "withdraw"])
    for step in data.draw(st.lists(steps, min_size=3, max_size=9)):
        charges = desk.casework.charges(number)
        last = len(charges)
        if step == "choose":
            wanted = data.draw(st.integers(1_000, 12_000))
            piece = {"line": "l1", "sku": f"S{wanted}", "title": "Lamp", "price": write_minor(wanted, 2)}
            if _try(lambda piece=piece: choose(desk, number, LEAD, [piece])):
                price = wanted
        elif step == "agree":
            _try(lambda last=last: answer_charge(desk, number, BUYER, last, accepts=True))
        elif step == "pay":
            _try(lambda last=last: confirm_charge(desk, number, AGENT, last, f"TX-{order}-{last}"))
        elif step == "back":
            _try(lambda: (send_back(desk, number, BUYER, AGENT, "SF123456"), inspect(desk, number, WAREHOUSE, "A")))
        elif step == "ship":
            went = _try(lambda: ship_replacement(desk, number, WAREHOUSE, "SF1"))
            shipped = shipped or went
        elif step == "give_back":
            _try(lambda last=last: give_charge_back(desk, number, LEAD, last))
        elif step == "late":
            clock.forward(days=13)
            CaseRounds(desk).look()
        else:
            _try(lambda: withdraw(desk, number, BUYER, AGENT))
        assert len(live_holds(desk, number)) <= 1
        assert all(quantity > 0 for _, quantity in live_holds(desk, number))
    _try(lambda: replacement_delivered(desk, number, BUYER, WAREHOUSE))
    runner_of(Bank(), minutes=20 * 24 * 60).run_due()
    state, box = desk.casework.look(number), desk.money.till.box(number)
    assert state is not None
    if shipped or state.tracks.desk == "closed":
        assert live_holds(desk, number) == []
    came = sum(OrderPayment.objects.filter(order__number=order).values_list("captured_minor", flat=True)) or 9_000
    went_back = sum([one.given_back + one.promised for one in box.payments]) if box else 0
    kept = sum([one.amount for one in desk.casework.charges(number) if one.state in IN_HAND])
    returned_late = [one for one in desk.casework.charges(number) if one.state == "given_back"]
    if shipped and not (returned_late and price > 7_000):
        assert came - went_back == 2_000 + price
    else:
        assert came - went_back == 9_000 + (0 if shipped else kept)
