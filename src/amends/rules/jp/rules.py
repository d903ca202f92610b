"""Returns of mail-order goods (特定商取引法 art 15-3), unless a return rule of the seller's own (返品特約) was shown.

A case file that says that the return policy was shown as the law wants (`shop.return_policy_shown: true`) has such a rule; one that
says nothing has none on record, so the law's eight days stand. A buyer who confirmed for a line that it does not go back
(`no_return_confirmed`) was shown the rule for that line, unless the file says that none was shown.
"""

from __future__ import annotations

from datetime import datetime

from amends.basics.periods import days_of_law
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import FREIGHT_BUYER, ExcludeLines, Finding, Grant, Params, Rule
from amends.facts.stage import delivered_at
from amends.rules.jp.pack import JP
from amends.rules.kernel_distance import goes_back, ways_back


@JP.rule(
    "jp.mail_order_return",
    "entitles",
    "ASCT art 15-3",
    holds=(
        "Notice sent on {requested_at}, inside the {days} days from delivery ({until}): the buyer may return where no return term says "
        "otherwise, and pays the way back.",
        "于 {requested_at} 发出通知，在交付起 {days} 日内（至 {until}）：没有另行公示的退货特约时，买家可以退货，退货运费由买家承担。",
    ),
    fails=(
        "The notice ({requested_at}) came after the {days} days from delivery were over ({until}).",
        "通知（{requested_at}）晚于交付起 {days} 日的期限（{until}）。",
    ),
)
def mail_order_return(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    signed, asked = delivered_at(case), case.request.requested_at
    until = days_of_law(signed, p["return.days"], "JP") if signed else None
    facts = {"requested_at": local(asked, "JP"), "days": p["return.days"], "until": until and local(until, "JP")}
    if until is not None and asked >= until:
        return rule.fails(facts)
    # Nothing on record gives the outbound delivery back.
    return rule.holds(facts, Grant("no_reason", ways_back(case), FREIGHT_BUYER, shipping=0))


@JP.rule(
    "jp.mail_order_return.return_term",
    "excludes",
    "ASCT art 15-3(1) proviso",
    of=("jp.mail_order_return",),
    holds=(
        "The seller's own return rule was shown (for the shop: {return_policy_shown}; accepted for lines {lines}): it takes the place of "
        "the law's days.",
        "卖方已公示自己的退货特约（全店：{return_policy_shown}；买家已接受的商品行：{lines}），以该特约代替法定期限。",
    ),
    fails=(
        "The buyer accepted that lines {lines} do not go back, but the return rule was not shown as the law wants: it does not count.",
        "买家接受了商品行 {lines} 不可退货，但退货特约未依法公示：该特约不发生效力。",
    ),
)
def return_term(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not goes_back(case):
        return None
    shown = case.shop.return_policy_shown
    lines = [item.line.id for item in case.request.lines if item.line.no_return_confirmed]
    facts = {"lines": lines, "return_policy_shown": shown}
    if shown:
        return rule.holds(facts)
    if not lines:
        return None
    return rule.fails(facts) if shown is False else rule.holds(facts, ExcludeLines(frozenset(lines)))
