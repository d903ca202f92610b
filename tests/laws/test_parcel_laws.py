"""Parcels: whatever order scans come in, however often, and whatever was lost on the way, a full answer ends in the same case."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from amends.facts.codes import SIGNED_BY, TRACES
from amends.facts.read_case import read_case
from amends.facts.traces import SCAN_KINDS, Scan, ScanKind, joined, richer, trace_of
from amends.facts.tracking import ParcelTold
from tests.django_house import fresh_database
from tests.tracking_house import Tracking, file_of, out_case, returning_case, tracking

UPS = "1Z999AA10123456784"
BEGIN = datetime.fromisoformat("2026-11-20T20:00:00+00:00")
SCANS = some.builds(
    Scan,
    some.integers(0, 100).map(lambda hours: BEGIN + timedelta(hours=hours)),
    some.sampled_from(SCAN_KINDS),
    some.sampled_from(["hub", "door", "desk"]),
    some.sampled_from(["", "Hangzhou"]),
    some.sampled_from(["", "A1", "B2"]),
    some.sampled_from(["", *sorted(SIGNED_BY)]),
)
TELLINGS = some.lists(SCANS, max_size=10)


@given(TELLINGS, some.randoms(use_true_random=False))
def test_where_a_parcel_is_hangs_on_the_set_of_scans_alone(scans: list[Scan], chance: random.Random) -> None:
    once = joined(scans)
    mixed = [*scans, *scans[: len(scans) // 2]]
    chance.shuffle(mixed)
    assert joined(mixed) == once
    assert trace_of(joined(mixed)) == trace_of(once)
    assert joined([*once, *mixed]) == once
    assert trace_of(once).state in TRACES


@given(SCANS, SCANS, SCANS)
def test_the_richer_of_two_tellings_is_the_same_whichever_comes_first(one: Scan, two: Scan, three: Scan) -> None:
    both = [Scan(one.at, scan.kind, "x", "y", scan.code, scan.signed_by) for scan in (one, two, three)]
    a, b, c = both
    assert richer(a, b) == richer(b, a)
    assert richer(a, richer(b, c)) == richer(richer(a, b), c)
    assert richer(a, a) == a


@given(TELLINGS)
def test_a_signature_is_told_only_while_the_receiver_has_the_parcel(scans: list[Scan]) -> None:
    trace = trace_of(joined(scans))
    assert (trace.delivered_at is not None) == (trace.state == "delivered")
    assert trace.signed_by == "" or trace.state == "delivered"
    assert not trace.returned or trace.state == "returned_to_sender"
    if trace.state == "delivered" and trace.picked_up_at:
        assert trace.delivered_at is not None
        assert trace.picked_up_at <= trace.delivered_at


def kinds(*named: ScanKind) -> list[Scan]:
    return [Scan(BEGIN + timedelta(hours=hour), kind, kind) for hour, kind in enumerate(named)]


@pytest.mark.parametrize(
    ("named", "state", "returned"),
    [
        (("picked_up", "in_transit", "delivered"), "delivered", False),
        (("picked_up", "delivered", "in_transit"), "delivered", False),
        (("picked_up", "refused", "in_transit"), "refused", False),
        (("picked_up", "refused", "returning"), "returned_to_sender", False),
        (("picked_up", "returning", "out_for_delivery", "delivered"), "returned_to_sender", True),
        (("picked_up", "lost", "in_transit"), "in_transit", False),
        (("picked_up", "in_transit", "lost"), "lost", False),
        (("picked_up", "attempted", "delivered"), "delivered", False),
        (("announced",), "none", False),
        (("picked_up", "intercepted", "returned"), "returned_to_sender", True),
        (("picked_up", "delivered", "refused"), "refused", False),
    ],
)
def test_what_happens_one_after_another(named: tuple[ScanKind, ...], state: str, returned: bool) -> None:
    trace = trace_of(kinds(*named))
    assert (trace.state, trace.returned) == (state, returned)
    assert set(named) <= set(get_args(ScanKind))


def test_the_receivers_own_hand_counts_before_a_stations() -> None:
    first = Scan(BEGIN, "delivered", "box", signed_by="locker")
    assert trace_of([first]).station
    own = Scan(BEGIN + timedelta(hours=4), "delivered", "fetched", signed_by="buyer")
    trace = trace_of([own, first])
    assert (trace.delivered_at, trace.signed_by, trace.station) == (own.at, "buyer", False)


def ends_in(there: Tracking, number: int, told: list[list[Scan]], full: list[Scan]) -> tuple[Any, ...]:
    """Where a case is once these pushes came, each followed by a look or not, and then a full answer."""
    for place, scans in enumerate([*told, full]):
        there.desk.book.take(
            "easypost", ParcelTold(UPS, scans=tuple(scans)), there.clock(), there.desk.quiet, timedelta(0)
        )
        if place % 2:
            there.rounds.look()
    there.rounds.look()
    state = there.desk.cases.casework.look(number)
    assert state is not None
    file = file_of(number)
    read_case(file)
    parts = {name: file.get(name) for name in ("shipments", "return_parcel")}
    alarms = [link.alarms for link in there.desk.book.of_case(number)]
    decision = {name: value for name, value in (state.decision or {}).items() if name != "case"}
    return plain(parts), state.tracks, state.exception, alarms, decision


def plain(found: Any) -> Any:
    """What a file says, nothing and None being the same."""
    if isinstance(found, dict):
        return {name: plain(value) for name, value in found.items() if value is not None}
    return [plain(one) for one in found] if isinstance(found, list) else found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parcels")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(full=TELLINGS, chance=some.randoms(use_true_random=False), is_return=some.booleans())
def test_any_order_any_loss_and_any_repeat_end_in_the_same_case(
    folder: Path, full: list[Scan], chance: random.Random, is_return: bool
) -> None:
    ends = []
    for is_mixed in (False, True):
        fresh_database(folder)
        number = returning_case(waybill=UPS) if is_return else out_case(UPS)
        with tracking("easypost") as there:
            there.rounds.look()
            told: list[list[Scan]] = []
            if is_mixed:
                told = [[one for one in full if chance.random() < 0.5] for _ in range(chance.randrange(5))]
            ends.append(ends_in(there, number, told, full))
    assert ends[0] == ends[1]
    from django.db import connection

    connection.close()
