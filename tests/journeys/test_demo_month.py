"""`amends demo month`: a small month leaves a house that holds, and tells what was planted; a folder in use is left alone."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.command import amends


def test_a_small_month_is_played_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "month"
    ran = amends("demo", "month", str(folder), "--orders", "120", "--seed", "3", data=tmp_path)
    assert ran.code in (0, 1), ran.err
    assert "120 orders," in ran.out
    for name in ("a bad batch", "a careless station", "a misleading picture", "a ring of refunders", "an unclear name"):
        assert name in ran.out
    assert amends("doctor", data=folder).code == 0
    assert amends("audit", "verify", data=folder).code == 0
    again = amends("demo", "month", str(folder), "--orders", "120", data=tmp_path)
    assert again.code == 2
    assert "empty folder" in again.err
    file = tmp_path / "a-file"
    file.write_text("x")
    assert amends("demo", "month", str(file), "--orders", "120", data=tmp_path).code == 2
