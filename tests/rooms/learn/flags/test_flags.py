"""Flags: every reason has its numbers, ordinary buyers have none, and the threshold comes from the cap and the shop's own past."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.flags import REASONS, Judged, Signs
from amends.learn.flags.reasons import scored
from amends.learn.flags.threshold import threshold, wilson
from amends.learn.flags.weights import LEAST_ENDED, LEAST_POINTS, POINTS
from amends.learn.guards.rings import HUB

START = datetime(2026, 1, 1, tzinfo=UTC)


def signs(case: int, buyer: str = "", day: float = 0, kind: str = "return_refund", **more: object) -> Signs:
    told: dict[str, object] = {"orders": 4, "ties": {"email": buyer}, **more}
    return Signs(case, START + timedelta(days=day), buyer, kind, **told)  # type: ignore[arg-type]


def crowd(many: int = 400, seed: int = 1) -> list[Signs]:
    """Buyers who ask once or twice in a year; three in ten without sending anything back."""
    dice = random.Random(seed)
    return [
        signs(
            case,
            f"b{dice.randrange(9_000)}",
            dice.uniform(0, 300),
            "refund_only" if dice.random() < 0.3 else "return_refund",
            days=dice.randrange(14),
            grade=dice.choice("AAB"),
        )
        for case in range(1_000, 1_000 + many)
    ]


def codes(every: list[Signs], case: int) -> dict[str, int]:
    _, now = scored(every, 0.06)
    return {one.code: one.points for one in now[case].reasons}


def test_every_reason_is_found_where_it_is_and_nowhere_else() -> None:
    device = {"device": "one"}
    ring = [signs(n, f"shade{n % 6}", 200 + n, "refund_only", orders=2 + n // 6, ties=device) for n in range(12)]
    busy = [signs(100 + n, "busy", 250 + n, orders=5) for n in range(4)]
    single = [
        signs(201, "w", 310, waybills=("used_elsewhere",)),
        signs(202, "a", 310, waybills=("delivered_away", "signed_after_stop")),
        signs(203, "p", 310, reused=1),
        signs(204, "q", 310, catalogue=2),
        signs(205, "r", 310, contradicting=1),
        signs(206, "t", 310, grade="C", days=13),
        signs(207, "u", 310, sizes=4, back=3),
    ]
    every = [*crowd(), *ring, *busy, *single]
    assert codes(every, 11)["ring"] == POINTS["ring"]
    assert codes(every, 103) == {"velocity": POINTS["velocity"]}
    assert [codes(every, one.case) for one in single] == [
        {"waybill": POINTS["waybill"]},
        {"waybill": POINTS["waybill_away"]},
        {"photo_reused": POINTS["photo_reused"]},
        {"photo_catalogue": POINTS["photo_catalogue"]},
        {"photo_contradicts": POINTS["photo_contradicts"]},
        {"wardrobing": POINTS["wardrobing"]},
        {"bracketing": POINTS["bracketing"]},
    ]
    _, now = scored(every, 0.06)
    [first, *_] = now[11].reasons
    assert (first.numbers["buyers"], first.numbers["claims"], first.numbers["ties"]) == (6, 12, "device")
    assert set(first.cases) == set(range(11))
    assert sum(now[one.case].points > 0 for one in crowd()) <= 4
    assert {reason.code for one in now.values() for reason in one.reasons} <= set(REASONS)


def test_no_score_of_the_past_looks_ahead() -> None:
    ring = [signs(n, f"shade{n % 6}", 200 + n, "refund_only", orders=3, ties={"device": "one"}) for n in range(12)]
    then, now = scored([*crowd(), *ring], 0.06)
    assert then[0].points == 0
    assert now[0].points >= POINTS["ring"]
    earlier, _ = scored([*crowd(), *ring[:6]], 0.06)
    assert earlier[5] == then[5]


def test_a_good_customer_a_household_and_an_office_have_no_reasons() -> None:
    loyal = [signs(n, "loyal", 100 + n * 5, orders=90 + n) for n in range(5)]
    home = [signs(20 + n, f"home{n % 2}", 100 + n * 40, orders=6, ties={"address": "door"}) for n in range(4)]
    office = [signs(50 + n, f"desk{n}", 150, orders=1, ties={"address": "tower"}) for n in range(HUB + 1)]
    every = [*crowd(), *loyal, *home, *office]
    _, now = scored(every, 0.06)
    assert [one.case for one in (*loyal, *home, *office) if now[one.case].points] == []


def test_what_a_lead_lifted_ties_nobody_any_more() -> None:
    ring = [signs(n, f"shade{n % 3}", 200 + n, "refund_only", orders=3, ties={"device": "one"}) for n in range(9)]
    assert "ring" in codes([*crowd(), *ring], 8)
    lifted = [replace(one, lifted=one.case == 0) for one in ring]
    _, now = scored([*crowd(), *lifted], 0.06)
    assert 0 not in now
    assert not any(reason.code == "ring" for case in range(1, 9) for reason in now[case].reasons)


def past(right: int, wrong: int, clean: int, points: int = 40) -> list[Judged]:
    flagged = [
        Judged(points, points, ended=True, confirmed=n < right, at=START + timedelta(days=n))
        for n in range(right + wrong)
    ]
    return [*flagged, *[Judged(0, 0, ended=True, confirmed=False)] * clean]


def test_the_threshold_says_how_often_it_was_right() -> None:
    found = threshold(past(18, 2, 1_980), 10)
    assert (found.state, found.points, found.flagged, found.ended, found.confirmed) == ("set", 40, 20, 20, 18)
    assert (found.precise, found.low, found.high) == (900, 698, 973)
    assert threshold(past(LEAST_ENDED - 1, 0, 1_980), 10).state == "few"
    assert threshold(past(1, 19, 1_980), 10).state == "wrong"
    assert threshold(past(21, 0, 1_979), 20).state == "set"
    assert threshold(past(20, 0, 1_980, points=LEAST_POINTS - 1), 10).state == "none"
    assert threshold([], 10).state == "none"


def test_a_ring_with_more_cases_than_the_cap_is_flagged_by_its_newest() -> None:
    found = threshold(past(30, 0, 1_970), 10)
    assert (found.state, found.points, found.flagged, found.ended) == ("set", 40, 20, 30)
    assert [found.marks(40, START + timedelta(days=n)) for n in (0, 9, 10, 29)] == [False, False, True, True]
    assert found.marks(50, START)
    assert not found.marks(39, START + timedelta(days=29))
    strong = Judged(70, 70, ended=True, confirmed=True, at=START)
    few = threshold([strong, *past(30, 0, 1_969)], 10)
    assert (few.state, few.points, few.flagged, few.ended) == ("set", 40, 20, 31)
    assert threshold(past(1, 29, 1_970), 10).state == "wrong"


@given(
    st.lists(
        st.builds(
            Judged,
            st.integers(0, 90),
            st.integers(0, 90),
            st.booleans(),
            st.booleans(),
            st.integers(0, 9).map(lambda days: START + timedelta(days=days)),
        ),
        max_size=300,
    ),
    st.sampled_from([5, 10, 20]),
)
def test_no_more_cases_are_flagged_than_the_cap_allows(every: list[Judged], cap: int) -> None:
    found = threshold(every, cap)
    assert found.flagged * 1000 <= cap * len(every)
    assert not found.flags or found.flagged == sum([found.marks(one.shown, one.at) for one in every])
    if found.points is not None:
        assert found.points >= LEAST_POINTS
        assert found.low <= found.precise <= found.high


@pytest.mark.parametrize(("hits", "tries", "low", "high"), [(0, 0, 0, 1), (0, 10, 0, 0.2775), (5, 10, 0.2366, 0.7634)])
def test_wilson_is_as_published(hits: int, tries: int, low: float, high: float) -> None:
    assert wilson(hits, tries) == pytest.approx((low, high), abs=0.0001)
