"""What holds for every amount: nothing is lost or made when money is written, read, shared and split."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from amends.basics.money import read_minor, share, split, write_minor

amounts = st.integers(min_value=0, max_value=10**14)
digits = st.sampled_from([0, 2, 3])
weights = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=12)


@given(st.integers(min_value=-(10**12), max_value=10**12), digits)
def test_what_is_written_reads_back(minor: int, places: int) -> None:
    assert read_minor(write_minor(minor, places), places) == minor


@given(amounts, weights)
def test_parts_sum_to_the_whole_and_none_is_negative(total: int, parts: list[int]) -> None:
    found = split(total, parts)
    assert sum(found) == total
    assert len(found) == len(parts)
    assert min(found) >= 0


@given(amounts, weights)
def test_no_part_is_a_whole_unit_off_its_exact_share(total: int, parts: list[int]) -> None:
    whole = sum(parts)
    if whole:
        exact = [Fraction(total * part, whole) for part in parts]
        assert all(abs(given_part - part) < 1 for given_part, part in zip(split(total, parts), exact, strict=True))


@given(amounts, weights)
def test_a_part_without_weight_gets_nothing_unless_no_part_has_any(total: int, parts: list[int]) -> None:
    if any(parts):
        assert [got for got, part in zip(split(total, parts), parts, strict=True) if not part and got] == []


@given(amounts, st.integers(min_value=1, max_value=10**6), st.data())
def test_a_share_lies_between_nothing_and_all_and_within_half_a_unit(
    amount: int, whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(min_value=0, max_value=whole))
    found = share(amount, part, whole)
    assert 0 <= found <= amount
    assert abs(found - Fraction(amount * part, whole)) <= Fraction(1, 2)


@given(amounts, st.integers(min_value=1, max_value=10**6), st.data())
def test_a_larger_part_is_never_a_smaller_share(amount: int, whole: int, data: st.DataObject) -> None:
    small = data.draw(st.integers(min_value=0, max_value=whole))
    large = data.draw(st.integers(min_value=small, max_value=whole))
    assert share(amount, small, whole) <= share(amount, large, whole)
