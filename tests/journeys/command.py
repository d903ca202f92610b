"""Running the `amends` command as a person would: its own process, its own data folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.django_house import empty_tables


@dataclass(frozen=True)
class Ran:
    """What a run printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def decisions(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def faults(self) -> list[dict[str, Any]]:
        """Standard error as JSON lines."""
        return [json.loads(line) for line in self.err.splitlines()]


def amends(*words: str, data: Path | None = None, stdin: bytes = b"") -> Ran:
    """Run `amends` with these words. `data` is its data folder."""
    env = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "160"}
    if data:
        empty_tables(data)
        env["AMENDS_DATA"] = str(data)
    command = [sys.executable, "-m", "amends", *words]
    done = subprocess.run(command, input=stdin, capture_output=True, env=env, check=False, timeout=120)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
