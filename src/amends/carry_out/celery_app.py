"""Many machines: Celery wakes the workers, the database holds the truth. A task says "look at the agenda" and carries nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from celery import Celery
from celery.signals import worker_process_init

LOOK: Final = "amends.look"
EVERY_SECONDS: Final = 1.0


def build_app(broker: str, ready: Callable[[], Callable[[], int]]) -> Celery:
    """A Celery application whose one task works off what is due. `ready` is called once in each worker process and gives the work.

    A message that is lost, doubled or late does no harm: the next second says the same. A worker that is killed leaves a lease that runs
    out; another one then goes on.
    """
    app = Celery("amends", broker=broker)
    app.conf.update(
        task_acks_late=True,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        broker_connection_retry_on_startup=True,
        beat_schedule={"look": {"task": LOOK, "schedule": EVERY_SECONDS, "options": {"expires": 5}}},
    )
    made: list[Callable[[], int]] = []

    def prepare(**_: object) -> None:
        made[:] = [ready()]

    worker_process_init.connect(prepare, weak=False)

    @app.task(name=LOOK)  # type: ignore[untyped-decorator]
    def look() -> None:
        if not made:
            prepare()
        while made[0]():
            pass

    return app


def run_worker(app: Celery, hands: int, schedule: str) -> None:
    """Work until asked to stop. `schedule`: the file in which the beat keeps its time."""
    app.worker_main(
        [
            "worker",
            "--beat",
            f"--schedule={schedule}",
            f"--concurrency={hands}",
            "--loglevel=WARNING",
            "--without-gossip",
        ]
    )
