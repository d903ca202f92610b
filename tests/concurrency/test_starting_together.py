"""Many machines that start at once on an empty database: one makes the tables, the others wait for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import KINDS, cluster, empty


@pytest.mark.parametrize("kind", KINDS)
def test_processes_that_start_at_once_make_the_tables_once(kind: str, tmp_path: Path) -> None:
    if kind == "postgresql" and cluster() is None:
        pytest.skip("needs PostgreSQL (Debian: apt-get install postgresql)")
    url = empty() if kind == "postgresql" else ""
    environment = {**os.environ, "AMENDS_DATA": str(tmp_path), "DATABASE_URL": url}
    words = [sys.executable, "-m", "amends", "doctor"]
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(words, **quiet) for _ in range(4)]  # type: ignore[call-overload]
    told = [one.communicate(timeout=120)[1] for one in running]
    assert told == [""] * 4
    assert [one.returncode for one in running] == [0] * 4
