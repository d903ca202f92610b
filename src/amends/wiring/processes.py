"""The processes that `amends up` starts beside the server: the runner of the agenda, and for the sample shops the fake gateways.

Each ends by itself when the process that started it is gone, so that a killed server leaves nothing behind.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from amends.carry_out.loop import run_forever
from amends.carry_out.runner import LEASE_SECONDS, Runner
from amends.carry_out.tokens import Tokens
from amends.carry_out.wire import Wire
from amends.cli.tools import RunningFake, UnableToStart
from amends.facts.claims import Claim
from amends.facts.plan import StepState
from amends.facts.wire import BY_SHOP
from amends.wiring.api import private_hosts
from amends.wiring.backups import wait_while_held
from amends.wiring.channel_rounds import free_connections_of_the_dead
from amends.wiring.clock import now
from amends.wiring.demo_money import aim_at
from amends.wiring.django_start import start_django
from amends.wiring.keeper import keep
from amends.wiring.platform_ways import platform_pay
from amends.wiring.rounds import rounds
from amends.wiring.ways import Ways, read_ways

_STARTED_WITHIN: Final = 20
_HANDS: Final = 4


class Hands:
    """Threads that work side by side; after each piece of work its thread lets go of a database connection that is broken or old."""

    def __init__(self, many: int) -> None:
        self._threads = ThreadPoolExecutor(many, thread_name_prefix="runner")

    def map(self, work: Callable[[Claim], StepState | None], claims: Iterable[Claim]) -> Iterable[StepState | None]:
        """What came of each claim."""
        from django.db import close_old_connections

        def one(claim: Claim) -> StepState | None:
            try:
                return work(claim)
            finally:
                close_old_connections()

        return self._threads.map(one, claims)


def build_runner(ways: Ways, hands: int = 1, lease_seconds: int = LEASE_SECONDS) -> Runner:
    """A runner over the database that Django was made ready for, with a wire that calls the configured hosts only.

    `hands`: how many steps it works on side by side.
    """
    from amends.store.money_payouts import DatabasePayouts

    wire = Wire(ways.hosts)
    owner = f"{os.uname().nodename}:{os.getpid()}"
    crew = Hands(hands) if hands > 1 else None
    tokens = Tokens(wire, now)
    gateways = {**ways.gateways, BY_SHOP: platform_pay()}
    return Runner(
        owner, DatabasePayouts(), gateways, wire, now, lambda: secrets.token_hex(16), tokens, crew, lease_seconds
    )


def free_what_the_dead_hold() -> None:
    """End the leases of workers of this machine whose process is gone: nobody need wait for them to run out."""
    from amends.store.collect_book import DatabaseCollections
    from amends.store.deed_book import DatabaseDeeds
    from amends.store.money_payouts import DatabasePayouts

    for book in (DatabasePayouts(), DatabaseDeeds(), DatabaseCollections()):
        for owner in book.holders(now()):
            node, _, process = owner.rpartition(":")
            if node == os.uname().nodename and process.isdecimal() and not Path(f"/proc/{process}").exists():
                book.free(owner, now())
    free_connections_of_the_dead()


def run_agenda(data: Path, url: str | None, ways: str, parent: int) -> None:
    """The runner's process: until its parent is gone, or it is asked to stop."""
    asked = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: asked.set())
    start_django(data, url)

    def stop(seconds: float) -> bool:
        return asked.wait(seconds) or os.getppid() != parent

    free_what_the_dead_hold()
    if not wait_while_held(stop):
        return
    found = read_ways(ways)
    run_forever(build_runner(found, hands=_HANDS), stop, after=rounds(found, data, private_hosts(data)))


@contextmanager
def running(data: Path, url: str | None, ways: str) -> Iterator[None]:
    """A runner in a process of its own for as long as the block lasts; should it die, another takes its place. `ways`: their text."""
    context = multiprocessing.get_context("spawn")
    keeper = context.Process(target=keep, args=(data, url, ways, os.getpid()), name="amends-keeper")
    keeper.start()
    try:
        yield
    finally:
        keeper.terminate()
        keeper.join(15)


@contextmanager
def fakes(state: Path | None) -> Iterator[list[RunningFake]]:
    """Every fake gateway in one process of its own, their money kept in `state`, for as long as the block lasts. Raises `UnableToStart`."""
    with _stand_ins(5, *_kept_in(state)) as found:
        yield found


@contextmanager
def platforms(
    state: Path | None, only: Sequence[str], port: int, samples: int, pushes: Mapping[str, str]
) -> Iterator[list[RunningFake]]:
    """Every fake platform (or `only` these), likewise. `pushes`: to which address each pushes. Raises `UnableToStart`."""
    from amends.fakes.platforms import PLATFORMS

    for name in (*only, *pushes):
        if name not in PLATFORMS:
            raise UnableToStart(f"there is no stand-in for {name!r}; there are {', '.join(PLATFORMS)}")
    names = list(only) or list(PLATFORMS)
    if not names:
        raise UnableToStart("there are no stand-ins for platforms")
    chosen = [word for name in names for word in ("--platform", name)]
    with _stand_ins(len(names), *chosen, "--port", str(port), "--samples", str(samples), *_kept_in(state)) as found:
        for fake in found:
            if fake.name in pushes:
                aim_at(fake, pushes[fake.name])
        yield found


def _kept_in(state: Path | None) -> tuple[str, ...]:
    return ("--state", str(state)) if state else ()


@contextmanager
def _stand_ins(many: int, *options: str) -> Iterator[list[RunningFake]]:
    command = [sys.executable, "-m", "amends.fakes", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        watch = threading.Timer(_STARTED_WITHIN, process.kill)
        watch.start()
        try:
            found: list[RunningFake] = []
            while len(found) < many and (line := process.stdout.readline() if process.stdout else ""):
                found.append(RunningFake(**json.loads(line)))
            if len(found) < many:
                raise UnableToStart("the stand-ins ended at once; run python -m amends.fakes to see why")
            watch.cancel()
            yield found
        finally:
            watch.cancel()
            if process.stdin:
                process.stdin.close()
            process.terminate()


def wait() -> None:
    """Do nothing until Ctrl-C."""
    threading.Event().wait()
