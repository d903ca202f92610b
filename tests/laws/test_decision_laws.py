"""What holds for every decision, whatever the case: money adds up, nobody is paid twice, the same input gives the same bytes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from hypothesis import given

from amends.basics.currencies import EXPONENTS
from amends.basics.money import read_minor
from amends.decide.decide import assess, decide
from amends.desk.decide_case import decide_case
from amends.facts.codes import REMEDIES
from amends.facts.read_case import read_case
from amends.facts.remedy_terms import RemedyTerms
from amends.facts.situation import Proposal, Situation
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy
from tests.laws.any_case import START, cases

AT = START + timedelta(days=61)


def _decided(raw: dict[str, Any]) -> dict[str, Any]:
    return dict(decide_case(raw, AT, load_rulebooks(), load_policy(None)))


@given(cases())
def test_total_is_lines_and_shipping_less_deductions_and_the_sum_of_tenders(raw: dict[str, Any]) -> None:
    refund = _decided(raw)["refund"]
    if refund is None:
        return
    digits = EXPONENTS[refund["currency"]]
    total, shipping = read_minor(refund["total"], digits), read_minor(refund["shipping"], digits)
    lines = sum(read_minor(item["amount"], digits) for item in refund["lines"])
    taken = sum(read_minor(item["amount"], digits) for item in refund["deductions"])
    assert total == lines + shipping - taken
    assert total == sum(read_minor(item["amount"], digits) for item in refund["tenders"])
    assert total >= 0


@given(cases())
def test_no_payment_gives_back_more_than_it_has_left(raw: dict[str, Any]) -> None:
    refund = _decided(raw)["refund"]
    digits = EXPONENTS[raw["order"]["currency"]]
    left = {
        payment["id"]: read_minor(payment["captured"], digits) - read_minor(payment["refunded"], digits)
        for payment in raw["order"]["payments"]
    }
    for tender in refund["tenders"] if refund else ():
        assert 0 < read_minor(tender["amount"], digits) <= left[tender["payment"]]


@given(cases())
def test_no_line_gives_back_more_than_was_paid_for_it(raw: dict[str, Any]) -> None:
    refund = _decided(raw)["refund"]
    digits = EXPONENTS[raw["order"]["currency"]]
    paid = {line["id"]: read_minor(line["paid"], digits) for line in raw["order"]["lines"]}
    for line in refund["lines"] if refund else ():
        assert 0 <= read_minor(line["amount"], digits) <= paid[line["id"]]


@given(cases())
def test_same_input_gives_the_same_bytes(raw: dict[str, Any]) -> None:
    assert json.dumps(_decided(raw)) == json.dumps(_decided(json.loads(json.dumps(raw))))


@given(cases())
def test_an_entitlement_is_never_refused_and_its_decision_says_so(raw: dict[str, Any]) -> None:
    decision = _decided(raw)
    if decision["entitled"]:
        assert decision["outcome"] in ("accept", "offer")
        assert decision["may_refuse"] is False
    if not decision["may_refuse"]:
        assert decision["outcome"] != "refuse"
    assert decision["remedy"] in REMEDIES
    assert (decision["outcome"] == "ask") == bool(decision["missing"])


class _Harsh:
    """A policy that refuses everything by itself."""

    id, version, answer_before_hours, remedy_terms = "harsh", "1", None, RemedyTerms()

    def propose(self, situation: Situation) -> tuple[Proposal, list[Any]]:
        return Proposal("policy.harsh.no", "refuse", handling="auto"), []

    def approver(self, total: int, currency: str) -> str | None:
        return None


@given(cases())
def test_no_policy_goes_below_what_law_and_platform_give(raw: dict[str, Any]) -> None:
    case, books = read_case(raw), load_rulebooks()
    situation = assess(case, AT, books)[0]
    strict, lawful = decide(case, AT, books, _Harsh()), decide(case, AT, books, load_policy(None))
    if not situation.entitled:
        return
    assert strict.outcome == lawful.outcome
    assert strict.handling == "review"
    assert "policy.floor" in {finding.rule.id for finding in strict.because}
    if lawful.refund:
        assert strict.refund == lawful.refund


@given(cases())
def test_every_reason_speaks_both_languages_and_names_its_source(raw: dict[str, Any]) -> None:
    for item in _decided(raw)["because"]:
        assert item["says"]["en"].strip()
        assert item["says"]["zh"].strip()
        assert "{" not in item["says"]["en"] + item["says"]["zh"]
        assert item["source"]


@given(cases())
def test_deadlines_stand_soonest_first_and_once_for_each_duty(raw: dict[str, Any]) -> None:
    deadlines = _decided(raw)["deadlines"]
    assert [item["due"] for item in deadlines] == sorted(item["due"] for item in deadlines)
    assert len({(item["who"], item["action"]) for item in deadlines}) == len(deadlines)
