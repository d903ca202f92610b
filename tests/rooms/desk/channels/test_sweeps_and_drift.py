"""History, the nightly look, and where platform and house disagree."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.channel_house import MANAGER, START, ToyShop
from tests.databases import database
from tests.toy_platform import ToyChannel, ToyPlatform

__all__ = ["database"]
pytestmark = pytest.mark.usefixtures("database")


def shop(**can: object) -> ToyShop:
    return ToyShop(ToyPlatform(START), ToyChannel(**can)).connect()


def statuses(one: ToyShop) -> dict[str, str]:
    return {key: told[0] for key, told in one.state()["there"].items()}


def drifts(one: ToyShop) -> dict[str, str]:
    return {key: told[5] for key, told in one.state()["there"].items() if told[5]}


def test_history_is_read_from_the_oldest_and_survives_being_killed() -> None:
    platform = ToyPlatform(START - timedelta(days=30))
    for number in range(40):
        platform.now += timedelta(hours=12)
        platform.put(str(number), "ASKED")
    platform.now = START
    toys = ToyShop(platform, ToyChannel(widest=timedelta(days=1))).connect()
    toys.read()
    begun = toys.desk.start_backfill(MANAGER, toys.number, START - timedelta(days=31))
    assert (begun.share, begun.state) == (0, "running")
    for place in range(1, 15):
        toys.killed_at(place)
        toys.later(minutes=3)
    toys.read(200)
    (done,) = toys.desk.backfills(MANAGER, toys.number)
    assert (done.state, done.share, done.done_to) == ("done", 100, begun.until)
    assert done.cases >= 40
    assert len(statuses(toys)) == 40


def test_history_stands_back_behind_what_is_new() -> None:
    platform = ToyPlatform(START - timedelta(days=20))
    for number in range(60):
        platform.now += timedelta(hours=3)
        platform.put(f"old{number}", "ASKED")
    platform.now = START
    toys = ToyShop(platform).connect()
    toys.read()
    toys.desk.start_backfill(MANAGER, toys.number, START - timedelta(days=21))
    toys.later(seconds=1).platform.put("new", "ASKED")
    toys.push("new", "m1")
    before = len(platform.calls)
    toys.reader.turn()
    assert platform.calls[before] == "/cases/new"


def test_history_that_is_stopped_stays_stopped() -> None:
    toys = shop()
    toys.desk.start_backfill(MANAGER, toys.number, START - timedelta(days=200))
    toys.desk.stop_backfill(MANAGER, toys.number)
    toys.read()
    (one,) = toys.desk.backfills(MANAGER, toys.number)
    assert (one.state, one.cases) == ("stopped", 0)


def test_the_nightly_look_brings_what_was_missed_and_counts_it() -> None:
    from amends.store.models import BackfillRow

    toys = shop()
    toys.read()
    toys.later(hours=1).platform.put("1", "ASKED")
    toys.platform.lag = [timedelta(hours=2)]
    toys.later(minutes=10).read()
    toys.later(minutes=20).read()
    assert statuses(toys) == {}, "the list lagged behind for longer than windows overlap"
    toys.night()
    assert statuses(toys) == {"1": "ASKED"}
    looks = BackfillRow.objects.filter(kind="nightly").order_by("-pk")
    assert (looks[0].state, looks[0].missed) == ("done", 1)
    reconciled = toys.row.reconciled_at
    toys.later(minutes=5).read()
    assert toys.row.reconciled_at == reconciled, "once a night"


def test_messages_are_kept_for_a_month() -> None:
    from amends.store.models import BackfillRow, PushRow

    toys = shop()
    toys.read()
    toys.push("1", "m1")
    for _ in range(20):
        toys.night()
    assert PushRow.objects.count() == 1
    for _ in range(20):
        toys.night()
    assert PushRow.objects.count() == 0
    assert 25 <= BackfillRow.objects.filter(kind="nightly").count() <= 32


def test_open_cases_that_did_not_change_for_long_are_looked_at_every_night() -> None:
    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("1", "ASKED")
    toys.later(minutes=2).read()
    for _ in range(5):
        toys.night()
    before = len(toys.platform.calls)
    toys.night()
    assert "/cases/1" in toys.platform.calls[before:]


def test_a_case_that_is_over_there_and_open_here_is_a_drift_until_it_is_not() -> None:
    from amends.store.models import CaseRow

    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("1", "ASKED")
    toys.later(minutes=2).platform.put("1", "PAID")
    toys.later(minutes=2).read()
    CaseRow.objects.update(state="open")
    toys.night()
    assert drifts(toys) == {"1": "over on the platform, open here"}
    assert toys.desk.health(MANAGER, toys.number).drift == 1
    assert [alarm.code for alarm in toys.desk.alarms(MANAGER, toys.number)] == ["drift"]
    CaseRow.objects.update(state="closed")
    toys.night()
    assert drifts(toys) == {}
    assert toys.desk.alarms(MANAGER, toys.number) == ()


def test_a_case_that_the_platform_does_not_know_any_more_is_a_drift() -> None:
    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("1", "ASKED")
    toys.later(minutes=2).read()
    kept = toys.platform.cases.pop("1")
    toys.night()
    assert drifts(toys) == {"1": "the platform does not know this case any more"}
    toys.night()
    assert drifts(toys) == {"1": "the platform does not know this case any more"}
    toys.platform.cases["1"] = kept
    toys.platform.put("1", "AGREED")
    toys.night()
    assert drifts(toys) == {}


def refund(reference: str, amount: int, **more: object) -> dict[str, object]:
    return {"reference": reference, "amount": amount, **more}


def test_money_that_the_platform_paid_by_itself_is_booked_once() -> None:
    from amends.store.models import BookEntryRow

    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("1", "PAID", refunds=[refund("r1", 2_000), refund("r2", 500, moved=False)])
    toys.later(minutes=2).read()
    assert toys.state()["refunds"] == [("r1", "booked", 2_000), ("r2", "waiting", 500)]
    assert toys.state()["booked"] == 2_000
    toys.platform.put("1", "PAID", refunds=[refund("r1", 2_000), refund("r2", 500)])
    for _ in range(3):
        toys.push("1", f"m{toys.platform.now}")
        toys.later(minutes=2).read()
    assert toys.state()["booked"] == 2_500
    assert BookEntryRow.objects.filter(kind="outside_refund").count() == 2


def test_money_of_a_step_of_ours_is_not_booked_as_if_others_had_moved_it() -> None:
    from amends.store.models import BookEntryRow, CaseRow, Order, PayPlan, PayStep, ToldRefundRow

    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("1", "ASKED", refunds=[refund("early", 100)])
    toys.later(minutes=2).read()
    order, case = Order.objects.get(number="O1"), CaseRow.objects.get(key="1")
    plan = PayPlan.objects.create(
        case=case, turn=1, digest="d", currency="EUR", total_minor=900, state="approved", proposed_by="wu",
        proposed_at=toys.platform.now,
    )  # fmt: skip
    given = {"plan": plan, "order": order, "payment": order.payments.get(), "kind": "refund", "gateway": "stripe"}
    by_hand = {**given, "gateway": "manual"}
    PayStep.objects.create(key="k1", digest="1", amount_minor=300, currency="EUR", state="succeeded", **given)
    PayStep.objects.create(key="k2", digest="2", amount_minor=600, currency="EUR", state="unknown", **given)
    toys.platform.put("1", "PAID", refunds=[refund("early", 100), refund("a", 300, key="k1"), refund("b", 600)])
    toys.later(minutes=2).read()
    assert toys.state()["refunds"] == [("a", "ours", 300), ("b", "waiting", 600), ("early", "booked", 100)]
    assert BookEntryRow.objects.filter(kind="outside_refund").count() == 1
    PayStep.objects.create(
        key="k3", digest="3", amount_minor=50, currency="EUR", state="succeeded", reference="proof 7", **by_hand
    )
    toys.platform.put("1", "PAID", refunds=[*toys.platform.cases["1"][-1]["refunds"], refund("c", 50)])
    toys.later(minutes=2).read()
    assert ("c", "ours", 50) in toys.state()["refunds"]
    toys.platform.cases["1"][-1]["refunds"].pop()
    ToldRefundRow.objects.filter(reference="c").delete()
    PayStep.objects.filter(key="k2").update(state="failed")
    toys.night()
    assert toys.state()["refunds"] == [("a", "ours", 300), ("b", "booked", 600), ("early", "booked", 100)]


def test_money_of_an_order_that_is_not_known_yet_is_booked_as_soon_as_it_is() -> None:
    from amends.facts.platforms import ToldRefund
    from amends.facts.read_case import read_case
    from amends.store.channel_drift import DatabaseDrift
    from amends.store.models import CaseFile, ConnectionRow
    from amends.store.money_till import DatabaseTill
    from amends.store.told_refunds import tell

    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("1", "ASKED")
    toys.later(minutes=2).read()
    row = ConnectionRow.objects.select_related("shop").get()
    tell(row, "O1", "1", [ToldRefund("r1", 700, "EUR")], {}, toys.platform.now)
    assert toys.state()["refunds"] == [("r1", "waiting", 700)]
    assert DatabaseDrift().compare(toys.number, toys.platform.now) == 1
    case = read_case(CaseFile.objects.get().case_json)
    DatabaseTill().open_order(toys.name, case, toys.platform.now)
    assert toys.state()["refunds"] == [("r1", "booked", 700)]
    assert DatabaseDrift().compare(toys.number, toys.platform.now) == 0


def test_what_was_known_at_an_instant_can_be_shown() -> None:
    from amends.store.channel_snapshots import DatabaseSnapshots
    from amends.store.models import CaseRow, SnapshotRow

    toys = shop()
    toys.read()
    toys.later(seconds=1).platform.put("1", "ASKED")
    toys.platform.sell("O1")
    toys.later(minutes=2).read()
    then = toys.platform.now
    toys.platform.put("1", "AGREED")
    toys.later(minutes=2).read()
    number, snapshots = CaseRow.objects.get().pk, DatabaseSnapshots()
    assert snapshots.what_was_known(number, START) == ()
    was = {one.what: one for one in snapshots.what_was_known(number, then)}
    assert (was["case"].status, was["case"].raw["status"]) == ("ASKED", "ASKED")
    assert was["order"].number == "O1"
    assert {one.status for one in snapshots.what_was_known(number, toys.platform.now)} == {"AGREED", ""}
    assert "ASKED" not in str(SnapshotRow.objects.values_list("raw", flat=True)), "kept sealed"
