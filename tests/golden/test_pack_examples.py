"""Every pack's own examples hold, and every rule of every pack is shown by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.desk.decide_case import decide_case
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy
from tests.conftest import CHECKOUT
from tests.golden.goldens import Golden, read_goldens

RULES = CHECKOUT / "src/amends/rules"
FILES = sorted(RULES.glob("*/examples.yaml"))
CASES = [(file.parent.name, golden) for file in FILES for golden in read_goldens(file)]


@pytest.mark.parametrize(("pack", "golden"), CASES, ids=[f"{pack}-{golden.name}" for pack, golden in CASES])
def test_example_holds(pack: str, golden: Golden) -> None:
    assert golden.failures() == []


@pytest.mark.parametrize("pack", [pack.id for pack in load_rulebooks().all])
def test_every_rule_of_the_pack_is_shown_to_hold(pack: str) -> None:
    books, policy = load_rulebooks(), load_policy(None)
    held: set[str] = set()
    for _, golden in CASES:
        decision = decide_case(golden.case, golden.at, books, policy)
        held |= {item["rule"] for item in decision["because"] if item["verdict"] == "holds"}
    ids = {rule.id for one in books.all if one.id == pack for rule in one.rules}
    assert ids - held == set(), f"no example in {Path('rules')}/*/examples.yaml shows these to hold"
