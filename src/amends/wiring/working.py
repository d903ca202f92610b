"""`amends worker`: the runner alone, by itself or woken by Celery."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path

from amends.carry_out.loop import run_forever, run_some
from amends.carry_out.runner import Runner
from amends.cli.tools import UnableToStart
from amends.wiring.api import private_hosts
from amends.wiring.backups import wait_while_held
from amends.wiring.demo_money import kept_ways
from amends.wiring.django_start import start_django
from amends.wiring.networks import UnableToReadNetworks
from amends.wiring.processes import build_runner, free_what_the_dead_hold
from amends.wiring.rounds import rounds
from amends.wiring.tracking import networks_of
from amends.wiring.ways import UnableToReadWays, read_ways


def work(data: Path, url: str | None, broker: str | None, lease_seconds: int, hands: int) -> None:
    """Carry out what is due until asked to stop. Raises `UnableToStart` where ways, networks or the broker's address cannot be read."""
    try:
        ways = read_ways(kept_ways(data) or "")
    except UnableToReadWays as fault:
        raise UnableToStart(f"{data / 'gateways.yaml'}: {fault}") from fault
    try:
        networks_of(data)
    except UnableToReadNetworks as fault:
        raise UnableToStart(str(fault)) from fault
    start_django(data, url)
    from amends.store.ready import migrate

    migrate()
    free_what_the_dead_hold()
    asked = _asked_to_stop()
    if not wait_while_held(asked.wait):
        return
    runner = build_runner(ways, hands, lease_seconds)
    if broker is None:
        _alone(runner, asked, rounds(ways, data, private_hosts(data)))
    else:
        _woken(runner, broker, rounds(ways, data, private_hosts(data)))


def _asked_to_stop() -> threading.Event:
    """Set once this process is asked to end."""
    asked = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: asked.set())
    return asked


def _alone(runner: Runner, asked: threading.Event, after: Callable[[], None]) -> None:
    run_forever(runner, asked.wait, after=after)


def _woken(runner: Runner, broker: str, after: Callable[[], None]) -> None:
    from amends.carry_out.celery_app import UnableToUseBroker, build_app, run_worker

    try:
        app = build_app(broker, lambda: run_some(runner, after=after))
    except UnableToUseBroker as fault:
        raise UnableToStart(str(fault)) from fault
    run_worker(app)
