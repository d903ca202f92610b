"""Many machines: Celery wakes the workers, the database holds the truth. A task says "look at the agenda" and carries nothing.

A message that is lost, doubled or late does no harm: a second later the next says the same. A worker that is killed leaves a lease that
runs out; another one then goes on.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import Any, Final

from celery import Celery

LOOK: Final = "amends.look"
EVERY_SECONDS: Final = 1.0
SCHEMES: Final = ("redis", "rediss", "amqp", "amqps")
_log = logging.getLogger("amends.runner")


class UnableToUseBroker(ValueError):
    """The text does not name a broker that Amends can use; the message says what would."""


def build_app(broker: str, work: Callable[[], bool]) -> Celery:
    """A Celery application whose one task calls `work`, and says the same once more where `work` tells that more may be due.

    Raises `UnableToUseBroker`.
    """
    scheme, found, _ = broker.partition("://")
    if not found or scheme not in SCHEMES:
        raise UnableToUseBroker(
            "AMENDS_BROKER_URL must look like redis://host:6379/0 or amqp://user:password@host:5672//; leave it unset for none"
        )
    app = Celery("amends", broker=broker, set_as_current=False)
    app.conf.update(
        task_default_queue="amends",
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
    )

    @app.task(name=LOOK)  # type: ignore[untyped-decorator]
    def look() -> None:
        if work():
            _wake(app)

    return app


def run_worker(app: Celery) -> None:
    """Work until asked to stop; what is under way is finished first.

    One process, no children: nothing of it outlives a `kill -9`. Whoever wants more work done at a time gives it more hands or starts more.
    """
    stopped = threading.Event()
    threading.Thread(target=_wake_on, args=(app, stopped), daemon=True, name="amends-wake").start()
    worker: Any = app.Worker(
        pool="solo",
        hostname=f"amends-{os.getpid()}@{os.uname().nodename}",
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    try:
        worker.start()
    finally:
        stopped.set()


def _wake_on(app: Celery, stopped: threading.Event) -> None:
    while not stopped.wait(EVERY_SECONDS):
        _wake(app)


def _wake(app: Celery) -> None:
    """Say that the agenda should be looked at. What nobody heard in time expires, so that nothing piles up while all are busy."""
    try:
        app.send_task(LOOK, expires=EVERY_SECONDS * 2, retry=False)
    except Exception as fault:  # noqa: BLE001 - a broker that is away must not end the worker; the next second tries again
        _log.warning("the broker cannot be told: %s", fault)
