"""Parcels as rows: leases, counted questions, what is told and what is still to be told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from amends.facts.parcels import Wish
from amends.facts.traces import Scan
from amends.facts.tracking import ParcelTold
from tests.databases import database
from tests.django_house import NOW
from tests.tracking_house import returning_case

__all__ = ["database"]
HOUR = timedelta(hours=1)
WISH = Wish("back", "1Z1", "ups")


def book() -> Any:
    from amends.store.tracking_book import DatabaseParcels

    return DatabaseParcels()


def take(scans: tuple[Scan, ...], at: datetime = NOW, **more: Any) -> Any:
    return book().take("net", ParcelTold("1Z1", scans=scans, **more), at, HOUR, HOUR / 2)


def test_a_due_parcel_is_leased_to_one_and_to_another_once_the_lease_is_over(database: Any) -> None:
    book().follow(returning_case(), WISH, "net", NOW)
    assert [one.waybill.number for one in book().claim("a", NOW, 60, 9)] == ["1Z1"]
    assert book().claim("b", NOW, 60, 9) == []
    late = book().claim("b", NOW + timedelta(seconds=61), 60, 9)[0]
    book().free("a", late.number, "wanted", "followed", NOW + HOUR, subscribed_at=NOW)
    assert book().claim("c", NOW + timedelta(seconds=62), 60, 9) == []
    book().free("b", late.number, "wanted", "followed", NOW + HOUR, subscribed_at=NOW)
    assert book().claim("c", NOW + timedelta(minutes=59), 60, 9) == []
    assert [one.state for one in book().claim("c", NOW + HOUR, 60, 9)] == ["followed"]


def test_what_a_push_says_while_a_parcel_is_worked_on_stays(database: Any) -> None:
    link = book().follow(returning_case(), WISH, "net", NOW)
    number = book().claim("a", NOW, 60, 9)[0].number
    take((), again=True)
    book().free("a", number, "wanted", "followed", NOW + 24 * HOUR)
    assert book().claim("b", NOW + HOUR / 4, 60, 9) == []
    again = book().claim("b", NOW + HOUR / 2, 60, 9)[0]
    assert again.state == "lapsed"
    book().hint("net", "1z1", NOW + HOUR)
    book().free("b", number, "lapsed", "followed", NOW + 24 * HOUR)
    assert book().claim("c", NOW + HOUR, 60, 9)[0].hinted
    take((), over=True)
    book().free("c", number, "followed", "followed", NOW)
    assert book().link(link.number).parcel.state == "over"
    assert book().claim("d", NOW + 48 * HOUR, 60, 9) == []


def test_questions_are_counted_by_number_and_day(database: Any) -> None:
    def may(at: datetime, waybill: str = "1Z1") -> bool:
        return bool(book().may_ask("net", waybill, at, 3, timedelta(minutes=10)))

    day = NOW.replace(hour=23, minute=0)
    assert may(day)
    assert not may(day + timedelta(minutes=9))
    assert may(day + timedelta(minutes=10))
    assert may(day + timedelta(minutes=10), "another")
    assert may(day + timedelta(minutes=20))
    assert not may(day + timedelta(minutes=40))
    assert may(day + timedelta(minutes=70))


def test_many_askers_at_once_are_counted_one_by_one(database: Any) -> None:
    def ask(_: int) -> bool:
        from django.db import connection

        try:
            return bool(book().may_ask("net", "1Z1", NOW, 20, timedelta(0)))
        finally:
            connection.close()

    assert ask(0)
    with ThreadPoolExecutor(8) as crew:
        assert sum(crew.map(ask, range(60))) == 19


def test_the_same_scans_again_are_nothing_new_and_a_richer_one_is(database: Any) -> None:
    number = returning_case()
    link = book().follow(number, WISH, "net", NOW)
    poor = Scan(NOW, "note", "left", "Kiel")
    rich = Scan(NOW, "delivered", "left", "Kiel", "D1", "buyer")
    assert take((poor, poor)) == 1
    assert take((poor,)) == 0
    assert take((rich,)) == 1
    assert take((poor, rich)) == 0
    assert list(book().scans(link.parcel.number)) == [rich]
    assert take((rich,), at=NOW + HOUR) == 0
    assert book().take("net", ParcelTold("unknown"), NOW, HOUR, HOUR) is None


def test_what_is_heard_while_a_case_is_told_is_told_after(database: Any) -> None:
    link = book().follow(returning_case(), WISH, "net", NOW)
    take((Scan(NOW, "picked_up", "up"),))
    seen = book().link(link.number)
    assert book().untold(9) == [link.number]
    take((Scan(NOW + HOUR, "delivered", "left"),))
    book().tell(link.number, seen.heard, (), False)
    assert book().untold(9) == [link.number]
    book().tell(link.number, book().link(link.number).heard, ("station",), True)
    assert book().untold(9) == []
    assert (book().link(link.number).alarms, book().link(link.number).moved) == (("station",), True)
