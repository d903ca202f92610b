"""What people are told of 抖店: its settings, where they are found, and what to create over there."""

from __future__ import annotations

from typing import Final

from amends.facts.channels import Setting
from amends.facts.rulebook import Says

TITLE: Final = Says("Douyin shop", "抖店")
_CONSOLE: Final = Says(
    "Open platform (op.jinritemai.com) › console › the app › app details", "抖店开放平台 › 控制台 › 应用 › 应用详情"
)
_OURS: Final = Says("Fetched and renewed by itself; leave it empty", "系统自动获取和更新，留空即可")

SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("app_key", Says("App key", "App Key"), _CONSOLE),
    Setting("app_secret", Says("App secret", "App Secret"), _CONSOLE, secret=True),
    Setting(
        "shop_id",
        Says("Shop id", "店铺 ID"),
        Says("Shop console › shop › shop information", "抖店后台 › 店铺 › 店铺信息"),
    ),
    Setting("access_token", Says("Access token", "Access Token"), _OURS, secret=True, needed=False),
    Setting("refresh_token", Says("Refresh token", "Refresh Token"), _OURS, secret=True, needed=False),
)
GUIDE: Final[tuple[Says, ...]] = (
    Says(
        "On op.jinritemai.com sign in with the shop's main account and create an app of the kind “own use” (自用型应用).",
        "用店铺主账号登录抖店开放平台（op.jinritemai.com），创建「自用型应用」。",
    ),
    Says(
        "Ask for the rights of the after-sale interfaces (afterSale.*) and the order interface order.orderDetail.",
        "为应用申请售后接口（afterSale.*）和订单接口 order.orderDetail 的权限。",
    ),
    Says(
        "Add this server's outgoing address to the app's list of allowed addresses.",
        "在应用的 IP 白名单中加入本服务器的出口地址。",
    ),
    Says(
        "In the message service enter the push address {push_url}, and subscribe to the after-sale messages 200 to 227.",
        "在「消息推送」中填写推送地址 {push_url}，并订阅售后消息（200 至 227）。",
    ),
    Says("Copy app key, app secret and shop id into the fields here.", "把 App Key、App Secret 和店铺 ID 填到这里。"),
    Says(
        "Return addresses are kept over there (售后 › 地址管理); a yes to a return names one by its id.",
        "退货地址在抖店后台维护；同意退货时按地址 ID 选用。",
    ),
)
NO_RIGHT: Final = Says(
    "The app may not use the after-sale interfaces yet; ask for their rights on the open platform.",
    "应用尚无售后接口权限，请在开放平台申请。",
)
