"""The whole database as one file, taken while it is in use, and put back into an empty place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

from django.db import connection, connections

from amends.store.database import FILE, database_settings

DatabaseKind = Literal["sqlite", "postgresql"]
_PAGES: Final = 2000
"""So many pages are copied at a time, so that who writes meanwhile need not wait."""


class UnableToCopyDatabase(RuntimeError):
    """The database could not be taken or put back; the message says why and what would help."""


def kind_of(url: str | None) -> DatabaseKind:
    """Will tell which database an address names; none is SQLite in the data folder."""
    return "postgresql" if url else "sqlite"


def copy_database(data: Path, url: str | None, target: Path) -> None:
    """Will write the database, as it is at one moment, into `target`. Others go on reading and writing. Raises `UnableToCopyDatabase`."""
    if url:
        _tool("pg_dump", url, ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])
        return
    try:
        with (
            closing(sqlite3.connect(f"file:{data / FILE}?mode=ro", uri=True)) as there,
            closing(sqlite3.connect(target)) as here,
        ):
            there.backup(here, pages=_PAGES)
            here.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as fault:
        raise UnableToCopyDatabase(f"the database {data / FILE} cannot be read: {fault}") from fault


def put_back(data: Path, url: str | None, source: Path) -> None:
    """Will put a copied database into the folder `data`, or into the empty PostgreSQL database at `url`, all of it or nothing."""
    if not url:
        shutil.move(source, data / FILE)
        return
    _tool("pg_restore", url, ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(source)])


def prove_copy(kind: str, copy: Path) -> None:
    """Will read a copied database through. Raises `UnableToCopyDatabase` where it is broken."""
    if kind == "postgresql":
        _tool("pg_restore", None, ["--list", str(copy)])
        return
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as there:
            found = [str(row[0]) for row in there.execute("PRAGMA integrity_check")]
    except sqlite3.Error as fault:
        raise UnableToCopyDatabase(f"the copied database cannot be read: {fault}") from fault
    if found != ["ok"]:
        raise UnableToCopyDatabase(f"the copied database is broken: {found[0]}")


def applied() -> tuple[str, ...]:
    """Will name the migrations that the database of this process has run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = 'store' ORDER BY name")
        return tuple([str(row[0]) for row in cursor.fetchall()])


def known() -> frozenset[str]:
    """Will name the migrations that this version of the house has."""
    return frozenset([one.stem for one in (Path(__file__).parent / "migrations").glob("0*.py")])


def is_empty() -> bool:
    """Will say whether the database of this process has no tables; it is let go of then, for others to fill it."""
    empty = not connection.introspection.table_names()
    connections.close_all()
    return empty


def _tool(name: str, url: str | None, options: list[str]) -> None:
    """Run one of PostgreSQL's own programs; its password goes by the environment, where no list of processes shows it."""
    program = shutil.which(name)
    if program is None:
        raise UnableToCopyDatabase(f"{name} is missing; on Debian: apt-get install postgresql-client")
    where, environment = _where(url)
    done = subprocess.run([program, *where, *options], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        told = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise UnableToCopyDatabase(told[0])


def _where(url: str | None) -> tuple[list[str], dict[str, str]]:
    if url is None:
        return [], dict(os.environ)
    told = database_settings(Path(), url)
    options = [
        *(["--host", told["HOST"]] if told["HOST"] else []),
        *(["--port", told["PORT"]] if told["PORT"] else []),
        *(["--username", told["USER"]] if told["USER"] else []),
        "--dbname",
        told["NAME"],
    ]
    return [*options, "--no-password"], {**os.environ, "PGPASSWORD": told["PASSWORD"]}
