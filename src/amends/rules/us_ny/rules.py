"""A return policy that was not shown (New York General Business Law section 218-a, online sellers included)."""

from __future__ import annotations

from datetime import datetime

from amends.basics.periods import days_of_law
from amends.basics.zones import local
from amends.facts.case import Case
from amends.facts.rulebook import Finding, Grant, Params, Rule
from amends.facts.stage import bought_at, is_unshipped
from amends.rules.kernel_distance import BACK, goes_back
from amends.rules.us_ny.pack import US_NY


@US_NY.rule(
    "us_ny.policy_not_posted",
    "entitles",
    "NY GBL 218-a",
    governs="now",
    holds=(
        "The return policy was not shown as New York wants: the buyer may return within {days} days of purchase, until {until}; "
        "asked on {requested_at}.",
        "未按纽约州要求公示退货政策：买家可在购买后 {days} 日内（至 {until}）退货；申请时间 {requested_at}。",
    ),
    fails=(
        "The return policy was not shown, but the {days} days from purchase are over ({until}); asked on {requested_at}.",
        "未公示退货政策，但购买后 {days} 日的期限已于 {until} 届满；申请时间 {requested_at}。",
    ),
)
def policy_not_posted(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.shop.return_policy_shown is not False or not goes_back(case) or is_unshipped(case):
        return None
    bought = bought_at(case)
    until = days_of_law(bought, p["policy_not_posted.days"], case.market)
    facts = {
        "requested_at": local(case.request.requested_at, case.market),
        "placed_at": local(bought, case.market),
        "days": p["policy_not_posted.days"],
        "until": until.astimezone(bought.tzinfo),
    }
    if case.request.requested_at >= until:
        return rule.fails(facts)
    return rule.holds(facts, Grant("no_reason", BACK, shipping=0))
