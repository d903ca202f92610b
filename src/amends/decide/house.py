"""Rules of the house itself: what decide adds when it joins the layers. Listed by `amends rules` beside the packs."""

from __future__ import annotations

from datetime import date
from typing import Final

from amends.facts.rulebook import Rule, Says

_SINCE: Final = date(2014, 1, 1)
_CHECKED: Final = date(2026, 11, 25)

FLOOR: Final = Rule(
    id="policy.floor",
    layer="policy",
    effect="limits",
    source="design section 3",
    says={
        "holds": Says(
            "The shop's rule {proposing} proposed {proposed}; the buyer is owed more by {overriding}, and that stands ({components}).",
            "店铺规则 {proposing} 建议“{proposed}”；依据 {overriding}，买家应得更多，以其为准（{components}）。",
        )
    },
    since=_SINCE,
    checked_on=_CHECKED,
    title=Says("Policy never below law and platform", "店铺政策不得低于法律与平台规则"),
)
PAYMENT_CAP: Final = Rule(
    id="risk.payment_cap",
    layer="risk",
    effect="limits",
    source="contract section 3; QRT art 17",
    says={
        "holds": Says(
            "The payments can still give back {left}; {amount} was refunded before or never captured, so it is not paid again.",
            "各笔支付最多还可退 {left}；其余 {amount} 此前已退或未实收，不再重复支付。",
        )
    },
    since=_SINCE,
    checked_on=_CHECKED,
    title=Says("Never more than was paid", "退款不超过实付"),
)
SIGN_OFF: Final = Rule(
    id="law.sign_off_unknown",
    layer="law",
    effect="requires",
    source="contract section 5",
    says={
        "unknown": Says(
            "The buyer has the goods, but nobody says since when: periods from sign-off cannot be counted, so nothing is refused yet.",
            "买家已收到商品，但缺少签收时间：自签收起算的期限无法核对，暂不能拒绝。",
        )
    },
    since=_SINCE,
    checked_on=_CHECKED,
    title=Says("Sign-off without a time", "已签收但缺少签收时间"),
)
HOUSE_RULES: Final = (SIGN_OFF, FLOOR, PAYMENT_CAP)
