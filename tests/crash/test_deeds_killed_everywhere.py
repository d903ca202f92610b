"""`kill -9` at every place of doing on a platform and of paying by it, on both databases: after a restart all was done once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.crash.steps import step_for
from tests.databases import Database, database

__all__ = ["database"]


def test_wherever_it_is_killed_everything_is_done_there_once(database: Database, checkout: Path) -> None:
    step = step_for(database)
    command = [sys.executable, "-m", "tests.crash.deeds_harness", str(database.data), database.url or "", str(step)]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False, timeout=540)
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["wrong"] == {}
    assert report["first_end"] == 0
    assert report["ends"] == {str(-signal.SIGKILL): len(report["places"][::step])}
    kinds = set(report["places"])
    assert {"deed claimed", "deed sending", "deed asking", "deed answered", "deed received"} <= kinds
    assert {"claimed", "sending", "asking", "answered", "received", "before commit", "after commit"} <= kinds
    assert {"before the call", "after the answer, before it is read"} <= kinds
