"""Reason codes of every forum, and the one way to find them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Final

from amends.facts.dispute_code import Code, Family, code
from amends.facts.dispute_codes_visa import VISA

_master = partial(code, "mastercard", source="MCG", answer_days=45)
_amex = partial(code, "amex", source="SEC", confidence="M", answer_days=20)
_discover = partial(code, "discover", source="SEC", confidence="L", answer_days=20)
_paypal = partial(code, "paypal", source="PPD", confidence="M")
_douyin = partial(code, "douyin", source="DY-APP", confidence="H")

MASTERCARD: Final[tuple[Code, ...]] = (
    _master(
        "4808",
        "authorisation",
        ("Authorisation", "授权相关"),
        ("No approval, or one that did not cover the payment.", "无授权，或授权不涵盖该笔付款。"),
        confidence="M",
    ),
    _master(
        "4834",
        "duplicate",
        ("Point-of-interaction error", "交互点错误"),
        ("A duplicate, a wrong amount, or a payment made by other means.", "重复扣款、金额错误或已用其他方式付款。"),
        confidence="M",
        file_days=90,
    ),
    _master(
        "4837",
        "fraud",
        ("No cardholder authorisation", "持卡人未授权"),
        (
            "The cardholder did not take part in this payment. Not for payments with a PIN.",
            "持卡人未参与该笔付款。凭密码完成的付款不适用。",
        ),
        confidence="H",
        file_days=120,
    ),
    _master(
        "4849",
        "fraud",
        ("Questionable merchant activity", "商户行为可疑"),
        ("The network has listed the shop for a programme of its own.", "商户被卡组织列入监控计划。"),
        confidence="L",
    ),
    _master(
        "4853",
        "not_as_described",
        ("Cardholder dispute", "持卡人争议"),
        (
            "Not received, not as described, no refund, a cancelled subscription or cancelled goods: the bank's papers say which.",
            "未收到、与描述不符、退款未处理、已取消的订阅或商品：以发卡行材料为准。",
        ),
        confidence="H",
        file_days=120,
        wins=(
            ("Not received: the carrier's proof of delivery to the full address", "未收到：完整地址的签收凭证"),
            (
                "Not as described: listing at purchase, condition when packed, a replacement offered",
                "与描述不符：购买时页面、发货时状态、已提出的换货",
            ),
            ("Refund not processed: the refund's number, or the written refusal", "退款未处理：退款编号，或书面拒绝"),
            ("Cancelled: the terms and the buyer's consent to them", "已取消：条款及买家的同意记录"),
        ),
    ),
    _master(
        "4841",
        "cancelled",
        ("Cancelled recurring payment (old code)", "已取消的周期性扣款（旧代码）"),
        ("Still in use; 4853 takes its place.", "仍在使用，将由 4853 取代。"),
        confidence="H",
        file_days=120,
    ),
    _master(
        "4860",
        "credit",
        ("Credit not processed (old code)", "退款未处理（旧代码）"),
        (
            "Still in use; 4853 takes its place. Where we promised the refund, it is owed.",
            "仍在使用，将由 4853 取代。若确实承诺过退款，则应退款。",
        ),
        confidence="H",
        file_days=120,
        wait_days=15,
        owed=True,
    ),
    _master(
        "4854",
        "other",
        ("Cardholder dispute not elsewhere classified", "未另行分类的持卡人争议"),
        ("A dispute of a buyer that no other code covers.", "其他代码未涵盖的持卡人争议。"),
        confidence="L",
    ),
)
_Row = tuple[str, Family, tuple[str, str], tuple[str, str]]
_AMEX: Final[tuple[_Row, ...]] = (
    (
        "C02",
        "credit",
        ("Credit not processed", "退款未处理"),
        ("A promised refund did not come.", "承诺的退款未到账。"),
    ),
    (
        "C08",
        "not_received",
        ("Goods or services not received", "未收到商品或服务"),
        ("What was paid for never came.", "未收到已付款的商品或服务。"),
    ),
    (
        "C14",
        "duplicate",
        ("Paid by other means", "已用其他方式付款"),
        ("The sale was paid otherwise already.", "该交易已用其他方式付清。"),
    ),
    (
        "C31",
        "not_as_described",
        ("Not as described", "与描述不符"),
        ("The goods are not what was described.", "商品与描述不符。"),
    ),
    (
        "F29",
        "fraud",
        ("Fraud, card not present", "欺诈：无卡交易"),
        ("The cardholder did not make this payment.", "持卡人未进行这笔付款。"),
    ),
)
_DISCOVER: Final[tuple[_Row, ...]] = (
    (
        "RG",
        "not_received",
        ("Goods or services not received", "未收到商品或服务"),
        ("What was paid for never came.", "未收到已付款的商品或服务。"),
    ),
    (
        "RM",
        "not_as_described",
        ("Quality of goods or services", "商品或服务质量"),
        ("The goods are not what was described.", "商品与描述不符。"),
    ),
    (
        "RN2",
        "credit",
        ("Credit not processed", "退款未处理"),
        ("A promised refund did not come.", "承诺的退款未到账。"),
    ),
    (
        "UA02",
        "fraud",
        ("Fraud, card not present", "欺诈：无卡交易"),
        ("The cardholder did not make this payment.", "持卡人未进行这笔付款。"),
    ),
)
AMEX: Final = tuple([_amex(*one) for one in _AMEX])
DISCOVER: Final = tuple([_discover(*one) for one in _DISCOVER])
PAYPAL: Final[tuple[Code, ...]] = (
    _paypal(
        "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        "not_received",
        ("Not received", "未收到"),
        (
            "The buyer says that nothing came. An inquiry that nobody takes further ends after 20 days.",
            "买家称未收到。询问阶段 20 天内未升级则自动关闭。",
        ),
    ),
    _paypal(
        "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED",
        "not_as_described",
        ("Not as described", "与描述不符"),
        ("The buyer says that the goods are not what was described.", "买家称商品与描述不符。"),
    ),
    _paypal(
        "UNAUTHORISED",
        "fraud",
        ("Unauthorised payment", "未经授权的付款"),
        ("The account holder did not make this payment.", "账户持有人未进行这笔付款。"),
    ),
    _paypal(
        "CREDIT_NOT_PROCESSED",
        "credit",
        ("Credit not processed", "退款未处理"),
        ("A promised refund did not come.", "承诺的退款未到账。"),
        owed=True,
    ),
    _paypal(
        "DUPLICATE_TRANSACTION",
        "duplicate",
        ("Duplicate payment", "重复付款"),
        ("The same sale was paid twice.", "同一交易付了两次款。"),
    ),
    _paypal(
        "CANCELED_RECURRING_BILLING",
        "cancelled",
        ("Cancelled subscription", "已取消的订阅"),
        ("A subscription was charged after it had been cancelled.", "订阅取消后仍被扣款。"),
    ),
)
DOUYIN: Final[tuple[Code, ...]] = (
    _douyin(
        "arbitration",
        "other",
        ("Platform intervention", "平台介入"),
        (
            "The platform decides between buyer and shop. It asks for proof once, and rules on what it then has.",
            "平台在买卖双方之间裁决：举证期内提交的材料是裁决依据。",
        ),
        wins=(
            (
                "What is asked for in the platform's standard of proof, within the time to give it",
                "在举证期内提交平台举证标准所要求的材料",
            ),
            (
                "Packing video and weight, the carrier's signature, the talk with the buyer",
                "打包视频与称重、承运商签收、与买家的沟通",
            ),
        ),
    ),
    _douyin(
        "appeal",
        "other",
        ("Appeal of a ruling", "裁决申诉"),
        (
            "Only for a misjudgement by the platform; nothing new may be brought forward.",
            "仅限平台判责有误；申诉阶段不得补充新证据。",
        ),
        wins=(
            (
                "Where the ruling overlooked or misread what had been given in time",
                "指出裁决忽略或误读了已按时提交的哪份材料",
            ),
        ),
    ),
)
CODES: Final[Mapping[tuple[str, str], Code]] = MappingProxyType(
    {(one.forum, one.code): one for one in (*VISA, *MASTERCARD, *AMEX, *DISCOVER, *PAYPAL, *DOUYIN)}
)
FORUMS: Final = (
    "visa",
    "mastercard",
    "amex",
    "discover",
    "paypal",
    "alipay",
    "douyin",
    "taobao",
    "tmall",
    "jd",
    "pinduoduo",
    "weixin",
)
"""Where a dispute is decided."""
APPEAL_DAYS: Final[Mapping[str, tuple[int, str]]] = {
    "douyin": (7, "DY-NEG"),
    "ebay": (30, "SEC"),
    "amazon": (30, "SEC"),
}
"""How long a ruling can be appealed, in natural days, with the source."""
NO_NEW_EVIDENCE: Final = frozenset({"douyin"})
"""Forums whose appeal takes nothing new."""


def code_of(forum: str, reason: str, on: date | None = None) -> Code | None:
    """The row of a reason code; None for one that is not known, or not in force on a day."""
    found = CODES.get((forum, reason))
    return found if found and (on is None or found.in_force(on)) else None


def family_of(forum: str, reason: str) -> Family:
    """The family of a reason; `other` for one that is not known."""
    found = CODES.get((forum, reason))
    return found.family if found else "other"
