"""Where things are on this machine: the data folder, the database, the port. The only reader of the environment."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import typer


@dataclass(frozen=True, slots=True)
class Places:
    """The data folder, the database's address (None: SQLite in the folder), the port, the broker, if any, and how many processes serve."""

    data: Path
    database_url: str | None
    port: int
    broker_url: str | None = None
    workers: int = 1


def places() -> Places:
    """What AMENDS_DATA, DATABASE_URL, AMENDS_PORT, AMENDS_BROKER_URL and AMENDS_WORKERS say, with their defaults."""
    return Places(
        data=Path(os.environ.get("AMENDS_DATA") or "data").absolute(),
        database_url=os.environ.get("DATABASE_URL") or None,
        port=_port(os.environ.get("AMENDS_PORT") or "8000"),
        broker_url=os.environ.get("AMENDS_BROKER_URL") or None,
        workers=_workers(os.environ.get("AMENDS_WORKERS") or "1"),
    )


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    print(f"AMENDS_PORT={text!r} is not a port; use a number from 1 to 65535", file=sys.stderr)
    raise typer.Exit(2)


def _workers(text: str) -> int:
    if text.isdecimal() and 0 < int(text) <= 64:
        return int(text)
    print(f"AMENDS_WORKERS={text!r} is not a number of processes; use 1 to 64", file=sys.stderr)
    raise typer.Exit(2)
