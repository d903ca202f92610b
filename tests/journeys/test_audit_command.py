"""`amends audit verify` as an operator runs it: quiet while all holds, and naming what was tampered with."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.journeys.cases import CANCELLED
from tests.journeys.command import amends

SEAL = "a" * 64


def test_a_new_house_holds_and_a_stray_file_is_named(tmp_path: Path) -> None:
    ran = amends("audit", "verify", data=tmp_path)
    assert ran.code == 0, ran.err
    (told,) = ran.decisions
    assert told["holds"]
    stray = tmp_path / "evidence" / "aa" / "aa" / SEAL
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    ran = amends("audit", "verify", data=tmp_path)
    assert ran.code == 1
    found, told = ran.decisions
    assert (found["kind"], found["where"]) == ("stray", f"file {SEAL}")
    assert found["says"]["zh"]
    assert told["found"] == 1


def test_a_changed_entry_of_a_log_is_named_by_case_and_place(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(CANCELLED) + "\n")
    taken = amends("import", str(file), "--as", "cases", "--shop", "acme", data=tmp_path)
    assert taken.code == 0, taken.err + taken.out
    assert amends("audit", "verify", data=tmp_path).code == 0
    with sqlite3.connect(tmp_path / "amends.sqlite3") as base:
        base.execute("DROP TRIGGER store_caselogrow_no_update")
        base.execute("UPDATE store_caselogrow SET who = 'somebody' WHERE seq = 1")
    base.close()
    ran = amends("audit", "verify", data=tmp_path)
    assert ran.code == 1
    found = ran.decisions[0]
    assert "C-1" in found["where"]
    assert "entry 1 was changed" in found["says"]["en"]


def test_bad_input_is_told_in_one_line(tmp_path: Path) -> None:
    ran = amends("audit", "verify", "--expect", "12", data=tmp_path)
    assert ran.code == 2
    assert "hexadecimal" in ran.err
    ran = amends("audit", "verify", "--expect", "f" * 64, data=tmp_path)
    assert ran.code == 1
    assert ran.decisions[0]["kind"] == "expected"
    ran = amends("audit", "digest", data=tmp_path)
    assert ran.code == 1
    (tmp_path / "timestamping.yaml").write_text("timestamping: ftp://x\n")
    ran = amends("audit", "verify", data=tmp_path)
    assert ran.code == 2
    assert "https://" in ran.err
