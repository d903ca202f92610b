"""What a shop of 淘宝 or 天猫 is connected with, and how its owner gets it."""

from __future__ import annotations

from typing import Final

from amends.facts.channels import Setting
from amends.facts.rulebook import Says

TITLES: Final = {"taobao": Says("Taobao", "淘宝"), "tmall": Says("Tmall", "天猫")}
CONSOLES: Final = {
    "taobao": "https://refund2.taobao.com/dispute/detail.htm?disputeId={case}",
    "tmall": "https://refund2.tmall.com/dispute/detail.htm?disputeId={case}",
}
SETTINGS: Final = (
    Setting(
        "app_key",
        Says("App key", "AppKey"),
        Says("open.taobao.com › console › your application", "淘宝开放平台 › 控制台 › 应用概览"),
    ),
    Setting(
        "app_secret",
        Says("App secret", "AppSecret"),
        Says("beside the app key; shown once asked for", "与 AppKey 同页，点击查看"),
        secret=True,
    ),
    Setting(
        "session",
        Says("Session key of the shop", "店铺 SessionKey"),
        Says("given when the shop's main account authorises the application", "店铺主账号授权应用后得到"),
        secret=True,
    ),
    Setting(
        "mode",
        Says("Mode: read or act", "方式：read（只读，人工处理）或 act（由接口处理）"),
        Says(
            "left empty it reads only, and a person acts on the platform; act lets calls refuse and pay",
            "留空即只读，由人在平台后台处理；填 act 才允许接口同意、拒绝",
        ),
        needed=False,
    ),
    Setting(
        "operator_session",
        Says("Session key of a sub-account", "子账号 SessionKey"),
        Says(
            "only for acting: agreeing to a refund is allowed to sub-accounts only",
            "仅 act 方式需要：同意退款只允许子账号操作",
        ),
        secret=True,
        needed=False,
    ),
    Setting(
        "operator",
        Says("Name of the reviewer", "审核人姓名"),
        Says("only for acting on Tmall: written into the platform's review", "仅天猫 act 方式需要：写入退款审核记录"),
        needed=False,
    ),
)


def guide(name: str) -> tuple[Says, ...]:
    """Step by step."""
    title = TITLES[name]
    steps = [
        Says(
            "On open.taobao.com create an application for merchants' back ends and apply for the trade and refund APIs.",
            "在淘宝开放平台创建「商家后台系统」类应用，并申请交易、退款接口权限。",
        ),
        Says(
            f"Authorise it with the main account of the {title.en} shop and copy the session key.",
            f"用{title.zh}店铺主账号授权该应用，复制 SessionKey。",
        ),
        Says(
            "Buyers' data may be given to servers inside 聚石塔 only; the gateway then says so in its error.",
            "部分买家数据只对聚石塔内的服务器开放；不满足时网关会在错误里说明。",
        ),
        Says(
            "Only to act by calls: make a sub-account with the right to refund, authorise it too, set mode to act.",
            "只有要由接口处理时：建一个有退款权限的子账号并授权，把方式设为 act。",
        ),
    ]
    return tuple(steps)
