"""Stripe's two exports: the itemised balance (every movement) and the payments list (what went back of each payment so far).

The itemised balance proves itself row by row: gross less fee is net. The payments list states no totals.
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

_ITEMISED: Final = ("balance_transaction_id", "gross", "net", "fee", "reporting_category", "source_id")
_PAYMENTS: Final = ("id", "Amount", "Amount Refunded", "Currency", "Status")
_UTC: Final = "+00:00"
_KINDS: Final[dict[str, tuple[LineKind, LineState]]] = {
    "refund": ("refund", "succeeded"),
    "partial_capture_reversal": ("other", "succeeded"),
    "refund_failure": ("refund", "failed"),
    "dispute": ("dispute", "succeeded"),
    "dispute_reversal": ("dispute_back", "succeeded"),
    "charge": ("payment", "succeeded"),
}


def fits(rows: Rows) -> bool:
    """Whether these rows are of one of the two exports."""
    return header_at(rows, *_ITEMISED) is not None or header_at(rows, *_PAYMENTS) is not None


def read(rows: Rows) -> Statement:
    """The statement, of whichever export it is."""
    index = header_at(rows, *_ITEMISED)
    reader = _movement
    if index is None:
        index, reader = header_at(rows, *_PAYMENTS), _payment
    if index is None:
        raise headless("stripe", ", ".join(_ITEMISED))
    lines, broken = read_table(table(rows, index, _never), reader)
    times = sorted([line.at for line in lines if line.at]) if reader is _movement else []
    return Statement(tuple(lines), tuple(broken), (), times[0] if times else None, times[-1] if times else None)


def _movement(number: int, cells: Cells) -> StatementLine:
    currency = need(cells, "currency").upper()
    gross = amount(cells, currency, "gross")
    fee, net = amount(cells, currency, "fee"), amount(cells, currency, "net")
    if gross - fee != net:
        raise UnableToReadRow(
            f"gross {gross} less fee {fee} is not net {net} (minor units)",
            f"gross {gross} 减 fee {fee} 不等于 net {net}",
        )
    kind, state = _KINDS.get(need(cells, "reporting_category"), ("other", "succeeded"))
    payments = [text(cells, "payment_intent_id"), text(cells, "charge_id")]
    return StatementLine(
        number,
        kind,
        need(cells, "source_id") if kind != "other" else text(cells, "source_id", "balance_transaction_id"),
        text(cells, "refund_metadata[amends_key]"),
        tuple([found for found in payments if found]),
        abs(gross),
        currency,
        moment(text(cells, "created_utc", "created"), _UTC),
        state,
    )


def _payment(number: int, cells: Cells) -> StatementLine:
    currency = need(cells, "Currency").upper()
    taken, back = amount(cells, currency, "Amount"), amount(cells, currency, "Amount Refunded")
    if not 0 <= back <= taken:
        raise UnableToReadRow(
            f"column Amount Refunded: {back} is not between 0 and {taken} (minor units)",
            f"「Amount Refunded」{back} 不在 0 与 {taken} 之间",
        )
    payments = tuple([found for found in (text(cells, "PaymentIntent ID"), need(cells, "id")) if found])
    at = moment(text(cells, "Created (UTC)", "Created date (UTC)"), _UTC)
    return StatementLine(number, "refunded_total", payments[-1], "", payments, back, currency, at)


def _never(_: Sequence[str]) -> bool:
    return False


FORM: Final = StatementForm("stripe", "stripe", fits, read)
