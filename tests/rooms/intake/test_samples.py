"""The sample shops' files: always the same for the same seed and instant, and about the instant they are made for."""

from __future__ import annotations

from datetime import datetime

from amends.intake.samples.make import sample_exports

ANCHOR = datetime.fromisoformat("2026-11-25T20:00:00+08:00")


def test_same_seed_and_instant_same_bytes() -> None:
    assert sample_exports(ANCHOR) == sample_exports(ANCHOR)


def test_another_seed_or_instant_other_bytes() -> None:
    first = sample_exports(ANCHOR)
    for other in (sample_exports(ANCHOR, seed=1), sample_exports(ANCHOR.replace(hour=9))):
        assert all(a.content != b.content for a, b in zip(first, other, strict=True))


def test_forms_are_those_that_platforms_export() -> None:
    douyin, taobao, own = sample_exports(ANCHOR)
    assert douyin.content.startswith(b"PK")
    assert douyin.file == "售后单-2026-11-25 20_00_00.xlsx"
    assert "退款编号" in taobao.content.decode("gb18030")
    assert own.content.count(b"\n") == 100
