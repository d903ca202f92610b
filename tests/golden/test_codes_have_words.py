"""Every code that any pack's examples bring into a decision has words in both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from amends.desk.decide_case import decide_case
from amends.facts.words import WORDS
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy
from tests.golden.test_pack_examples import CASES

CARRIED = "outcome kind handling role missing who action if_missed layer effect verdict fact deduction method".split()
NAMED_ELSEWHERE = {"fact": ("goods", "buyer")}


def codes_of(decision: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The group and code of everything in a decision that a page names."""
    yield from (
        ("outcome", decision["outcome"]),
        ("kind", decision["remedy"]),
        ("handling", decision["handling"]),
        ("role", decision["approver"]),
    )
    yield from [("missing", field) for field in decision["missing"]]
    yield from [("kind", one["remedy"]) for one in decision["alternatives"]]
    for due in decision["deadlines"]:
        yield from [(group, due[group]) for group in ("who", "action", "if_missed")]
    for reason in decision["because"]:
        yield from [(group, reason[group]) for group in ("layer", "effect", "verdict")]
        yield from [("fact", name) for name in reason["facts"]]
    refund = decision["refund"] or {"deductions": (), "tenders": ()}
    yield from [("deduction", one["kind"]) for one in refund["deductions"]]
    yield from [("method", one["method"]) for one in refund["tenders"]]


@pytest.fixture(scope="module")
def carried() -> dict[str, set[str]]:
    books, policy = load_rulebooks(), load_policy(None)
    found: dict[str, set[str]] = defaultdict(set)
    for _, golden in CASES:
        for group, code in codes_of(decide_case(golden.case, golden.at, books, policy)):
            if code is not None:
                found[group].add(code)
    return found


@pytest.mark.parametrize("group", CARRIED)
def test_every_code_of_a_decision_is_named(carried: dict[str, set[str]], group: str) -> None:
    assert carried[group], "no example carries any: the test would prove nothing"
    named = set(WORDS[group]).union(*[WORDS[other] for other in NAMED_ELSEWHERE.get(group, ())])
    assert carried[group] - named == set()
