"""Names of what follow-up shows: zh first, en second."""

from typing import Final

FOLLOW_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "contact_outcome": {
        "recovered": ("已挽回：买家现在满意", "won back: content now"),
        "not_recovered": ("未挽回：仍不满意", "not won back: still not content"),
        "not_reached": ("联系不上", "not reached"),
    },
    "gift_kind": {
        "coupon": ("优惠券", "a coupon"),
        "points": ("积分", "points"),
        "gift": ("礼品", "a gift"),
        "membership": ("会员权益", "membership"),
    },
    "gift_state": {
        "proposed": ("待审批", "waits for a second person"),
        "given": ("已赠送", "given"),
        "refused": ("未批准", "refused"),
        "taken_back": ("已收回", "taken back"),
    },
    "win_rule": {
        "off": ("不召回", "nobody is won back"),
        "unhappy": ("评 1–2 分且未再下单的买家", "who answered 1 or 2 and has not ordered since"),
        "lost": ("所有完结后未再下单的买家", "everybody who has not ordered since their case was closed"),
    },
    "win_why": {
        "unhappy": ("不满意", "was not content"),
        "lost": ("未再下单", "has not ordered since"),
    },
    "win_group": {
        "offered": ("可发送", "to be offered it"),
        "control": ("对照组，不发送", "left alone, to compare with"),
    },
    "goodwill_over": {
        "second": ("需另一人审批", "a second person has to say yes"),
        "refuse": ("不再发放", "it is refused"),
    },
}
