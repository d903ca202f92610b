"""One presser: its own process, several threads, all asking the desk to pay out the same cases at once.

`python -m tests.concurrency.press DATA URL THREADS NUMBER...` waits for a line on standard input, then presses; prints what each was told.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from pathlib import Path

from tests.django_house import start_django


def main(data: Path, url: str | None, threads: int, numbers: list[int]) -> Counter[str]:
    """Every thread presses every case's button; how often each was told what."""
    start_django(data, url)
    from django.db import connection

    from amends.desk.pay_out import UnableToPayOut, UnableToPromise, pay_out
    from amends.facts.people import Person
    from tests.money_house import NOW, ROUTES, desk_of

    told: Counter[str] = Counter()
    lock = threading.Lock()
    ready = threading.Barrier(threads + 1)

    def press(shift: int) -> None:
        desk = desk_of()
        ready.wait()
        for place in range(len(numbers)):
            number = numbers[(place + shift) % len(numbers)]
            try:
                made = pay_out(desk.house, desk.till, ROUTES, number, Person(f"p{shift}", "manager"), NOW)
                word = f"{number}: plan {made.number}"
            except (UnableToPayOut, UnableToPromise) as fault:
                word = f"{number}: {type(fault).__name__}"
            with lock:
                told[word] += 1
        connection.close()

    workers = [threading.Thread(target=press, args=(shift,)) for shift in range(threads)]
    for worker in workers:
        worker.start()
    connection.close()
    print("ready", flush=True)
    sys.stdin.readline()
    ready.wait()
    for worker in workers:
        worker.join()
    return told


if __name__ == "__main__":
    found = main(Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]), [int(word) for word in sys.argv[4:]])
    print(json.dumps(found))
