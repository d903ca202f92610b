"""Parcels that nobody announced, on both databases: kept with all that can be seen, and matched the next day by a person."""

from __future__ import annotations

import pytest

from amends.desk.cases.faults import UnableToWork
from amends.desk.station.desk import StationDesk
from amends.desk.station.keep import keep, look, match, not_this_cases, send_on
from amends.desk.station.receive import Arrival
from amends.facts.orders import Contact
from amends.facts.station import NewStray
from tests.case_house import LEAD, STRANGER, Clock
from tests.databases import Database, database
from tests.station_house import LI, WU, agreed, line, photo, returned, station

__all__ = ["database"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: Database, clock: Clock) -> StationDesk:
    return station(database.data, clock)


def refused(code: str, field: str = "") -> object:
    return pytest.raises(UnableToWork, check=lambda fault: fault.code == code and (not field or fault.field == field))


def test_an_unannounced_parcel_is_matched_the_next_day(desk: StationDesk, clock: Clock) -> None:
    number = returned(line(grams=700), order="O1")
    other = returned(line("b"), order="O2")
    from amends.store.models import Shop
    from amends.store.shop_orders import DatabaseOrders

    assert Shop.objects.filter(name="acme").exists()
    contact = Contact("", "+49 170 5550123", "Anna Weber")
    DatabaseOrders().put("acme", "O1", {"order": {"id": "O1"}}, contact, clock.at)
    about = NewStray(
        "acme", waybill="ZZ12345678", phone="0123", name="anna weber", grams=690, place="A-3", note="no slip"
    )
    kept = keep(desk, WU, about, Arrival(uploads=[photo()]))
    assert [one.number for one in desk.board(WU).strays] == [kept]
    clock.forward(days=1)
    view = look(desk, kept, LI)
    assert len(view.photos) == 1
    assert view.stray.about == about
    assert view.suggested[0].case.number == number
    assert {"phone", "name", "weight"} <= set(view.suggested[0].reasons)
    assert other not in [one.case.number for one in view.suggested]
    match(desk, kept, number, LI)
    state = desk.case(number, LI)
    assert state.tracks.goods == "arrived"
    assert state.case["return_parcel"]["waybill"] == "ZZ12345678"
    assert state.case["return_parcel"]["grams"] == 690
    assert [one.kind for one in desk.evidence.shelf.of_case(number)] == ["photo"]
    assert desk.cases.casework.history(number).whole
    assert desk.board(WU).strays == []
    assert [one.id for one in desk.board(WU).queue] == [number]
    with refused("not_possible"):
        match(desk, kept, number, LI)


def test_one_parcel_may_hold_the_goods_of_two_cases(desk: StationDesk) -> None:
    first, second = returned(order="O1"), returned(order="O2")
    kept = keep(desk, WU, NewStray("acme", order="O1"), Arrival(uploads=[photo()]))
    match(desk, kept, first, WU)
    match(desk, kept, second, WU)
    stray = desk.stray(kept, WU)
    assert {case for case, _ in stray.cases} == {first, second}
    assert [one.number for one in desk.book.strays_of(second)] == [kept]


def test_a_wrong_parcel_is_kept_and_the_case_told(desk: StationDesk) -> None:
    number = returned()
    kept = not_this_cases(desk, number, WU, NewStray("", waybill="ZZ999", note="a kettle"), Arrival())
    assert desk.stray(kept, WU).about.kind == "wrong"
    assert desk.case(number, WU).tracks.goods == "none"
    assert desk.cases.casework.history(number).entries[-1].entry.what == "wrong_parcel"


def test_a_parcel_is_known_by_something_and_is_one_of_ones_own_shops(desk: StationDesk) -> None:
    returned()
    with refused("bad_value", "waybill"):
        keep(desk, WU, NewStray("acme"), Arrival())
    with refused("bad_value", "shop"):
        keep(desk, STRANGER, NewStray("acme", waybill="ZZ1234"), Arrival())
    kept = keep(desk, WU, NewStray("acme", waybill="ZZ1234"), Arrival())
    with refused("not_found"):
        look(desk, kept, STRANGER)
    with refused("not_found"):
        send_on(desk, kept, STRANGER, "away")
    assert not desk.scan(STRANGER, "ZZ1234")


def test_a_parcel_that_leaves_says_where_to(desk: StationDesk) -> None:
    returned()
    kept = keep(desk, WU, NewStray("acme", waybill="ZZ1234"), Arrival())
    with refused("bad_value", "became"):
        send_on(desk, kept, WU, " ")
    send_on(desk, kept, WU, "handed to the neighbour's warehouse")
    assert desk.stray(kept, WU).state == "gone"
    assert not desk.scan(WU, "ZZ1234")


@pytest.mark.parametrize("typed", ["O1", "o1 ", "DHL42000", "dhl42000"])
def test_a_number_opens_its_case(desk: StationDesk, typed: str) -> None:
    from amends.desk.cases.parcels import send_back
    from tests.case_house import BUYER

    number = returned(order="O1")
    agreed(desk.cases, number)
    send_back(desk.cases, number, BUYER, LEAD, "DHL42000")
    (hit,) = desk.scan(WU, typed)
    assert (hit.kind, hit.number) == ("case", number)


def test_two_cases_of_an_order_are_both_shown(desk: StationDesk) -> None:
    numbers = {returned(order="O1"), returned(order="O1")}
    assert {hit.number for hit in desk.scan(WU, "O1")} == numbers
    state = desk.cases.casework.look(min(numbers))
    assert state is not None
    assert [hit.number for hit in desk.scan(WU, state.key)] == [state.number]
    assert [hit.number for hit in desk.scan(WU, f"#{state.number}")] == [state.number]
