"""Names of the codes of the settings: zh first, en second."""

from typing import Final

SETTINGS_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "version_state": {
        "draft": ("草稿", "draft"),
        "live": ("生效中", "live"),
        "retired": ("已停用", "retired"),
    },
    "weekday": {
        "mon": ("周一", "Mon"),
        "tue": ("周二", "Tue"),
        "wed": ("周三", "Wed"),
        "thu": ("周四", "Thu"),
        "fri": ("周五", "Fri"),
        "sat": ("周六", "Sat"),
        "sun": ("周日", "Sun"),
    },
    "letter": {
        "request_received": ("收到申请", "Request received"),
        "evidence_asked": ("请买家补充材料", "Pictures or words asked for"),
        "offer_made": ("提出方案", "Offer made"),
        "approved": ("同意申请", "Request granted"),
        "refused": ("拒绝申请", "Request refused"),
        "parcel_received": ("收到退货", "Return received"),
        "refund_sent": ("退款已发出", "Refund sent"),
        "withdrawn": ("申请已撤销", "Request withdrawn"),
        "closed": ("售后完成", "Settled"),
        "message": ("手写消息的标题", "Subject of a message in your own words"),
    },
    "setting": {
        "market": ("市场", "Market"),
        "currency": ("币种", "Currency"),
        "labels": ("服务标识", "Service marks"),
        "undo_seconds": ("撤回时间", "Seconds to take back"),
        "answer_within": ("首次答复", "First answer"),
        "settle_within": ("办结时限", "Done within"),
        "calendar": ("工作日历", "Calendar"),
        "title": ("店铺名称", "Title"),
        "contact_mail": ("联系邮箱", "Contact mail"),
        "colour": ("颜色", "Colour"),
        "logo": ("图标", "Logo"),
        "return_addresses": ("退货地址", "Return addresses"),
        "subject": ("标题", "Subject"),
        "text": ("正文", "Text"),
        "name": ("名称", "Name"),
        "zone": ("时区", "Time zone"),
        "week": ("每周时间", "Week"),
        "closed": ("休息的日期", "Closed dates"),
        "extra": ("调休上班的日期", "Extra dates"),
    },
}
