"""Laws of policies: two independent evaluators agree on every case, and no text does worse than a clear refusal."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from amends.decide.decide import assess, decide
from amends.decide.policy.compiled import CompiledPolicy, compile_policy
from amends.decide.policy.interpret import first_match
from amends.decide.policy.read_policy import read_policy
from amends.decide.policy.spots import UnableToReadPolicy
from amends.facts.read_case import read_case
from amends.facts.vocabulary import VOCABULARY
from amends.facts.vocabulary_fact import NUMERIC, Fact
from amends.wiring.house import load_rulebooks
from tests.laws.any_case import cases

AT = datetime.fromisoformat("2026-11-25T12:00:00+08:00")
OPERATORS = ("at_least", "at_most", "over", "under")


@cache
def books() -> Any:
    return load_rulebooks()


def values(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.kind == "money":
        return st.integers(0, 50_000).map(lambda minor: f"{minor / 100:.2f} CNY")
    if fact.kind == "bool":
        return st.booleans()
    if fact.kind in NUMERIC:
        return st.integers(0, 40)
    return st.sampled_from(sorted(fact.codes)) if fact.codes else st.sampled_from(["a", "b"])


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[str, Any]:
    fact = VOCABULARY[draw(st.sampled_from(sorted(VOCABULARY)))]
    value = values(fact)
    ways: list[st.SearchStrategy[Any]] = [
        value,
        st.fixed_dictionaries({"known": st.booleans()}),
        st.fixed_dictionaries({"not": value}),
    ]
    if fact.kind != "money":
        ways.append(st.lists(value, min_size=1, max_size=3))
    if fact.kind in NUMERIC:
        ways.append(st.dictionaries(st.sampled_from(OPERATORS), value, min_size=1, max_size=2))
    return fact.name, draw(st.one_of(ways))


conditions = st.recursive(
    st.lists(comparisons(), min_size=1, max_size=3).map(dict),
    lambda inner: st.dictionaries(
        st.sampled_from(["any", "all", "none"]), st.lists(inner, min_size=1, max_size=2), min_size=1, max_size=2
    ),
    max_leaves=4,
)


@st.composite
def policies(draw: st.DrawFn) -> str:
    rules = [
        {"id": f"r{index}", "when": when, "then": {"outcome": "accept"}}
        for index, when in enumerate(draw(st.lists(conditions, min_size=1, max_size=5)))
    ]
    whole: dict[str, Any] = {"policy": "any", "version": 1, "rules": rules}
    if draw(st.booleans()):
        whole["otherwise"] = {"outcome": "ask"}
    return yaml.safe_dump(whole)


@given(policies(), cases())
def test_compiled_and_interpreted_choose_the_same_rule(text: str, raw: dict[str, Any]) -> None:
    policy = read_policy(text)
    situation = assess(read_case(raw), AT, books())[0]
    proposal, findings = compile_policy(policy).propose(situation)
    assert proposal.rule == f"policy.any.{first_match(policy, situation) or 'gap'}"
    assert findings[-1].rule.id == proposal.rule
    assert [finding.verdict == "holds" for finding in findings] == [False] * (len(findings) - 1) + [True]


def outcome(text: str) -> UnableToReadPolicy | None:
    try:
        read_policy(text)
    except UnableToReadPolicy as fault:
        return fault
    return None


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300).map(lambda raw: raw.decode("latin-1"))))
def test_no_text_does_worse_than_a_refusal_with_lines(text: str) -> None:
    fault = outcome(text)
    assert fault is None or all(item.line >= 1 and item.message for item in fault.faults)


@given(
    policies(),
    st.integers(0, 2000),
    st.sampled_from(["", ":", "[", "{", "- ", "&a ", "*a", "!!int ", "\t", "\u2028", "'"]),
)
def test_a_damaged_policy_is_read_or_refused_with_lines(text: str, place: int, stain: str) -> None:
    place %= len(text)
    fault = outcome(text[:place] + stain + text[place + 1 :])
    assert fault is None or all(item.line >= 1 and item.message for item in fault.faults)


@given(cases())
def test_a_right_in_doubt_names_what_is_missing(raw: dict[str, Any]) -> None:
    """The check of policies rests on this: a doubtful right always makes `facts_missing` true."""
    situation, _, findings, _, _ = assess(read_case(raw), AT, books())
    doubtful = [item for item in findings if item.verdict == "unknown" and item.claims]
    assert all(item.missing for item in doubtful)
    assert situation.missing or not situation.in_doubt


@cache
def shipped() -> list[CompiledPolicy]:
    folder = resources.files("amends.decide.policy")
    files = [folder.joinpath("standard.yaml"), *folder.joinpath("examples").iterdir()]
    return [compile_policy(read_policy(file.read_text(encoding="utf-8"))) for file in files]


@given(cases(), st.integers(0, 3), st.randoms(use_true_random=False))
def test_a_policy_that_the_check_found_clean_is_never_overruled(raw: dict[str, Any], which: int, chance: Any) -> None:
    policy = shipped()[which]
    applies = policy.text
    if applies.markets:
        raw["market"] = chance.choice(sorted(applies.markets))
    if applies.channels:
        raw["shop"]["channel"] = chance.choice(sorted(applies.channels))
    raw["order"]["lines"] = raw["order"]["lines"][:1]
    raw["order"]["lines"][0]["quantity"] = max(raw["order"]["lines"][0]["quantity"], 1)
    raw["request"].pop("lines", None)
    decision = decide(read_case(raw), AT, books(), policy)
    assert "policy.floor" not in {finding.rule.id for finding in decision.because}
