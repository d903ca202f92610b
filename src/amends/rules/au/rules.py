"""Consumer guarantees (Australian Consumer Law, ss 259-263): who chooses depends on whether the failure is major."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from amends.facts.case import Case
from amends.facts.codes import NO_REASON
from amends.facts.rulebook import FREIGHT_MERCHANT, Finding, Grant, Params, Rule
from amends.rules.au.pack import AU
from amends.rules.kernel_defects import alleges_defect, is_about_what_was_in_the_parcel, price_back
from amends.rules.kernel_distance import MONEY_KINDS

_LARGE: Final = frozenset({"furniture", "appliance"})
_REPLACED: Final = frozenset({"exchange"})
_SENT_AGAIN: Final = frozenset({"resend"})
_SUPPLIERS_LEAST: Final = frozenset({"repair"})


def _grant(case: Case, own_choice: bool) -> Grant:
    """What may be demanded. The supplier collects large goods, whose way back costs a significant amount."""
    another = _SENT_AGAIN if is_about_what_was_in_the_parcel(case) else _REPLACED
    if own_choice:
        remedies = another | price_back(case)
    else:
        # The supplier picks among three, so no more can be demanded than the least of them.
        remedies = _SENT_AGAIN if is_about_what_was_in_the_parcel(case) else _SUPPLIERS_LEAST
    is_large = any(item.line.category in _LARGE for item in case.request.lines)
    return Grant("defect", remedies, FREIGHT_MERCHANT if is_large else None)


@AU.rule(
    "au.major_failure",
    "entitles",
    "ACL ss 259-263",
    holds=(
        "A major failure ({reason}): the consumer chooses refund, replacement, or compensation for the drop in value. Open: {remedies}.",
        "重大瑕疵（{reason}）：由消费者选择退款、换货或就价值下降索赔。可选：{remedies}。",
    ),
    fails=(
        "No major failure (confirmed: {confirmed}; minor: {minor}).",
        "不构成重大瑕疵：是否确认：{confirmed}；是否轻微：{minor}。",
    ),
    unknown=(
        "A failure is alleged ({reason}); not settled yet (confirmed: {confirmed}; minor: {minor}).",
        "消费者主张存在瑕疵（{reason}）；尚不明确：是否确认：{confirmed}；是否轻微：{minor}。",
    ),
)
def major_failure(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not alleges_defect(case):
        return None
    defect, grant = case.defect, _grant(case, own_choice=True)
    facts = {"reason": case.request.reason, "confirmed": defect.confirmed, "minor": defect.minor}
    if defect.confirmed is False or defect.minor:
        return rule.fails(facts)
    missing = [f"defect.{name}" for name in ("confirmed", "minor") if getattr(defect, name) is None]
    if missing:
        return rule.unknown(facts, *missing, claims=(grant,))
    return rule.holds({**facts, "remedies": sorted(grant.remedies)}, grant)


@AU.rule(
    "au.minor_failure",
    "entitles",
    "ACL s 261",
    holds=(
        "A minor failure ({reason}): the supplier chooses repair, replacement or refund, within a reasonable time.",
        "轻微瑕疵（{reason}）：由经营者在合理期间内选择修理、换货或退款。",
    ),
    fails=(
        "No minor failure (confirmed: {confirmed}; minor: {minor}).",
        "不构成轻微瑕疵：是否确认：{confirmed}；是否轻微：{minor}。",
    ),
    unknown=(
        "A minor failure is alleged ({reason}); whether it exists is not settled yet.",
        "消费者主张存在轻微瑕疵（{reason}），是否属实尚未确认。",
    ),
)
def minor_failure(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if not alleges_defect(case) or case.defect.minor is None:
        return None
    defect, grant = case.defect, _grant(case, own_choice=False)
    facts = {"reason": case.request.reason, "confirmed": defect.confirmed, "minor": defect.minor}
    if not defect.minor or defect.confirmed is False:
        return rule.fails(facts)
    if defect.confirmed is None:
        return rule.unknown(facts, "defect.confirmed", claims=(grant,))
    return rule.holds(facts, grant)


@AU.rule(
    "au.change_of_mind",
    "permits",
    "ACL guides",
    holds=(
        "A change of mind ({reason}): the law gives no return; only the shop's own policy can.",
        "消费者改变主意（{reason}）：法律不赋予退货权，只看店铺自己的政策。",
    ),
)
def change_of_mind(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    if case.request.reason not in NO_REASON or case.request.kind not in MONEY_KINDS | _REPLACED:
        return None
    return rule.holds({"reason": case.request.reason})
