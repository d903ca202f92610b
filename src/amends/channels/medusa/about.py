"""What people are told about connecting a Medusa shop."""

from __future__ import annotations

from typing import Final

from amends.facts.channels import Setting
from amends.facts.rulebook import Says

SETTINGS: Final = (
    Setting(
        "url",
        Says("Address of the Medusa server", "Medusa 服务器地址"),
        Says(
            "Where its Admin API answers, for example https://api.example.com",
            "Admin API 所在地址，例如 https://api.example.com",
        ),
    ),
    Setting(
        "secret_key",
        Says("Secret API key", "Secret API key（密钥）"),
        Says("Settings › Secret API Keys › Create; begins with sk_", "设置 › Secret API Keys › 创建；以 sk_ 开头"),
        secret=True,
    ),
)
GUIDE: Final = (
    Says(
        "In Medusa Admin: Settings › Secret API Keys › Create. Call it Amends.",
        "在 Medusa Admin：设置 › Secret API Keys › 创建，名称填 Amends。",
    ),
    Says("Copy the key at once: it is shown only now.", "立即复制密钥：它只在此时显示。"),
    Says(
        "The server must be reached by https. Medusa pushes nothing by itself: changes are read every few minutes.",
        "服务器须以 https 访问。Medusa 不会主动推送：变更每隔几分钟读取一次。",
    ),
)
