"""The facts that a process asks: DuckDB over the Parquet files that hold now, one connection, a cursor for each question."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from pathlib import Path

import duckdb

from amends.facts.metric_columns import Table
from amends.facts.metric_story import Manifest
from amends.learn.metrics.ask import Row
from amends.learn.metrics.duck import open_duck, quoted
from amends.learn.metrics.parquet import NAMES, ParquetStore


class ParquetFacts:
    """Implements `amends.learn.metrics.ask.Facts`. A manifest that was renewed is taken up with the next question."""

    def __init__(self, store: ParquetStore, memory: str = "512MB") -> None:
        self.store = store
        self._memory = memory
        self._lock = threading.Lock()
        self._duck: duckdb.DuckDBPyConnection | None = None
        self._there = Manifest()
        self._seen = -1

    def manifest(self) -> Manifest:
        """Will give what holds now; read anew once another one was written."""
        with self._lock:
            self._joined()
            return self._there

    def ask(self, sql: str, given: Sequence[object], days: tuple[int, int] | None = None) -> list[Row]:
        """Will answer one question. Files that were replaced in the very moment are looked up once more.

        `days`: the question is about these alone, so that files of others are not opened.
        """
        with contextlib.suppress(duckdb.IOException):
            return self._once(sql, given, days)
        self._seen = -1
        return self._once(sql, given, days)

    def write(self, table: Table, path: str, form: str) -> int:
        """Will write a whole table into one Parquet or CSV file; how many rows. An unfinished file is not left behind."""
        whole = Path(path)
        part = whole.with_name(f".{whole.name}.part")
        options = "FORMAT parquet, COMPRESSION zstd" if form == "parquet" else "FORMAT csv, HEADER true"
        try:
            self.ask(f"COPY (SELECT * FROM {table} ORDER BY id) TO {quoted(str(part))} ({options})", ())
            part.replace(whole)
        except duckdb.IOException as fault:
            raise OSError(f"the file cannot be written there ({whole.parent})") from fault
        finally:
            part.unlink(missing_ok=True)
        return int(str(self.ask(f"SELECT COUNT(*) FROM {table}", ())[0][0]))

    def _once(self, sql: str, given: Sequence[object], days: tuple[int, int] | None) -> list[Row]:
        with self._lock:
            cursor = self._joined().cursor()
            if days is not None:
                named = [name for name in NAMES if f" {name} " in sql]
                parts = [f"{name} AS (SELECT * FROM {self.store.source(name, self._there, days)})" for name in named]
                sql = f"WITH {', '.join(parts)} {sql}"
        try:
            return list(cursor.execute(sql, list(given)).fetchall())
        finally:
            cursor.close()

    def _joined(self) -> duckdb.DuckDBPyConnection:
        """The connection, its views over the files of the present manifest."""
        written = self.store.written()
        if self._duck is None:
            self._duck, self._seen = open_duck(self._memory), -1
        if self._seen != written:
            self._there = self.store.manifest()
            for name in NAMES:
                source = self.store.source(name, self._there)
                self._duck.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {source}")
            self._seen = written
        return self._duck
