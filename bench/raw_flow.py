"""The same durable writes with nothing round them: a case's flow in four transactions and a read, straight through the driver."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

_TABLES = """
CREATE TABLE raw_case (id {key}, state TEXT NOT NULL, reason TEXT);
CREATE TABLE raw_line (id {key}, case_id BIGINT, amount BIGINT);
CREATE TABLE raw_event (id {key}, case_id BIGINT, kind TEXT, data TEXT);
CREATE TABLE raw_refund (id {key}, case_id BIGINT, amount BIGINT, ref TEXT UNIQUE);
CREATE INDEX raw_e ON raw_event (case_id);
CREATE INDEX raw_l ON raw_line (case_id);
CREATE INDEX raw_r ON raw_refund (case_id);
"""

Execute = Callable[..., Any]


def _flow(begin: Callable[[], Any], run: Execute, mark: str) -> None:
    with begin():
        case = run("INSERT INTO raw_case (state, reason) VALUES ('asked', 'changed_mind') RETURNING id").fetchone()[0]
        run(f"INSERT INTO raw_line (case_id, amount) VALUES ({mark}, 2000)", (case,))
        run(f"INSERT INTO raw_event (case_id, kind, data) VALUES ({mark}, 'asked', '{{}}')", (case,))
    for state in ("approved", "received"):
        with begin():
            run(f"UPDATE raw_case SET state = {mark} WHERE id = {mark}", (state, case))
            run(f"INSERT INTO raw_event (case_id, kind, data) VALUES ({mark}, {mark}, '{{}}')", (case, state))
    with begin():
        run(f"INSERT INTO raw_refund (case_id, amount, ref) VALUES ({mark}, 2000, {mark})", (case, f"ref-{case}"))
        run(f"UPDATE raw_case SET state = 'refunded' WHERE id = {mark}", (case,))
        run(f"INSERT INTO raw_event (case_id, kind, data) VALUES ({mark}, 'refunded', '{{}}')", (case,))
    events = run(f"SELECT kind FROM raw_event WHERE case_id = {mark} ORDER BY id", (case,)).fetchall()
    refunds = run(f"SELECT amount FROM raw_refund WHERE case_id = {mark}", (case,)).fetchall()
    assert len(events) == 4
    assert len(refunds) == 1


def _press(worker: Callable[[list[float], float], None], callers: int, seconds: float) -> list[float]:
    taken: list[float] = []
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=worker, args=(taken, until)) for _ in range(callers)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return taken


def sqlite_flows(folder: Path, callers: int, seconds: float) -> list[float]:
    """How long each flow took, in seconds; `synchronous=FULL`, one writer at a time."""
    path, lock = folder / f"raw-{callers}.sqlite3", threading.Lock()

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    first = opened()
    first.executescript(_TABLES.format(key="INTEGER PRIMARY KEY"))
    first.close()

    class Transaction:
        def __init__(self, connection: sqlite3.Connection) -> None:
            self.connection = connection

        def __enter__(self) -> None:
            lock.acquire()
            self.connection.execute("BEGIN IMMEDIATE")

        def __exit__(self, *fault: object) -> None:
            self.connection.execute("COMMIT")
            lock.release()

    def worker(taken: list[float], until: float) -> None:
        connection = opened()
        while (began := time.perf_counter()) < until:
            _flow(lambda: Transaction(connection), connection.execute, "?")
            taken.append(time.perf_counter() - began)
        connection.close()

    return _press(worker, callers, seconds)


def postgres_flows(url: str, callers: int, seconds: float) -> list[float]:
    """How long each flow took, in seconds."""
    with psycopg.connect(url, autocommit=True) as first:
        first.execute("DROP TABLE IF EXISTS raw_case, raw_line, raw_event, raw_refund")
        for statement in _TABLES.format(key="BIGSERIAL PRIMARY KEY").split(";"):
            if statement.strip():
                first.execute(statement)

    def worker(taken: list[float], until: float) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while (began := time.perf_counter()) < until:
                _flow(connection.transaction, connection.execute, "%s")
                taken.append(time.perf_counter() - began)

    return _press(worker, callers, seconds)
