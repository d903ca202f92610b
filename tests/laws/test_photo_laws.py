"""Whatever is seen on photos, it asks for a person at most: nothing that the buyer is entitled to changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from amends.desk.decide_case import decide_case
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy
from tests.laws.any_case import START, cases

AT = START + timedelta(days=61)
COUNTS = st.fixed_dictionaries(
    {name: st.integers(0, 5) for name in ("looked_at", "reused", "catalogue", "contradicting")}
)
ONLY_THESE = {"handling", "because", "approver"}


@given(cases(), COUNTS)
def test_signals_on_photos_take_nothing_away(raw: dict[str, Any], photos: dict[str, int]) -> None:
    plain = dict(decide_case(raw, AT, load_rulebooks(), load_policy(None)))
    seen = dict(decide_case({**raw, "photos": photos}, AT, load_rulebooks(), load_policy(None)))
    assert {name: value for name, value in seen.items() if name not in ONLY_THESE} == {
        name: value for name, value in plain.items() if name not in ONLY_THESE
    }
    if photos["reused"] or photos["catalogue"] or photos["contradicting"]:
        assert seen["handling"] == "review"
    else:
        assert seen["handling"] == plain["handling"]
