"""The facts on disk: Parquet files in the data folder, and the manifest that says which of them hold now.

A change writes new files beside the old ones, then a new manifest in one rename: whatever breaks off in between, the old manifest still
names whole files. Rows lie in buckets by their number, so that a change rewrites the files of its buckets alone.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

import duckdb
import orjson

from amends.facts.metric_columns import TABLES, Fact, Table
from amends.facts.metric_story import Manifest, Mark
from amends.learn.metrics.daily import ALL
from amends.learn.metrics.daily_files import daily_source, named, rows_of, sum_up
from amends.learn.metrics.duck import connected, quoted

BUCKET: Final = 200_000
"""Numbers that share a file."""
_GROUP: Final = 50_000
"""Rows of a row group: what a question about some weeks can leave out unread."""
_OLD_AFTER: Final = 120.0
"""Seconds for which a file that no manifest names is left for those who read it still."""
_TYPES: Final = {"number": "BIGINT", "text": "VARCHAR"}
_BY_NAME: Final = {one.name: one for one in ALL}
_TABLE: Final[dict[str, Table]] = {table: table for table in TABLES}
NAMES: Final = (*_TABLE, *_BY_NAME)
"""What a question can read from: tables of rows, and their sums a day."""


class ParquetStore:
    """The folder with the facts. One writes at a time, over all processes; anyone reads at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def written(self) -> int:
        """Will give another number once another manifest holds."""
        try:
            return (self.folder / "manifest.json").stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def manifest(self) -> Manifest:
        """Will give what holds now; facts of another shape than this house's count as none."""
        try:
            told = json.loads((self.folder / "manifest.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return Manifest()
        if told.pop("shape", "") != shape():
            return Manifest()
        return Manifest(**{**told, "mark": Mark(**told["mark"])})

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Will hold the folder for writing; says whether it could be had, without waiting."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def put(
        self, there: Manifest, rows: Mapping[Table, Iterable[Fact]], gone: Mapping[Table, Iterable[int]]
    ) -> Manifest:
        """Will write rows and give the manifest that names them, not kept yet. `gone`: the numbers whose rows so far no longer hold."""
        files: dict[str, dict[str, str]] = {table: dict(there.files.get(table, {})) for table in TABLES}
        turn, days = there.turn + 1, dict(there.days)
        with connected() as duck:
            for table, fresh in rows.items():
                numbers = set(gone.get(table, ()))
                for bucket, some in _by_bucket(fresh, numbers).items():
                    name = f"{table}-{bucket}-{turn}.parquet"
                    old = files[table].get(bucket)
                    _write(
                        duck, self.folder, table, name, old, some, [n for n in numbers if str(n // BUCKET) == bucket]
                    )
                    files[table][bucket] = name
                    days[name] = days_of(duck, table, self.folder / name)
        whole = {name for some in files.values() for name in some.values()}
        spans = {name: span for name, span in days.items() if name in whole}
        return Manifest(there.mark, files, there.at, there.behind, there.seen, turn, spans)

    def keep(self, manifest: Manifest) -> None:
        """Will make a manifest the one that holds, durably, and sweep out what none names any more."""
        told = json.dumps({**asdict(manifest), "shape": shape()})
        path = self.folder / "manifest.json"
        fresh = path.with_suffix(".new")
        with fresh.open("w") as out:
            out.write(told)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
        _sync_folder(self.folder)
        self._sweep({name for files in manifest.files.values() for name in files.values()} | named(manifest.files))

    def _sweep(self, kept: set[str]) -> None:
        for path in self.folder.glob("*.parquet*"):
            if rows_of(path.name) not in kept and path.stat().st_mtime < time.time() - _OLD_AFTER:
                path.unlink(missing_ok=True)

    def sum_up(self, manifest: Manifest) -> int:
        """Will write the sums a day that are not there yet; how many files that were."""
        return sum_up(self.folder, manifest.files)

    def source(self, name: str, manifest: Manifest, days: tuple[int, int] | None = None) -> str:
        """Will give what a question reads one of `NAMES` from, as SQL; `days`: only files that tell of these."""
        daily = _BY_NAME.get(name)
        table: Table = daily.table if daily else _TABLE[name]
        buckets = manifest.files.get(table, {})
        files = [one for one in buckets.values() if days is None or _meets(manifest.days.get(one), days)]
        if daily:
            return daily_source(self.folder, daily, buckets, {*files}, _source([], table))
        return _source([str(self.folder / one) for one in files], table)


def _by_bucket(rows: Iterable[Fact], gone: Iterable[int]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {str(number // BUCKET): [] for number in gone}
    for row in rows:
        found.setdefault(str(row["id"] // BUCKET), []).append(row)
    return found


def _write(
    duck: duckdb.DuckDBPyConnection,
    folder: Path,
    table: Table,
    name: str,
    old: str | None,
    rows: Sequence[Fact],
    gone: Sequence[int],
) -> None:
    """One bucket's file anew: what was there but for what no longer holds, and the new rows."""
    types = {one.name: _TYPES[one.kind] for one in TABLES[table]}
    columns = ", ".join(types)
    with (
        tempfile.NamedTemporaryFile(dir=folder, suffix=".rows") as fresh,
        tempfile.NamedTemporaryFile(dir=folder, suffix=".gone") as out,
    ):
        fresh.write(b"\n".join([orjson.dumps(row) for row in rows]))
        fresh.flush()
        out.write(b"\n".join([orjson.dumps({"id": one}) for one in {*gone, *[row["id"] for row in rows]}]))
        out.flush()
        parts = [f"SELECT {columns} FROM {_lines(fresh.name, types)}"] if rows else []
        if old is not None:
            kept = f"SELECT {columns} FROM read_parquet({quoted(str(folder / old))})"
            parts.append(f"{kept} WHERE id NOT IN (SELECT id FROM {_lines(out.name, {'id': 'BIGINT'})})")
        whole = " UNION ALL ".join(parts) or f"SELECT {columns} FROM {_source([], table)}"
        path = folder / f"{name}.part"
        duck.execute(
            f"COPY (SELECT * FROM ({whole}) ORDER BY id) TO {quoted(str(path))} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})"
        )
    with path.open("rb") as written:
        os.fsync(written.fileno())
    path.replace(folder / name)


def _meets(span: Sequence[int] | None, days: tuple[int, int]) -> bool:
    return span is None or (span[0] <= days[1] and days[0] <= span[1])


def days_of(duck: duckdb.DuckDBPyConnection, table: Table, path: Path) -> tuple[int, int]:
    """Will give the first and the last day that a file tells of by any of its days; of none, an empty span."""
    names = [one.name for one in TABLES[table] if one.name.endswith("_day")]
    asked = ", ".join([f"MIN({one}), MAX({one})" for one in names])
    told = duck.execute(f"SELECT {asked} FROM read_parquet({quoted(str(path))})").fetchone() or ()
    known = [int(one) for one in told if one is not None]
    return (min(known), max(known)) if known else (0, -1)


def _lines(path: str, types: Mapping[str, str]) -> str:
    told = ", ".join([f"{name}: '{kind}'" for name, kind in types.items()])
    return f"read_json({quoted(path)}, format='newline_delimited', columns={{{told}}})"


def _source(files: Sequence[str], table: Table) -> str:
    if files:
        return f"read_parquet([{', '.join([quoted(one) for one in files])}])"
    columns = ", ".join([f"CAST(NULL AS {_TYPES[one.kind]}) AS {one.name}" for one in TABLES[table]])
    return f"(SELECT {columns} WHERE 1 = 0)"


def shape() -> str:
    """Will name the shape of the tables: another one means that all is to be counted anew."""
    told = [(table, [(one.name, one.kind) for one in columns]) for table, columns in TABLES.items()]
    return hashlib.sha256(json.dumps([told, BUCKET]).encode()).hexdigest()[:16]


def _sync_folder(folder: Path) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
