"""What buyers in China write as the reason, by our code of it; shared by the fakes of Chinese platforms."""

from __future__ import annotations

from typing import Final

REASONS: Final = {
    "quality": "质量问题",
    "changed_mind": "不想要了/七天无理由",
    "damaged": "商品破损",
    "wrong_item": "卖家发错货",
    "missing_item": "少件/漏发",
    "not_received": "未收到货",
    "not_as_described": "与商品描述不符",
    "wrong_size": "尺码不合适",
}


def reason_words(code: str) -> str:
    """The words of a reason; the code itself where there are none."""
    return REASONS.get(code, code)


def yuan(fen: int) -> str:
    """An amount in fen as yuan: ``200.07``."""
    return f"{fen // 100}.{fen % 100:02d}"
