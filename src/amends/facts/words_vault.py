"""Names of what is done with evidence: zh first, en second."""

from typing import Final

VAULT_WORDS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "custody": {
        "taken_in": ("入库", "taken in"),
        "linked": ("另一售后单或订单也收到", "came in for another case or order as well"),
        "looked_at": ("查看原件", "original looked at"),
        "handed_out": ("对外提供", "handed out"),
        "covered": ("制作遮盖副本", "covered copy made"),
        "stamped": ("加盖时间戳", "time-stamped"),
        "held": ("标记为长期保留", "held, whatever its age"),
        "released": ("取消长期保留", "no longer held"),
        "mended": ("内容曾被改动，已恢复", "bytes were not its own; put right"),
        "removed": ("到期删除文件，保留记录与哈希", "removed when its time was over"),
    },
    "evidence_source": {
        "portal": ("买家页面", "buyers' page"),
        "desk": ("客服上传", "the desk"),
        "api": ("接口", "API"),
        "mail": ("邮件", "mail"),
        "folder": ("打包文件夹", "packing folder"),
        "platform": ("平台", "platform"),
        "channel": ("平台快照", "channel snapshot"),
        "house": ("系统生成", "made here"),
        "before": ("早于证据库", "before there was a vault"),
    },
    "goods_purpose": {
        "packing": ("打包", "Packing"),
        "weighing": ("称重", "Weighing"),
        "unpacking": ("开箱", "Unpacking"),
        "other": ("其他", "Other"),
    },
    "listing_field": {
        "title": ("标题", "Title"),
        "text": ("详情", "Text"),
        "price": ("价格", "Price"),
        "currency": ("币种", "Currency"),
        "attributes": ("属性", "Attribute"),
        "pictures": ("图片", "Pictures"),
        "url": ("网址", "Address"),
    },
    "stamp_state": {
        "waiting": ("等待时间戳", "waits for a time stamp"),
        "stamped": ("已加盖时间戳", "time-stamped"),
        "failed": ("未能取得时间戳", "no time stamp came"),
    },
    "audit_part": {
        "logs": ("售后单日志", "logs of cases"),
        "files": ("文件", "files"),
        "strays": ("文件夹内文件", "files in the folder"),
        "digests": ("摘要明细", "heads in digests"),
        "stamps": ("时间戳", "time stamps"),
    },
    "audit_state": {
        "waiting": ("排队中", "waiting for the runner"),
        "running": ("校验中", "at work"),
        "done": ("已完成", "done"),
        "failed": ("中断", "broken off"),
    },
}
