"""Signals about waybills that do not count any more: found wrong by a person with a reason, or outdated by the carrier's own word."""

from __future__ import annotations

from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.parcels import send_back
from amends.desk.freight.desk import FreightDesk
from amends.desk.freight.look import freight_of
from amends.desk.freight.rounds import FreightRounds
from amends.desk.freight.waybills import examine
from amends.desk.freight.withdraw import withdraw_signal
from amends.facts.freight import WaybillUse
from amends.facts.waybill_signals import CHANGES, WaybillSignal, outdated
from tests.case_house import AGENT, BUYER, STRANGER, WAREHOUSE
from tests.databases import database
from tests.freight_house import freight_desk, log_of, refund_case, scan, told
from tests.tracking_house import tracking

__all__ = ["database"]
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def seen(freight: FreightDesk, number: int) -> tuple[list[str], str, list[str]]:
    """The signals that count, the case's mark, and the rules of waybills that hold."""
    state = freight.cases.casework.look(number)
    assert state is not None
    rules = [one["rule"] for one in (state.decision or {})["because"] if one["verdict"] == "holds"]
    codes = [one["code"] for one in state.case.get("waybill_signals") or ()]
    return codes, state.exception or "", [one for one in rules if one.startswith("risk.waybill")]


@ONE
def test_a_signal_that_a_person_finds_wrong_counts_no_more_and_is_not_raised_again(database: Any) -> None:
    mine, other = refund_case("YT1111111111111", "O1"), refund_case("YT2222222222222", "O2")
    with tracking() as there:
        freight = freight_desk(there)
        FreightRounds(freight).look()
        send_back(freight.cases, mine, BUYER, AGENT, "YT2222222222222")
        FreightRounds(freight).look()
        assert seen(freight, mine) == (["outbound_elsewhere"], "waybill_signal", ["risk.waybill_outbound_elsewhere"])
        [signal] = freight.cases.casework.look(mine).case["waybill_signals"]  # type: ignore[union-attr]
        for person, words, why in (
            (AGENT, "no", "why"),
            (WAREHOUSE, "two in one box", "may not"),
            (STRANGER, "two in one box", "no case"),
        ):
            with pytest.raises(UnableToWork, match=why):
                withdraw_signal(freight, mine, person, signal, words)
        with pytest.raises(UnableToWork, match="no such signal"):
            withdraw_signal(freight, mine, AGENT, {**signal, "waybill": "YT3"}, "two in one box")
        withdraw_signal(freight, mine, AGENT, signal, "both orders were in one box")
        assert seen(freight, mine) == ([], "", [])
        assert log_of(freight, mine)[-1] == "waybill_signal_wrong"
        examine(freight, mine)
        examine(freight, other)
        assert seen(freight, mine)[0] == []
        [gone] = freight_of(freight, freight.cases.casework.look(mine)).withdrawn  # type: ignore[arg-type]
        assert (gone.signal.code, gone.why, gone.by) == ("outbound_elsewhere", "both orders were in one box", "lin")
        with pytest.raises(UnableToWork, match="no such signal"):
            withdraw_signal(freight, mine, AGENT, signal, "both orders were in one box")


@ONE
def test_what_the_carrier_tells_otherwise_outdates_a_signal_and_a_changed_waybill_does_not(database: Any) -> None:
    number = refund_case("YT1111111111111")
    with tracking("kuaidi100") as there:
        freight = freight_desk(there)
        there.round()
        FreightRounds(freight).look()
        send_back(freight.cases, number, BUYER, AGENT, "YT1111111111111")
        there.round()
        FreightRounds(freight).look()
        assert seen(freight, number)[:2] == (["same_as_outbound"], "waybill_signal")
        told(there, freight, "YT1111111111111", scan(2, "refused"), scan(3, "returning"))
        examine(freight, number)
        assert seen(freight, number) == ([], "", [])
        assert log_of(freight, number).count("waybill_signal_outdated") == 1
        [gone] = freight_of(freight, freight.cases.casework.look(number)).withdrawn  # type: ignore[arg-type]
        assert (gone.why, gone.by) == ("turned", "")


def test_only_what_was_told_otherwise_is_outdated() -> None:
    def use(part: str, waybill: str) -> WaybillUse:
        return WaybillUse(1, "C1", "O1", part, waybill)

    for code in CHANGES:
        part = "out" if code == "signed_after_stop" else "back"
        one = WaybillSignal(code, "A1", at="2026-11-24T10:00:00+00:00")
        assert outdated([one], [], [use(part, "A1")]) == (one,)
        assert outdated([one], [one], [use(part, "A1")]) == ()
        assert outdated([one], [], [use(part, "B2")]) == ()  # the buyer names another waybill: what was seen stays
    for code in ("used_elsewhere", "outbound_elsewhere"):
        one = WaybillSignal(code, "A1", "C2")
        assert outdated([one], [], [use("back", "A1")]) == ()
