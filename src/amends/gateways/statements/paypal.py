"""PayPal: the activity download (CSV), as we read it; the vendor leaves the choice of columns to the merchant.

Needed: Date, Time, TimeZone, Type, Status, Currency, Gross, Transaction ID. Used where there: Fee, Net, Reference Txn ID (the
payment of a refund), Custom Number (our key), Balance Impact. Dates are year-month-day, or month/day/year unless a first
number above 12 shows that the whole file has the day first. No totals are stated; gross and fee must give net in every row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Final

from amends.basics.money import exponent
from amends.facts.statement import LineKind, Sheet, Statement, StatementLine, Tells
from amends.gateways.statements.table import (
    Row,
    Table,
    UnableToReadRow,
    by_csv,
    days_of,
    filled,
    find_table,
    known_currency,
    read_moment,
    read_rows,
    wrong_form,
)

_NEEDED: Final = ("Date", "Time", "Type", "Status", "Currency", "Gross", "Transaction ID")
_SLASHED: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", re.ASCII)
_HOURS: Final = {
    "UTC": 0,
    "GMT": 0,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "JST": 9,
    "HKT": 8,
    "SGT": 8,
    "AEST": 10,
    "AEDT": 11,
    "PST": -8,
    "PDT": -7,
    "MST": -7,
    "MDT": -6,
    "CST": -6,
    "CDT": -5,
    "EST": -5,
    "EDT": -4,
}


def read_paypal(sheets: Sequence[Sheet]) -> Statement:
    """The statement in an activity download. Raises `UnableToReadStatement`."""
    table = find_table(sheets, by_csv, *_NEEDED)
    if table is None:
        raise wrong_form("paypal", ", ".join(_NEEDED))
    day_first = _day_first(table)
    lines, refused = read_rows(table, table.rows, lambda row: _line(row, day_first))
    since, until = days_of(lines, refused)
    return Statement(tuple(lines), tuple(refused), (), since, until)


def _day_first(table: Table) -> bool:
    place = table.header.index("Date")
    dates = [_SLASHED.fullmatch(cells[place]) for _, cells in table.rows if len(cells) > place]
    return any(int(found.group(1)) > 12 for found in dates if found)


def _line(row: Row, day_first: bool) -> Iterator[StatementLine]:
    currency = known_currency(row.need("Currency"))
    digits = exponent(currency)
    row.need("Gross")
    gross, fee = row.amount(digits, "Gross"), row.amount(digits, "Fee")
    if row.text("Net") and gross + fee != row.amount(digits, "Net"):
        raise UnableToReadRow("Gross and Fee do not give Net", "Gross 与 Fee 之和不等于 Net")
    kind, tells = _kind(row, gross)
    number = row.need("Transaction ID")
    yield StatementLine(
        name=number,
        kind=kind,
        tells=tells,
        our_key=row.text("Custom Number") if kind == "refund" else "",
        reference=number,
        payment_reference=number if kind == "payment" else row.text("Reference Txn ID"),
        other_reference="",
        amount=gross if kind in ("payment", "other") else -gross,
        currency=currency,
        fee=-fee,
        at=_moment(row, day_first),
        number=row.number,
        raw=filled(row),
    )


def _kind(row: Row, gross: int) -> tuple[LineKind, Tells]:
    words, status = row.need("Type").lower(), row.need("Status").lower()
    memo = row.text("Balance Impact").lower() == "memo"
    if memo or "hold" in words or status not in ("completed", "pending"):
        return "other", "move"
    tells: Tells = "pending" if status == "pending" else "move"
    if "fee" in words.split():
        return "fee", tells
    if "chargeback" in words or "reversal" in words:
        return "chargeback", tells
    if "refund" in words.split():
        return "refund", tells
    return ("payment" if "payment" in words and gross > 0 else "other"), tells


def _moment(row: Row, day_first: bool) -> datetime:
    date, zone = row.need("Date"), _zone(row.text("TimeZone", "Time Zone"))
    if found := _SLASHED.fullmatch(date):
        first, second, year = found.groups()
        date = f"{year}-{second}-{first}" if day_first else f"{year}-{first}-{second}"
    moment = read_moment(f"{date} {row.need('Time')}", zone)
    if moment is None:
        raise UnableToReadRow(f"{date[:40]!r} is no date", f"「{date[:40]}」不是日期")
    return moment


def _zone(text: str) -> timezone:
    if found := _OFFSET.fullmatch(text):
        minutes = int(found.group(2)) * 60 + int(found.group(3) or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=-minutes if found.group(1) == "-" else minutes))
    if text not in _HOURS:
        raise UnableToReadRow(f"TimeZone {text[:40]!r} is not known; PST or GMT+08:00", f"TimeZone「{text[:40]}」未知")
    return timezone(timedelta(hours=_HOURS[text]))
