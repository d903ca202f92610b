"""An empty database gets all tables at once; they are those that the row of migrations makes, and older folders still upgrade."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.databases import KINDS, cluster, empty
from tests.django_house import start_django
from tests.table_house import KEPT, SQUASH, first_rows, migrate_to, names, shorten, stand_at, tables

FIRST_ROWS = {"Merchant": 1, "AuditHeadRow": 1}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[None]:
    """Django is joined to a database of SQLite that has no tables."""
    start_django(tmp_path)
    yield
    from django.db import connection

    connection.close()


def upgraded() -> None:
    """Will bring the database to the newest tables as `amends up` does, and see that nothing is left to do."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from amends.store.ready import migrate

    migrate()
    loader = MigrationExecutor(connection).loader
    assert set(loader.applied_migrations) >= set(loader.disk_migrations)
    assert first_rows() == FIRST_ROWS


def test_made_at_once_the_tables_are_those_of_the_row_of_migrations(database: None) -> None:
    migrate_to("store", SQUASH)
    assert shorten(tables()).splitlines() == KEPT.read_text(encoding="utf-8").splitlines()
    assert first_rows() == FIRST_ROWS


def test_a_folder_that_has_run_some_of_them_runs_the_rest(database: None) -> None:
    stand_at(names().index("0064_reports") + 1)
    assert shorten(tables()) != KEPT.read_text(encoding="utf-8")
    migrate_to("store", names()[-1])
    assert shorten(tables()).splitlines() == KEPT.read_text(encoding="utf-8").splitlines()
    upgraded()


def test_a_first_start_that_dies_at_its_end_begins_anew(database: None) -> None:
    from django.db import connection

    class Died(BaseException):
        """As a kill would end it."""

    last = names()[-1]

    def dying(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT") and "django_migrations" in sql and last in params:
            raise Died
        return execute(sql, params, many, context)

    with connection.execute_wrapper(dying), pytest.raises(Died):
        migrate_to("store", SQUASH)
    assert tables() == {}
    upgraded()


def test_no_change_of_the_models_is_without_its_migration() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.skipif(
    os.environ.get("AMENDS_HYPOTHESIS") != "thorough",
    reason="walks the whole row of migrations, 15 s a database: only under AMENDS_HYPOTHESIS=thorough",
)
@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_row_one_by_one_makes_the_same(kind: str, tmp_path: Path) -> None:
    from django.db import connection

    if kind == "postgresql" and cluster() is None:
        pytest.skip("needs PostgreSQL (Debian: apt-get install postgresql)")
    found = []
    for way in ("at once", "one by one"):
        folder = tmp_path / way
        folder.mkdir()
        start_django(folder, empty() if kind == "postgresql" else None)
        if way == "one by one":
            migrate_to("store", "0050_prevention", one_by_one=True)
        upgraded()
        found.append(tables())
        connection.close()
    assert found[0] == found[1]
    assert len(found[0]) > 500
