"""`amends audit verify`: how fast the whole chain is proven, in MB a second, beside raw SHA-256 over the same files.

python -m bench.bench_audit [MEGABYTES] [CASES]

Raw: every file read a megabyte at a time and hashed, nothing else. Verify: the same bytes, and every log, custody chain, row, digest. Two
kinds of files: photos of 200 kB and films of 20 MB. The files are in the page cache for both, as they were just written.
"""

from __future__ import annotations

import hashlib
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

CONSOLE = Console(width=130)
MEGABYTE = 1_000_000
FILM = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"


def fill(data: Path, total: int, cases: int, size: int) -> None:
    """Cases, and files of `size` bytes among them, `total` bytes together."""
    from datetime import timedelta

    from amends.facts.evidence import Upload
    from amends.store.database import writing
    from amends.store.digest_book import DatabaseDigests
    from tests.django_house import NOW
    from tests.money_house import case_of, order_of
    from tests.vault_house import evidence_desk

    numbers = [case_of(order_of(order=f"B{size}-{at}"), key=f"B{size}-{at}") for at in range(cases)]
    shelf = evidence_desk(data).shelf
    for at in range(max(1, total // size)):
        content = FILM + os.urandom(size - len(FILM))
        with shelf.receiving([Upload("f.mp4", lambda content=content: [content])]) as received, writing():
            received.keep(numbers[at % cases], "buyer", "Anna", NOW + timedelta(seconds=at))
    DatabaseDigests().make(NOW)


def raw(folder: Path) -> tuple[float, int]:
    """Seconds and bytes of hashing every file."""
    start, read = time.perf_counter(), 0
    for place in sorted(folder.rglob("*")):
        if not place.is_file():
            continue
        digest = hashlib.sha256()
        with place.open("rb", buffering=0) as file:
            while chunk := file.read(1024 * 1024):
                digest.update(chunk)
                read += len(chunk)
        assert digest.hexdigest() == place.name
    return time.perf_counter() - start, read


def verified(data: Path) -> float:
    """Seconds of the whole look, which must find nothing."""
    from tests.vault_house import found_in

    start = time.perf_counter()
    found = found_in(data)
    assert not found, found[:3]
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 80
    table = Table("database", "files", "MB", "raw SHA-256 MB/s", "verify MB/s", "share", "cases+pieces/s", "peak MB")
    from tests.databases import KINDS, fresh, programs

    for kind in KINDS:
        if kind == "postgresql" and programs() is None:
            continue
        for size in (200_000, 20 * MEGABYTE):
            with tempfile.TemporaryDirectory() as name, fresh(kind, Path(name)) as database:
                fill(database.data, megabytes * MEGABYTE, cases, size)
                seconds, read = raw(database.data / "evidence")
                took = verified(database.data)
                files = read // size
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                table.add_row(
                    kind,
                    f"{files:,} × {size / MEGABYTE:g} MB",
                    f"{read / MEGABYTE:,.0f}",
                    f"{read / MEGABYTE / seconds:,.0f}",
                    f"{read / MEGABYTE / took:,.0f}",
                    f"{seconds / took:.0%}",
                    f"{(cases + files) / took:,.0f}",
                    f"{peak:,.0f}",
                )
    CONSOLE.print(table)


if __name__ == "__main__":
    main()
