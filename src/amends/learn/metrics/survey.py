"""What the row of a case tells of the question to its buyer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from amends.facts.follow_up import CONTENT, UNHAPPY
from amends.facts.metric_columns import Fact
from amends.facts.metric_story import SurveyTold


def survey_facts(told: SurveyTold | None, day: Callable[[datetime], int]) -> Fact:
    """Will give the columns about the question; none where the buyer was not asked. `day` gives an instant's day since 1970."""
    if told is None:
        return {}
    better = told.outcome == "recovered" or told.score >= CONTENT
    return {
        "survey_asked": 1,
        "survey_day": day(told.asked_at),
        "survey_answered": int(told.score > 0),
        "survey_score": told.score,
        "survey_unhappy": int(0 < told.score <= UNHAPPY or bool(told.outcome)),
        "contacted": int(bool(told.outcome)),
        "recovered": int(bool(told.outcome) and better),
    }
