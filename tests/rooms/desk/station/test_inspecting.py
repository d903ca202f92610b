"""Goods come back and are inspected, on both databases: a worn dress, an empty parcel, a swapped phone, pieces that are missing."""

from __future__ import annotations

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.parcels import inspect, settle
from amends.desk.station.desk import StationDesk
from amends.desk.station.dispose import Placed, dispose, left_to_place
from amends.desk.station.inspect import inspect_case, weigh
from amends.desk.station.object import agree_to, object_to
from amends.desk.station.receive import Arrival, came_back, take_in
from amends.facts.log import fold
from amends.facts.sheet import LineFound, Sheet
from tests.case_house import AGENT, BUYER, LEAD, STRANGER, Clock
from tests.databases import Database, database
from tests.station_house import LI, RETURN, WU, agreed, found, line, photo, returned, station

__all__ = ["database"]
WORN = found(good=0, defective=1, grade="C", states=frozenset({"used"}), note="worn, make-up at the collar")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock) -> StationDesk:
    return station(database.data, clock)


def refused(code: str, field: str = "") -> object:
    return pytest.raises(UnableToWork, check=lambda fault: fault.code == code and (not field or fault.field == field))


def refund(desk: StationDesk, number: int) -> str:
    state = desk.cases.casework.look(number)
    assert state is not None
    assert state.decision is not None
    return str((state.decision["refund"] or {})["total"])


def whats(desk: StationDesk, number: int) -> list[str]:
    history = desk.cases.casework.history(number)
    state = desk.cases.casework.look(number)
    assert state is not None
    assert history.whole
    assert fold([one.entry for one in history.entries]) == state.tracks
    return [one.entry.what for one in history.entries]


def test_a_worn_dress_costs_what_the_schedule_says_and_the_law_allows(desk: StationDesk, clock: Clock) -> None:
    number = returned()
    agreed(desk.cases, number)
    take_in(desk, number, WU, Arrival(waybill="DHL0001"))
    state = inspect_case(desk, number, WU, WORN, [photo()])
    assert refund(desk, number) == "60.00"
    assert state.decision is not None
    assert [(one["kind"], one["amount"], one["rule"]) for one in state.decision["refund"]["deductions"]] == [
        ("diminished_value", "40.00", "eu.withdrawal.diminished_value")
    ]
    entry = desk.cases.casework.history(number).entries
    told = next(one.entry.data for one in entry if one.entry.what == "inspected")
    assert (told["loss"], told["ceiling"], told["rules"]) == ("40.00", "100.00", ["eu.withdrawal.diminished_value"])
    assert len(told["photos"]) == 1
    letters = [one for one in desk.cases.casework.history(number).messages if one.event == "inspected"]
    assert len(letters) == 1


def test_less_is_not_paid_while_the_buyer_may_object_and_a_second_person_decides(
    desk: StationDesk, clock: Clock
) -> None:
    number = returned()
    agreed(desk.cases, number)
    inspect_case(desk, number, WU, WORN, [photo()])
    with refused("not_possible"):
        settle(desk.cases, number, LEAD)
    object_to(desk, number, BUYER, "I tried it on once", [photo(41)])
    with refused("not_possible"):
        dispose(desk, number, WU, [Placed("a", 1, "refurbish")])
    with refused("not_possible"):
        inspect(desk.cases, number, WU, "A")
    assert [one.id for one in desk.board(LI).again] == [number]
    clock.forward(days=5)
    with refused("not_possible"):
        settle(desk.cases, number, LEAD)
    with refused("not_allowed"):
        inspect_case(desk, number, WU, WORN, [photo()])
    inspect_case(desk, number, LI, found(good=1, grade="B"))
    assert refund(desk, number) == "100.00"
    assert not desk.board(LI).again
    assert desk.cases.money.till.current(number) is not None, (
        "what was approved is paid at once: nothing is taken off any more"
    )
    with refused("not_possible"):
        inspect_case(desk, number, WU, WORN, [photo()])
    assert whats(desk, number)[-4:].count("second_look") == 1


def test_a_second_look_that_says_the_same_is_paid_so(desk: StationDesk) -> None:
    number = returned()
    agreed(desk.cases, number)
    inspect_case(desk, number, WU, WORN, [photo()])
    object_to(desk, number, BUYER, "no")
    inspect_case(desk, number, LI, WORN, [photo(42)])
    settle(desk.cases, number, LEAD)
    plan = desk.cases.money.till.current(number)
    assert plan is not None
    assert plan.total == 6_000


def test_a_buyer_who_agrees_or_says_nothing_in_time_is_paid(desk: StationDesk, clock: Clock) -> None:
    agreeing, silent = returned(order="O1"), returned(order="O2")
    for number in (agreeing, silent):
        agreed(desk.cases, number)
        inspect_case(desk, number, WU, WORN, [photo()])
    agree_to(desk, agreeing, BUYER)
    settle(desk.cases, agreeing, LEAD)
    with refused("not_possible"):
        object_to(desk, agreeing, BUYER, "but still")
    clock.forward(days=3, minutes=1)
    with refused("not_possible"):
        object_to(desk, silent, BUYER, "too late")
    settle(desk.cases, silent, LEAD)


def test_nothing_is_taken_off_a_buyer_whose_goods_are_as_they_were(desk: StationDesk) -> None:
    number = returned()
    agreed(desk.cases, number)
    inspect_case(desk, number, WU, found())
    assert refund(desk, number) == "100.00"
    assert desk.cases.money.till.current(number) is not None


def test_where_the_buyer_was_not_told_of_the_right_nothing_may_be_taken_off(desk: StationDesk) -> None:
    number = returned()
    from amends.store.models import CaseFile

    file = CaseFile.objects.get(case=number)
    CaseFile.objects.filter(case=number).update(case_json={**file.case_json, "withdrawal_informed": False})
    agreed(desk.cases, number)
    inspect_case(desk, number, WU, WORN, [photo()])
    assert refund(desk, number) == "100.00"


def test_a_defect_that_the_buyer_complains_of_is_never_held_against_them(desk: StationDesk) -> None:
    number = returned(request={**RETURN, "reason": "quality"})
    state = desk.cases.casework.look(number)
    assert state is not None
    weighed = weigh(desk, state, WORN)
    assert (weighed.claimed.loss, weighed.ceiling.loss, weighed.taken.loss) == (4_000, 0, 0)


def test_in_china_worn_goods_leave_no_right_so_the_price_is_a_matter_of_agreement(desk: StationDesk) -> None:
    number = returned(market="CN")
    state = desk.cases.casework.look(number)
    assert state is not None
    weighed = weigh(desk, state, WORN)
    assert weighed.ceiling.by_agreement
    assert weighed.ceiling.loss == 10_000
    assert any(rule.startswith("cn.") for rule in weighed.ceiling.rules)


def test_an_empty_parcel_is_known_by_its_weight_and_brings_no_money(desk: StationDesk) -> None:
    number = returned(line(grams=800))
    agreed(desk.cases, number)
    state = take_in(desk, number, WU, Arrival(waybill="DHL0002", grams=60))
    assert state.case["return_parcel"]["empty"] is True
    entry = desk.cases.casework.history(number).entries[-1].entry
    assert whats(desk, number).count("goods_received") == 1
    received = next(
        one.entry for one in desk.cases.casework.history(number).entries if one.entry.what == "goods_received"
    )
    assert (received.data["expected_grams"], received.data["weight"]) == (800, "empty")
    assert entry is not None
    inspect_case(desk, number, WU, found(good=0, missing=1, grade="D"), [photo()])
    state = desk.case(number, WU)
    assert state.decision is not None
    assert state.decision["refund"]["total"] == "0.00"
    assert desk.cases.money.till.current(number) is None
    with refused("not_possible"):
        settle(desk.cases, number, LEAD)


def test_a_parcel_that_only_seemed_empty_is_put_right_by_the_count(desk: StationDesk) -> None:
    number = returned(line(grams=800))
    agreed(desk.cases, number)
    take_in(desk, number, WU, Arrival(grams=60))
    state = inspect_case(desk, number, WU, found())
    assert state.case["return_parcel"]["empty"] is False
    assert refund(desk, number) == "100.00"


def test_a_swapped_phone_is_caught_by_its_serial(desk: StationDesk) -> None:
    number = returned(line(category="electronics", serials=["SN-111 222"]))
    agreed(desk.cases, number)
    mine = found(good=1, serials=("sn111222",))
    state = desk.cases.casework.look(number)
    assert state is not None
    with refused("bad_value", "serial-a"):
        inspect_case(desk, number, WU, found(good=1, serials=("SN999",)))
    swapped = found(good=0, wrong=1, grade="D", serials=("SN999",), note="another phone")
    inspect_case(desk, number, WU, swapped, [photo()])
    state = desk.case(number, WU)
    assert state.case["goods"]["swapped"] is True
    assert refund(desk, number) == "0.00"
    right = returned(line(category="electronics", serials=["SN-111 222"]), order="O9")
    agreed(desk.cases, right)
    assert inspect_case(desk, right, WU, mine).tracks.goods == "inspected"


def test_a_serial_in_the_name_of_a_packing_photo_counts_as_sold(desk: StationDesk) -> None:
    from amends.facts.log import Actor
    from amends.facts.vault import GoodsOf
    from tests.django_house import NOW
    from tests.portal_house import picture, upload

    number = returned(line(category="electronics"), order="O7")
    agreed(desk.cases, number)
    packed = upload(picture(size=(61, 30)), "O7_SN-356938035.jpg")
    with desk.evidence.shelf.receiving([packed]) as received:
        received.keep_for_goods(GoodsOf("acme", "O7"), Actor("person", "wu"), NOW, "folder")
    with refused("bad_value", "serial-a"):
        inspect_case(desk, number, WU, found(serials=("356938036",)))
    inspect_case(desk, number, WU, found(serials=("356938035",)))


def test_counts_add_up_to_what_was_announced_or_say_why(desk: StationDesk) -> None:
    number = returned(line(pieces=3, paid="90.00"))
    agreed(desk.cases, number)
    with refused("bad_value", "count-a"):
        inspect_case(desk, number, WU, found(good=2))
    inspect_case(desk, number, WU, found(good=4, why="a fourth one was in the parcel"))


def test_a_missing_piece_is_not_paid_for(desk: StationDesk) -> None:
    number = returned(line(pieces=3, paid="100.00"))
    agreed(desk.cases, number)
    inspect_case(desk, number, WU, found(good=2, missing=1), [photo()])
    assert refund(desk, number) == "66.67"


def test_what_costs_the_buyer_is_shown_by_a_photo(desk: StationDesk) -> None:
    number = returned()
    agreed(desk.cases, number)
    with refused("bad_value", "files"):
        inspect_case(desk, number, WU, WORN)
    assert desk.case(number, WU).tracks.goods == "awaited"


def test_several_parcels_of_a_case_add_up(desk: StationDesk) -> None:
    number = returned(line(pieces=2, grams=500))
    agreed(desk.cases, number)
    take_in(desk, number, WU, Arrival(waybill="DHL1", grams=480))
    state = take_in(desk, number, WU, Arrival(waybill="DHL2", grams=520))
    assert state.case["return_parcel"]["grams"] == 1_000
    assert whats(desk, number).count("further_parcel") == 1
    with refused("not_possible"):
        take_in(desk, number, WU, Arrival())


def test_a_parcel_that_the_buyer_refused_is_told_as_refused(desk: StationDesk) -> None:
    number = returned()
    state = came_back(desk, number, WU, "S1", "refused", Arrival(note="box whole"))
    assert state.case["shipments"][0]["trace"] == "refused"
    with refused("bad_value", "shipment"):
        came_back(desk, number, WU, "S9", "refused", Arrival())


def test_goods_get_their_place_once_and_the_stock_is_told(desk: StationDesk) -> None:
    number = returned(line(pieces=3, paid="90.00"))
    agreed(desk.cases, number)
    with refused("not_possible"):
        dispose(desk, number, WU, [Placed("a", 1, "restock")])
    inspect_case(desk, number, WU, found(good=2, defective=1, grade="C"), [photo()])
    with refused("not_possible"):
        dispose(desk, number, WU, [Placed("a", 1, "scrap")])
    dispose(desk, number, WU, [Placed("a", 2, "restock")])
    agree_to(desk, number, BUYER)
    assert left_to_place(desk, number) == {"a": 1}
    with refused("bad_value", "pieces-a"):
        dispose(desk, number, WU, [Placed("a", 2, "scrap")])
    state = dispose(desk, number, WU, [Placed("a", 1, "refurbish", "worn")])
    (first, last) = [
        one.entry.data["items"] for one in desk.cases.casework.history(number).entries if one.entry.what == "disposed"
    ]
    assert first == [{"line": "a", "sku": "SKU-a", "pieces": 2, "to": "restock", "mark": "", "stock": 2}]
    assert last[0]["stock"] == 0
    assert state.tracks.goods == "inspected"


def test_another_merchants_case_is_as_if_it_were_not_there(desk: StationDesk) -> None:
    number = returned()
    with refused("not_found"):
        inspect_case(desk, number, STRANGER, Sheet((LineFound("a", 1),)))
    with refused("not_found"):
        take_in(desk, number, STRANGER, Arrival())
    assert not desk.scan(STRANGER, "O1")
    assert desk.scan(AGENT, "O1")


def test_the_time_of_an_inspection_is_measured(desk: StationDesk, clock: Clock) -> None:
    number = returned()
    agreed(desk.cases, number)
    began = clock.at
    clock.forward(minutes=4)
    inspect_case(desk, number, WU, found(), began=began)
    pace = desk.board(LEAD).pace
    assert pace is not None
    assert (pace.parcels, pace.mean, pace.people) == (1, 240, (("wu", 1, 240),))
    assert desk.board(WU).pace is None
