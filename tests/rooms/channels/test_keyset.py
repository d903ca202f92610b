"""Walking a window page by page: nothing is told twice while all stands still, and nothing is missed while things move."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amends.channels.kernel_keyset import Place, short

SIZE = 5
numbers = st.integers(min_value=10**18, max_value=9 * 10**18).map(str)


def page_of(table: dict[str, int], place: Place) -> tuple[list[tuple[str, int]], bool]:
    found = sorted(
        ((number, at) for number, at in table.items() if at >= place.since), key=lambda row: (row[1], row[0])
    )
    return found[place.page * SIZE : (place.page + 1) * SIZE], len(found) > (place.page + 1) * SIZE


@given(st.dictionaries(numbers, st.integers(100, 104), max_size=60))
def test_while_nothing_moves_everything_is_told_once(table: dict[str, int]) -> None:
    told, cursor = [], ""
    for _ in range(200):
        place = Place.read(cursor, 100)
        seen, more = page_of(table, place)
        told += place.fresh([number for number, _ in seen])
        cursor = place.next(seen) if more else ""
        assert len(cursor) <= 500
        if not cursor:
            break
    assert sorted(told) == sorted(table)


@given(st.lists(st.tuples(numbers, st.booleans()), min_size=1, max_size=40, unique_by=lambda row: row[0]), st.randoms())
def test_what_stays_in_its_place_is_told_whatever_moves_to_the_end_meanwhile(
    rows: list[tuple[str, bool]], chance: object
) -> None:
    table = {number: 100 + index // (SIZE - 1) for index, (number, _) in enumerate(rows)}
    movers = [number for number, moves in rows if moves]
    told, cursor = set(), ""
    for turn in range(400):
        place = Place.read(cursor, 100)
        seen, more = page_of(table, place)
        told |= set(place.fresh([number for number, _ in seen]))
        cursor = place.next(seen) if more else ""
        if not cursor:
            break
        if movers:
            table[movers.pop(0)] = 10_000 + turn
    assert set(table) <= told


def test_two_numbers_with_the_same_last_digits_are_two() -> None:
    assert short("1000000000000000000") != short("2000000000000000000")
    assert len({short(f"{head}000000000000") for head in range(10**6, 10**6 + 5_000)}) == 5_000


def test_a_cursor_that_cannot_be_read_starts_from_the_windows_beginning() -> None:
    for cursor in ("", "nonsense", "1:x:", "::"):
        assert Place.read(cursor, 7) == Place(7)


def test_fifty_long_numbers_of_one_second_fit_into_a_cursor() -> None:
    many = [(str(6_986_853_269_999_999_999 - index), 2_000_000_000) for index in range(50)]
    assert len(Place(1).next(many)) <= 500
    assert len({short(number) for number, _ in many}) == 50
