"""`amends export` as a user runs it: what it writes is read in again and changes nothing; what is wrong is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.command import amends


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_is_imported_again(tmp_path: Path, ending: str) -> None:
    data = tmp_path / "data"
    first = tmp_path / f"first.{ending}"
    assert amends("export", str(first), "--template", "--lang", "zh", data=data).code == 0
    filled = tmp_path / "filled.csv"
    filled.write_text(
        "售后单号,订单号,售后类型,申请原因,申请时间,实付金额\n70001,O1,仅退款,质量问题,2026-11-24 09:00,59.00\n",
        encoding="utf-8",
    )
    told = amends("import", str(filled), "--as", "table", "--shop", "任何店", "--channel", "kuaishou", data=data)
    assert "1 new" in told.out, told.err
    out = tmp_path / f"out.{ending}"
    assert "1 cases" in amends("export", str(out), data=data).out
    again = amends("import", str(out), "--as", "table", "--shop", "任何店", "--channel", "kuaishou", data=data)
    assert "1 unchanged" in again.out, again.out + again.err


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    for words in (["x.pdf"], ["x.csv", "--view", "nowhere"], [str(tmp_path / "no" / "x.csv")]):
        told = amends("export", *words, data=tmp_path / "data")
        assert told.code == 2
        assert told.err.strip()
        assert "Traceback" not in told.err
