"""Stripe: the itemised balance report, and the payments export (classic and unified). Amounts are in major units, times UTC.

The balance report has a row for every movement and is the one to reconcile by. The payments export states per payment
what went back of it so far. Neither carries totals; in the first, gross less fee must be net in every row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Final

from amends.basics.money import exponent
from amends.facts.statement import LineKind, Sheet, Statement, StatementLine
from amends.gateways.statements.table import (
    Row,
    UnableToReadRow,
    by_csv,
    days_of,
    filled,
    find_table,
    known_currency,
    read_rows,
    wrong_form,
)

_KINDS: Final[Mapping[str, LineKind]] = {
    "charge": "payment",
    "payment": "payment",
    "refund": "refund",
    "refund_failure": "refund",
    "dispute": "chargeback",
    "dispute_reversal": "chargeback",
    "fee": "fee",
    "network_cost": "fee",
}
_PAID: Final = frozenset({"paid", "succeeded", "refunded", "partially refunded", "partial refund", "disputed", ""})


def read_stripe(sheets: Sequence[Sheet]) -> Statement:
    """The statement in a CSV of either form. Raises `UnableToReadStatement`."""
    table = find_table(sheets, by_csv, "balance_transaction_id", "reporting_category", "gross", "currency")
    itemised = table is not None
    if table is None:
        table = find_table(sheets, by_csv, "id", "Amount", "Amount Refunded", "Currency")
    if table is None:
        raise wrong_form("Stripe", "balance_transaction_id, reporting_category, gross / id, Amount, Amount Refunded")
    lines, refused = read_rows(table, table.rows, _moved if itemised else _paid)
    since, until = days_of(lines, refused)
    return Statement(tuple(lines), tuple(refused), (), since, until, itemised)


def _moved(row: Row) -> Iterator[StatementLine]:
    category = row.need("reporting_category")
    kind = _KINDS.get(category, "other")
    currency = known_currency(row.need("currency"))
    digits = exponent(currency)
    gross, fee = row.amount(digits, "gross"), row.amount(digits, "fee")
    if row.text("net") and gross - fee != row.amount(digits, "net"):
        raise UnableToReadRow("gross less fee is not net", "gross 减 fee 不等于 net")
    amount = gross if kind in ("payment", "other") else -gross
    shown = row.text("customer_facing_currency")
    if kind in ("payment", "refund") and shown and known_currency(shown) != currency:
        # What the buyer saw, since that is what was ordered; the sign is that of the movement.
        currency = known_currency(shown)
        seen = abs(row.amount(exponent(currency), "customer_facing_amount"))
        amount = seen if amount >= 0 else -seen
    yield StatementLine(
        name=row.need("balance_transaction_id"),
        kind=kind,
        tells="move",
        our_key=row.text("refund_metadata[amends_key]"),
        reference=row.text("source_id"),
        payment_reference=row.text("payment_intent_id"),
        other_reference=row.text("charge_id"),
        amount=amount,
        currency=currency,
        fee=fee,
        at=row.time(UTC, "created_utc", "created"),
        number=row.number,
        raw=filled(row),
    )


def _paid(row: Row) -> Iterator[StatementLine]:
    name, currency = row.need("id"), known_currency(row.need("Currency"))
    digits = exponent(currency)
    amount, back = row.amount(digits, "Amount"), row.amount(digits, "Amount Refunded")
    disputed = row.amount(digits, "Disputed Amount")
    if not 0 <= back <= amount:
        raise UnableToReadRow("Amount Refunded is above Amount", "Amount Refunded 大于 Amount")
    made = row.time(UTC, "Created (UTC)", "Created date (UTC)")
    went = row.time(UTC, "Refunded date (UTC)") if row.text("Refunded date (UTC)") else made
    taken = row.text("Captured").lower() != "false" and row.text("Status").lower() in _PAID
    lost = disputed if row.text("Dispute Status").lower() not in ("won", "") else 0
    kinds: list[tuple[LineKind, int]] = [
        ("payment" if taken else "other", amount),
        ("refund", back),
        ("chargeback", lost),
    ]
    for kind, told in kinds:
        if told or kind in ("payment", "other"):
            yield StatementLine(
                name=f"{name}:{kind}",
                kind=kind,
                tells="move" if kind in ("payment", "other") else "total",
                our_key="",
                reference="",
                payment_reference=row.text("PaymentIntent ID") or name,
                other_reference=name,
                amount=told,
                currency=currency,
                fee=row.amount(digits, "Fee") if kind == "payment" and not row.text("Converted Currency") else 0,
                at=went if kind == "refund" else made,
                number=row.number,
                raw=filled(row),
            )
