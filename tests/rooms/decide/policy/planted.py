"""Policies with one fault each: the rule at fault, and of which kind it is."""

from __future__ import annotations

from dataclasses import dataclass

FAIR = """
  - {id: entitled, when: {entitled: true}, then: {outcome: accept}}
  - {id: owed, when: {something_owed: true}, then: {outcome: offer}}
  - {id: doubt, when: {any: [{in_doubt: true}, {facts_missing: true}]}, then: {outcome: ask}}
otherwise: {outcome: refuse}
"""
"""What makes the rest of a policy fair, so that nothing but the planted fault is found."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault. `rules`: the YAML of the rules before the fair rest (or instead of it, with `alone`)."""

    name: str
    kind: str
    rule: str | None
    rules: str
    head: str = "applies: {markets: [CN], channels: [douyin]}"
    alone: bool = False

    @property
    def text(self) -> str:
        rest = "" if self.alone else FAIR.lstrip("\n")
        return f"policy: planted\nversion: 1\n{self.head}\nrules:\n{self.rules.strip(chr(10))}\n{rest}"


EU = "applies: {markets: [DE, FR], channels: [direct]}"
UK = "applies: {markets: [GB], channels: [direct]}"

PLANTED = (
    Planted(
        "refuses the seven-day return",
        "contradiction",
        "no-returns",
        "  - {id: no-returns, when: {kind: return_refund, reason: changed_mind}, then: {outcome: refuse}}",
    ),
    Planted(
        "lets the buyer pay the way back of a defect",
        "contradiction",
        "own-freight",
        "  - {id: own-freight, when: {kind: return_refund, reason: quality, defect_confirmed: true}, "
        "then: {outcome: accept, shipping_paid_by: buyer}}",
    ),
    Planted(
        "takes a restocking fee off a withdrawal",
        "contradiction",
        "restocking",
        "  - {id: restocking, when: {kind: return_refund}, then: {outcome: accept, deduct: {kind: restocking, percent: 15}}}",
        EU,
    ),
    Planted(
        "pays back half within the fourteen days",
        "contradiction",
        "half",
        "  - {id: half, when: {kind: return_refund, days_since_delivery: {at_most: 10}}, "
        "then: {outcome: accept, refund: {percent: 50}}}",
        EU,
    ),
    Planted(
        "gives a voucher's worth in place of the money",
        "contradiction",
        "fixed-sum",
        '  - {id: fixed-sum, when: {reason: not_received}, then: {outcome: offer, remedy: compensation, compensation: {amount: "5 GBP"}}}',
        UK,
    ),
    Planted(
        "asks on and on where the right is plain",
        "contradiction",
        "more-questions",
        "  - {id: more-questions, when: {reason: changed_mind, days_since_delivery: {at_most: 7}}, then: {outcome: ask}}",
    ),
    Planted(
        "offers a repair only, whatever was asked",
        "contradiction",
        "repair-only",
        "  - {id: repair-only, when: {reason: quality, days_since_delivery: {at_most: 7}}, then: {outcome: offer, remedy: repair}}",
    ),
    Planted(
        "one day less than the law gives",
        "contradiction",
        "six-days",
        "  - {id: six-days, when: {kind: return_refund, reason: changed_mind, days_since_delivery: {over: 6}}, then: {outcome: refuse}}",
    ),
    Planted(
        "refuses out of hand at the end",
        "contradiction",
        "otherwise",
        "  - {id: entitled, when: {entitled: true, member: true}, then: {outcome: accept}}\notherwise: {outcome: refuse}",
        alone=True,
    ),
    Planted(
        "refuses though nobody says since when the buyer has the goods",
        "contradiction",
        "no-date",
        "  - {id: no-date, when: {kind: exchange, reason: changed_mind, trace: delivered, days_since_delivery: {known: false}}, "
        "then: {outcome: refuse}}",
        "applies: {markets: [AU], channels: [direct]}",
    ),
    Planted(
        "no rule for what is not owed",
        "gap",
        None,
        "  - {id: entitled, when: {entitled: true}, then: {outcome: accept}}\n"
        "  - {id: owed, when: {something_owed: true}, then: {outcome: offer}}",
        alone=True,
    ),
    Planted(
        "shadowed by a wider rule",
        "unreachable",
        "narrow",
        "  - {id: wide, when: {kind: cancel}, then: {outcome: accept}}\n"
        "  - {id: narrow, when: {kind: cancel, member: true}, then: {outcome: accept, handling: auto}}",
    ),
    Planted(
        "shadowed by two rules together",
        "unreachable",
        "between",
        "  - {id: below, when: {kind: cancel, quantity: {at_most: 5}}, then: {outcome: accept}}\n"
        "  - {id: above, when: {kind: cancel, quantity: {at_least: 4}}, then: {outcome: accept}}\n"
        "  - {id: between, when: {kind: cancel, reason: ordered_by_mistake}, then: {outcome: accept}}",
    ),
    Planted(
        "contradicts itself",
        "unreachable",
        "never",
        "  - {id: never, when: {quantity: {at_least: 5, at_most: 3}}, then: {outcome: accept}}",
    ),
    Planted(
        "waits for a right that no law gives there",
        "unreachable",
        "no-such-right",
        "  - {id: no-such-right, when: {kind: exchange, reason: better_price, entitled: true}, then: {outcome: accept, handling: auto}}",
    ),
    Planted(
        "nobody says yes to large amounts",
        "approval",
        None,
        "",
        'applies: {markets: [CN], channels: [douyin]}\napprovals: [{up_to: "200 CNY", role: agent}, {up_to: "900 CNY", role: lead}]',
    ),
    Planted(
        "more money, lower role",
        "approval",
        None,
        "",
        'applies: {markets: [CN], channels: [douyin]}\napprovals: [{up_to: "200 CNY", role: finance}, {role: agent}]',
    ),
    Planted(
        "limits in a currency that no buyer pays in",
        "approval",
        None,
        "",
        'applies: {markets: [CN], channels: [douyin]}\napprovals: [{up_to: "200 EUR", role: agent}, {role: lead}]',
    ),
)
