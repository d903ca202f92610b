"""Names of what belongs to remedies: what a buyer is asked to pay, and where that stands. zh first, en second."""

from typing import Final

REMEDY_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "charge_purpose": {
        "difference": ("换货补差价", "Difference of an exchange"),
        "repair": ("维修费", "Repair"),
        "deposit": ("先行换货押金", "Deposit for a replacement sent first"),
    },
    "charge_state": {
        "asked": ("待买家确认", "waiting for the buyer's yes"),
        "agreed": ("买家已同意，待付款", "agreed to, not paid yet"),
        "declined": ("买家未同意", "declined"),
        "dropped": ("已取消", "asked for no more"),
        "paid": ("已到账", "paid"),
        "held": ("已冻结", "held"),
        "due": ("待扣除", "to be taken"),
        "captured": ("已扣除", "taken"),
        "released": ("已解冻", "let go"),
        "lapsed": ("冻结已到期失效", "held no longer: its time was over"),
        "given_back": ("已退回", "given back"),
    },
    "collect_kind": {
        "link": ("付款页", "payment page"),
        "authorise": ("在已保存的卡上预授权", "hold on the saved card"),
        "capture": ("扣款", "taking"),
        "release": ("解冻", "letting go"),
        "close": ("关闭付款页", "shutting the page"),
    },
    "collect_state": {
        "requested": ("待执行", "to be done"),
        "sent": ("已发出", "sent"),
        "unknown": ("结果未知，查询中", "outcome not known, being asked"),
        "succeeded": ("已完成", "done"),
        "failed": ("失败", "failed"),
        "cancelled": ("已取消", "called off"),
        "closed": ("已关闭，未付款", "shut unpaid"),
        "lapsed": ("已到期失效", "ended by time"),
    },
    "released_because": {
        "chosen_anew": ("改选商品", "something else was chosen"),
        "time_over": ("留货到期", "the time was over"),
        "withdrawn": ("买家撤销", "withdrawn"),
        "closed": ("售后单完结", "the case was closed"),
        "refused": ("已拒绝", "refused"),
        "undone": ("操作已撤回", "taken back"),
        "other_remedy": ("改用其他方案", "another remedy"),
        "failed": ("问题未解决，重新处理", "it did not put it right"),
        "by_shop": ("店铺释放", "by the shop"),
    },
}
