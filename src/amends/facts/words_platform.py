"""Names of what is done on platforms and where cases stand there: zh first, en second."""

from typing import Final

PLATFORM_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "platform_deed": {
        "agree_refund": ("同意退款", "agree to the refund"),
        "agree_return": ("同意退货 / 换货", "agree to the return or exchange"),
        "refuse": ("拒绝申请", "refuse the request"),
        "confirm_receipt": ("确认收到退货", "confirm that the goods are back"),
        "ship_replacement": ("填写补发单号", "tell the number of the replacement"),
        "message": ("给买家留言", "write to the buyer"),
        "give_evidence": ("提交举证", "hand in proof"),
        "extend": ("延长买家寄回期限", "give the buyer more time"),
        "intercept": ("拦截包裹", "stop the parcel"),
        "note": ("写商家备注", "write a note"),
    },
    "deed_state": {
        "wanted": ("待提交", "about to go"),
        "sent": ("已提交，等结果", "sent, no outcome yet"),
        "unknown": ("结果未知，正在查询", "outcome unknown, being asked about"),
        "done": ("已完成", "done"),
        "failed": ("未成功", "not done"),
        "person": ("需人工在平台处理", "a person has to do it there"),
        "cancelled": ("已取消", "dropped"),
    },
    "deed_how": {
        "call": ("由系统提交", "by the house"),
        "seen": ("平台状态已显示完成", "the platform shows it"),
        "said": ("由人工确认", "a person says so"),
        "over": ("平台上已结束", "over on the platform"),
        "dropped": ("由人工取消", "a person dropped it"),
    },
    "deed_why": {
        "may_not_act": ("该店铺未开启“允许系统操作”", "the house may not act for this shop"),
        "by_person": ("该平台不支持通过接口操作", "this platform takes it from a person only"),
        "stale": ("平台上的售后单已有变化，请重新查看", "the case has changed there; look at it again"),
        "replaced": ("已被后来的答复取代", "another answer took its place"),
        "taken_back": ("已撤回", "taken back in time"),
        "no_answer": ("平台没有回应", "the platform gave no answer"),
        "no_keys": ("无法读取店铺密钥", "the shop's keys cannot be opened"),
        "not_connected": ("店铺未连接", "the shop is not connected"),
        "defect": ("平台的答复无法理解", "the platform's answer cannot be understood"),
    },
    "standing": {
        "requested": ("待商家处理", "waiting for the shop's answer"),
        "awaiting_return": ("待买家寄回", "waiting for the buyer to send back"),
        "returning": ("待商家收货", "waiting for the shop to receive the goods"),
        "awaiting_replacement": ("待商家发货", "waiting for the shop to ship"),
        "replacement_sent": ("待买家收货", "the replacement is on its way"),
        "refused": ("商家已拒绝", "refused by the shop"),
        "succeeded": ("售后成功", "settled in the buyer's favour"),
        "closed": ("售后关闭", "closed"),
        "stepped_in": ("平台介入中", "the platform decides"),
    },
}
