"""Parcels at the desk: followed once, asked within limits, told to their cases, stopped, alarmed about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.parcels import receive
from amends.desk.tracking.follow import follow
from amends.desk.tracking.listen import take_push
from amends.desk.tracking.look import parcels_of, return_of
from amends.desk.tracking.stop import pass_on_stops, stop
from amends.desk.tracking.work import work_due
from amends.facts.traces import Scan
from amends.facts.tracking import ParcelTold
from tests.case_house import AGENT, STRANGER, WAREHOUSE
from tests.databases import database
from tests.django_house import NOW
from tests.tracking_house import SECRET, Tracking, file_of, out_case, returning_case, tracking

__all__ = ["database"]
UPS = "1Z999AA10123456784"
AT = datetime.fromisoformat("2026-11-24T15:00:00+00:00")


def told(there: Tracking, network: str, waybill: str, *scans: Scan, **more: Any) -> None:
    there.desk.book.take(
        network, ParcelTold(waybill, scans=scans, **more), there.clock(), there.desk.quiet, timedelta(minutes=30)
    )
    there.rounds.look()


def state(there: Tracking, number: int) -> Any:
    return there.desk.cases.casework.look(number)


def entries(there: Tracking, number: int) -> list[str]:
    return [one.entry.what for one in there.desk.cases.casework.history(number).entries]


def test_a_return_is_found_subscribed_to_once_and_its_arrival_is_in_the_case(database: Any) -> None:
    number = returning_case()
    with tracking("easypost") as there:
        there.round(3)
        fake = there.fakes["easypost"]
        assert fake.parcels[UPS].subscriptions == 1
        for hand in ("picked_up", "in_transit", "out_for_delivery"):
            fake.advance(UPS, hand)
        fake.advance(UPS, "delivered")
        held = fake.courier.held
        for message in reversed(held):
            headers, body = fake.dress(message, fake.now(), False)
            low = {name.lower(): value for name, value in headers.items()}
            answer = take_push(there.desk, "easypost", SECRET, low, body)
            assert answer is not None
            assert answer.status == 200
        there.rounds.look()
        assert state(there, number).tracks.goods == "arrived"
        assert state(there, number).status == "to_inspect"
        signed = datetime.fromisoformat(file_of(number)["return_parcel"]["signed_at"])
        assert signed.timestamp() == fake.parcels[UPS].scans[-1].at
        assert entries(there, number).count("goods_received") == 1
        again = len(entries(there, number))
        there.round(3)
        assert len(entries(there, number)) == again
        trace = return_of(there.desk, number)
        assert trace is not None
        assert trace.state == "delivered"


def test_a_push_to_a_guessed_address_or_with_a_wrong_signature_changes_nothing(database: Any) -> None:
    returning_case()
    with tracking("easypost") as there:
        there.round()
        fake = there.fakes["easypost"]
        fake.advance(UPS, "delivered")
        message = fake.courier.held[0]
        headers, body = fake.dress(message, fake.now(), True)
        low = {name.lower(): value for name, value in headers.items()}
        assert take_push(there.desk, "easypost", "guess", low, body) is None
        assert take_push(there.desk, "nobody", SECRET, low, body) is None
        refused = take_push(there.desk, "easypost", SECRET, low, body)
        assert refused is not None
        assert refused.status == 401
        assert parcels_of(there.desk, 1) == () or not parcels_of(there.desk, 1)[0].scans


def test_an_unsigned_push_is_a_hint_and_the_track_is_read_again(database: Any) -> None:
    number = returning_case()
    with tracking("shippo") as there:
        there.round()
        fake = there.fakes["shippo"]
        fake.advance(UPS, "in_transit")
        forged = b'{"event":"track_updated","data":{"tracking_number":"%s","carrier":"ups","tracking_status":{"status":"DELIVERED",' \
            b'"status_date":"2026-11-25T01:00:00Z","status_details":"forged"}}}' % UPS.encode()  # fmt: skip
        there.clock.forward(minutes=30)
        answer = take_push(there.desk, "shippo", SECRET, {}, forged)
        assert answer is not None
        assert answer.status == 200
        there.round()
        view = parcels_of(there.desk, number)[0]
        assert [scan.kind for scan in view.scans] == ["in_transit"]
        assert len(fake.parcels[UPS].asked) == 1


def test_what_gave_up_is_subscribed_to_again_after_half_an_hour(database: Any) -> None:
    returning_case("YT9693083639795", "圆通")
    with tracking("kuaidi100") as there:
        there.round()
        fake = there.fakes["kuaidi100"]
        assert fake.parcels["YT9693083639795"].subscriptions == 1
        fake.parcels["YT9693083639795"].subscribed = False
        told(there, "kuaidi100", "YT9693083639795", again=True)
        there.clock.forward(minutes=29)
        there.round()
        assert fake.parcels["YT9693083639795"].subscriptions == 1
        there.clock.forward(minutes=2)
        there.round(2)
        assert fake.parcels["YT9693083639795"].subscriptions == 2


def test_a_number_is_never_asked_about_so_often_that_it_is_locked(database: Any) -> None:
    returning_case("YT9693083639795", "圆通")
    with tracking("kuaidi100", reached_at="") as there:
        fake = there.fakes["kuaidi100"]
        fake.parcel("YT9693083639795", "yuantong")
        fake.advance("YT9693083639795", "picked_up", at=int(NOW.timestamp()) - 3600)
        for _ in range(3 * 24 * 12):
            there.desk.book.hint("kuaidi100", "YT9693083639795", there.clock())
            there.round()
            there.clock.forward(minutes=5)
            fake.clock_offset += 300
            window = [at for at in fake.parcels["YT9693083639795"].asked if at > fake.now() - 86_400]
            assert len(window) <= 40
        assert len(fake.parcels["YT9693083639795"].asked) >= 20
        assert not [event for event in fake.events if "锁" in str(event)]


def test_a_network_that_cannot_push_to_us_is_asked(database: Any) -> None:
    number = returning_case("YT9693083639795", "圆通")
    with tracking("kuaidi100", reached_at="") as there:
        fake = there.fakes["kuaidi100"]
        fake.parcel("YT9693083639795", "yuantong")
        fake.advance("YT9693083639795", "picked_up")
        there.round(2)
        assert fake.parcels["YT9693083639795"].subscriptions == 0
        assert len(fake.parcels["YT9693083639795"].asked) == 1
        fake.advance("YT9693083639795", "delivered", by="station")
        there.clock.forward(hours=4)
        there.round(2)
        assert state(there, number).tracks.goods == "arrived"
        assert [view.link.alarms for view in parcels_of(there.desk, number)] == [("station",)]


def test_the_buyers_telephone_goes_with_a_question_to_a_carrier_that_wants_it(database: Any) -> None:
    number = returning_case("SF1234567890123", "顺丰")
    with tracking("kuaidi100", reached_at="", phone="0188") as there:
        there.fakes["kuaidi100"].advance("SF1234567890123", "picked_up")
        there.round(2)
        assert [scan.kind for scan in parcels_of(there.desk, number)[0].scans] == ["picked_up"]


def test_a_shipment_is_followed_and_its_way_is_in_the_file(database: Any) -> None:
    number = out_case()
    with tracking("easypost") as there:
        there.round()
        told(
            there,
            "easypost",
            UPS,
            Scan(AT, "picked_up", "up"),
            Scan(AT + timedelta(hours=5), "delivered", "left", signed_by="neighbour"),
        )
        one = file_of(number)["shipments"][0]
        assert (one["trace"], one["signed_by"]) == ("delivered", "neighbour")
        assert datetime.fromisoformat(one["delivered_at"]) == AT + timedelta(hours=5)
        assert state(there, number).exception == "parcel_trouble"
        assert state(there, number).decision is not None
        told(there, "easypost", UPS, Scan(AT + timedelta(hours=4), "returning", "wrong address"))
        one = file_of(number)["shipments"][0]
        assert (one["trace"], one["delivered_at"]) == ("returned_to_sender", None)


def test_what_a_platform_tells_anew_does_not_take_back_what_the_carrier_said(database: Any) -> None:
    from amends.facts.told import with_ours

    number = out_case(trace="in_transit")
    with tracking("easypost") as there:
        there.round()
        told(there, "easypost", UPS, Scan(AT, "delivered", "left"))
        state_now = state(there, number)
        stale = {
            "shipments": [{"id": "S1", "shipped_at": "2026-11-20T18:00:00+01:00", "trace": "in_transit"}, {"id": "S2"}]
        }
        joined = with_ours(stale, state_now.ours)
        assert [one["id"] for one in joined["shipments"]] == ["S1", "S2"]
        assert joined["shipments"][0]["trace"] == "delivered"
        assert with_ours(joined, state_now.ours) == joined


def test_a_platforms_delivery_stands_until_the_carrier_says_how_it_ended(database: Any) -> None:
    number = out_case(trace="delivered", delivered_at="2026-11-23T10:00:00+01:00")
    with tracking("easypost") as there:
        link = follow(there.desk, number, WAREHOUSE, UPS, "UPS", "out", "S1")
        assert link.part == "out"
        there.round()
        told(there, "easypost", UPS, Scan(AT - timedelta(days=2), "in_transit", "hub"))
        assert file_of(number)["shipments"][0]["delivered_at"] == "2026-11-23T10:00:00+01:00"
        told(there, "easypost", UPS, Scan(AT - timedelta(days=1), "delivered", "left"))
        told_at = datetime.fromisoformat(file_of(number)["shipments"][0]["delivered_at"])
        assert told_at == AT - timedelta(days=1)


def test_a_parcel_that_does_not_move_is_alarmed_about_once_and_no_more_once_it_moves(database: Any) -> None:
    number = returning_case()
    with tracking("easypost") as there:
        there.round()
        told(there, "easypost", UPS, Scan(NOW - timedelta(hours=1), "picked_up", "up"))
        assert state(there, number).exception == ""
        for _ in range(5):
            there.clock.forward(days=1)
            there.round()
        assert state(there, number).exception == "parcel_trouble"
        assert entries(there, number).count("parcel_alarm") == 1
        told(there, "easypost", UPS, Scan(there.clock(), "in_transit", "hub"))
        assert state(there, number).exception == ""


def test_a_lost_parcel_that_is_found_and_one_that_the_warehouse_has(database: Any) -> None:
    number = returning_case()
    with tracking("easypost") as there:
        there.round()
        told(there, "easypost", UPS, Scan(AT, "picked_up", "up"), Scan(AT + timedelta(hours=1), "lost", "lost"))
        assert state(there, number).tracks.goods == "lost"
        told(there, "easypost", UPS, Scan(AT + timedelta(hours=2), "in_transit", "found"))
        assert state(there, number).tracks.goods == "on_the_way"
        receive(there.desk.cases, number, WAREHOUSE)
        told(there, "easypost", UPS, Scan(AT + timedelta(hours=3), "lost", "lost again"))
        assert state(there, number).tracks.goods == "arrived"


def test_a_later_waybill_takes_the_place_of_the_first(database: Any) -> None:
    from amends.desk.cases.parcels import send_back
    from tests.case_house import BUYER

    number = returning_case()
    with tracking("easypost") as there:
        there.round()
        send_back(there.desk.cases, number, BUYER, AGENT, "9405500208303109884137", "USPS")
        there.round()
        assert [view.link.parcel.waybill.number for view in parcels_of(there.desk, number)] == [
            "9405500208303109884137"
        ]
        told(there, "easypost", UPS, Scan(AT, "delivered", "left"))
        assert state(there, number).tracks.goods == "on_the_way"


def test_a_parcel_is_stopped_once_and_its_outcome_is_told(database: Any) -> None:
    number = out_case("YT9693083639795")
    with tracking("kuaidi100") as there:
        there.round()
        told(there, "kuaidi100", "YT9693083639795", Scan(AT, "in_transit", "hub"))
        fake = there.fakes["kuaidi100"]
        fake.parcel("YT9693083639795", "yuantong")
        view = parcels_of(there.desk, number)[0]
        assert view.can_stop
        with pytest.raises(UnableToWork, match=r"not found|no case"):
            stop(there.desk, number, STRANGER, view.link.number, "")
        with pytest.raises(UnableToWork, match=r"may not|duty|role"):
            stop(there.desk, number, WAREHOUSE, view.link.number, "")
        stop(there.desk, number, AGENT, view.link.number, "wrong address")
        with pytest.raises(UnableToWork):
            stop(there.desk, number, AGENT, view.link.number, "again")
        fake.faults.set("drop_after")
        there.round()
        there.clock.forward(minutes=5)
        there.round()
        assert len(fake.parcels["YT9693083639795"].stops) == 1
        wish = parcels_of(there.desk, number)[0].stop
        assert wish is not None
        assert wish.state == "asked"
        told(there, "kuaidi100", "YT9693083639795", Scan(AT + timedelta(hours=3), "intercepted", "拦截成功"))
        there.clock.forward(hours=2)
        there.round()
        wish = parcels_of(there.desk, number)[0].stop
        assert wish is not None
        assert wish.state == "stopped"
        assert entries(there, number).count("stop_told") == 2
        assert file_of(number)["shipments"][0]["trace"] == "returned_to_sender"


def test_a_parcel_that_arrived_cannot_be_stopped_and_a_network_that_cannot_says_so(database: Any) -> None:
    number = out_case()
    with tracking("easypost") as there:
        there.round()
        view = parcels_of(there.desk, number)[0]
        assert not view.can_stop
        with pytest.raises(UnableToWork, match="cannot be stopped"):
            stop(there.desk, number, AGENT, view.link.number, "")


def test_a_waybill_that_is_none_and_a_carrier_that_nobody_follows_are_told(database: Any) -> None:
    number = returning_case()
    with tracking("easypost", "kuaidi100", routes={"ups": "easypost"}) as there:
        with pytest.raises(UnableToWork) as wrong:
            follow(there.desk, number, AGENT, "12", "ups", "back")
        assert wrong.value.field == "waybill"
        with pytest.raises(UnableToWork) as none:
            follow(there.desk, number, AGENT, "SF1234567890123", "", "back")
        assert none.value.code == "no_network"


def test_without_a_network_nothing_is_read_and_nothing_is_lost(database: Any) -> None:
    number = returning_case()
    with tracking() as there:
        there.round()
        assert there.desk.book.mark("parcels") == 0
    with tracking("easypost") as there:
        there.round()
        assert len(parcels_of(there.desk, number)) == 1


@pytest.mark.parametrize("fault", ["error_before", "throttle", "drop_before", "malformed"])
def test_a_network_that_fails_is_tried_again_later(database: Any, fault: str) -> None:
    returning_case()
    with tracking("easypost") as there:
        fake = there.fakes["easypost"]
        fake.faults.set(fault, times=2, seconds=60)
        there.round(3)
        calls = len([event for event in fake.events if event["what"] == "call"])
        assert calls == 1
        there.clock.forward(hours=1)
        there.round()
        there.clock.forward(hours=1)
        there.round()
        assert fake.parcels[UPS].subscriptions == 1


def test_a_carrier_that_a_network_refuses_waits_for_a_person(database: Any) -> None:
    number = returning_case()
    with tracking("easypost") as there:
        there.fakes["easypost"].faults.set("refuse")
        there.round()
        there.clock.forward(days=2)
        there.round()
        view = parcels_of(there.desk, number)[0]
        assert view.link.parcel.state == "refused"
        assert "not supported" in view.link.parcel.fault
        follow(there.desk, number, AGENT, UPS, "UPS", "back")
        there.round()
        assert parcels_of(there.desk, number)[0].link.parcel.state == "followed"


def test_a_closed_case_hears_of_its_parcel_and_stays_closed(database: Any) -> None:
    from amends.desk.cases.close import close

    number = returning_case()
    with tracking("easypost") as there:
        there.round()
        close(there.desk.cases, number, AGENT, "other", "gone")
        told(there, "easypost", UPS, Scan(AT, "picked_up", "up"), Scan(AT + timedelta(hours=1), "lost", "lost"))
        assert state(there, number).tracks.desk == "closed"
        assert state(there, number).exception == ""
        told(there, "easypost", UPS, Scan(AT + timedelta(hours=2), "delivered", "left"))
        assert file_of(number)["return_parcel"]["signed_at"]
        assert state(there, number).tracks.goods == "on_the_way"
        before = len(entries(there, number))
        there.round(2)
        assert len(entries(there, number)) == before


def test_a_case_that_cannot_be_told_stops_no_other_and_is_tried_again(database: Any) -> None:
    from amends.store.models import CaseFile

    broken, whole = returning_case(), returning_case("1Z12345E0205271688")
    with tracking("easypost") as there:
        there.round()
        file = CaseFile.objects.get(case_id=broken)
        CaseFile.objects.filter(pk=file.pk).update(case_json={**file.case_json, "return_parcel": "no mapping"})
        told(there, "easypost", UPS, Scan(AT, "delivered", "left"))
        told(there, "easypost", "1Z12345E0205271688", Scan(AT, "delivered", "left"))
        assert state(there, whole).tracks.goods == "arrived"
        assert state(there, broken).tracks.goods == "on_the_way"
        CaseFile.objects.filter(pk=file.pk).update(case_json=file.case_json)
        there.clock.forward(minutes=11)
        there.rounds.look()
        assert state(there, broken).tracks.goods == "arrived"


class Died(BaseException):
    """The process was killed."""


class DyingWire:
    """A wire whose process is killed at a call: before it, or after the network has done it."""

    def __init__(self, wire: Any, when: str) -> None:
        self.wire, self.when = wire, when

    def __call__(self, talk: Any) -> Any:
        if self.when == "after":
            self.wire(talk)
        raise Died


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_that_is_killed_leaves_one_subscription_one_stop_and_every_question_counted(
    database: Any, when: str
) -> None:
    from dataclasses import replace

    number = out_case("YT9693083639795")
    with tracking("kuaidi100") as there:
        there.rounds.look()
        fake = there.fakes["kuaidi100"]
        dying = replace(there.desk, talk=DyingWire(there.desk.talk, when), owner="dying")
        with pytest.raises(Died):
            work_due(dying)
        there.round()
        there.clock.forward(minutes=3)
        there.round()
        assert fake.parcels["YT9693083639795"].subscriptions == 1
        told(there, "kuaidi100", "YT9693083639795", Scan(AT, "in_transit", "hub"))
        stop(there.desk, number, AGENT, parcels_of(there.desk, number)[0].link.number, "")
        with pytest.raises(Died):
            pass_on_stops(dying)
        there.clock.forward(minutes=3)
        there.round()
        assert len(fake.parcels["YT9693083639795"].stops) == 1
        wish = parcels_of(there.desk, number)[0].stop
        assert wish is not None
        assert wish.state == "asked"
        there.desk.book.hint("kuaidi100", "YT9693083639795", there.clock())
        with pytest.raises(Died):
            work_due(dying)
        assert not there.desk.book.may_ask("kuaidi100", "YT9693083639795", there.clock(), 1, timedelta(0))


def test_a_carrier_that_nobody_knows_is_chosen_by_a_person(database: Any) -> None:
    number = returning_case("99887766554433", "Somebody's van")
    with tracking("shippo") as there:
        there.round()
        parcel = parcels_of(there.desk, number)[0].link.parcel
        assert (parcel.state, parcel.fault_why) == ("refused", "no_carrier")
        follow(there.desk, number, AGENT, "99887766554433", "gls", "back")
        there.round()
        parcel = parcels_of(there.desk, number)[0].link.parcel
        assert (parcel.state, parcel.fault_why, parcel.waybill.carrier) == ("followed", "", "gls")
