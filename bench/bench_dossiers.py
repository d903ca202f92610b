"""Dossiers: seconds and memory for cases with 1, 20 and 200 exhibits (`python -m bench.bench_dossiers`).

Through the desk, on SQLite, as the runner does it: files read from the shelf, made ready, drawn, kept, told. Photos of noise, which no
JPEG makes small: the worst there is. Each row in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

ROWS = (("court", "", 1), ("court", "", 20), ("court", "", 200), ("visa", "13.1", 200))


def photo(at: int) -> bytes:
    """A photograph of 3 million pixels, unlike any other."""
    memory = io.BytesIO()
    Image.effect_noise((2000, 1500), 20 + at % 60).convert("RGB").save(memory, "JPEG", quality=80)
    return memory.getvalue()


def one(forum: str, reason: str, count: int) -> None:
    """Build one dossier; print what it took."""
    from tests.django_house import NOW, fresh_database

    data = Path(tempfile.mkdtemp(prefix="amends-bench-"))
    fresh_database(data)
    from amends.facts.log import Actor
    from amends.facts.vault import GoodsOf
    from tests.dossier_house import dossiers_in
    from tests.portal_house import upload

    house = dossiers_in(data)
    number = house.case("B-10001", files=0)
    shelf = house.desk.vault.evidence.shelf
    for at in range(count):
        with shelf.receiving([upload(photo(at), f"{at}.jpg")]) as received:
            received.keep_for_goods(GoodsOf("acme", "B-10001"), Actor("person", "wu"), NOW, "folder")
    before = time.perf_counter()
    built = house.build(number, forum, reason)
    first = time.perf_counter() - before
    before = time.perf_counter()
    house.build(number, forum, reason)
    again = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size, pages = built.size / 1e6, built.pages
    print(f"| {forum} | {count} | {pages} | {first:.1f} | {again:.2f} | {size:.1f} | {peak} |", flush=True)


def main() -> None:
    """All rows."""
    print(
        "| forum | exhibits | pages | s | again, nothing changed, s | MB | peak MB |\n|---|---|---|---|---|---|---|",
        flush=True,
    )
    for forum, reason, count in ROWS:
        subprocess.run([sys.executable, "-m", "bench.bench_dossiers", forum, reason, str(count)], check=True)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        one(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        main()
