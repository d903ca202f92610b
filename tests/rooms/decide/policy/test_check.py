"""The check finds each planted fault, shows it by a case that `decide` reproduces, and says nothing of fair policies."""

from __future__ import annotations

from datetime import datetime
from importlib import resources

import pytest

from amends.decide.decide import decide
from amends.decide.policy.check.check import check_policy
from amends.decide.policy.check.flaws import Flaw
from amends.decide.policy.check.search import Budget
from amends.decide.policy.compiled import CompiledPolicy, compile_policy
from amends.decide.policy.read_policy import read_policy
from amends.facts.decision import Decision
from amends.facts.read_case import read_case
from amends.wiring.house import load_rulebooks
from tests.rooms.decide.policy.planted import FAIR, PLANTED, Planted

AT = datetime.fromisoformat("2026-11-25T12:00:00+08:00")
EXAMPLES = sorted(resources.files("amends.decide.policy").joinpath("examples").iterdir(), key=lambda item: item.name)


def flaws_of(text: str) -> tuple[CompiledPolicy, tuple[Flaw, ...]]:
    policy = compile_policy(read_policy(text))
    return policy, check_policy(policy, load_rulebooks(), AT)


def decided(policy: CompiledPolicy, flaw: Flaw) -> Decision:
    assert flaw.case is not None
    assert flaw.at is not None
    return decide(read_case(flaw.case), datetime.fromisoformat(flaw.at), load_rulebooks(), policy)


@pytest.mark.parametrize("planted", PLANTED, ids=[planted.name for planted in PLANTED])
def test_a_planted_fault_is_found(planted: Planted) -> None:
    policy, flaws = flaws_of(planted.text)
    found = [flaw for flaw in flaws if (flaw.kind, flaw.rule) == (planted.kind, planted.rule)]
    assert found, [(flaw.kind, flaw.rule, flaw.says.en) for flaw in flaws]
    for flaw in found:
        assert flaw.line > 0
        assert flaw.says.en
        assert flaw.says.zh
        reproduce(policy, flaw)


def reproduce(policy: CompiledPolicy, flaw: Flaw) -> None:
    """The counter-example does through `decide` what the finding says."""
    if flaw.kind == "contradiction":
        decision = decided(policy, flaw)
        [floor] = [finding for finding in decision.because if finding.rule.id == "policy.floor"]
        assert floor.facts["proposing"] == f"policy.planted.{flaw.rule}"
        assert set(floor.facts["overriding"]) == set(flaw.against) != set()
        assert flaw.severity == "error"
    elif flaw.kind == "gap":
        ids = [finding.rule.id for finding in decided(policy, flaw).because if finding.verdict == "holds"]
        assert "policy.planted.gap" in ids
    elif flaw.kind == "approval" and flaw.case is not None:
        order = read_case(flaw.case).order
        assert policy.approver(order.lines[0].paid, order.currency) is None
    else:
        assert flaw.case is None


@pytest.mark.parametrize("planted", [item for item in PLANTED if not item.alone], ids=lambda item: str(item.name))
def test_nothing_but_the_planted_fault_is_found(planted: Planted) -> None:
    _, flaws = flaws_of(planted.text)
    assert {(flaw.kind, flaw.rule) for flaw in flaws} == {(planted.kind, planted.rule)}


@pytest.mark.parametrize("example", EXAMPLES, ids=[item.name for item in EXAMPLES])
def test_the_examples_are_clean(example: object) -> None:
    assert flaws_of(example.read_text(encoding="utf-8"))[1] == ()  # type: ignore[attr-defined]


def test_the_standard_policy_is_clean_everywhere() -> None:
    text = resources.files("amends.decide.policy").joinpath("standard.yaml").read_text(encoding="utf-8")
    assert flaws_of(text)[1] == ()


@pytest.mark.parametrize(
    "last",
    ["{id: rest, when: {none: [{entitled: true}]}, then: {outcome: accept}}", "{id: rest, then: {outcome: accept}}"],
    ids=["the opposite of the rule before", "no condition"],
)
def test_no_gap_where_the_rules_cover_every_case(last: str) -> None:
    head = "policy: fair\nversion: 1\napplies: {markets: [CN], channels: [douyin]}\nrules:\n"
    assert (
        flaws_of(f"{head}  - {{id: entitled, when: {{entitled: true}}, then: {{outcome: accept}}}}\n  - {last}\n")[1]
        == ()
    )


def test_a_question_takes_an_even_part_of_the_budget_and_leaves_the_rest() -> None:
    whole = Budget(90)
    with whole.part(3) as part:
        assert part.left == 30
        part.left -= 10
    assert (whole.left, whole.spent) == (80, False)


def test_what_only_law_can_make_true_is_reached() -> None:
    capped = "  - {id: capped, when: {negotiable: true, capped: true}, then: {outcome: accept}}"
    head = "policy: fair\nversion: 1\napplies: {markets: [CN], channels: [douyin]}\nrules:\n"
    assert flaws_of(f"{head}{capped}{FAIR}")[1] == ()
