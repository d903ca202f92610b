"""DuckDB as the house opens it: with a limit, alone, fetching nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb


def quoted(text: str) -> str:
    """Will give a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def read(files: Iterable[Path]) -> str:
    """Will give Parquet files as SQL names them; at least one."""
    return f"read_parquet([{', '.join([quoted(str(one)) for one in files])}])"


@contextmanager
def connected(memory: str = "512MB") -> Iterator[duckdb.DuckDBPyConnection]:
    """Will give a DuckDB of its own that fetches nothing from anywhere and reads only what it is told to."""
    duck = open_duck(memory)
    try:
        yield duck
    finally:
        duck.close()


def open_duck(memory: str) -> duckdb.DuckDBPyConnection:
    """Will open a DuckDB in memory with a limit; extensions are never fetched."""
    settings: dict[str, Any] = {
        "memory_limit": memory,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": "",
        "threads": "2",
    }
    return duckdb.connect(":memory:", config=settings)
