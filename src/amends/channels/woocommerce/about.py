"""What people are told about connecting a WooCommerce shop."""

from __future__ import annotations

from typing import Final

from amends.facts.channels import Setting
from amends.facts.rulebook import Says

SETTINGS: Final = (
    Setting(
        "url",
        Says("Address of the shop", "店铺地址"),
        Says(
            "As a buyer sees it, with https://, for example https://shop.example.com",
            "买家看到的地址，以 https:// 开头，例如 https://shop.example.com",
        ),
    ),
    Setting(
        "consumer_key",
        Says("Consumer key", "Consumer key（公钥）"),
        Says(
            "WooCommerce › Settings › Advanced › REST API › Add key; begins with ck_",
            "WooCommerce › 设置 › 高级 › REST API › 添加密钥；以 ck_ 开头",
        ),
    ),
    Setting(
        "consumer_secret",
        Says("Consumer secret", "Consumer secret（私钥）"),
        Says("Shown once beside the consumer key; begins with cs_", "与 consumer key 一同只显示一次；以 cs_ 开头"),
        secret=True,
    ),
    Setting(
        "webhook_secret",
        Says("Secret of the webhooks", "Webhook 密钥"),
        Says(
            "The text that you put into `Secret` of each webhook; leave it empty without webhooks",
            "在每个 Webhook 的「密钥」栏中填写的内容；不用 Webhook 时留空",
        ),
        secret=True,
        needed=False,
    ),
)
GUIDE: Final = (
    Says(
        "In WordPress: Settings › Permalinks must be anything but `Plain`, and the shop must be reached by https.",
        "在 WordPress 中：「设置 › 固定链接」不能选「朴素」，店铺须以 https 访问。",
    ),
    Says(
        "WooCommerce › Settings › Advanced › REST API › Add key. User: a shop manager of its own. Permissions: Read/Write.",
        "WooCommerce › 设置 › 高级 › REST API › 添加密钥。用户：单独的店铺经理；权限：读/写。",
    ),
    Says("Copy both keys at once: the secret is shown only now.", "立即复制两个密钥：私钥只在此时显示。"),
    Says(
        "WooCommerce › Settings › Advanced › Webhooks: add one with topic `Order updated` and one with `Order created`; "
        "delivery URL {push_url}; the same long secret in both; API version WP REST API Integration v3.",
        "WooCommerce › 设置 › 高级 › Webhook：添加主题为「订单已更新」和「订单已创建」的各一个；"
        "投递网址 {push_url}；两者使用同一个长密钥；API 版本选 WP REST API Integration v3。",
    ),
)
