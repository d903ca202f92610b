"""Roles hold each other like boxes, and choosing a merchant never gives more than is held there."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from amends.facts.people import DUTIES, STANDINGS, Person, Seat, acting_at

SEATS = st.lists(
    st.builds(
        Seat, st.sampled_from("abcde"), st.just("title"), st.sampled_from([one for one in STANDINGS if one != "admin"])
    ),
    unique_by=lambda seat: seat.merchant,
)


def duties(role: str) -> set[str]:
    return {duty for duty in DUTIES if Person("", role).may(duty)}


def test_every_role_may_what_the_one_before_it_may() -> None:
    for less, more in itertools.pairwise(STANDINGS):
        assert duties(less) <= duties(more), (less, more)


@given(SEATS, st.sampled_from(["", *"abcdef"]))
def test_nobody_sees_or_may_more_than_their_seats_give(seats: list[Seat], chosen: str) -> None:
    person = acting_at("li", seats, chosen)
    held = {seat.merchant: seat.role for seat in seats}
    assert person.merchants is not None
    assert person.merchants <= set(held)
    for merchant in person.merchants:
        assert duties(person.role) <= duties(held[merchant])
    for merchant in "abcdef":
        assert person.may_see(merchant) == (merchant in person.merchants)


@given(SEATS, st.data())
def test_the_chosen_merchant_is_acted_for_with_the_role_there(seats: list[Seat], data: st.DataObject) -> None:
    if not seats:
        return
    seat = data.draw(st.sampled_from(seats))
    assert acting_at("li", seats, seat.merchant) == Person("li", seat.role, frozenset({seat.merchant}))


def test_who_keeps_the_installation_sees_everyone_or_the_chosen_one() -> None:
    assert acting_at("root", (), keeps=True) == Person("root", "admin", None)
    assert acting_at("root", (), "a", keeps=True) == Person("root", "admin", frozenset({"a"}))


def test_one_without_a_seat_sees_nothing() -> None:
    person = acting_at("new", ())
    assert person.merchants == frozenset()
    assert not any(person.may_see(merchant) for merchant in ("", "main", "a"))
    assert duties(person.role) == {"see", "receive"}
