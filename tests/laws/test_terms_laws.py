"""The lattice of terms: joining is commutative, associative, idempotent, and never harder on the buyer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amends.decide.terms import NOTHING, Terms, at_least, harder_where, join

amounts = st.integers(0, 10**6)
terms = st.builds(
    Terms,
    goods=amounts,
    shipping=amounts,
    freight=st.sampled_from(["buyer", "merchant"]),
    deductions=st.none()
    | st.dictionaries(st.sampled_from(["gift", "discount_lost", "diminished_value"]), st.integers(1, 10**6)),
    keeps_goods=st.booleans(),
)


@given(terms, terms)
def test_join_does_not_care_for_order(first: Terms, second: Terms) -> None:
    assert join(first, second) == join(second, first)


@given(terms, terms, terms)
def test_join_does_not_care_for_grouping(first: Terms, second: Terms, third: Terms) -> None:
    assert join(join(first, second), third) == join(first, join(second, third))


@given(terms)
def test_joining_with_itself_or_with_nothing_changes_nothing(one: Terms) -> None:
    assert join(one, one) == one
    assert join(one, NOTHING) == one


@given(terms, terms)
def test_the_join_is_at_least_as_kind_as_both(floor: Terms, proposed: Terms) -> None:
    kinder = join(floor, proposed)
    assert at_least(kinder, floor)
    assert at_least(kinder, proposed)
    assert harder_where(kinder, floor) == []


@given(terms, terms)
def test_terms_are_harder_exactly_where_the_join_differs(floor: Terms, proposed: Terms) -> None:
    assert bool(harder_where(proposed, floor)) != at_least(proposed, floor)
