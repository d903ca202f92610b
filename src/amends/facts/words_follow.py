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
    "goodwill_over": {
        "second": ("需另一人审批", "a second person has to say yes"),
        "refuse": ("不再发放", "it is refused"),
    },
}
