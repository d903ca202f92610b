"""The words about people, roles and merchants: (Chinese, English)."""

from typing import Final

PEOPLE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "merchant.main": ("主商家", "Main merchant"),
    "merchant.choose": ("当前商家", "Acting for"),
    "merchant.all": ("全部商家", "All merchants"),
    "not_allowed.title": ("你的角色不能这样做", "Your role may not do this"),
    "not_allowed.text": (
        "你现在的身份是{role}，没有“{duty}”的权限。",
        "You act as {role} here, a role that may not {duty}.",
    ),
    "not_allowed.who": ("可以这样做的角色：", "Roles that may:"),
    "not_allowed.switch": ("切换到“{merchant}”（{role}）", "Act for {merchant} ({role})"),
}
