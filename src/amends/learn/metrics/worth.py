"""Metrics of money: what went back, what stayed, what was lost, and what disputes brought in the end."""

from __future__ import annotations

from typing import Final

from amends.learn.metrics.metric import OF_VALUE, Metric, both, flag, where

_CLOSED: Final = "state = 'closed' AND closed_day IS NOT NULL"
_BASE: Final = both("期内关闭的售后单", "cases closed in these days")
_DECIDED: Final = "disputed = 1 AND dispute_end IN ('won', 'lost')"
_ENDED: Final = both("期内开启且已裁定的拒付", "disputes on cases of these days that were decided")

WORTH: Final = (
    Metric(
        "returned",
        "money",
        both("单均退款", "Money returned per case"),
        both("退回买家的金额 ÷ 期内关闭的售后单数", "money that went back to buyers ÷ cases closed in these days"),
        _BASE,
        where(_CLOSED, "returned_minor"),
        flag(_CLOSED),
        f"{_CLOSED} AND returned_minor > 0",
        day="closed_day",
        unit="money",
        better="",
    ),
    Metric(
        "kept",
        "money",
        both("单均留存", "Money kept per case"),
        both(
            "换货货值与店铺余额 ÷ 期内关闭的售后单数",
            "value of exchanges and store credit ÷ cases closed in these days",
        ),
        _BASE,
        where(_CLOSED, "kept_minor"),
        flag(_CLOSED),
        f"{_CLOSED} AND kept_minor > 0",
        day="closed_day",
        unit="money",
        better="high",
    ),
    Metric(
        "lost",
        "money",
        both("单均损失", "Money lost per case"),
        both(
            "已退款而货物未退回或退回后不可再售的金额 ÷ 期内关闭的售后单数",
            "money given back for goods that did not come back fit to be sold ÷ cases closed in these days",
        ),
        _BASE,
        where(_CLOSED, "lost_minor"),
        flag(_CLOSED),
        f"{_CLOSED} AND lost_minor > 0",
        day="closed_day",
        unit="money",
    ),
    Metric(
        "kept_share",
        "money",
        both("留存率", "Kept revenue"),
        both(
            "换货货值与店铺余额 ÷ 期内关闭的退货货值与店铺余额",
            "value of exchanges and store credit ÷ value of goods that came back, and store credit, in cases closed in these days",
        ),
        both("退货货值与店铺余额", "value that came back, and store credit"),
        where(_CLOSED, "kept_minor"),
        where(_CLOSED, "CASE WHEN kept_minor > back_minor THEN kept_minor ELSE back_minor END"),
        f"{_CLOSED} AND kept_minor > 0",
        day="closed_day",
        better="high",
        least=OF_VALUE,
    ),
    Metric(
        "dispute_wins",
        "disputes",
        both("拒付胜诉率", "Dispute win rate"),
        both(
            "胜诉数 ÷ 已裁定数（主动认可的不计）",
            "disputes won ÷ disputes decided, on cases of these days; accepted ones left out",
        ),
        _ENDED,
        flag(f"{_DECIDED} AND dispute_end = 'won'"),
        flag(_DECIDED),
        _DECIDED,
        better="high",
        pair="net_recovery",
        least=10,
        ripens=90,
    ),
    Metric(
        "recovery_rate",
        "disputes",
        both("拒付追回率", "Recovery rate"),
        both("胜诉追回金额 ÷ 已裁定的争议金额", "value won ÷ value decided, on cases of these days"),
        both("已裁定的争议金额", "value decided"),
        where(_DECIDED, "won_minor"),
        where(_DECIDED, "disputed_minor"),
        _DECIDED,
        better="high",
        least=OF_VALUE,
        ripens=90,
    ),
    Metric(
        "net_recovery",
        "disputes",
        both("单均拒付净追回", "Net recovery per dispute"),
        both(
            "（追回金额 − 费用 − 胜诉后再失）÷ 期内开启且已裁定的拒付数",
            "(value won − fees − lost again after a win) ÷ disputes on cases of these days that were decided",
        ),
        _ENDED,
        where(_DECIDED, "dispute_net_minor"),
        flag(_DECIDED),
        _DECIDED,
        unit="money",
        better="high",
        pair="dispute_wins",
        least=10,
        ripens=90,
    ),
)
