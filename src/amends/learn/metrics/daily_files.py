"""Where sums a day lie: a file beside each file of rows. Files of rows never change, so a file of sums holds as long as its rows do."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from amends.learn.metrics.daily import DAILIES, Daily
from amends.learn.metrics.duck import connected, quoted, read


def sums_path(folder: Path, rows: str, daily: Daily) -> Path:
    """Will name the file with the sums of a file of rows; sums of other metrics than today's have another name."""
    return folder / f"{rows.removesuffix('.parquet')}.{daily.day}-{daily.mark}.parquet"


def rows_of(name: str) -> str:
    """Will name the file of rows that a file belongs to: itself, or the one whose sums it holds."""
    return f"{name.split('.')[0]}.parquet"


def sum_up(folder: Path, files: Mapping[str, Mapping[str, str]]) -> int:
    """Will write the sums that are not there yet; how many files that were. Broken off, the next time goes on."""
    missing = [
        (daily, name)
        for daily in DAILIES.values()
        for name in files.get(daily.table, {}).values()
        if not sums_path(folder, name, daily).exists()
    ]
    if missing:
        with connected() as duck:
            for daily, name in missing:
                path = sums_path(folder, name, daily)
                part = path.with_suffix(".part")
                sql = daily.sql(read([folder / name]))
                duck.execute(f"COPY ({sql}) TO {quoted(str(part))} (FORMAT parquet, COMPRESSION zstd)")
                with part.open("rb") as written:
                    os.fsync(written.fileno())
                part.replace(path)
    return len(missing)


def daily_source(folder: Path, daily: Daily, names: Sequence[str], empty: str) -> str:
    """Will give what sums a day are read from, as SQL: files of sums, and where there are none yet, the rows. `empty`: no rows."""
    there = [name for name in names if sums_path(folder, name, daily).exists()]
    rows = [folder / name for name in names if name not in there]
    parts = [daily.sql(read(rows))] if rows else []
    if there:
        parts.append(f"SELECT * FROM {read([sums_path(folder, name, daily) for name in there])}")
    return f"({' UNION ALL BY NAME '.join(parts) or daily.sql(empty)})"
