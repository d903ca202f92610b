"""Metrics over orders: how much of what was sold comes back, in orders, pieces and value, and what of it was our fault."""

from __future__ import annotations

from typing import Final

from amends.learn.metrics.metric import KNOWN, OF_VALUE, Metric, both, flag, where

_ORDERS: Final = "whole"
_PAID: Final = both("同期付款订单", "orders paid in the same days")
_SIGNED: Final = both("同期签收订单", "orders signed for in the same days")

RATES: Final = (
    Metric(
        "refund_rate_orders",
        "rates",
        both("退款率（按订单）", "Refund rate, by orders"),
        both(
            "期内申请、且已退回款项的订单数（一单只算一次）÷ 期内付款订单数",
            "orders with a case of these days for which money went back, each once ÷ orders paid in these days",
        ),
        _PAID,
        where(KNOWN, "counts_refund"),
        _ORDERS,
        f"{KNOWN} AND counts_refund = 1",
        over="sales",
        base_day="paid_day",
        ripens=14,
    ),
    Metric(
        "refund_rate_pieces",
        "rates",
        both("退款率（按件）", "Refund rate, by pieces"),
        both(
            "期内申请、且已退回款项的件数 ÷ 期内付款件数",
            "pieces in cases of these days for which money went back ÷ pieces paid for in these days",
        ),
        both("同期付款件数", "pieces paid for in the same days"),
        where(KNOWN, "refunded_pieces"),
        "pieces",
        f"{KNOWN} AND refunded_pieces > 0",
        over="sales",
        base_day="paid_day",
        ripens=14,
    ),
    Metric(
        "refund_rate_value",
        "rates",
        both("退款率（按金额）", "Refund rate, by value"),
        both(
            "期内申请的售后单已退回金额 ÷ 期内付款金额",
            "money given back on cases of these days ÷ what was paid in these days",
        ),
        both("同期付款金额", "what was paid in the same days"),
        where(KNOWN, "returned_minor"),
        "value_minor",
        f"{KNOWN} AND returned_minor > 0",
        over="sales",
        base_day="paid_day",
        least=OF_VALUE,
        ripens=14,
    ),
    Metric(
        "return_rate_orders",
        "rates",
        both("退货率（按订单）", "Return rate, by orders"),
        both(
            "期内申请、且货物已退回的订单数（一单只算一次）÷ 期内签收订单数",
            "orders with a case of these days whose goods came back, each once ÷ orders signed for in these days",
        ),
        _SIGNED,
        where(KNOWN, "counts_return"),
        _ORDERS,
        f"{KNOWN} AND counts_return = 1",
        over="sales",
        base_day="signed_day",
        ripens=21,
    ),
    Metric(
        "return_rate_pieces",
        "rates",
        both("退货率（按件）", "Return rate, by pieces"),
        both(
            "期内申请、且货物已退回的件数 ÷ 期内签收件数",
            "pieces in cases of these days that came back ÷ pieces signed for in these days",
        ),
        both("同期签收件数", "pieces signed for in the same days"),
        where(KNOWN, "back_pieces"),
        "pieces",
        f"{KNOWN} AND back_pieces > 0",
        over="sales",
        base_day="signed_day",
        ripens=21,
    ),
    Metric(
        "return_rate_value",
        "rates",
        both("退货率（按金额）", "Return rate, by value"),
        both(
            "期内申请、且货物已退回的实付金额 ÷ 期内签收金额",
            "what was paid for goods of cases of these days that came back ÷ value signed for in these days",
        ),
        both("同期签收金额", "value signed for in the same days"),
        where(KNOWN, "back_minor"),
        "value_minor",
        f"{KNOWN} AND back_minor > 0",
        over="sales",
        base_day="signed_day",
        least=OF_VALUE,
        ripens=21,
    ),
    Metric(
        "quality_rate",
        "rates",
        both("首次品退率", "Quality-return rate"),
        both(
            "期内以质量、破损、描述不符、错发漏发、假冒、过期为由的订单首个售后单数 ÷ 期内签收订单数",
            "first cases of an order in these days whose reason is quality, damage, not as described, wrong, missing, fake or expired "
            "goods ÷ orders signed for in these days",
        ),
        _SIGNED,
        flag(f"{KNOWN} AND counts_order = 1 AND quality = 1"),
        _ORDERS,
        f"{KNOWN} AND counts_order = 1 AND quality = 1",
        over="sales",
        base_day="signed_day",
        ripens=7,
    ),
    Metric(
        "help_rate",
        "platform",
        both("平台求助率", "Platform-help rate"),
        both(
            "期内申请、且平台已介入的售后单数 ÷ 期内付款订单数",
            "cases of these days in which the platform was called in ÷ orders paid in these days",
        ),
        _PAID,
        where(KNOWN, "stepped_in"),
        _ORDERS,
        f"{KNOWN} AND stepped_in = 1",
        over="sales",
        base_day="paid_day",
        ripens=14,
    ),
    Metric(
        "liable_rate",
        "platform",
        both("纠纷退款率", "Rate of rulings against us"),
        both(
            "期内申请、且平台判商家责任的售后单数 ÷ 期内付款订单数",
            "cases of these days that the platform ruled for the buyer ÷ orders paid in these days",
        ),
        _PAID,
        flag(f"{KNOWN} AND ruled = 'buyer'"),
        _ORDERS,
        f"{KNOWN} AND ruled = 'buyer'",
        over="sales",
        base_day="paid_day",
        ripens=30,
    ),
)
