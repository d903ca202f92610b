"""The hottest questions in plain SQL, put together once for each shape: rows read, written and changed as Django's managers would.

Django puts the SQL of a question together anew every time, which costs many times what the database needs to answer it. Here only
what varies (`WHERE …`) is written by hand; the columns, and how values go in and come out, are the model's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

from django.db import DatabaseError, connection
from django.db.models import Field, Model

_Row = TypeVar("_Row", bound=Model)
_Reader = tuple[int, Any, tuple[Callable[..., Any], ...]]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the rows of a model are read: its columns in SQL, their names in Python, which of them is the key, and what is done to
    which value on its way out."""

    columns: str
    names: tuple[str, ...]
    key: int
    readers: tuple[_Reader, ...]


def rows(model: type[_Row], rest: str, given: Sequence[Any] = (), *, lock: bool = False) -> list[_Row]:
    """Will give the rows of a model for what follows `FROM table`; `lock` holds them until the transaction ends."""
    return [found[0] for found in joined((model,), f"{model._meta.db_table} {rest}", given, lock=lock)]


def first(model: type[_Row], rest: str, given: Sequence[Any] = (), *, lock: bool = False) -> _Row | None:
    """Will give the first such row, or None."""
    found = rows(model, rest, given, lock=lock)
    return found[0] if found else None


def joined(
    models: tuple[type[Model], ...], rest: str, given: Sequence[Any] = (), *, lock: bool = False
) -> list[tuple[Any, ...]]:
    """Will give the rows of several models side by side, for what follows `FROM`; None where an outer join found none.

    `lock` holds the rows of the first model.
    """
    shapes = [(model, _shape(model, connection.vendor)) for model in models]
    return [_apart(shapes, line) for line in values(_select(models, rest, connection.vendor, lock), given)]


def values(sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Will give the answer to a question as the database gives it."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


def run(sql: str, given: Sequence[Any] = ()) -> int:
    """Will make a change; how many rows it met."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return int(cursor.rowcount)


def insert(*made: Model) -> None:
    """Will write new rows of one model, and put the numbers that they got on them."""
    if not made:
        return
    fields, sql = _insert(type(made[0]), made[0].pk is not None, len(made))
    given = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in made for field in fields]
    for row, found in zip(made, values(sql, given), strict=True):
        row.pk = found[0]
        row._state.adding, row._state.db = False, connection.alias


def insert_new(row: Model) -> bool:
    """Will write a row unless another one stands in its way by a unique constraint; whether it was written.

    One that another transaction is writing is waited for.
    """
    fields, sql = _insert(type(row), False, 1, new=True)
    found = values(sql, [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields])
    if found:
        row.pk = found[0][0]
        row._state.adding, row._state.db = False, connection.alias
    return bool(found)


def same(row: _Row, columns: Sequence[str]) -> _Row:
    """Will give the row that is there with these columns as on `row`."""
    wanted = " AND ".join(f"{name} = %s" for name in columns)
    found = first(type(row), f"WHERE {wanted}", [getattr(row, name) for name in columns])
    if found is None:
        raise DatabaseError(f"{row._meta.db_table}: what stood in the way is gone")
    return found


def words(found: Iterable[str]) -> str:
    """Will give words of our own for `IN (…)`."""
    return ", ".join(f"'{word}'" for word in sorted(found))


def of(text: str, given: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """Will put a mark for each of these where `text` has `{}`."""
    return text.format(", ".join(["%s"] * len(given))), given


def update(row: Model, names: Iterable[str]) -> None:
    """Will write these columns of a row; nothing for none. Raises `DatabaseError` where the row is gone."""
    wanted = tuple(names)
    if not wanted:
        return
    fields, sql = _update(type(row), wanted)
    given = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    if run(sql, [*given, row.pk]) != 1:
        raise DatabaseError(f"{row._meta.db_table} {row.pk} is gone")


def _apart(shapes: Sequence[tuple[type[Model], _Shape]], line: tuple[Any, ...]) -> tuple[Model | None, ...]:
    """One line of an answer as the rows that stand in it side by side."""
    found: list[Model | None] = []
    start = 0
    for model, shape in shapes:
        told = list(line[start : start + len(shape.names)])
        start += len(shape.names)
        if told[shape.key] is None:
            found.append(None)
            continue
        for place, column, readers in shape.readers:
            for read in readers:
                told[place] = read(told[place], column, connection)
        found.append(model.from_db(connection.alias, shape.names, told))
    return tuple(found)


@cache
def _shape(model: type[Model], vendor: str) -> _Shape:
    """`vendor` is not read: it makes the shapes of two databases two."""
    ops = connection.copy().ops  # of a connection that nobody opens: what is remembered must not hold an open one
    table, fields = model._meta.db_table, model._meta.concrete_fields
    readers: list[_Reader] = []
    for place, field in enumerate(fields):
        column = field.get_col(table)
        found = (*ops.get_db_converters(column), *field.get_db_converters(connection))
        if found:
            readers.append((place, column, found))
    return _Shape(
        ", ".join(f'"{table}"."{field.column}"' for field in fields),
        tuple([field.attname for field in fields]),
        next(place for place, field in enumerate(fields) if field.primary_key),
        tuple(readers),
    )


@lru_cache(512)
def _select(models: tuple[type[Model], ...], rest: str, vendor: str, lock: bool) -> str:
    columns = ", ".join(_shape(model, vendor).columns for model in models)
    held = f" FOR UPDATE OF {models[0]._meta.db_table}" if lock and vendor == "postgresql" else ""
    return f"SELECT {columns} FROM {rest}{held}"  # noqa: S608 - names of our own tables only


@lru_cache(512)
def _insert(
    model: type[Model], with_key: bool, many: int, *, new: bool = False
) -> tuple[tuple[Field[Any, Any], ...], str]:
    key: Any = model._meta.pk
    fields = tuple([field for field in model._meta.concrete_fields if with_key or field is not key])
    names = ", ".join(f'"{field.column}"' for field in fields)
    line = "(" + ", ".join("%s" for _ in fields) + ")"
    lines = ", ".join([line] * many)
    unless = " ON CONFLICT DO NOTHING" if new else ""
    return fields, f'INSERT INTO {model._meta.db_table} ({names}) VALUES {lines}{unless} RETURNING "{key.column}"'  # noqa: S608 - as above


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[tuple[Field[Any, Any], ...], str]:
    key: Any = model._meta.pk
    fields = tuple([cast("Field[Any, Any]", model._meta.get_field(name)) for name in names])
    told = ", ".join(f'"{field.column}" = %s' for field in fields)
    return fields, f'UPDATE {model._meta.db_table} SET {told} WHERE "{key.column}" = %s'  # noqa: S608 - as above
