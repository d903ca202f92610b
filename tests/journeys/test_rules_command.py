"""`amends rules` lists every rule with what a reader must know, and explains one."""

from __future__ import annotations

from tests.journeys.command import amends


def test_every_rule_is_listed_with_source_dates_confidence_and_day_of_check() -> None:
    ran = amends("rules")
    assert ran.code == 0
    ids = [item["id"] for item in ran.decisions]
    assert len(ids) == len(set(ids))
    for wanted in (
        "cn.no_reason_return",
        "eu.withdrawal",
        "taobao.return_refund.respond",
        "douyin.fast_refund",
        "risk.open_dispute",
    ):
        assert wanted in ids
    for item in ran.decisions:
        assert item["source"], item
        assert item["from"], item
        assert item["confidence"] in ("H", "M"), item
        assert item["checked_on"], item
        assert item["title"]["zh"], item
        assert item["title"]["en"], item


def test_one_rule_is_explained_with_its_numbers() -> None:
    ran = amends("rules", "show", "cn.no_reason_return")
    assert ran.code == 0
    for wanted in ("XFF art 25", "no_reason.days = 7 days", "2014-03-15", "七日无理由退货"):
        assert wanted in ran.out


def test_an_unknown_rule_is_told_with_a_hint() -> None:
    ran = amends("rules", "show", "cn.no_reson_return")
    assert ran.code == 2
    assert "amends rules" in ran.err
