"""Metrics of the work itself: how fast, how far without the platform, how much by the house alone and how often wrongly."""

from __future__ import annotations

from typing import Final

from amends.learn.metrics.metric import Metric, both, flag, where

_CLOSED: Final = "state = 'closed' AND closed_day IS NOT NULL"
_HERE: Final = f"{_CLOSED} AND answered_by IN ('person', 'system')"

WORK: Final = (
    Metric(
        "time_to_act",
        "speed",
        both("首次处理时长", "Time to first action"),
        both(
            "Σ（首次处理时间 − 申请时间）÷ 期内申请且已处理的售后单数",
            "Σ (our first answer or message − request) ÷ cases of these days that were acted on",
        ),
        both("期内申请且已处理的售后单", "cases of these days that were acted on"),
        "COALESCE(seconds_to_act, 0)",
        flag("seconds_to_act IS NOT NULL"),
        "seconds_to_act IS NOT NULL",
        unit="seconds",
        ripens=3,
    ),
    Metric(
        "time_to_close",
        "speed",
        both("退款完结时长", "Time to close"),
        both(
            "Σ（关闭时间 − 申请时间）÷ 期内关闭且关闭时间已知的售后单数",
            "Σ (closed − request) ÷ cases closed in these days whose time of closing is known",
        ),
        both("期内关闭的售后单", "cases closed in these days"),
        where(_CLOSED, "seconds_to_close"),
        flag(_CLOSED),
        _CLOSED,
        day="closed_day",
        unit="seconds",
    ),
    Metric(
        "refund_time",
        "speed",
        both("退款时长", "Refund time"),
        both(
            "Σ（关闭时间 − 申请时间）÷ 期内关闭且有退款的售后单数",
            "Σ (closed − request) ÷ cases closed in these days for which money went back",
        ),
        both("期内关闭且有退款的售后单", "cases closed in these days for which money went back"),
        where(f"{_CLOSED} AND returned_minor > 0", "seconds_to_close"),
        flag(f"{_CLOSED} AND returned_minor > 0"),
        f"{_CLOSED} AND returned_minor > 0",
        day="closed_day",
        unit="seconds",
    ),
    Metric(
        "within_limit",
        "speed",
        both("时限内处理率", "Share within limit"),
        both(
            "在法定或平台时限前答复的售后单数 ÷ 期内申请、有该时限且已答复或已超时的售后单数",
            "cases answered before the limit of law or platform ÷ cases of these days that had such a limit and were answered or ran over it",
        ),
        both("期内申请且有时限的售后单", "cases of these days with a limit"),
        where("limited = 1", "in_limit"),
        "limited",
        "limited = 1 AND in_limit = 0",
        better="high",
        ripens=3,
    ),
    Metric(
        "reply_time",
        "speed",
        both("平均回复时长", "Reply time"),
        both(
            "Σ（我方回复 − 买家消息）÷ 期内申请的售后单中已回复的买家消息数（连续多条只算首条）",
            "Σ (our reply − the buyer's message) ÷ answered messages in cases of these days; of several in a row the first counts",
        ),
        both("已回复的买家消息", "messages that were answered"),
        "reply_seconds",
        "replies",
        "replies > 0",
        unit="seconds",
        ripens=3,
    ),
    Metric(
        "closed_alone",
        "platform",
        both("退款自主完结率", "Closed without the platform"),
        both(
            "平台未介入而关闭的售后单数 ÷ 期内关闭的售后单数",
            "cases closed without the platform stepping in ÷ cases closed in these days",
        ),
        both("期内关闭的售后单", "cases closed in these days"),
        flag(f"{_CLOSED} AND stepped_in = 0"),
        flag(_CLOSED),
        f"{_CLOSED} AND stepped_in = 1",
        day="closed_day",
        better="high",
    ),
    Metric(
        "intervention_rate",
        "platform",
        both("平台介入率", "Intervention rate"),
        both("平台介入的售后单数 ÷ 期内申请的售后单数", "cases in which the platform stepped in ÷ cases of these days"),
        both("期内申请的售后单", "cases of these days"),
        "stepped_in",
        "1",
        "stepped_in = 1",
        ripens=14,
    ),
    Metric(
        "ruling_rate",
        "platform",
        both("平台判责率", "Ruled against us"),
        both(
            "判买家胜的售后单数 ÷ 期内申请且平台已判定的售后单数",
            "cases ruled for the buyer ÷ cases of these days on which the platform ruled",
        ),
        both("平台已判定的售后单", "cases with a ruling"),
        flag("ruled = 'buyer'"),
        flag("ruled <> ''"),
        "ruled = 'buyer'",
        ripens=30,
    ),
    Metric(
        "automatic_share",
        "automation",
        both("自动处理占比", "Automatic share"),
        both(
            "全程无人工、由系统答复的售后单数 ÷ 期内关闭且由本台答复的售后单数",
            "cases that the house answered with no person doing anything ÷ cases closed in these days that were answered here",
        ),
        both("期内关闭且由本台答复的售后单", "cases closed in these days that were answered here"),
        flag(f"{_HERE} AND automatic = 1"),
        flag(_HERE),
        f"{_HERE} AND automatic = 1",
        day="closed_day",
        better="high",
        pair="automatic_errors",
    ),
    Metric(
        "automatic_errors",
        "automation",
        both("自动处理差错率", "Error rate of the automatic share"),
        both(
            "系统答复后被撤回、重开、或招致平台介入或拒付的售后单数 ÷ 期内关闭、由系统答复的售后单数",
            "cases that the house answered and that were then taken back, reopened, or brought before the platform or the card network ÷ cases closed in these days that the house answered",
        ),
        both("期内关闭、由系统答复的售后单", "cases closed in these days that the house answered"),
        flag(f"{_CLOSED} AND answered_by = 'system' AND wrong = 1"),
        flag(f"{_CLOSED} AND answered_by = 'system'"),
        f"{_CLOSED} AND answered_by = 'system' AND wrong = 1",
        day="closed_day",
        pair="automatic_share",
    ),
    Metric(
        "overturned_rate",
        "automation",
        both("误判率", "Wrong-decision rate"),
        both(
            "答复后被改判（撤回、重开、平台或卡组织判负）的售后单数 ÷ 期内关闭且由本台答复的售后单数",
            "cases whose answer was turned round by us, the platform or the card network ÷ cases closed in these days that were answered here",
        ),
        both("期内关闭且由本台答复的售后单", "cases closed in these days that were answered here"),
        flag(f"{_HERE} AND overturned = 1"),
        flag(_HERE),
        f"{_HERE} AND overturned = 1",
        day="closed_day",
    ),
)
