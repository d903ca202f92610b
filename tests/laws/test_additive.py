"""What a sum of named parts promises: the parts are the whole, and no row's own outcome is among its parts."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.additive import Additive
from bench.additive_rows import line_parts
from bench.flag_sets import Line

_ROW = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.booleans())


@settings(max_examples=30, deadline=None)
@given(st.lists(_ROW, min_size=1, max_size=30))
def test_the_parts_add_up_to_the_score(told: list[tuple[str, str, bool]]) -> None:
    rows = [[("item", one), ("size", other)] for one, other, _ in told]
    model = Additive()
    model.fit(rows, [right for _, _, right in told])
    for row in [*rows, [("item", "never seen"), ("size", "x")]]:
        chance = model.chance(row)
        whole = model.base + sum([weight for _, _, weight in model.parts(row)])
        assert math.log(chance / (1 - chance)) == pytest.approx(whole)


def test_what_came_of_a_line_or_came_too_late_is_not_among_its_parts() -> None:
    days = ("2012-04-01", "2012-06-01", "2012-06-02", "2012-09-01")
    lines = [Line(day, "i", "b", ("M", "red"), 20.0, "buyer", returned=False) for day in days]
    before = line_parts(lines, delivery=False)
    for place in (1, 2, 3):
        changed = [replace(one, returned=at == place) for at, one in enumerate(lines)]
        after = line_parts(changed, delivery=False)
        assert after[: place + 1] == before[: place + 1]
    first = line_parts([replace(lines[0], returned=True), *lines[1:]], delivery=False)
    assert first[1] != before[1]
