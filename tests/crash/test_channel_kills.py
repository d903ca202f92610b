"""`kill -9` at every place of hearing and reading a connected shop, on both databases: nothing is missed and nothing is done twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.crash.steps import step_for
from tests.databases import Database, database

__all__ = ["database"]


def test_wherever_it_is_killed_nothing_is_missed_and_nothing_done_twice(database: Database, checkout: Path) -> None:
    step = step_for(database)
    command = [sys.executable, "-m", "tests.crash.channel_flow", str(database.data), database.url or "", str(step)]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False, timeout=540)
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["wrong"] == {}
    assert report["first_end"] == 0
    assert report["ends"] == {str(-signal.SIGKILL): len(report["places"][::step])}
    kinds = set(report["places"])
    assert {"channel held", "channel answered", "channel taken", "before commit", "after commit"} <= kinds
    assert {"before the call", "after the answer, before it is read"} <= kinds
    assert len(report["places"]) > 25
