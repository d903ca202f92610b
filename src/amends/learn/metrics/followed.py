"""Metrics of follow-up: who answered whether they were content, what they answered, and who of the unhappy was won back."""

from __future__ import annotations

from typing import Final

from amends.learn.metrics.metric import Metric, both, flag, where

_ANSWERED: Final = "survey_asked = 1 AND survey_answered = 1"
_UNHAPPY: Final = f"{_ANSWERED} AND survey_unhappy = 1"

FOLLOWED: Final = (
    Metric(
        "survey_answered",
        "follow",
        both("评价回收率", "Answered share"),
        both(
            "已答复的满意度询问数 ÷ 期内发出的满意度询问数",
            "buyers who answered whether they were content ÷ buyers who were asked in these days",
        ),
        both("期内询问的买家", "buyers who were asked in these days"),
        flag(_ANSWERED),
        "survey_asked",
        _ANSWERED,
        day="survey_day",
        better="high",
        ripens=7,
    ),
    Metric(
        "survey_mean",
        "follow",
        both("平均评分", "Mean answer"),
        both("Σ 评分（1–5）÷ 期内询问、已答复的买家数", "Σ answers (1 to 5) ÷ buyers asked in these days who answered"),
        both("期内询问、已答复的买家", "buyers asked in these days who answered"),
        where(_ANSWERED, "survey_score"),
        flag(_ANSWERED),
        _ANSWERED,
        day="survey_day",
        unit="score",
        better="high",
        ripens=7,
    ),
    Metric(
        "survey_unhappy",
        "follow",
        both("不满意占比", "Share unhappy"),
        both(
            "评 1–2 分、或因此被二次联系的买家数 ÷ 期内询问、已答复的买家数",
            "buyers who answered 1 or 2, or were contacted for it ÷ buyers asked in these days who answered",
        ),
        both("期内询问、已答复的买家", "buyers asked in these days who answered"),
        flag(_UNHAPPY),
        flag(_ANSWERED),
        _UNHAPPY,
        day="survey_day",
        ripens=7,
    ),
    Metric(
        "recovered",
        "follow",
        both("挽回率", "Won back"),
        both(
            "二次联系后已挽回、或改评 4–5 分的买家数 ÷ 期内询问、不满意的买家数",
            "unhappy buyers noted as won back after the contact, or who then answered 4 or 5 ÷ unhappy buyers asked in these days",
        ),
        both("期内询问、不满意的买家", "unhappy buyers asked in these days"),
        flag(f"{_UNHAPPY} AND recovered = 1"),
        flag(_UNHAPPY),
        f"{_UNHAPPY} AND recovered = 1",
        day="survey_day",
        better="high",
        least=10,
        ripens=14,
    ),
)
