"""Returns of mail-order goods (特定商取引法 art 15-3), unless a return term for them was shown.

`shop.return_policy_shown` says whether the shop's policy was shown as the law wants; that alone takes nothing away, since a shown
policy may leave the law's eight days as they are. A term that shuts the return out is one that the buyer accepted for the line
(`no_return_confirmed`), and it counts only where it was shown.
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
        "A term was shown and accepted that these goods cannot be returned (lines {lines}).",
        "已公示且买家已接受该商品不可退货的特约（商品行 {lines}）。",
    ),
    fails=(
        "A no-return term is claimed, but the return policy was not shown as the law wants: it does not count.",
        "主张有不可退货特约，但退货政策未依法公示：该特约不发生效力。",
    ),
)
def return_term(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    lines = [item.line.id for item in case.request.lines if item.line.no_return_confirmed]
    if not lines or not goes_back(case):
        return None
    facts = {"lines": lines, "return_policy_shown": case.shop.return_policy_shown}
    if not case.shop.return_policy_shown:
        return rule.fails(facts)
    return rule.holds(facts, ExcludeLines(frozenset(lines)))
