"""`amends dossier build` as an operator runs it: the forum's file is written, kept, told and handed out; what cannot be says why."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from amends.facts.dossier import UnableToMakeDossier
from amends.prove.dossier.draw import Drawing
from tests.dossier_house import ASKED, SENT
from tests.journeys.cases import CANCELLED
from tests.journeys.command import amends


def test_a_dossier_is_built_written_and_told_once(tmp_path: Path) -> None:
    try:
        Drawing(tmp_path / "fonts").family()
    except UnableToMakeDossier as fault:
        pytest.skip(str(fault))
    data = tmp_path / "data"
    file = tmp_path / "cases.jsonl"
    order = {**CANCELLED["order"], "paid_at": "2026-11-18T10:02:00+01:00"}
    case = {**CANCELLED, "order": order, "shipments": [SENT], "request": ASKED}
    file.write_text(json.dumps(case) + "\n")
    taken = amends("import", str(file), "--as", "cases", "--shop", "acme", data=data)
    assert taken.code == 0, taken.err + taken.out
    words = ("dossier", "build", "C-1", "--shop", "acme", "--forum", "visa", "--reason", "13.1", "--out")
    written = tmp_path / "answer.pdf"
    for _ in range(2):
        ran = amends(*words, str(written), data=data)
        assert (ran.code, ran.out.strip()) == (0, str(written)), ran.err
    assert written.read_bytes().startswith(b"%PDF")
    with sqlite3.connect(data / "amends.sqlite3") as base:
        told = base.execute("SELECT count(*) FROM store_caselogrow WHERE what = 'dossier_built'").fetchone()
        given = base.execute("SELECT count(*) FROM store_custodyrow WHERE what = 'handed_out'").fetchone()
    base.close()
    assert told == (1,)
    assert given[0] >= 2
    nowhere = amends("dossier", "build", "C-9", "--shop", "acme", "--forum", "visa", data=data)
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "C-9" in nowhere.err
    wrong = amends("dossier", "build", "C-1", "--shop", "acme", "--forum", "moon", "--out", str(tmp_path), data=data)
    assert wrong.code == 2
    assert "moon" in wrong.err
    assert not list(tmp_path.glob(".dossier-*"))
