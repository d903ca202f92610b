"""The case history as a folder of Parquet files, parted by month (`month=2026-11/`), and the one place where SQL is asked of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from amends.facts.history import HISTORY, HistoryColumn, HistoryRow
from amends.learn.metrics.duck import open_duck, quoted

TABLE: Final = "history"
"""What the SQL calls the history."""
TYPES: Final[Mapping[str, str]] = {
    "bool": "BOOLEAN",
    "integer": "BIGINT",
    "number": "DECIMAL(38, 18)",
    "money": "BIGINT",
    "code": "VARCHAR",
    "codes": "VARCHAR[]",
    "day": "DATE",
}
"""The SQL type of each kind of column."""
_AT_A_TIME: Final = 50_000
_MEMORY: Final = "1GB"


class UnableToReadHistory(ValueError):
    """The folder holds no case history that this house can read; the message says what is missing."""


class UnableToWriteHistory(OSError):
    """The history cannot be written there; the message says why."""


class HistoryFolder:
    """One folder with one history. Writing replaces the whole of it once the new one is complete."""

    dialect: Final = "duckdb"

    def __init__(self, folder: Path, memory: str = _MEMORY) -> None:
        self.folder = folder
        self._memory = memory

    def write(self, rows: Iterable[HistoryRow]) -> int:
        """Will write a history in place of the one that was there; gives the number of rows. Raises `UnableToWriteHistory`."""
        self._check_ours()
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.folder.parent, prefix=f".{self.folder.name}.") as place:
                fresh = Path(place) / "fresh"
                fresh.mkdir()
                many = self._fill(fresh, rows)
                if self.folder.exists():
                    self.folder.rename(Path(place) / "old")
                fresh.rename(self.folder)
        except (OSError, duckdb.IOException) as fault:
            raise UnableToWriteHistory(f"{self.folder}: the history cannot be written there ({fault})") from fault
        return many

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Will answer one question about the table `history`. Raises `UnableToReadHistory`."""
        with self.opened() as duck:
            return list(duck.execute(sql).fetchall())

    @contextmanager
    def opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Will give a connection in which the table `history` is this folder. Raises `UnableToReadHistory`."""
        duck = open_duck(self._memory)
        try:
            _plan_quickly(duck)
            duck.execute(f"CREATE VIEW {TABLE} AS {self._source()}")
            self._check_columns(duck)
            yield duck
        except duckdb.IOException as fault:
            raise UnableToReadHistory(f"{self.folder}: {fault}") from fault
        finally:
            duck.close()

    def _fill(self, fresh: Path, rows: Iterable[HistoryRow]) -> int:
        many = 0
        duck = open_duck(self._memory)
        try:
            name, stream = fresh.parent / "rows.json", iter(rows)
            while part := _spill(name, stream):
                duck.execute(
                    f"COPY (SELECT * FROM {_lines(name)} ORDER BY month, asked_on, case_number) TO {quoted(str(fresh))} "
                    f"(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month), APPEND, FILENAME_PATTERN 'cases-{{uuid}}')"
                )
                many += part
        finally:
            duck.close()
        return many

    def _check_ours(self) -> None:
        """A folder with anything else in it is not swept away."""
        if self.folder.exists() and not self.folder.is_dir():
            raise UnableToWriteHistory(f"{self.folder}: a file of that name is there; give a folder")
        others = (
            [one.name for one in self.folder.iterdir() if not one.name.startswith("month=")]
            if self.folder.exists()
            else []
        )
        if others:
            raise UnableToWriteHistory(f"{self.folder}: holds other things ({others[0]}); give a folder of its own")

    def _source(self) -> str:
        if not any(self.folder.glob("month=*/*.parquet")):
            if self.folder.is_dir() and not any(self.folder.iterdir()):
                return f"SELECT * FROM ({_nothing()}) WHERE FALSE"
            raise UnableToReadHistory(
                f"{self.folder}: no month=YYYY-MM folders with .parquet files; write them with `amends export history`"
            )
        files = quoted(str(self.folder / "month=*" / "*.parquet"))
        return f"SELECT * FROM read_parquet({files}, hive_partitioning = true, hive_types = {{'month': 'VARCHAR'}}, union_by_name = true)"

    def _check_columns(self, duck: duckdb.DuckDBPyConnection) -> None:
        there = {str(row[0]): str(row[1]) for row in duck.execute(f"DESCRIBE {TABLE}").fetchall()}
        if missing := [one.name for one in HISTORY if one.name not in there]:
            raise UnableToReadHistory(
                f"{self.folder}: columns are missing ({', '.join(missing[:5])}); export the history again"
            )


def _plan_quickly(duck: duckdb.DuckDBPyConnection) -> None:
    """One step of DuckDB's planner writes the layers of a decision out over and over: minutes for a plan that takes 0.1 s without it."""
    slow = "partial_aggregate_pushdown"
    if duck.execute("SELECT 1 FROM duckdb_optimizers() WHERE name = ?", [slow]).fetchone():
        duck.execute(f"SET disabled_optimizers = {quoted(slow)}")


def types(columns: Sequence[HistoryColumn] = HISTORY) -> dict[str, str]:
    """Will give the SQL type of each column by its name."""
    return {one.name: TYPES[one.kind] for one in columns}


def _nothing() -> str:
    return "SELECT " + ", ".join([f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in types().items()])


def _lines(path: Path) -> str:
    told = ", ".join([f"'{name}': '{kind}'" for name, kind in types().items()])
    return f"read_json({quoted(str(path))}, format = 'newline_delimited', columns = {{{told}}})"


def _spill(path: Path, rows: Iterator[HistoryRow]) -> int:
    """Lines of a file, written as the rows come, so that never more than one of them is held; how many."""
    many = 0
    with path.open("wb") as out:
        for row in islice(rows, _AT_A_TIME):
            out.write(orjson.dumps(row, default=str) + b"\n")
            many += 1
    return many
