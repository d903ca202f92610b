"""Makes all tables at once, as a long row of migrations would leave them: for databases that begin empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.state import ProjectState

TABLES = (ModelOperation, FieldOperation, IndexOperation)


class UnableToMakeAtOnce(ValueError):
    """A migration does something besides tables and Python; the message names it."""


class MakeAtOnce(Operation):
    """Will make, in an empty database, what the migrations of `names` in `package` would make one after the other.

    Each table is made once, as the last of them leaves it. Then comes all that they run in Python, in their order and on
    the last tables: guards, search, the first rows. Nothing is written a second time, so nothing can come apart;
    `tests/rooms/store/test_squash.py` compares both ways. Everything, and Django's note that it was done, is one
    transaction: a start that is killed leaves an empty database.
    """

    reversible = False
    reduces_to_sql = False

    def __init__(self, package: str, names: Sequence[str]) -> None:
        self.package, self.names = package, names
        for one in self._parts():
            if not isinstance(one, (*TABLES, RunPython)):
                raise UnableToMakeAtOnce(f"{type(one).__name__} can not be made at once: write it as RunPython")

    def _parts(self) -> Iterator[Operation]:
        for name in self.names:
            yield from import_module(f"{self.package}.{name}").Migration.operations

    def describe(self) -> str:
        """Will say it in one line, for `migrate --plan`."""
        return f"Make at once what {self.names[0]} to {self.names[-1]} make"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Will bring the state to where the last migration leaves it, with no model class made on the way: that is what takes long."""
        if "apps" in state.__dict__:
            del state.apps
        for one in self._parts():
            one.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Will make the tables of `to_state`, their indexes and keys, and then run what is Python."""
        for model in to_state.apps.get_models():
            if model._meta.app_label == app_label and self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)
        # Django would do this after it has committed nothing but tables, and note the migration in a transaction of its own.
        for statement in schema_editor.deferred_sql:
            schema_editor.execute(statement, None)
        schema_editor.deferred_sql.clear()
        for one in self._parts():
            if isinstance(one, RunPython):
                one.code(to_state.apps, schema_editor)
