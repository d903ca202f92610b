"""What 快递100 is connected with, and what to do over there."""

from __future__ import annotations

from typing import Final

from amends.facts.channels import Setting
from amends.facts.rulebook import Says

SETTINGS: Final = (
    Setting(
        "key",
        Says("Key", "授权 key"),
        Says("Console → My information → Enterprise", "后台 → 我的信息 → 企业信息"),
        True,
    ),
    Setting("customer", Says("Customer", "公司编号 customer"), Says("Beside the key", "与 key 同页")),
    Setting(
        "salt", Says("Salt of pushes", "推送签名 salt"), Says("Any long word of your own", "自定的一段随机字符"), True
    ),
    Setting(
        "secret",
        Says("Secret, for stopping parcels and for couriers", "secret（拦截与上门取件用）"),
        Says("Beside the key", "与 key 同页"),
        True,
        needed=False,
    ),
    Setting(
        "order_url",
        Says("Address for stopping parcels", "拦截接口地址"),
        Says("Leave it empty", "留空即可"),
        needed=False,
    ),
)
GUIDE: Final = (
    Says(
        "Open an enterprise account at 快递100 and buy “subscription and push” queries.",
        "注册快递100企业账号，并购买“订阅推送”单量。",
    ),
    Says(
        "Copy key, customer and secret from “enterprise information”; make up a salt.",
        "在“企业信息”页复制 key、customer、secret，并自定 salt。",
    ),
    Says(
        "Nothing is set over there: with each subscription we tell that pushes go to {push_url}.",
        "对方后台无需设置：每次订阅都会告知推送到 {push_url}。",
    ),
    Says(
        "To stop parcels, have the interception service opened for your account.",
        "如需拦截快件，请开通“快递拦截”服务。",
    ),
    Says(
        "To have returns collected, have 商家寄件 opened, put money on the account, and set reached_at and push_secret.",
        "如需上门取件，请开通“商家寄件”并充值，同时配置 reached_at 与 push_secret。",
    ),
)
