"""Names of what the work list shows of a case beside its file: where it stands, where it came from, what went wrong: zh, then en."""

from typing import Final

LIST_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "view": {
        "mine": ("待我处理", "Mine"),
        "running_out": ("即将超时", "Running out"),
        "overdue": ("已超时", "Overdue"),
        "evidence": ("待举证", "Evidence due"),
        "inspect": ("待验货", "To inspect"),
        "disputes": ("争议中", "Disputes"),
        "risk": ("高风险", "High risk"),
        "approve": ("待审批", "To approve"),
        "exceptions": ("异常", "Exceptions"),
        "buyer": ("等待买家", "Awaiting buyer"),
        "open": ("全部待处理", "All open"),
        "review": ("待审核", "To review"),
        "auto": ("可自动处理", "Automatic"),
        "high_value": ("高金额", "High value"),
        "closed": ("已完结", "Closed"),
    },
    "sort": {
        "deadline": ("最快到期", "Soonest deadline"),
        "amount": ("金额最高", "Largest amount"),
        "newest": ("最新申请", "Newest"),
    },
    "state": {"open": ("处理中", "Open"), "closed": ("已完结", "Closed")},
    "status": {
        "to_decide": ("待审核", "To decide"),
        "awaiting_evidence": ("等待买家补充", "Awaiting the buyer's facts"),
        "offered": ("已提出协商", "Offer made"),
        "goods_awaited": ("待买家寄回", "Awaiting the goods"),
        "goods_on_the_way": ("退货在途", "Goods on the way"),
        "to_inspect": ("待验货", "To inspect"),
        "goods_lost": ("退货丢失", "Goods lost"),
        "repair_quoted": ("维修报价待确认", "Repair quoted"),
        "repairing": ("维修中", "Being repaired"),
        "to_replace": ("待发换货", "To send the replacement"),
        "replacing": ("换货在途", "Replacement on the way"),
        "to_settle": ("待退款完成", "To settle"),
        "evidence_due": ("待举证", "Evidence due"),
        "disputed": ("争议中", "In dispute"),
        "refused": ("已拒绝", "Refused"),
        "withdrawn": ("已撤销", "Withdrawn"),
        "closed": ("已完结", "Closed"),
    },
}
