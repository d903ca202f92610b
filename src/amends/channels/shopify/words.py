"""What people read about connecting a Shopify shop."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from amends.facts.channels import Setting
from amends.facts.rulebook import Says

TITLE: Final = Says(zh="Shopify", en="Shopify")
SCOPES: Final = ("read_orders", "write_orders", "read_returns", "write_returns")
TOPICS: Final = (
    "returns/request",
    "returns/approve",
    "returns/decline",
    "returns/process",
    "returns/update",
    "returns/cancel",
    "returns/close",
    "returns/reopen",
    "reverse_deliveries/attach_deliverable",
    "reverse_fulfillment_orders/dispose",
    "refunds/create",
    "orders/create",
    "orders/updated",
    "disputes/create",
    "disputes/update",
)
SETTINGS: Final = (
    Setting(
        "shop",
        Says(zh="店铺地址", en="Shop address"),
        Says(
            zh="后台「设置 → 域名」里以 .myshopify.com 结尾的那个",
            en="The one that ends in .myshopify.com, in Settings → Domains",
        ),
    ),
    Setting(
        "token",
        Says(zh="访问令牌", en="Access token"),
        Says(
            zh="应用安装后只显示一次的 Admin API 访问令牌",
            en="The app's Admin API access token, shown once after it is installed",
        ),
        secret=True,
    ),
    Setting(
        "client_secret",
        Says(zh="应用密钥", en="Client secret"),
        Says(
            zh="应用的「API 凭据」里；Shopify 用它给推送签名",
            en="In the app's API credentials; Shopify signs its webhooks with it",
        ),
        secret=True,
    ),
)
GUIDE: Final = (
    Says(
        zh="在 Shopify 为本店创建一个应用，并授予这些权限："
        + "、".join(SCOPES)
        + "；要读 60 天以前的订单，再申请 read_all_orders。",
        en="Create an app for this shop in Shopify and grant it these scopes: "
        + ", ".join(SCOPES)
        + ". For orders older than 60 days ask for read_all_orders as well.",
    ),
    Says(
        zh="把应用的 API 版本设为 2026-10，安装到店铺，复制访问令牌与应用密钥。",
        en="Set the app's API version to 2026-10, install it in the shop, and copy its access token and client secret.",
    ),
    Says(
        zh="为下列主题创建 JSON 格式的 webhook，地址填 {push_url}：" + "、".join(TOPICS) + "。",
        en="Create webhooks (JSON) to {push_url} for these topics: " + ", ".join(TOPICS) + ".",
    ),
    Says(
        zh="在后台「设置 → 通知」看看退货与退款邮件：同意、拒绝和退款时由 Shopify 通知买家。",
        en="Look at the mails for returns and refunds in Settings → Notifications: Shopify tells the buyer of a yes, a no and a refund.",
    ),
)


def lacking(granted: Set[str]) -> tuple[Says, ...]:
    """What the app may not do yet, for people. `write_x` includes `read_x`."""
    may = set(granted) | {f"read_{scope.removeprefix('write_')}" for scope in granted if scope.startswith("write_")}
    found = [Says(zh=f"缺少权限 {scope}", en=f"The scope {scope} is missing") for scope in SCOPES if scope not in may]
    if "read_all_orders" not in may:
        found.append(
            Says(
                zh="没有 read_all_orders：只能读最近 60 天的订单",
                en="Without read_all_orders only the last 60 days of orders can be read",
            )
        )
    return tuple(found)
