"""Words by which buyers say that they are about to complain or to dispute: read as they stand, so that it can be said which one it was."""

from __future__ import annotations

import re
from typing import Final

THREATS: Final[dict[str, tuple[str, ...]]] = {
    "dispute": (
        "拒付", "撤销付款", "退单", "找银行", "支付宝投诉", "微信投诉", "chargeback", "charge back", "charge it back", "dispute the charge",
        "dispute the payment", "dispute this charge", "open a dispute", "paypal case", "paypal claim", "contact my bank", "call my bank",
        "claim with my bank", "card company", "credit card company",
    ),
    "authority": (
        "12315", "12305", "消协", "消费者协会", "工商", "市场监管", "监管局", "起诉", "律师", "法院", "仲裁", "small claims", "my lawyer",
        "my attorney", "legal action", "sue you", "take you to court", "trading standards", "consumer protection", "ombudsman",
        "attorney general", "better business bureau",
    ),
    "platform": (
        "平台介入", "申请介入", "小二介入", "客服介入", "举报", "投诉你", "投诉你们", "要投诉", "去投诉", "投诉到", "向平台投诉",
        "report you",
        "report your shop", "report this shop", "report you to", "file a complaint", "make a complaint", "a-to-z", "open a case",
    ),
    "public": (
        "差评", "曝光", "发小红书", "发抖音", "发微博", "挂网上", "一星", "bad review", "negative review", "one star", "1 star", "1-star",
        "post this online", "tell everyone", "trustpilot",
    ),
}  # fmt: skip
"""What the words threaten with, and the words."""
_PLAIN: Final = {
    phrase: re.compile(
        (r"(?<![a-z0-9])" if phrase.isascii() else "")
        + re.escape(phrase)
        + (r"(?![a-z0-9])" if phrase.isascii() else "")
    )
    for phrases in THREATS.values()
    for phrase in phrases
}
_NOT: Final = re.compile(
    r"(不会|不想|不打算|没有|没|无需|不用|不给|never|not|n't|no)(?:\s+\w+){0,2}\s*(去|要|再)?(给你)?$"
)
"""What takes such words back where it stands right before them: 不会给你差评, I will not open a dispute."""


def threat_in(text: str) -> tuple[str, str] | None:
    """Will give what a text threatens with and by which words, the gravest first; None where it does not."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    for kind, phrases in THREATS.items():
        for phrase in phrases:
            for found in _PLAIN[phrase].finditer(plain):
                if not _NOT.search(plain[max(0, found.start() - 40) : found.start()].rstrip()):
                    return kind, phrase
    return None
