"""The knowledge base is made from the rules and policies that decide: what they do is seen, not written down again."""

from __future__ import annotations

from amends.decide.policy.plain import tell_policy
from amends.decide.policy.read_policy import read_policy
from amends.facts.knowledge import Topics
from amends.learn.knowledge import packs_about, policies_about
from amends.wiring.knowledge import every_pack, learnt
from amends.wiring.policies import standard

POLICY = """
policy: north
version: 3
applies: {markets: [DE]}
approvals: [{up_to: "50 EUR", role: agent}, {role: lead}]
rules:
  - id: small
    when: {reason: [damaged, quality], refund_total: {at_most: "15 EUR"}, any: [{member: true}, {days_since_delivery: {known: false}}]}
    then: {outcome: offer, remedy: refund_only, handling: auto, refund: {percent: 80}, shipping_paid_by: merchant}
  - id: photos
    when: {kind: exchange}
    then: {outcome: ask, ask: [evidence.photo]}
otherwise: {outcome: refuse}
"""


def test_every_rule_was_seen_at_work() -> None:
    rules = {rule.id for pack in every_pack() for rule in pack.rules if rule.judge}
    assert rules - learnt().keys() == set()


def test_what_a_rule_reads_grants_misses_and_sets_is_seen() -> None:
    seven_days = learnt()["cn.no_reason_return"]
    assert "no_reason.days" in seven_days.numbers
    assert seven_days.fixed == {"days": "7"}
    assert "return_refund" in seven_days.about
    assert "changed_mind" in seven_days.reasons
    assert "shipments[].delivered_at" in seven_days.wants
    procedure = learnt()["cn.no_reason_return.procedure"]
    assert [(one.who, one.action) for one in procedure.clocks] == [("merchant", "respond")]


def test_numbers_shown_of_a_rule_are_numbers_of_its_pack() -> None:
    for pack in every_pack():
        for rule in pack.rules:
            if rule.judge:
                assert learnt()[rule.id].numbers <= pack.parameters.keys(), rule.id


def test_a_policy_is_told_in_plain_words() -> None:
    whole = tell_policy(read_policy(POLICY), "main")
    small, photos, otherwise = whole.rules
    assert [one.en for one in small.asks] == [
        "Reason: Arrived damaged or Quality problem",
        "Refund total: at most 15.00 EUR",
        "any of: Member: yes; Days from delivery to request is not known",
    ]
    assert [one.en for one in small.does] == [
        "Offer: Refund only",
        "Automatic",
        "The way back is paid by: Merchant",
        "Pays back: 80 % of the price",
    ]
    assert [one.zh for one in photos.does] == ["补充材料", "需人工审核", "需补充：照片"]
    assert (otherwise.asks, otherwise.does[0].en) == ((), "Refuse")
    assert whole.terms[0].en == "Up to 50.00 EUR may be approved by: Agent"
    assert (small.reasons, small.markets, small.kinds) == ({"damaged", "quality"}, {"DE"}, frozenset())


def test_topics_bring_the_rules_that_have_to_do_with_them() -> None:
    packs, seen = every_pack(), learnt()

    def about(**topics: str) -> dict[str, list[str]]:
        fit = packs_about(packs, seen, Topics(**topics), lambda pack, rule: f"{rule.id} {rule.title.en}")
        return {pack.id: [rule.id for rule in rules] for pack, rules in fit}

    assert about(market="DE").keys() == {"eu"}
    assert about(channel="douyin").keys() == {"douyin"}
    assert "cn.fraud_damages" in about(reason="counterfeit")["cn"]
    assert "cn.fraud_damages" not in about(reason="changed_mind")["cn"]
    with_words = packs_about(packs, seen, Topics(words=("seven-day", "without")), lambda _, rule: rule.title.en)
    assert "cn.no_reason_return" in [rule.id for _, rules in with_words for rule in rules]
    assert packs_about(packs, seen, Topics(words=("nothing-like-this",)), lambda _, rule: rule.title.en) == []


def test_a_policy_rule_that_names_no_reason_is_about_every_one() -> None:
    north = tell_policy(read_policy(POLICY), "main")

    def fit(**topics: str) -> list[str]:
        found = policies_about([north], Topics(**topics), lambda _, one: one.id)
        return [rule.id.rpartition(".")[2] for whole in found for rule in whole.rules]

    assert fit(reason="damaged") == ["small", "photos", "otherwise"]
    assert fit(reason="changed_mind", market="DE") == ["photos", "otherwise"]
    assert fit(market="FR") == []
    assert tell_policy(standard().text, "").rules
