"""Whatever comes in as a case file: a case or a fault that names its field, never anything else."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from amends.facts.fields import UnableToReadCase
from amends.facts.read_case import read_case
from tests.laws.any_case import cases

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += _places(inner, (*path, key))
    return found


@given(cases())
def test_every_valid_case_file_is_read(raw: dict[str, Any]) -> None:
    assert read_case(raw).id == "any"


def fault_of(raw: Any) -> UnableToReadCase | None:
    try:
        read_case(raw)
    except UnableToReadCase as fault:
        return fault
    return None


@given(anything)
def test_rubbish_gives_a_fault(raw: Any) -> None:
    fault = fault_of(raw)
    assert fault is not None
    assert fault.code
    assert fault.message


@given(cases(), st.data())
def test_one_damaged_field_gives_a_case_or_a_fault_with_its_path(raw: dict[str, Any], data: st.DataObject) -> None:
    damaged = copy.deepcopy(raw)
    place = data.draw(st.sampled_from(_places(damaged)))
    holder: Any = damaged
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = data.draw(anything)
    fault = fault_of(damaged)
    if fault is not None:
        assert fault.path
        assert fault.message
