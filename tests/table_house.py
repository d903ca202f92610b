"""The tables of the store read back from a database, and ways to make them: at once, and one migration after the other.

`python -m tests.table_house` walks the whole row of migrations on SQLite and keeps what it made in `tests/rooms/store/tables.txt`.
"""

from __future__ import annotations

import hashlib
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent / "rooms" / "store" / "tables.txt"
SQUASH = "0001_squashed"

POSTGRESQL = {
    "column": "SELECT table_name || '.' || column_name, concat_ws(' ', data_type, character_maximum_length, is_nullable, "
    "column_default, is_identity) FROM information_schema.columns WHERE table_name LIKE 'store%'",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'store%'",
    "constraint": "SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE conrelid::regclass::text LIKE 'store%'",
    "trigger": "SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "function": "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
}


def names() -> tuple[str, ...]:
    """The migrations that the squash stands for, in their order; Django must be ready."""
    found: tuple[str, ...] = import_module(f"amends.store.migrations.{SQUASH}").NAMES
    return found


def _parts(words: str) -> list[str]:
    """What stands between the outer brackets of CREATE TABLE, split at its own commas."""
    depth, parts = 0, [""]
    for letter in words[words.index("(") + 1 : words.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [one.strip() for one in parts]


def _sqlite(cursor: Any) -> dict[str, str]:
    cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE tbl_name LIKE 'store%'")
    found = {}
    for kind, name, words in cursor.fetchall():
        # A table that SQLite had to build anew has the same columns in another order, and nothing goes by their order.
        plain = "\n".join(sorted(_parts(words))) if words and words.startswith("CREATE TABLE") else words or ""
        found[f"{kind} {name}"] = plain
    return found


def tables() -> dict[str, str]:
    """What the database that Django is joined to has of the store: `kind name` and how it is made, in one spelling."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return _sqlite(cursor)
        found = {}
        for kind, question in POSTGRESQL.items():
            cursor.execute(question)
            found |= {f"{kind} {name}": words for name, words in cursor.fetchall()}
        return found


def first_rows() -> dict[str, int]:
    """How many rows each table of the store has, those that have any; a table that a later migration makes is not there yet."""
    from django.apps import apps
    from django.db import connection

    there, models = set(connection.introspection.table_names()), apps.get_app_config("store").get_models()
    counted = {one.__name__: one._base_manager.count() for one in models if one._meta.db_table in there}
    return {name: count for name, count in counted.items() if count}


def shorten(found: dict[str, str]) -> str:
    """One line for each thing: its kind, its name and a digest of how it is made."""
    lines = (f"{name} {hashlib.sha256(words.encode()).hexdigest()[:16]}\n" for name, words in sorted(found.items()))
    return "".join(lines)


def migrate_to(app: str, name: str, *, one_by_one: bool = False) -> None:
    """Will migrate to one migration; `one_by_one` as it was before there was a squash."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.loader import MigrationLoader

    executor = MigrationExecutor(connection)
    if one_by_one:
        executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate([(app, name)])


def stand_at(count: int) -> None:
    """Will give an empty database the tables that the first `count` migrations make, and note each as run."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from amends.store.at_once import MakeAtOnce

    migrate_to("auth", "0012_alter_user_first_name_max_length")
    executor = MigrationExecutor(connection)
    before = executor.loader.project_state([("auth", "0012_alter_user_first_name_max_length")])
    step, after = MakeAtOnce("amends.store.migrations", names()[:count]), before.clone()
    with connection.schema_editor() as editor:
        step.state_forwards("store", after)
        step.database_forwards("store", editor, before, after)
        for name in names()[:count]:
            executor.recorder.record_applied("store", name)


def _keep() -> None:
    from tests.django_house import start_django

    with tempfile.TemporaryDirectory() as folder:
        start_django(Path(folder))
        migrate_to("store", names()[-1], one_by_one=True)
        KEPT.write_text(shorten(tables()), encoding="utf-8")


if __name__ == "__main__":
    _keep()
