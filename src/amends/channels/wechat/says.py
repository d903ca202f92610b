"""What people are told of 微信小店: its settings, where they are found, and what to create over there."""

from __future__ import annotations

from typing import Final

from amends.facts.channels import Setting
from amends.facts.rulebook import Says

TITLE: Final = Says("WeChat shop", "微信小店")
_CONSOLE: Final = Says(
    "Shop console (store.weixin.qq.com) › service market › own development", "微信小店后台 › 服务市场 › 自研"
)
SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("app_id", Says("App ID", "AppID"), _CONSOLE),
    Setting("app_secret", Says("App secret", "AppSecret"), _CONSOLE, secret=True),
    Setting(
        "access_token",
        Says("Access token", "Access Token"),
        Says("Fetched and renewed by itself; leave it empty", "系统自动获取和更新，留空即可"),
        secret=True,
        needed=False,
    ),
)
GUIDE: Final[tuple[Says, ...]] = (
    Says(
        "In the shop's console open the service market, own development (自研), and read App ID and App secret there.",
        "登录微信小店后台，在「服务市场 › 自研」查看 AppID 和 AppSecret。",
    ),
    Says(
        "Add this server's outgoing address to the list of allowed addresses on the same page.",
        "在同一页面的 IP 白名单中加入本服务器的出口地址。",
    ),
    Says("Copy App ID and App secret into the fields here.", "把 AppID 和 AppSecret 填到这里。"),
    Says(
        "Nothing is to be entered for pushes: changes are fetched every few minutes.",
        "无需配置消息推送：系统每隔几分钟主动拉取变化。",
    ),
)
NO_RIGHT: Final = Says("The app may not use the after-sale interfaces.", "应用没有售后接口权限。")
