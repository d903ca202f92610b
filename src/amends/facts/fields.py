"""Reading one field of a mapping that came from outside: right type or a fault that names its path."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from amends.basics.money import Minor, UnableToReadAmount, read_minor

T = TypeVar("T")
_SHOWN = 60


class UnableToReadCase(ValueError):
    """A case file does not say what it must, or says what cannot be.

    `code` is a stable word for programs, `path` the field (``order.lines[0].paid``), `message` what would be right.
    """

    def __init__(self, code: str, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.code = code
        self.path = path
        self.message = message


def show(value: object) -> str:
    """A short form of a bad value for a message."""
    text = repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


class Fields:
    """One mapping of the file and where it stands. Every getter takes the field's name."""

    __slots__ = ("path", "raw")

    def __init__(self, raw: object, path: str) -> None:
        if type(raw) is not dict:
            raise UnableToReadCase("wrong_type", path or "case", f"a mapping is wanted here, not {show(raw)}")
        self.raw: dict[str, Any] = raw
        self.path = path

    def at(self, name: str) -> str:
        """The full path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def fault(self, name: str, code: str, message: str) -> UnableToReadCase:
        """A fault about the field `name`."""
        return UnableToReadCase(code, self.at(name), message)

    def ignored(self, known: Collection[str]) -> list[str]:
        """Paths of the fields that are not `known`."""
        extra = self.raw.keys() - known
        return [self.at(str(name)) for name in sorted(map(str, extra))] if extra else []

    def text(self, name: str) -> str | None:
        """A string, or None."""
        value = self.raw.get(name)
        if value is None or type(value) is str:
            return value
        raise self.fault(name, "wrong_type", f"text is wanted, not {show(value)}")

    def need_text(self, name: str) -> str:
        """A string that is there and not empty."""
        value = self.text(name)
        if not value:
            raise self.fault(name, "missing", "this field is needed and must not be empty")
        return value

    def code(self, name: str, allowed: Collection[str]) -> str | None:
        """One of the allowed codes, or None."""
        value = self.raw.get(name)
        if value is None:
            return None
        if type(value) is not str or value not in allowed:
            raise self.fault(name, "unknown_value", f"{show(value)} is not one of {', '.join(sorted(allowed))}")
        return value

    def need_code(self, name: str, allowed: Collection[str]) -> str:
        """One of the allowed codes."""
        value = self.code(name, allowed)
        if value is None:
            raise self.fault(name, "missing", f"this field is needed: one of {', '.join(sorted(allowed))}")
        return value

    def yes_no(self, name: str) -> bool | None:
        """true, false or None."""
        value = self.raw.get(name)
        if value is None or type(value) is bool:
            return value
        raise self.fault(name, "wrong_type", f"true, false or null is wanted, not {show(value)}")

    def flag(self, name: str, default: bool) -> bool:
        """true or false, with a default where nothing is said."""
        value = self.yes_no(name)
        return default if value is None else value

    def count(self, name: str, least: int = 0) -> int | None:
        """A whole number not below `least`, or None."""
        value = self.raw.get(name)
        if value is None:
            return None
        if type(value) is not int:
            raise self.fault(name, "wrong_type", f"a whole number is wanted, not {show(value)}")
        if not least <= value <= 10**9:
            raise self.fault(name, "out_of_range", f"{show(value)} must be at least {least} and at most 1000000000")
        return value

    def share(self, name: str) -> Decimal | None:
        """A number from 0 to 1 (or its decimal string), or None."""
        value = self.raw.get(name)
        if value is None:
            return None
        try:
            part = Decimal(str(value)) if type(value) in (int, float, str, Decimal) else None
        except ArithmeticError:
            part = None
        if part is None or not part.is_finite() or not 0 <= part <= 1:
            raise self.fault(name, "out_of_range", f"a number from 0 to 1 is wanted, not {show(value)}")
        return part

    def amount(self, name: str, digits: int) -> Minor | None:
        """An amount >= 0 in minor units, or None."""
        value = self.raw.get(name)
        if value is None:
            return None
        if type(value) is not str:
            raise self.fault(name, "wrong_type", f'an amount is a decimal string such as "12.50", not {show(value)}')
        try:
            minor = read_minor(value, digits)
        except UnableToReadAmount as fault:
            code = "over_precise" if "digits after the point" in str(fault) else "bad_amount"
            raise self.fault(name, code, str(fault)) from None
        if minor < 0:
            raise self.fault(name, "negative_amount", f"{value!r} is negative; amounts must be zero or more")
        return minor

    def need_amount(self, name: str, digits: int) -> Minor:
        """An amount that is there."""
        value = self.amount(name, digits)
        if value is None:
            raise self.fault(name, "missing", "this amount is needed")
        return value

    def time(self, name: str) -> datetime | None:
        """An instant with its offset, or None."""
        value = self.raw.get(name)
        if value is None:
            return None
        if type(value) is not str:
            raise self.fault(name, "wrong_type", f"a time is text such as 2026-03-05T14:20:00+08:00, not {show(value)}")
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None and not 1990 <= moment.year <= 2200:
                raise self.fault(name, "out_of_range", f"{value} is not between the years 1990 and 2200")
        except ValueError as fault:
            if isinstance(fault, UnableToReadCase):
                raise
            message = f"{show(value)} is not an ISO 8601 time such as 2026-03-05T14:20:00+08:00"
            raise self.fault(name, "bad_time", message) from None
        if moment.tzinfo is None:
            raise self.fault(name, "no_offset", f"{value} has no offset; add one, for example {value}+08:00")
        return moment

    def need_time(self, name: str) -> datetime:
        """An instant that is there."""
        value = self.time(name)
        if value is None:
            raise self.fault(name, "missing", "this time is needed, for example 2026-03-05T14:20:00+08:00")
        return value

    def items(self, name: str) -> list[Any]:
        """A list (empty where nothing is said)."""
        value = self.raw.get(name)
        if value is None:
            return []
        if type(value) is not list:
            raise self.fault(name, "wrong_type", f"a list is wanted, not {show(value)}")
        return value

    def codes(self, name: str, allowed: Collection[str] | None) -> frozenset[str]:
        """A list of codes as a set; `allowed` None takes any text."""
        values = self.items(name)
        for index, value in enumerate(values):
            if type(value) is not str or not (allowed is None or value in allowed):
                wanted = f"one of {', '.join(sorted(allowed))}" if allowed else "text"
                raise UnableToReadCase("unknown_value", f"{self.at(name)}[{index}]", f"{show(value)} is not {wanted}")
        return frozenset(values)

    def each(self, name: str, read: Callable[[Fields], T]) -> tuple[T, ...]:
        """Every item of a list of mappings, read by `read`."""
        path = self.at(name)
        return tuple([read(Fields(item, f"{path}[{index}]")) for index, item in enumerate(self.items(name))])

    def part(self, name: str) -> Fields | None:
        """A mapping inside, or None."""
        value = self.raw.get(name)
        return None if value is None else Fields(value, self.at(name))

    def need_part(self, name: str) -> Fields:
        """A mapping that is there."""
        part = self.part(name)
        if part is None:
            raise self.fault(name, "missing", "this part is needed")
        return part
