"""Facts for tests of metrics: rows made by hand, asked in DuckDB over real files or in the database of a test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from amends.facts.metric_columns import TABLES, Fact, Table, plain_fact
from amends.learn.metrics.ask import Row
from amends.learn.metrics.daily import ALL
from amends.learn.metrics.facts import ParquetFacts
from amends.learn.metrics.parquet import ParquetStore


def case(number: int, **told: Any) -> Fact:
    """A case of day 100 in one shop, with what is told of it."""
    plain = {"id": number, "merchant": "main", "shop": "one", "platform": "douyin", "currency": "CNY", "order_known": 1}
    return plain_fact("cases") | plain | {"opened_day": 100, "counts_order": 1} | told


def sale(number: int, **told: Any) -> Fact:
    """An order of day 100 in one shop, one piece of 100.00."""
    plain = {
        "id": number,
        "merchant": "main",
        "shop": "one",
        "platform": "douyin",
        "currency": "CNY",
        "whole": 1,
        "one": 1,
    }
    days = {"paid_day": 100, "shipped_day": 100, "signed_day": 100}
    return plain_fact("sales") | plain | days | {"pieces": 1, "value_minor": 10000} | told


def facts_in(folder: Path, cases: Sequence[Fact], sales: Sequence[Fact] = ()) -> ParquetFacts:
    """Will write rows as the house does and give what answers from them."""
    store = ParquetStore(folder)
    with store.alone():
        store.keep(store.put(store.manifest(), {"cases": cases, "sales": sales}, {}))
    return ParquetFacts(store)


class DatabaseFacts:
    """The same tables in the database that Django was made ready for, and the same questions."""

    def __init__(self, cases: Sequence[Fact], sales: Sequence[Fact]) -> None:
        from django.db import connection

        rows: dict[Table, Sequence[Fact]] = {"cases": cases, "sales": sales}
        with connection.cursor() as cursor:
            for table, columns in TABLES.items():
                told = ", ".join([f"{one.name} {'BIGINT' if one.kind == 'number' else 'TEXT'}" for one in columns])
                cursor.execute(f"DROP TABLE IF EXISTS {table}")
                cursor.execute(f"CREATE TEMPORARY TABLE {table} ({told})")
                places = ", ".join(["%s"] * len(columns))
                for row in rows[table]:
                    cursor.execute(f"INSERT INTO {table} VALUES ({places})", [row[one.name] for one in columns])
            for daily in ALL:
                cursor.execute(f"DROP TABLE IF EXISTS {daily.name}")
                cursor.execute(f"CREATE TEMPORARY TABLE {daily.name} AS {daily.sql(daily.table)}")

    def ask(self, sql: str, given: Sequence[object], days: tuple[int, int] | None = None) -> list[Row]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(sql.replace("%", "%%").replace("?", "%s"), list(given))
            return list(cursor.fetchall())
