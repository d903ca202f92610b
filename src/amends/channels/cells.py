"""Reading the cells of an exported row by the names that the platform's columns have had over the years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from amends.basics.money import Minor, UnableToReadAmount, read_minor
from amends.facts.imported import Remark, SourceRow, Wanted, tidy_header

_MONEY_MARKS: Final = re.compile(r"[¥￥$€£\s]|元$|^(?:CNY|RMB|USD|EUR|GBP)|(?:CNY|RMB|USD|EUR|GBP)$")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_CHINESE_TIME: Final = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?(?:\s*([+-]\d{2}):?(\d{2})|Z)?",
    re.ASCII,
)
_ROUNDED_TAIL: Final = re.compile(r"\d{15}0{3,}", re.ASCII)


class UnableToReadCell(ValueError):
    """A cell that is needed is not there or cannot be what it must be; `remark` names the column."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.en)
        self.remark = remark


class Columns:
    """The columns of one kind of export: our name for each, and its headers, newest first."""

    def __init__(self, headers: Mapping[str, Sequence[str]]) -> None:
        self.shown = {field: names[0] for field, names in headers.items()}
        self.aliases = {field: tuple(tidy_header(name) for name in names) for field, names in headers.items()}

    def wanted(self, *required: str, also: Iterable[str] = ()) -> Wanted:
        """How the header row is known: by the `required` fields. `also` are headers that no field reads."""
        known = {alias for aliases in self.aliases.values() for alias in aliases}
        known.update(tidy_header(name) for name in also)
        return Wanted(tuple(self.aliases[field] for field in required), frozenset(known))


class RowCells:
    """One row, read by our names. What an optional cell cannot say is left out and told in `remarks`."""

    def __init__(self, columns: Columns, row: SourceRow, offset: str) -> None:
        self.remarks: list[Remark] = []
        self._columns = columns
        self._row = row
        self._offset = offset

    def text(self, field: str) -> str | None:
        """The clean text, or None."""
        cells = self._row.cells
        for alias in self._columns.aliases[field]:
            if (found := cells.get(alias)) is not None:
                return found
        return None

    def column(self, field: str) -> str:
        """The header under which the field stands in this row; the newest name where it stands under none."""
        cells = self._row.cells
        return next((a for a in self._columns.aliases[field] if a in cells), self._columns.shown[field])

    def need_text(self, field: str) -> str:
        """Text that is there."""
        found = self.text(field)
        if found is None:
            column = self.column(field)
            zh, en = f"「{column}」是空的，缺了它无法成案", f"column {column} is empty; no case without it"
            raise UnableToReadCell(Remark("missing", zh, en, column))
        return found

    def need_id(self, field: str) -> str:
        """A long number that is there and has all its digits."""
        found = self.need_text(field)
        column = self.column(field)
        if column in self._row.damaged:
            raise UnableToReadCell(_damaged(column, found))
        if _ROUNDED_TAIL.fullmatch(found):
            self.note(
                "id_looks_rounded",
                f"「{column}」{found} 末尾全是 0，可能被表格软件四舍五入；请与后台核对",
                f"column {column}: {found} ends in zeros as if a spreadsheet program had rounded it; check it",
                field,
            )
        return found

    def id(self, field: str) -> str | None:
        """A long number, or None; a rounded one is left out and told."""
        found = self.text(field)
        if found is None:
            return None
        column = self.column(field)
        if column in self._row.damaged:
            self.remarks.append(_damaged(column, found))
            return None
        return found

    def amount(self, field: str, digits: int) -> Minor | None:
        """An amount in minor units, or None for an empty cell. `UnableToReadCell` for what is no amount."""
        found = self.text(field)
        if found is None:
            return None
        try:
            minor = read_minor(_plain_number(found), digits)
        except UnableToReadAmount:
            minor = -1
        if minor < 0:
            column = self.column(field)
            raise UnableToReadCell(
                Remark(
                    "bad_amount",
                    f"「{column}」的「{found[:40]}」不是金额；应形如 89.50",
                    f"column {column}: {found[:40]!r} is no amount; it should look like 89.50",
                    column,
                )
            )
        return minor

    def need_amount(self, field: str, digits: int) -> Minor:
        """An amount that is there."""
        self.need_text(field)
        return self.amount(field, digits) or 0

    def time(self, field: str) -> str | None:
        """An instant as ISO 8601, or None; one that cannot be read is left out and told."""
        found = self.text(field)
        if found is None:
            return None
        moment = read_time(found, self._offset)
        if moment is None:
            self.remarks.append(self._bad_time(field, found))
        return moment

    def need_time(self, field: str) -> str:
        """An instant that is there."""
        found = self.need_text(field)
        moment = read_time(found, self._offset)
        if moment is None:
            raise UnableToReadCell(self._bad_time(field, found))
        return moment

    def yes(self, field: str) -> bool | None:
        """是 or 否 (also Y/N, true/false, 1/0); None for anything else."""
        found = (self.text(field) or "").casefold()
        if found in {"是", "y", "yes", "true", "1"}:
            return True
        return False if found in {"否", "n", "no", "false", "0"} else None

    def note(self, code: str, zh: str, en: str, field: str | None = None) -> None:
        """Tell something about the row that does not stop the case."""
        self.remarks.append(Remark(code, zh, en, self.column(field) if field else None))

    def unknown(self, field: str, found: str) -> UnableToReadCell:
        """The error for a value that must be known and is not."""
        column = self.column(field)
        return UnableToReadCell(
            Remark(
                "unknown_value",
                f"「{column}」的「{found[:40]}」不在已知取值内",
                f"column {column}: {found[:40]!r} is not among the known values",
                column,
            )
        )

    def _bad_time(self, field: str, found: str) -> Remark:
        column = self.column(field)
        return Remark(
            "bad_time",
            f"「{column}」的「{found[:40]}」不是时间；应形如 2026-11-20 10:00:00",
            f"column {column}: {found[:40]!r} is no time; it should look like 2026-11-20 10:00:00",
            column,
        )


def read_time(text: str, offset: str) -> str | None:
    """`2026-11-20 10:00:00`, `2026/11/20 10:00`, `2026年11月20日 10:00` as ISO 8601; None where it is no instant.

    A time without an offset stands on the clock of the platform: `offset`, for example `+08:00`.
    """
    found = _CHINESE_TIME.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, zone_hour, zone_minute = found.groups()
    zone = f"{zone_hour}:{zone_minute}" if zone_hour else "+00:00" if text.strip().endswith("Z") else offset
    written = f"{year}-{month:0>2}-{day:0>2}T{hour or '0':0>2}:{minute or '00'}:{second or '00'}{zone}"
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return written if 1990 <= moment.year <= 2200 else None


def _plain_number(text: str) -> str:
    """The number without currency marks and thousands commas. A comma elsewhere stays: it might be a decimal one."""
    plain = _MONEY_MARKS.sub("", text).replace("，", ",")
    return plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain


def _damaged(column: str, found: str) -> Remark:
    return Remark(
        "id_damaged",
        f"「{column}」显示为 {found[:40]}：编号被表格软件改成了科学计数，末几位已丢失；请重新导出，不要用表格软件另存",
        f"column {column} reads {found[:40]}: a spreadsheet program has rounded this number and its last digits are gone; "
        "export it again and do not save it from a spreadsheet",
        column,
    )
