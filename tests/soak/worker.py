"""One worker of the long run: a runner with four hands on a clock that runs faster, until it is killed.

`python -m tests.soak.worker DATA URL WAYS BEGAN SPEED`
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from amends.carry_out.loop import run_forever
from amends.carry_out.wire import Wire
from amends.wiring.processes import build_runner
from amends.wiring.ways import read_ways
from tests.django_house import start_django


def quick_clock(began: float, speed: float) -> datetime:
    """The present instant on the fast clock."""
    return datetime.fromtimestamp(began, UTC) + timedelta(seconds=(time.time() - began) * speed)


def main(data: Path, url: str | None, ways: Path, began: float, speed: float) -> None:
    """Work until killed."""
    start_django(data, url)
    found = read_ways(ways.read_text(encoding="utf-8"))
    runner = build_runner(found, hands=4)
    runner = replace(runner, wire=Wire(found.hosts, seconds=2), now=lambda: quick_clock(began, speed), tokens=None)

    def stop(seconds: float) -> bool:
        time.sleep(seconds)
        return False

    run_forever(runner, stop, idle_seconds=0.05)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] or None, Path(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]))
