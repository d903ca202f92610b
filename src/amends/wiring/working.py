"""`amends worker`: the runner alone, by itself or woken by Celery."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path

from amends.carry_out.loop import run_forever
from amends.cli.tools import UnableToStart
from amends.wiring.demo_money import kept_ways
from amends.wiring.django_start import start_django
from amends.wiring.processes import build_runner, free_what_the_dead_hold
from amends.wiring.ways import UnableToReadWays, Ways, read_ways


def work(data: Path, url: str | None, broker: str | None, lease_seconds: int, hands: int) -> None:
    """Carry out what is due until asked to stop. Raises `UnableToStart` where the ways cannot be read."""
    try:
        ways = read_ways(kept_ways(data) or "")
    except UnableToReadWays as fault:
        raise UnableToStart(f"{data / 'gateways.yaml'}: {fault}") from fault
    start_django(data, url)
    free_what_the_dead_hold()
    if broker is None:
        _alone(ways, lease_seconds, hands)
    else:
        _woken(data, url, broker, ways, lease_seconds, hands)


def _alone(ways: Ways, lease_seconds: int, hands: int) -> None:
    from django.db import close_old_connections

    asked = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: asked.set())
    run_forever(build_runner(ways, hands, lease_seconds), asked.wait, after=close_old_connections)


def _woken(data: Path, url: str | None, broker: str, ways: Ways, lease_seconds: int, hands: int) -> None:
    from django.db import connections

    from amends.carry_out.celery_app import build_app, run_worker

    connections.close_all()

    def ready() -> Callable[[], int]:
        """In each worker process: its own database connection and its own wire."""
        start_django(data, url)
        return build_runner(ways, lease_seconds=lease_seconds).run_due

    run_worker(build_app(broker, ready), hands, str(data / "beat-schedule"))
