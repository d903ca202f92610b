"""Visa's dispute conditions. Rows of confidence L carry no numbers, for none has a source that was read."""

from __future__ import annotations

from functools import partial
from typing import Final

from amends.facts.dispute_code import Code, code

_visa = partial(code, "visa", source="VCR")
_low = partial(code, "visa", source="HOUSE", confidence="L", answer_days=30)

VISA: Final[tuple[Code, ...]] = (
    _visa(
        "10.4",
        "fraud",
        ("Fraud, card not present", "欺诈：无卡交易"),
        ("The cardholder says that they did not make this payment over a distance.", "持卡人称未进行这笔线上付款。"),
        confidence="H",
        file_days=120,
        answer_days=30,
        wins=(
            (
                "Compelling Evidence 3.0: two earlier payments by the same card, 120 to 365 days old, that nobody disputed "
                "and that share at least two signs "
                "with this one, one of them the internet address or the device",
                "CE 3.0：同一张卡 120–365 天内两笔无争议付款，与本笔至少两项特征相同，且其中一项为 IP 或设备",
            ),
            ("A match of the billing address or the security code", "账单地址（AVS）或安全码（CVV）匹配"),
            ("Proof of delivery, and the buyer's sign-in after the payment", "签收凭证，以及付款后的登录记录"),
        ),
    ),
    _low(
        "10.5",
        "fraud",
        ("Fraud monitoring programme", "欺诈监控计划"),
        ("The network's own fraud monitoring charges this payment back.", "卡组织的欺诈监控计划将该笔付款退回。"),
        wins=(
            ("Proof that the payment was refunded already, or was charged back before", "证明该笔已退款或此前已拒付"),
        ),
    ),
    _low(
        "11.1",
        "authorisation",
        ("Card recovery bulletin", "卡片回收名单"),
        ("The card stood on a list of recalled cards.", "该卡当时在回收名单上。"),
    ),
    _low(
        "11.2",
        "authorisation",
        ("Declined authorisation", "授权被拒"),
        (
            "The bank had declined the payment, and it was put through all the same.",
            "发卡行已拒绝授权，但交易仍被提交。",
        ),
    ),
    _low(
        "11.3",
        "authorisation",
        ("No authorisation", "无授权"),
        ("No approval was asked for, or for less than was taken.", "未取得授权，或授权金额小于扣款金额。"),
    ),
    _low(
        "12.1", "processing", ("Late presentment", "逾期提交"), ("The payment was sent in too late.", "交易提交过晚。")
    ),
    _low(
        "12.2",
        "processing",
        ("Incorrect transaction code", "交易代码错误"),
        ("A credit was processed as a debit, or the other way round.", "退款被当作扣款处理，或相反。"),
    ),
    _low(
        "12.3",
        "processing",
        ("Incorrect currency", "币种错误"),
        ("The payment was taken in another currency than agreed.", "扣款币种与约定不符。"),
    ),
    _low(
        "12.4",
        "processing",
        ("Incorrect account number", "账号错误"),
        ("The payment was taken from another account than given.", "扣款账户与提供的不符。"),
    ),
    _low(
        "12.5",
        "processing",
        ("Incorrect amount", "金额错误"),
        ("Another amount was taken than agreed.", "扣款金额与约定不符。"),
    ),
    _visa(
        "12.6",
        "duplicate",
        ("Duplicate, or paid by other means", "重复扣款或已用其他方式付款"),
        (
            "The cardholder says that this was paid twice, or by other means already.",
            "持卡人称该笔重复付款，或已用其他方式付清。",
        ),
        confidence="H",
        file_days=120,
        answer_days=30,
    ),
    _low(
        "12.7",
        "processing",
        ("Invalid data", "数据无效"),
        ("The approval was got with data that were not right.", "取得授权时提交的数据不正确。"),
    ),
    _visa(
        "13.1",
        "not_received",
        ("Goods or services not received", "未收到商品或服务"),
        ("The cardholder says that what was paid for never came.", "持卡人称未收到已付款的商品或服务。"),
        confidence="H",
        file_days=120,
        wait_days=15,
        outer_days=540,
        answer_days=30,
    ),
    _visa(
        "13.2",
        "cancelled",
        ("Cancelled recurring payment", "已取消的周期性扣款"),
        (
            "A subscription was charged after it had been cancelled. Not valid where the cancellation came after the payment.",
            "订阅取消后仍被扣款。取消晚于扣款的，理由不成立。",
        ),
        confidence="M",
        file_days=120,
        answer_days=30,
    ),
    _visa(
        "13.3",
        "not_as_described",
        ("Not as described, or defective", "与描述不符或有缺陷"),
        (
            "The goods are defective or are not what was described. A lower price elsewhere is no reason; a return policy no defence.",
            "商品有缺陷或与描述不符。差价不构成理由；仅凭退货政策不足以抗辩。",
        ),
        confidence="H",
        file_days=120,
        wait_days=15,
        outer_days=540,
        answer_days=30,
    ),
    _low(
        "13.4",
        "not_as_described",
        ("Counterfeit goods", "假冒商品"),
        ("The goods are said to be counterfeit.", "称商品为假冒。"),
        wins=(
            ("Invoices of the brand's own or of a licensed supplier", "品牌方或授权供应商的进货凭证"),
            ("An expert's report on the very piece that was sent", "针对所发商品的鉴定报告"),
        ),
    ),
    _visa(
        "13.5",
        "misrepresentation",
        ("Misrepresentation", "虚假陈述"),
        ("The terms of the sale were misleading.", "称成交条款存在误导。"),
        confidence="M",
        file_days=120,
        answer_days=30,
    ),
    _visa(
        "13.6",
        "credit",
        ("Credit not processed", "承诺的退款未到账"),
        (
            "A refund was promised or confirmed and did not come. Where we did promise it, it is owed.",
            "承诺或确认过的退款没有到账。若确实承诺过，则应退款。",
        ),
        confidence="H",
        file_days=120,
        wait_days=15,
        outer_days=540,
        answer_days=30,
        owed=True,
    ),
    _visa(
        "13.7",
        "cancelled",
        ("Cancelled goods or services", "已取消的商品或服务"),
        (
            "The cardholder cancelled or sent back, and says that the terms for it were not shown.",
            "持卡人已取消或退货，并称相关条款未向其展示。",
        ),
        confidence="H",
        file_days=120,
        wait_days=15,
        outer_days=540,
        answer_days=30,
    ),
    _low(
        "13.8",
        "credit",
        ("Original credit not accepted", "原始贷记未被接受"),
        ("A payment to the cardholder was not accepted.", "付给持卡人的款项未被接受。"),
    ),
    _low(
        "13.9",
        "not_received",
        ("Cash not received", "未收到现金"),
        ("Cash or a stored value was not handed out.", "未取到现金或储值。"),
        wins=(("The machine's record that the whole amount was handed out", "设备记录：已足额付出"),),
    ),
)
"""Every condition, in the network's order."""
