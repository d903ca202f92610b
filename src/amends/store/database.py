"""Where the data is kept: the settings of the connection, and the lock round every transaction that writes."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import connection, transaction

FILE = "amends.sqlite3"
_MAKING_TABLES = 0x616D656E6474
"""The name of a lock in PostgreSQL: a number that nobody else is likely to use."""


_ONE: ContextVar[bool] = ContextVar("one", default=False)


class UnableToReadDatabaseUrl(ValueError):
    """The text does not name a database that Amends can use; the message says what would."""


def database_settings(data: Path, url: str | None) -> dict[str, Any]:
    """Will give Django's settings of the database: SQLite in `data`, or PostgreSQL where `url` names one.

    SQLite keeps every committed write through a power cut (`synchronous=FULL`), lets readers read while one writes
    (WAL), and takes the write lock at the start of a transaction (IMMEDIATE) so that two writers queue, not collide.
    """
    if url:
        return _postgres_settings(url)
    pragmas = (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
        "PRAGMA cache_size=-32000",
        "PRAGMA temp_store=MEMORY",
        "PRAGMA mmap_size=268435456",
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(data / FILE),
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": ";".join(pragmas)},
        "CONN_MAX_AGE": None,
    }


def _postgres_settings(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise UnableToReadDatabaseUrl(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name; leave it unset to use SQLite"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


@contextmanager
def writing() -> Iterator[None]:
    """Will run its body as one transaction, all or nothing; on SQLite one writer at a time over all processes.

    The file lock makes writers wait in the kernel instead of spinning on SQLite's busy time-out.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic(savepoint=not _ONE.get()):
            yield
        return
    name = str(connection.settings_dict["NAME"])
    if _in_memory(name):
        with transaction.atomic():
            yield
        return
    with open(name + ".lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with transaction.atomic():
            yield


@contextmanager
def writing_as_one() -> Iterator[None]:
    """Will run its body as one transaction without savepoints: a fault anywhere inside undoes all of it, caught or not."""
    with writing():
        token = _ONE.set(True)
        try:
            yield
        finally:
            _ONE.reset(token)


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Will tell its body whether it is the only one over all processes to be here under this name; it never waits."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            mine = bool(cursor.fetchone()[0])
            try:
                yield mine
            finally:
                if mine:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
        return
    where = str(connection.settings_dict["NAME"])
    if _in_memory(where):
        yield True
        return
    with open(f"{where}.{name}-lock", "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def making_tables() -> Iterator[None]:
    """Will run its body while no other process on this database makes tables: those that start at the same time wait for the first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MAKING_TABLES])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MAKING_TABLES])
        return
    name = str(connection.settings_dict["NAME"])
    if _in_memory(name):
        yield
        return
    with open(name + ".tables-lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _in_memory(name: str) -> bool:
    """Whether an SQLite database is this process's own, so that nobody else has to wait."""
    return ":memory:" in name or "mode=memory" in name
