"""What holds for every inspection of every case: nothing is taken off beyond the ceiling, and counts add up or say why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.decide.decide import decide
from amends.desk.cases.faults import UnableToWork
from amends.desk.station.checks import check_counts
from amends.desk.station.weighing import Weighed, facts_of, weigh_sheet
from amends.facts.case import Case
from amends.facts.decision import Decision
from amends.facts.read_case import read_case
from amends.facts.sheet import KINDS, LineFound, Sheet, most_claimed
from amends.facts.stage import paid_for_request
from amends.facts.told import noted
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy
from amends.wiring.station import rubrics_of
from tests.laws.any_case import START, cases

AT = START + timedelta(days=61)
RUBRICS = rubrics_of(None)
counts = st.integers(0, 6)


def deciding(file: Mapping[str, Any]) -> tuple[Case, Decision]:
    case = read_case(dict(file))
    return case, decide(case, AT, load_rulebooks(), load_policy(None))


@st.composite
def inspected(draw: st.DrawFn) -> tuple[dict[str, Any], Sheet]:
    """A case, and a sheet about its lines: counted rightly or wrongly, with any grade, states and percent."""
    raw = draw(cases())
    found = []
    for item in read_case(raw).request.lines:
        rubric = RUBRICS.of(item.line.category)
        states = st.frozensets(st.sampled_from(rubric.states)) if rubric.states else st.just(frozenset())
        found.append(
            LineFound(
                item.line.id,
                *[draw(counts) for _ in range(4)],
                grade=draw(st.sampled_from("ABCD")),
                states=draw(states),
                percent=draw(st.none() | st.integers(0, 100)),
            )
        )
    return raw, Sheet(tuple(found), draw(st.sampled_from(["", "one more was in it"])))


def after(raw: dict[str, Any], sheet: Sheet) -> tuple[Case, Decision, Weighed]:
    """The case and the decision once the sheet is written down."""
    weighed = weigh_sheet(raw, sheet, RUBRICS, deciding, AT)
    facts = facts_of(raw, read_case(raw), sheet, weighed.taken, RUBRICS, AT)
    return *deciding(noted(raw, facts)), weighed


@given(inspected())
def test_no_deduction_ever_exceeds_the_ceiling(told: tuple[dict[str, Any], Sheet]) -> None:
    raw, sheet = told
    case, decision, weighed = after(raw, sheet)
    taken = {
        one.kind: one.amount for one in (decision.refund.deductions if decision.refund else ()) if one.kind in KINDS
    }
    assert taken.get("diminished_value", 0) <= weighed.ceiling.loss
    assert taken.get("not_returned", 0) <= weighed.ceiling.not_returned
    assert weighed.taken.loss <= weighed.claimed.loss
    assert sum(taken.values()) <= paid_for_request(case)
    if decision.refund:
        assert decision.refund.total >= 0


@given(inspected())
def test_the_ceiling_is_never_beyond_the_price_of_what_is_not_good(told: tuple[dict[str, Any], Sheet]) -> None:
    raw, sheet = told
    _, _, weighed = after(raw, sheet)
    most = most_claimed(read_case(raw), sheet)
    assert weighed.ceiling.loss <= most.loss
    assert weighed.ceiling.not_returned <= most.not_returned


@given(inspected())
def test_counts_add_up_to_what_was_announced_or_say_why(told: tuple[dict[str, Any], Sheet]) -> None:
    raw, sheet = told
    asked = {item.line.id: item.quantity for item in read_case(raw).request.lines}
    counted = {one.line: one.good + one.defective + one.missing + one.wrong for one in sheet.lines}
    if counted == asked or sheet.why:
        check_counts(asked, sheet)
    else:
        with pytest.raises(UnableToWork):
            check_counts(asked, sheet)
