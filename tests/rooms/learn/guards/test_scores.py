"""Readings as people write them, files of them, and where a shop stands: lines, goals, and the cases that reach them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from amends.facts.score_readings import (
    Reading,
    ScoreTerms,
    UnableToReadScores,
    read_day,
    read_file,
    read_readings,
    read_terms,
)
from amends.facts.scores import MEASURES, PROGRAMMES, SCORE, programme, programmes_of
from amends.learn.guards.scores import standing
from amends.learn.metrics.board import Shown
from amends.learn.metrics.catalogue import BY_CODE
from amends.learn.metrics.trend import Trend, Value

TODAY = date(2026, 11, 25)
SHOPS = {"暖屿服饰": "douyin", "plain": "direct"}


def told(code: str, **values: str) -> dict[str, Decimal]:
    found = programme(code)
    assert found
    return {one.measure: one.value for one in read_readings(found, TODAY, values, "form")}


def test_every_score_names_its_source_and_measures_that_there_are() -> None:
    for one in PROGRAMMES:
        assert one.source
        assert one.confidence in "HML"
        assert one.low < one.high
        assert all(MEASURES[code].metric in ("", *BY_CODE) for code in one.measures)
        assert all(line.source and one.low <= line.at <= one.high for line in one.lines)
    assert [one.id for one in programmes_of("tmall")] == ["taobao_experience", "taobao_dsr"]
    taobao = programme("taobao_experience")
    assert taobao
    assert [one.at for one in taobao.in_force(date(2025, 1, 1))] == [Decimal("4.8")]
    assert taobao.in_force(TODAY) == (), "what was superseded is no line of today"


def test_values_are_read_as_people_write_them() -> None:
    assert told("douyin_experience", score="83.5", help_rate="0.05%", audit_time="1.5", reply_time="11s") == {
        SCORE: Decimal("83.5"),
        "audit_time": Decimal(5400),
        "reply_time": Decimal(11),
        "help_rate": Decimal("0.0005"),
    }
    for code, values in (
        ("douyin_experience", {"score": "101"}),
        ("taobao_experience", {"score": "2.9"}),
        ("taobao_experience", {"score": "NaN"}),
        ("taobao_experience", {"score": "4.8", "product": "5"}),
        ("douyin_experience", {"help_rate": "101"}),
        ("douyin_experience", {}),
    ):
        with pytest.raises(UnableToReadScores):
            told(code, **values)
    for text in ("2026-11-26", "2020-01-01", "11/25", ""):
        with pytest.raises(UnableToReadScores):
            read_day(text, TODAY)


def test_a_file_is_kept_whole_or_not_at_all_and_names_the_line() -> None:
    head = "\ufeff日期,店铺,评分,指标,数值\n"
    row = "2026/11/24,暖屿服饰,douyin_experience,score,83\n"
    found = read_file((head + row + "\n" + row.replace("score,83", "help_rate,0.05%")).encode(), SHOPS, TODAY)
    assert [(one.measure, one.value) for one in found["暖屿服饰"]] == [("score", 83), ("help_rate", Decimal("0.0005"))]
    for wrong, field in (("plain,", "programme"), ("nobody,", "shop"), ("暖屿服饰,jd_star,", "programme")):
        bad = row.replace("暖屿服饰,douyin_experience," if "jd" in wrong else "暖屿服饰,", wrong)
        with pytest.raises(UnableToReadScores) as fault:
            read_file((head + row + bad).encode(), SHOPS, TODAY)
        assert (fault.value.field, fault.value.row) == (field, 3)
    for content in (b"\xff\xfe", b"a,b\n", head.encode()):
        with pytest.raises(UnableToReadScores, match="file"):
            read_file(content, SHOPS, TODAY)


def house(code: str, top: int, bottom: int) -> dict[str, Shown]:
    return {code: Shown(BY_CODE[code], Value(top, bottom), Value(), Trend(()))}


def test_a_standing_tells_the_nearest_line_and_how_many_cases_reach_the_goal() -> None:
    douyin = programme("douyin_experience")
    assert douyin
    readings = [
        Reading(douyin.id, SCORE, TODAY - timedelta(days=back), Decimal(62 + back % 2)) for back in range(30, -1, -1)
    ]
    terms = read_terms(
        douyin, {"line": "70", "says": "no campaigns", "goal_quality_return": "1", "goal_audit_time": "1"}
    )
    found = standing(douyin, readings, terms, house("quality_rate", 30, 2000), TODAY)
    assert (found.state, [(line.at, line.left, line.state) for line in found.lines][:2]) == (
        "below",
        [(70, -8, "below"), (60, 2, "heading" if found.end and found.end.low < 60 else "clear")],
    )
    part = next(one for one in found.parts if one.measure.code == "quality_return")
    assert (part.to_go, part.one) == (10, 1 / 2000), "twenty of 2,000 are one in a hundred"
    slow = standing(douyin, readings, terms, house("time_to_act", 7200 * 5, 5), TODAY)
    assert next(one for one in slow.parts if one.measure.code == "audit_time").to_go == 3600
    nothing = standing(douyin, [], ScoreTerms(), {}, TODAY)
    assert (nothing.state, nothing.end, nothing.parts[0].to_go) == ("unknown", None, None)
    old = standing(douyin, readings[:20], ScoreTerms(), {}, TODAY)
    assert old.old
