"""Parcels brought back on their way: the refund goes once and by itself, and what does not fit is told before it does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from amends.desk.cases.approve import approve, effect
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.parcels import inspect, receive, send_back
from amends.desk.freight.intercept import ask_interception, tell_interception
from amends.desk.freight.look import freight_of
from amends.desk.freight.rounds import FreightRounds
from amends.desk.freight.waybills import examine
from tests.case_house import AGENT, BUYER, LEAD, STRANGER, WAREHOUSE
from tests.databases import database
from tests.freight_house import WAYBILL, freight_desk, log_of, plans, refund_case, scan, told
from tests.tracking_house import tracking

__all__ = ["database"]


def test_a_stopped_parcel_is_refunded_once_and_its_goods_are_received_later(database: Any) -> None:
    number = refund_case()
    with tracking("kuaidi100") as there:
        freight = freight_desk(there)
        there.round()
        made = ask_interception(freight, number, LEAD, why="refund asked for")
        assert made.way == "network"
        assert effect(freight.cases, number, LEAD).kind == "await_stop"
        approve(freight.cases, number, LEAD)
        assert plans(number) == []
        there.round()
        told(there, freight, WAYBILL, scan(1, "picked_up"), scan(3, "intercepted", "拦截成功"))
        assert plans(number) == [("decision", 9000)]
        for _ in range(3):
            told(there, freight, WAYBILL, scan(1, "picked_up"), scan(3, "intercepted", "拦截成功"), scan(9, "returned"))
        assert plans(number) == [("decision", 9000)]
        state = freight.cases.casework.look(number)
        assert state is not None
        assert state.tracks.goods == "on_the_way"
        receive(freight.cases, number, WAREHOUSE)
        inspect(freight.cases, number, WAREHOUSE, "A")
        assert plans(number) == [("decision", 9000)]
        assert log_of(freight, number).count("settled") == 1


def test_without_a_network_a_person_calls_the_carrier_and_tells(database: Any) -> None:
    number = refund_case()
    with tracking() as there:
        freight = freight_desk(there)
        made = ask_interception(freight, number, LEAD)
        state = freight.cases.casework.look(number)
        assert (made.way, state.exception) == ("person", "intercept_task")  # type: ignore[union-attr]
        view = freight_of(freight, state).interceptions[0]  # type: ignore[arg-type]
        assert view.terms.phone == "95554"
        with pytest.raises(UnableToWork, match="being stopped already"):
            ask_interception(freight, number, LEAD)
        tell_interception(freight, number, LEAD, made.number, "accept")
        tell_interception(freight, number, LEAD, made.number, "succeed")
        assert plans(number) == [("decision", 9000)]
        with pytest.raises(UnableToWork):
            tell_interception(freight, number, LEAD, made.number, "succeed")
        FreightRounds(freight).look()
        assert plans(number) == [("decision", 9000)]


def test_above_the_limit_of_whoever_asked_a_person_is_told(database: Any) -> None:
    number = refund_case()
    with tracking() as there:
        freight = freight_desk(there)
        made = ask_interception(freight, number, AGENT)
        tell_interception(freight, number, AGENT, made.number, "succeed")
        assert plans(number) == []
        state = freight.cases.casework.look(number)
        assert state.exception == "intercept_waits"  # type: ignore[union-attr]
        approve(freight.cases, number, LEAD)
        FreightRounds(freight).look()
        assert plans(number) == [("decision", 9000)]


def test_what_is_delivered_after_all_has_to_be_sent_back_first(database: Any) -> None:
    number = refund_case()
    with tracking("kuaidi100") as there:
        freight = freight_desk(there)
        there.round()
        ask_interception(freight, number, LEAD)
        approve(freight.cases, number, LEAD)
        told(there, freight, WAYBILL, scan(1, "picked_up"), scan(3, "delivered", signed_by="buyer"))
        assert freight.book.interceptions(number)[0].state == "too_late"
        assert plans(number) == []
        send_back(freight.cases, number, BUYER, AGENT, "SF1234567890123")
        receive(freight.cases, number, WAREHOUSE)
        inspect(freight.cases, number, WAREHOUSE, "A")
        assert plans(number) == [("decision", 9000)]


def test_a_stopped_parcel_that_somebody_else_signs_for_is_flagged_and_not_refunded(database: Any) -> None:
    number = refund_case()
    with tracking("kuaidi100") as there:
        desk = freight_desk(there)
        freight = replace(desk, terms=replace(desk.terms, cities=("杭州",)))
        there.round()
        ask_interception(freight, number, LEAD)
        told(there, freight, WAYBILL, scan(3, "intercepted"), scan(9, "delivered", place="上海市", signed_by="other"))
        assert plans(number) == []
        state = freight.cases.casework.look(number)
        assert state is not None
        assert [one["code"] for one in state.case["waybill_signals"]] == ["signed_after_stop"]
        held = [one["rule"] for one in (state.decision or {})["because"] if one["verdict"] == "holds"]
        assert "risk.waybill_signed_after_stop" in held
        assert "interception_refund_waits" in log_of(freight, number)


def test_waybills_that_are_swapped_between_cases_are_found(database: Any) -> None:
    dear, cheap = refund_case("YT1111111111111", "O1"), refund_case("YT2222222222222", "O2")
    with tracking() as there:
        freight = freight_desk(there)
        FreightRounds(freight).look()
        send_back(freight.cases, dear, BUYER, AGENT, "YT2222222222222")
        FreightRounds(freight).look()
        state = freight.cases.casework.look(dear)
        assert state is not None
        [signal] = state.case["waybill_signals"]
        assert (signal["code"], signal["waybill"]) == ("outbound_elsewhere", "YT2222222222222")
        assert signal["case"] == freight.cases.casework.look(cheap).key  # type: ignore[union-attr]
        assert log_of(freight, dear).count("waybill_signal") == 1
        send_back(freight.cases, cheap, BUYER, AGENT, "YT2222222222222")
        FreightRounds(freight).look()
        codes = {one["code"] for one in freight.cases.casework.look(cheap).case["waybill_signals"]}  # type: ignore[union-attr]
        assert codes == {"same_as_outbound", "used_elsewhere"}
        again = len(log_of(freight, dear))
        examine(freight, dear)
        assert len(log_of(freight, dear)) == again


def test_the_look_up_goes_by_an_index(database: Any) -> None:
    from django.db import connection

    from amends.store.models import WaybillUseRow

    rows = WaybillUseRow.objects.filter(merchant="main", waybill__in=["A1"])
    if connection.vendor == "sqlite":
        assert "waybills_by_number" in rows.explain()


def test_another_merchants_parcel_is_not_there(database: Any) -> None:
    number = refund_case()
    with tracking() as there, pytest.raises(UnableToWork) as fault:
        ask_interception(freight_desk(there), number, STRANGER)
    assert fault.value.code == "not_found"
