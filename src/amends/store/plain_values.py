"""Conditions with their values written out: SQLite takes a partial index only where it can read that the question is within it.

A value that is bound later proves nothing when the plan is made. PostgreSQL is told the values with the question and needs none of this.
"""

from __future__ import annotations

from typing import Any, cast

from django.db import connection
from django.db.models import Expression, Q


class Written(Expression):
    """A text or whole number of our own (never one that somebody gave) as it stands in SQL."""

    def __init__(self, value: str | int) -> None:
        super().__init__()
        self.value = value

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Will give the value as SQL writes it."""
        quoted = "'" + self.value.replace("'", "''") + "'" if isinstance(self.value, str) else str(int(self.value))
        return quoted.replace("%", "%%"), ()


def provable(condition: Q) -> Q:
    """Will give the same condition in the form in which this database sees that an index holds it."""
    return _written(condition) if connection.vendor == "sqlite" else condition


def _written(condition: Q) -> Q:
    children: list[Any] = []
    for child in condition.children:
        if isinstance(child, Q):
            children.append(_written(child))
        else:
            name, value = cast(tuple[str, Any], child)
            children.append((name, _value(value)))
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def _value(value: Any) -> Any:
    if isinstance(value, bool):
        return value  # a column that is true stands there by itself
    if isinstance(value, str | int):
        return Written(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_value(one) for one in value]
    return value
