"""From findings to rights: what voids a grant, for which lines, and what stays in doubt."""

from __future__ import annotations

from typing import Any

from amends.decide.answer import is_entitled, may_refuse
from amends.decide.entitlement import resolve
from amends.facts.case import Case
from amends.facts.read_case import read_case
from amends.facts.rulebook import Cap, ExcludeLines, Finding, Grant, Rule, Says
from tests.journeys.cases import PLAIN, bent

BACK = Grant("no_reason", frozenset({"return_refund"}), "buyer", shipping=0)


def _rule(name: str, effect: Any = "entitles", of: tuple[str, ...] = ()) -> Rule:
    return Rule(name, "law", effect, "a source", {"holds": Says("yes", "是")}, frozenset(of))


def _plain() -> Case:
    return read_case(PLAIN)


def _two_lines() -> Case:
    case = bent("order.lines", [{"id": "l1", "paid": "60.00"}, {"id": "l2", "paid": "120.00"}])
    return read_case(case)


def test_a_grant_that_holds_stands() -> None:
    basis = resolve(_plain(), [_rule("a").holds({}, BACK)])
    assert is_entitled(_plain(), basis)
    assert not may_refuse(basis, entitled=True)


def test_a_requirement_that_fails_voids_the_ground_and_an_unknown_one_does_not() -> None:
    intact = _rule("b", "requires", ("no_reason",))
    held = _rule("a").holds({}, BACK)
    assert resolve(_plain(), [held, intact.fails({})]).standing == ()
    assert len(resolve(_plain(), [held, intact.unknown({})]).standing) == 1


def test_an_exclusion_that_holds_voids_the_rule_it_names_and_no_other() -> None:
    barred = _rule("b", "excludes", ("a",)).holds({})
    basis = resolve(_plain(), [_rule("a").holds({}, BACK), _rule("c").holds({}, BACK), barred])
    assert [item.rule for item in basis.standing] == ["c"]


def test_an_excluded_line_leaves_the_right_for_the_others() -> None:
    barred = _rule("b", "excludes", ("a",)).holds({}, ExcludeLines(frozenset({"l1"})))
    case = _two_lines()
    basis = resolve(case, [_rule("a").holds({}, BACK), barred])
    assert basis.standing[0].without == {"l1"}
    assert not is_entitled(case, basis)


def test_when_every_line_is_excluded_nothing_stands() -> None:
    barred = _rule("b", "excludes", ("a",)).holds({}, ExcludeLines(frozenset({"l1", "l2"})))
    assert resolve(_two_lines(), [_rule("a").holds({}, BACK), barred]).standing == ()


def test_a_final_grant_cannot_be_voided() -> None:
    final = Grant("no_reason", frozenset({"return_refund"}), "buyer", final=True)
    barred = _rule("b", "excludes", ("no_reason",)).holds({})
    assert len(resolve(_plain(), [_rule("a").holds({}, final), barred]).standing) == 1


def test_an_unknown_entitlement_is_in_doubt_names_what_is_missing_and_may_not_be_refused() -> None:
    finding: Finding = _rule("a").unknown({}, "defect.confirmed", claims=(BACK,))
    basis = resolve(_plain(), [finding])
    assert not is_entitled(_plain(), basis)
    assert basis.missing == ("defect.confirmed",)
    assert not may_refuse(basis, entitled=False)


def test_a_right_up_to_an_amount_covers_no_more() -> None:
    grant = Grant("defect", frozenset({"return_refund"}), "merchant", amount=5_000)
    for asked, entitled in (("50.00", True), ("50.01", False), (None, False)):
        case = read_case(bent("request.amount", asked))
        assert is_entitled(case, resolve(case, [_rule("a").holds({}, grant)])) is entitled


def test_the_lowest_cap_counts() -> None:
    first = _rule("a", "limits").holds({}, Cap(frozenset({"compensation"}), 300))
    second = _rule("b", "limits").holds({}, Cap(frozenset({"compensation"}), 200))
    assert resolve(_plain(), [first, second]).cap("compensation") == ("b", 200)
