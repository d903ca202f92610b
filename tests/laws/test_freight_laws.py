"""Freight: whatever traces come in which order, however often, and whatever people press, the refund is promised at most once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from amends.desk.cases.approve import approve
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.parcels import inspect, receive, send_back, settle
from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.intercept import ask_interception, tell_interception
from amends.desk.freight.rounds import FreightRounds
from amends.facts.freight import BY_PERSON, CARRIER_CLAIM, INSURANCE, INTERCEPTION, WaybillUse
from amends.facts.tracking import ParcelTold
from amends.facts.waybill_signals import signals_of
from tests.case_house import BUYER, LEAD, WAREHOUSE
from tests.django_house import fresh_database
from tests.freight_house import WAYBILL, freight_desk, plans, refund_case, scan
from tests.tracking_house import Tracking, tracking

TRACES = ("picked_up", "in_transit", "intercepted", "returning", "returned", "delivered", "refused", "lost")
PRESSES = ("ask", "approve", "settle", "send_back", "receive", "inspect", "look", *BY_PERSON)
EVENTS = some.lists(
    some.one_of(some.sampled_from(PRESSES), some.tuples(some.sampled_from(TRACES), some.integers(0, 9))), max_size=14
)


@pytest.mark.parametrize("table", [INTERCEPTION, INSURANCE, CARRIER_CLAIM])
def test_every_state_can_be_come_to(table: object) -> None:
    assert table.reachable() == table.states  # type: ignore[attr-defined]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(EVENTS)
def test_the_refund_is_promised_at_most_once(
    tmp_path_factory: pytest.TempPathFactory, events: list[str | tuple[str, int]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("freight")
    fresh_database(folder)
    number = refund_case()
    with tracking("kuaidi100") as there:
        freight = freight_desk(there)
        there.rounds.look()
        for one in events:
            _happen(there, freight, number, one)
            promised = [total for purpose, total in plans(number) if purpose == "decision"]
            assert len(promised) <= 1
            assert sum(promised) <= 9000


def _happen(there: Tracking, freight: FreightDesk, number: int, one: str | tuple[str, int]) -> None:
    if isinstance(one, tuple):
        told = ParcelTold(WAYBILL, scans=(scan(one[1], one[0]),))
        there.desk.book.take("kuaidi100", told, there.clock(), there.desk.quiet, timedelta(minutes=30))
        there.rounds.look()
        FreightRounds(freight).look()
        return
    try:
        _press(freight, number, one)
    except UnableToWork:
        return


def _press(freight: FreightDesk, number: int, press: str) -> None:
    cases = freight.cases
    if press == "ask":
        ask_interception(freight, number, LEAD)
    elif press == "approve":
        approve(cases, number, LEAD)
    elif press == "settle":
        settle(cases, number, LEAD)
    elif press == "send_back":
        send_back(cases, number, BUYER, LEAD, "SF1234567890123")
    elif press == "receive":
        receive(cases, number, WAREHOUSE)
    elif press == "inspect":
        inspect(cases, number, WAREHOUSE, "A")
    elif press == "look":
        FreightRounds(freight).look()
    else:
        stops = freight.book.interceptions(number)
        tell_interception(freight, number, LEAD, stops[0].number if stops else 0, press)


USES = some.lists(
    some.builds(
        WaybillUse,
        some.integers(1, 4),
        some.sampled_from(["R-1", "R-2"]),
        some.sampled_from(["O1", "O2"]),
        some.sampled_from(["out", "back"]),
        some.sampled_from(["A1", "B2"]),
        turned=some.booleans(),
    ),
    max_size=6,
)


@given(USES, USES, some.randoms(use_true_random=False))
def test_the_same_waybills_give_the_same_signals(
    mine: list[WaybillUse], others: list[WaybillUse], chance: object
) -> None:
    own = list({(one.part, one.waybill): one for one in mine}.values())
    first = signals_of(own, others, (), None, frozenset())
    mixed, rest = list(own), [*others, *others]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(rest)  # type: ignore[attr-defined]
    assert signals_of(mixed, rest, (), None, frozenset()) == first
