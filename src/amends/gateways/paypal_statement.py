"""PayPal's activity CSV. Its columns are user-selectable and its dates follow the account's country: what follows is our reading.

Needed: Type, Status, Currency, Gross, Fee, Net, Transaction ID, Reference Txn ID. Every row proves itself: gross and fee make net.
A day such as 03/04/2026 is not placed in time, since it may be April or March.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from amends.facts.statements import LineKind, LineState, Rows, Statement, StatementForm, StatementLine
from amends.gateways.statement_cells import (
    Cells,
    UnableToReadRow,
    amount,
    header_at,
    headless,
    moment,
    need,
    read_table,
    table,
    text,
)

_COLUMNS: Final = ("Type", "Status", "Currency", "Gross", "Fee", "Net", "Transaction ID", "Reference Txn ID")
_KINDS: Final[dict[str, LineKind]] = {
    "payment refund": "refund",
    "chargeback": "dispute",
    "chargeback reversal": "dispute_back",
}
_STATES: Final[dict[str, LineState]] = {
    "completed": "succeeded",
    "pending": "pending",
    "denied": "failed",
    "canceled": "failed",
    "cancelled": "failed",
    "reversed": "failed",
}


def fits(rows: Rows) -> bool:
    """Whether these are activity rows."""
    return header_at(rows, *_COLUMNS) is not None


def read(rows: Rows) -> Statement:
    """The statement."""
    index = header_at(rows, *_COLUMNS)
    if index is None:
        raise headless("paypal", ", ".join(_COLUMNS))
    lines, broken = read_table(table(rows, index, _never), _line)
    times = sorted([line.at for line in lines if line.at])
    return Statement(tuple(lines), tuple(broken), (), times[0] if times else None, times[-1] if times else None)


def _line(number: int, cells: Cells) -> StatementLine:
    currency = need(cells, "Currency").upper()
    gross, fee, net = [amount(cells, currency, name) for name in ("Gross", "Fee", "Net")]
    if gross + fee != net:
        raise UnableToReadRow(
            f"Gross {gross} and Fee {fee} do not make Net {net} (minor units)",
            f"Gross {gross} 加 Fee {fee} 不等于 Net {net}",
        )
    status = need(cells, "Status")
    if status.casefold() not in _STATES:
        raise UnableToReadRow(f"column Status: {status!r} is not known", f"「Status」的「{status}」不在已知取值内")
    kind = _KINDS.get(need(cells, "Type").casefold(), "payment" if gross > 0 else "other")
    payment = need(cells, "Reference Txn ID") if kind == "refund" else text(cells, "Reference Txn ID", "Transaction ID")
    when = f"{text(cells, 'Date')} {text(cells, 'Time')}".strip()
    return StatementLine(
        number,
        kind,
        need(cells, "Transaction ID"),
        text(cells, "Custom Number"),
        (payment,) if payment else (),
        abs(gross),
        currency,
        moment(when, "+00:00"),
        _STATES[status.casefold()],
    )


def _never(_: Sequence[str]) -> bool:
    return False


FORM: Final = StatementForm("paypal", "paypal", fits, read)
