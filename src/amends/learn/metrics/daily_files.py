"""Where sums a day lie: a file beside each file of rows, and one for several of them together, since a year would open hundreds.

Files of rows never change, so a file of sums holds as long as its rows do; sums of several files are named after all of them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from amends.learn.metrics.daily import ALL, Daily
from amends.learn.metrics.duck import connected, quoted, read

Buckets = Mapping[str, str]
"""The files of rows of one table by their bucket."""


def sums_path(folder: Path, rows: str, daily: Daily) -> Path:
    """Will name the file with the sums of a file of rows; sums of other metrics than today's have another name."""
    return folder / f"{rows.removesuffix('.parquet')}.{daily.day}-{daily.mark}.parquet"


def rows_of(name: str) -> str:
    """Will name the file of rows that a file belongs to (itself, or the one whose sums it holds), or the several of them."""
    return f"{name.split('.')[0]}.parquet"


def together(daily: Daily, files: Buckets) -> Iterator[tuple[str, Sequence[str]]]:
    """Will give neighbours whose sums share a file: the name that stands for all of their rows, and theirs; a single one stands alone."""
    found: dict[int, list[str]] = {}
    for bucket in sorted(files, key=int):
        found.setdefault(int(bucket) // daily.together, []).append(files[bucket])
    for group, names in found.items():
        told = hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
        yield (f"{daily.table}-all{group}-{told}.parquet" if len(names) > 1 else names[0]), names


def named(files: Mapping[str, Buckets]) -> set[str]:
    """Will give the names that files of sums of several files go by."""
    return {whole for daily in ALL for whole, _ in together(daily, files.get(daily.table, {}))}


def sum_up(folder: Path, files: Mapping[str, Buckets]) -> int:
    """Will write the sums that are not there yet; of how many files of rows. Broken off, the next time goes on."""
    missing = [
        (daily, name)
        for daily in ALL
        for name in files.get(daily.table, {}).values()
        if not sums_path(folder, name, daily).exists()
    ]
    apart = [
        (daily, whole, names)
        for daily in ALL
        for whole, names in together(daily, files.get(daily.table, {}))
        if len(names) > 1 and not sums_path(folder, whole, daily).exists()
    ]
    if missing or apart:
        with connected() as duck:
            for daily, name in missing:
                _write(duck, daily.sql(read([folder / name])), sums_path(folder, name, daily))
            for daily, whole, names in apart:
                several = read([sums_path(folder, name, daily) for name in names])
                _write(duck, daily.joined(several), sums_path(folder, whole, daily))
    return len(missing)


def _write(duck: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    part = path.with_suffix(".part")
    duck.execute(f"COPY ({sql}) TO {quoted(str(part))} (FORMAT parquet, COMPRESSION zstd)")
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(path)


def daily_source(folder: Path, daily: Daily, files: Buckets, meets: set[str], empty: str) -> str:
    """Will give what sums a day are read from, as SQL: sums of several files, of one, and where there are none yet, the rows.

    `meets`: the files of rows that tell of the days that are asked for. `empty`: no rows.
    """
    there: list[Path] = []
    rows: list[Path] = []
    for whole, names in together(daily, files):
        asked = [name for name in names if name in meets]
        if asked and sums_path(folder, whole, daily).exists():
            there.append(sums_path(folder, whole, daily))
            continue
        for name in asked:
            path = sums_path(folder, name, daily)
            (there if path.exists() else rows).append(path if path.exists() else folder / name)
    parts = [daily.sql(read(rows))] if rows else []
    if there:
        parts.append(f"SELECT * FROM {read(there)}")
    return f"({' UNION ALL BY NAME '.join(parts) or daily.sql(empty)})"
