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
        "client_id",
        Says(zh="客户端 ID", en="Client ID"),
        Says(
            zh="开发者后台（dev.shopify.com）→ 应用 → 设置；有它就会每天自动换取访问令牌",
            en="Dev Dashboard (dev.shopify.com) → the app → Settings; with it the access token is fetched anew every day",
        ),
        needed=False,
    ),
    Setting(
        "token",
        Says(zh="访问令牌", en="Access token"),
        Says(
            zh="只有 2026 年以前在店铺后台创建的应用才填（shpat_ 开头，不过期）；填了客户端 ID 就留空",
            en="Only for an app made in the shop's admin before 2026 (shpat_…, it does not run out); leave it empty with a client ID",
        ),
        secret=True,
        needed=False,
    ),
    Setting(
        "client_secret",
        Says(zh="客户端密钥", en="Client secret"),
        Says(
            zh="在客户端 ID 旁边；换取令牌和验证推送签名都用它",
            en="Beside the client ID; tokens are fetched with it, and Shopify signs its webhooks with it",
        ),
        secret=True,
    ),
)
GUIDE: Final = (
    Says(
        zh="登录与店铺同一组织的开发者后台（dev.shopify.com），创建一个应用，API 版本选 2026-10，授予这些权限："
        + "、".join(SCOPES)
        + "；要读 60 天以前的订单，再申请 read_all_orders。",
        en="In the Dev Dashboard (dev.shopify.com) of the organisation that owns the shop create an app, choose API version 2026-10 "
        "and grant it these scopes: "
        + ", ".join(SCOPES)
        + ". For orders older than 60 days ask for read_all_orders as well.",
    ),
    Says(
        zh="发布这个版本，把应用安装到店铺，然后在应用的「设置」里复制客户端 ID 与客户端密钥。",
        en="Release the version, install the app in the shop, then copy its client ID and client secret from its Settings.",
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


NO_BUYER: Final = Says(
    zh="应用没有读取买家信息的许可（受保护的客户数据），看不到姓名、邮箱、电话和地址",
    en="The app is not approved for protected customer data: buyers' names, mail addresses, telephone numbers and addresses are hidden",
)


def _missing(scope: str) -> Says:
    return Says(zh=f"缺少权限 {scope}", en=f"The scope {scope} is missing")


READS_ORDERS: Final = _missing("read_orders")


def lacking(granted: Set[str]) -> tuple[Says, ...]:
    """What the app may not do yet, for people. `write_x` includes `read_x`."""
    may = set(granted) | {f"read_{scope.removeprefix('write_')}" for scope in granted if scope.startswith("write_")}
    found = [_missing(scope) for scope in SCOPES if scope not in may]
    if "read_all_orders" not in may:
        found.append(
            Says(
                zh="没有 read_all_orders：只能读最近 60 天的订单",
                en="Without read_all_orders only the last 60 days of orders can be read",
            )
        )
    return tuple(found)
