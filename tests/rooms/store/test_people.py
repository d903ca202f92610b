"""The demo user is made once; the password is kept as a hash and for its owner's eyes."""

from pathlib import Path

import pytest

from amends.store.database import database_settings


def test_the_first_start_makes_a_password_and_later_ones_tell_it(database: Path) -> None:
    from amends.store.people import ensure_demo_user

    first = ensure_demo_user(database)
    second = ensure_demo_user(database)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.password
    assert first.password == second.password
    file = database / "demo-password.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    assert first.password not in (database / "amends.sqlite3").read_bytes().decode("latin-1")


def test_a_password_that_was_changed_is_not_told(database: Path) -> None:
    from amends.store.people import ensure_demo_user, set_password

    ensure_demo_user(database)
    set_password("demo", "something else entirely")
    assert ensure_demo_user(database).password is None


def test_passwords_differ() -> None:
    from amends.store.people import new_password

    assert len({new_password() for _ in range(50)}) == 50


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "nonsense"])
def test_a_wrong_database_url_is_told_what_would_be_right(url: str) -> None:
    from amends.store.database import UnableToReadDatabaseUrl

    with pytest.raises(UnableToReadDatabaseUrl, match="postgresql://user:password@host:5432/name"):
        database_settings(Path("x"), url)


def test_a_postgres_url_is_taken_apart() -> None:
    found = database_settings(Path("x"), "postgresql://amy:p%40ss@db.local:5433/amends")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "amy",
        "p@ss",
        "db.local",
        "5433",
        "amends",
    )


def test_sqlite_keeps_what_is_committed(database: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2
