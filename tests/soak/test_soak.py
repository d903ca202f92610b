"""The long run in its short form; `make soak` runs the whole."""

from __future__ import annotations

from tests.databases import Database, database
from tests.soak.soak import soak

__all__ = ["database"]


def test_under_faults_and_kills_nothing_is_lost_and_nothing_is_paid_twice(database: Database) -> None:
    report = soak(database, 160, seed=7, settle=60)
    assert report["anomalies"] == []
    assert report["flows"] == 160
    assert set(report["states"]) <= {"succeeded", "failed", "reversed"}
    assert report["kills"] >= 1
