"""Private databases for tests: SQLite files, and a PostgreSQL cluster of this test process's own in a temporary folder."""

from __future__ import annotations

import atexit
import contextlib
import functools
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

KINDS = ("sqlite", "postgresql")
# A cluster that lives for one run needs nothing that outlives a fall of its machine.
LIGHT = "-c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
_COUNT = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Database:
    """A fresh database with all tables. `url`: None for SQLite in `data`. Django is joined to it in this process."""

    kind: str
    data: Path
    url: str | None


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    return found[-1] if found else None


def _as_postgres(*words: str) -> list[str]:
    """PostgreSQL does not run as root."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


@functools.cache
def cluster() -> str | None:
    """The address (without a database's name) of a cluster for this process, started at the first call; None without the programs."""
    bin_folder = programs()
    if bin_folder is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="amends-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    base = ["-D", str(folder / "data")]
    subprocess.run(_as_postgres(f"{bin_folder}/initdb", *base, "-A", "trust", "-U", "amends", "-N"), **quiet)  # type: ignore[call-overload]
    fsync = os.environ.get("AMENDS_TEST_FSYNC", "off")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync={fsync} -c max_connections=120 {LIGHT}"
    command = [f"{bin_folder}/pg_ctl", *base, "-w", "-l", str(folder / "log"), "-o", options, "start"]
    subprocess.run(_as_postgres(*command), **quiet)  # type: ignore[call-overload]
    atexit.register(_stop, bin_folder, folder)
    return f"postgresql://amends@127.0.0.1:{port}"


def _stop(bin_folder: Path, folder: Path) -> None:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        command = [f"{bin_folder}/pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop"]
        subprocess.run(_as_postgres(*command), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.rmtree(folder, ignore_errors=True)


def _create(address: str, name: str, template: str = "template1") -> str:
    import psycopg

    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        # Some 600 files are copied as they are faster than they are written to the log and copied from there.
        way = "STRATEGY FILE_COPY" if connection.info.server_version >= 150_000 else ""
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} {way}")
    return f"{address}/{name}"


def _drop(url: str) -> None:
    """A database takes some 20 MB, and there are many tests. One that something still writes in goes with its cluster."""
    import psycopg

    address, _, name = url.rpartition("/")
    with contextlib.suppress(psycopg.Error), psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def empty() -> str:
    """The address of a new database without tables in the cluster, which must be there."""
    return _create(cluster() or "", f"amends_empty_{os.getpid()}_{next(_COUNT)}")


@functools.cache
def _template(address: str) -> str:
    """A database with all tables, to be copied."""
    url = _create(address, "amends_template")
    from tests.django_house import start_django

    start_django(Path(tempfile.gettempdir()), url)
    from django.db import connection

    from amends.store.ready import migrate

    migrate()
    connection.close()
    return "amends_template"


@contextlib.contextmanager
def fresh(kind: str, data: Path) -> Iterator[Database]:
    """A fresh database of a kind; skips where PostgreSQL is not there."""
    from tests.django_house import fresh_database, install, plain_front, start_django

    if kind == "sqlite":
        fresh_database(data)
        url = None
    else:
        address = cluster()
        if address is None:
            pytest.skip("needs PostgreSQL (Debian: apt-get install postgresql)")
        template = _template(address)
        url = _create(address, f"amends_{os.getpid()}_{next(_COUNT)}", template)
        start_django(data, url)
        install(plain_front())
    from django.db import connection

    try:
        yield Database(kind, data, url)
    finally:
        connection.close()
        if url is not None:
            _drop(url)


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Each test that asks for it runs on both databases."""
    with fresh(request.param, tmp_path) as found:
        yield found
