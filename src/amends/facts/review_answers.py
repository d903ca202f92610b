"""What may not stand in a public answer to a review: money for a review, and what tells who the buyer is."""

from __future__ import annotations

import re
from typing import Final

from amends.facts.reviews import LONGEST_ANSWER, Review
from amends.facts.rulebook import Says

_MONEY: Final = re.compile(
    r"返现|红包|优惠券|代金券|礼品|赠品|补偿|赔|退款|退您|返您|返还|现金|打款|免单|好处|积分"
    r"|\b(?:cash(?:back)?|coupons?|vouchers?|gifts?|gift cards?|refund(?:s|ed)?|discounts?|money|rebates?|credits?|compensat\w*|reward\w*"
    r"|free of charge|for free)\b|%\s*off",
    re.IGNORECASE,
)
_REVIEW: Final = re.compile(
    r"改评|删评|追评|好评|五星|满分|(?:修改|更改|改一下|改成|改为|改个|删除|删掉|撤销|撤回|隐藏)[^。！？.!?]{0,12}(?:评价|评论|评分|差评|中评)"
    r"|(?:评价|评论|评分|差评|中评)[^。！？.!?]{0,12}(?:改|删|撤|隐藏)"
    r"|\b(?:chang|updat|edit|remov|delet|revis|amend|withdraw|tak|rais|improv|hid)\w*\b[^.!?]{0,30}\b(?:reviews?|ratings?|stars?|feedback)\b"
    r"|\b(?:reviews?|ratings?|feedback)\b[^.!?]{0,30}\b(?:down|off|changed|updated|removed|deleted|edited)\b"
    r"|\b(?:positive|good|better|nice|great)\s+(?:reviews?|ratings?|feedback)\b|\b(?:5|five)[\s-]*stars?\b",
    re.IGNORECASE,
)

PAID_REVIEW: Final = Says(
    "an answer may not offer money or anything of worth for a review to be written, changed or removed "
    "(PRC: Interim Provisions against Unfair Competition on the Internet, art. 9, since 2024-09-01; "
    "US: 16 CFR 465.4; EU: Directive 2005/29/EC, Annex I no. 23c). "
    "Offer help in the case, and do not speak of the review beside it",
    "回复不得以返现、红包、卡券、退款等利益换取评价、修改或删除评价"
    "（《网络反不正当竞争暂行规定》第九条，2024-09-01 起施行；美国 16 CFR 465.4；欧盟 2005/29/EC 附件一第 23c 项）。"
    "请在售后单中解决问题，不要与评价同时提及",
)
"""What is said of an answer that speaks of money and of changing the review."""


GIVEN_FOR_REVIEW: Final = Says(
    "something of worth is not given for a review to be written, changed or removed "
    "(PRC: Interim Provisions against Unfair Competition on the Internet, art. 9; US: 16 CFR 465.4; "
    "EU: Directive 2005/29/EC, Annex I no. 23c). Say what went wrong, and leave the review out",
    "不得以返现、卡券、赠品等利益换取好评、修改或删除评价（《网络反不正当竞争暂行规定》第九条；美国 16 CFR 465.4；"
    "欧盟 2005/29/EC 附件一第 23c 项）。请写明补偿的原因，不要提及评价",
)
"""What is said of a gift or a payment whose words speak of changing or earning a review."""


def bought_review_in(text: str) -> Says | None:
    """Will tell why something of worth may not be given with these words; None where it may."""
    return GIVEN_FOR_REVIEW if _REVIEW.search(text) else None


def flaw_of(text: str, review: Review) -> Says | None:
    """Will tell why a text may not be the answer to a review; None where it may.

    Money and the change of a review in one text are turned away whatever stands between them: who means no harm can say it in two places.
    """
    words = text.strip()
    if not words or len(words) > LONGEST_ANSWER:
        return Says(f"write 1 to {LONGEST_ANSWER} characters", f"请填写 1 到 {LONGEST_ANSWER} 个字")
    if "{" in words or "}" in words:
        return Says("a place in braces was not filled in", "还有未填写的花括号占位符")
    if _MONEY.search(words) and _REVIEW.search(words):
        return PAID_REVIEW
    if review.told.order and review.told.order in words:
        return Says("the number of the order may not be shown in public", "订单号不能公开显示，请删除")
    return None
