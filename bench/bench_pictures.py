"""Pictures: how many changed copies are known again, how many different ones are taken for the same, and the index over 1,000,000.

python -m bench.bench_pictures [PICTURES] [--only matches|index]
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image
from rich.console import Console
from rich.table import Table

from amends.intake.prints import BITS, KEYS, SURE, keys_of, sought_by
from bench.changed_pictures import CHANGES, shared_pictures
from bench.picture_matches import kept, outcomes
from tests.databases import KINDS, fresh

ONE, WHOLE = 1_000, 100
"""So many look-ups of one print, and of whole pictures."""
COLUMNS = ("id", "picture_id", "anchor", "bits", "key_0", "key_1", "key_2")
INDEXES = ("print_key_0", "print_key_1", "print_key_2")


def matches() -> Table:
    """Every way of changing pictures, each changed picture against all that are kept."""
    table = Table(
        title=f"Copies known again: {len(shared_pictures())} pictures, each changed and looked up among all of them"
    )
    for heading in (
        "changed by",
        "suspected",
        "known again",
        "not known",
        "other pictures taken for it",
        "s a picture",
    ):
        table.add_column(heading)
    paths = kept()[0]
    for one in outcomes(list(CHANGES)):
        missed = ", ".join([paths[place].stem for place in one.missed])
        pairs = sorted({tuple(sorted((paths[new].stem, paths[old].stem))) for new, old in one.false})
        table.add_row(
            one.name,
            f"{one.suspected}/{one.pictures}",
            f"{one.known}/{one.pictures}",
            missed or "-",
            "; ".join([f"{one}={other}" for one, other in pairs]) or "-",
            f"{one.seconds / max(1, one.pictures):.2f}",
        )
    return table


def prints(count: int) -> Iterator[tuple[int, ...]]:
    """Two prints by chance for each of so many pictures."""
    chance = Random(1)
    for place in range(2 * count):
        bits = chance.getrandbits(BITS)
        yield (place + 1, place // 2 + 1, place % 2, bits, *keys_of(bits))


def fill(kind: str, count: int) -> float:
    """Put prints of so many pictures into the database; how many seconds it took, indexes included."""
    from django.db import connection, transaction

    before = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for name in INDEXES:
            cursor.execute(f"DROP INDEX {name}")
        if kind == "sqlite":
            cursor.execute(
                "INSERT INTO store_picturerow (id, sha256, facts) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                f"WHERE i < {count}) SELECT i, printf('%064x', i), '{{}}' FROM n"
            )
            places = ", ".join(["%s"] * len(COLUMNS))
            for some in parted(prints(count), 50_000):
                cursor.executemany(f"INSERT INTO store_printrow ({', '.join(COLUMNS)}) VALUES ({places})", some)
        else:
            cursor.execute(
                "INSERT INTO store_picturerow (id, sha256, facts) "
                f"SELECT i, lpad(to_hex(i), 64, '0'), '{{}}' FROM generate_series(1, {count}) i"
            )
            with cursor.copy(f"COPY store_printrow ({', '.join(COLUMNS)}) FROM STDIN") as copy:
                for row in prints(count):
                    copy.write_row(row)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in INDEXES:
            cursor.execute(f"CREATE INDEX {name} ON store_printrow ({name.removeprefix('print_')})")
        cursor.execute("ANALYZE")
    return time.perf_counter() - before


def parted(rows: Iterable[tuple[int, ...]], size: int) -> Iterator[list[tuple[int, ...]]]:
    """In lists of so many."""
    some: list[tuple[int, ...]] = []
    for row in rows:
        some.append(row)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def plain(sought: Iterable[tuple[int, int]]) -> int:
    """The same question as plain SQL, without anything of ours; how many rows."""
    from django.db import connection

    found = 0
    with connection.cursor() as cursor:
        for place in range(KEYS):
            values = ",".join([str(value) for at, value in sought if at == place])
            cursor.execute(f"SELECT picture_id, anchor, bits FROM store_printrow WHERE key_{place} IN ({values})")
            found += len(cursor.fetchall())
    return found


def simplest() -> Callable[[int], Any]:
    """The driver's own connection asked for one key of one print: the least that a look-up can cost."""
    from django.db import connection

    connection.ensure_connection()
    cursor = connection.connection.cursor()
    mark = "?" if connection.vendor == "sqlite" else "%s"
    question = f"SELECT picture_id, anchor, bits FROM store_printrow WHERE key_0 = {mark}"
    return lambda value: cursor.execute(question, (value,)).fetchall()


def timed(work: Callable[[], Any], rounds: int) -> list[float]:
    """Milliseconds of each round, in order of size."""
    spans = []
    for _ in range(rounds):
        before = time.perf_counter()
        work()
        spans.append((time.perf_counter() - before) * 1000)
    return sorted(spans)


def told(spans: Sequence[float]) -> str:
    """The median, and what 95 of 100 take at most."""
    return f"{statistics.median(spans):.2f}, {spans[min(len(spans) - 1, len(spans) * 95 // 100)]:.2f}"


def megabytes_in_use() -> float:
    """What this process holds in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1_000_000


def megabytes_on_disk(folder: Path) -> float:
    """What the prints take with their indexes; with SQLite the whole file."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return sum([one.stat().st_size for one in folder.rglob("*") if one.is_file()]) / 1_000_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('store_printrow') + pg_total_relation_size('store_picturerow')")
        return float(cursor.fetchone()[0]) / 1_000_000


def index(kind: str, count: int, folder: Path, table: Table) -> None:
    """Look up single prints, and whole pictures with all their windows, among so many."""
    from amends.store.picture_index import DatabasePictureIndex

    book, chance = DatabasePictureIndex(), Random(2)
    seconds = fill(kind, count)
    whole = [sought_by(Image.effect_noise((96, 96), 90).convert("L"))[1].keys() for _ in range(8)]
    some = [row[3] for row in next(parted(prints(count), 2_000))]
    lost, held = 0, megabytes_in_use()

    def one() -> None:
        nonlocal lost
        bits = chance.choice(some)
        sought = bits
        for place in chance.sample(range(BITS), SURE):
            sought ^= 1 << place
        lost += not any(row.bits == bits for row in book.near(set(enumerate(keys_of(sought)))))

    bare = simplest()
    least = timed(lambda: bare(keys_of(chance.choice(some))[0]), ONE)
    single = timed(one, ONE)
    many = timed(lambda: book.near(chance.choice(whole)), WHOLE)
    same = timed(lambda: plain(chance.choice(whole)), WHOLE)
    grown = megabytes_in_use() - held
    keys, rows = statistics.mean([len(one) for one in whole]), statistics.mean([plain(one) for one in whole])
    cells = (f"{megabytes_on_disk(folder):,.0f}", f"{grown:.0f}", told(least), told(single), f"{lost}/{ONE}")
    more = (f"{keys:,.0f}", f"{rows:,.0f}", told(many), told(same))
    table.add_row(kind, f"{seconds:.0f}", *cells, *more)


def main() -> None:
    """Print the tables."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    only = next((word for word in words if word in ("matches", "index")), "")
    count = next((int(word) for word in words if word.isdigit()), 1_000_000)
    console = Console(width=170)
    if only != "index":
        if shared_pictures():
            console.print(matches())
        else:
            console.print("The shared pictures are not here (AMENDS_SHARED names their folder): no table of matches.")
    if only == "matches":
        return
    table = Table(title=f"Looking up among {count:,} pictures, two prints each; milliseconds: median, 95th percentile")
    headings = ("database", "filled in s", "MB on disk", "MB more held", "driver, one key", "one print", "not found")
    for heading in (*headings, "keys a picture", "rows met", "whole picture", "the same in plain SQL"):
        table.add_column(heading)
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder, fresh(kind, Path(folder)):
            index(kind, count, Path(folder), table)
    console.print(table)


if __name__ == "__main__":
    main()
