"""The history on disk: whole or not at all, and nothing else is swept away for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amends.facts.history import HISTORY
from amends.learn.rehearsal.folder import HistoryFolder, UnableToReadHistory, UnableToWriteHistory

ASKED = "SELECT case_number, month, entitled, owed, defect_share::VARCHAR FROM history ORDER BY 1"


def row(number: int, month: str, **told: Any) -> dict[str, Any]:
    return dict.fromkeys([one.name for one in HISTORY]) | {"case_number": number, "month": month, **told}


def test_what_is_written_is_read_and_what_is_not_known_stays_unknown(tmp_path: Path) -> None:
    folder = HistoryFolder(tmp_path / "history")
    rows = [row(1, "2026-10", entitled=True, owed=["repair"], defect_share="0.5"), row(2, "2026-11", owed=[])]
    assert folder.write(rows) == 2
    assert sorted(one.name for one in folder.folder.iterdir()) == ["month=2026-10", "month=2026-11"]
    assert folder.ask(ASKED) == [
        (1, "2026-10", True, ["repair"], "0.500000000000000000"),
        (2, "2026-11", None, [], None),
    ]
    assert folder.write([row(3, "2026-11")]) == 1
    assert [one[0] for one in folder.ask(ASKED)] == [3]
    assert [one.name for one in tmp_path.iterdir()] == ["history"]


def test_a_history_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    def broken() -> Any:
        yield row(2, "2026-11")
        raise RuntimeError("the database is gone")

    folder = HistoryFolder(tmp_path / "history")
    folder.write([row(1, "2026-10")])
    with pytest.raises(RuntimeError, match="gone"):
        folder.write(broken())
    assert [one[0] for one in folder.ask(ASKED)] == [1]


def test_an_empty_history_has_no_cases(tmp_path: Path) -> None:
    folder = HistoryFolder(tmp_path / "history")
    assert folder.write([]) == 0
    assert folder.ask(ASKED) == []


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(UnableToWriteHistory, match=r"holds other things \(letter.txt\)"):
        HistoryFolder(tmp_path).write([])
    with pytest.raises(UnableToReadHistory, match="write them with `amends export history`"):
        HistoryFolder(tmp_path).ask(ASKED)
