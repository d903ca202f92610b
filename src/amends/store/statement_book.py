"""Statements in the database, what of them is compared, and the work list of differences."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from amends.facts.entries import chargeback
from amends.facts.people import Merchants, Person
from amends.facts.plan import OPEN
from amends.facts.rulebook import Says
from amends.facts.statements import (
    BookPayment,
    Comparison,
    Difference,
    KeptLine,
    OpenDifference,
    Statement,
    Taken,
)
from amends.store.database import writing
from amends.store.models import (
    DifferenceRow,
    Order,
    OrderPayment,
    PayStep,
    StatementLineRow,
    StatementRow,
)
from amends.store.money_orders import TOLD, post
from amends.store.outside_money import take_outside
from amends.store.statement_reads import batches, by_hand, keys_of, line_of, payments_of, step_of
from amends.store.walls import walled

_COMPARED = ("refund", "refunded_total", "dispute", "dispute_back")
_STAY = ("outside", "dispute", "broken_row")
"""Kinds that only a person settles: what they tell has happened."""
_SHOPS = ("step__order__shop", "payment__order__shop")
"""Ways from a difference to the shop that it is about."""
_BY_ITSELF = ""


class DatabaseStatements:
    """Implements `amends.desk.ports.StatementBook`."""

    def take(
        self, source: str, form: str, file: str, sha256: str, statement: Statement, person: str, at: datetime
    ) -> Taken:
        """Will keep a statement's lines and broken rows, each once, in one transaction."""
        with writing():
            row, new = StatementRow.objects.get_or_create(
                source=source,
                sha256=sha256,
                defaults={
                    "form": form,
                    "file": file[:255],
                    "since": statement.since,
                    "until": statement.until,
                    "totals": [[total.name, total.stated, total.found] for total in statement.totals],
                    "taken_at": at,
                    "taken_by": person[:120],
                },
            )
            if not new:
                return Taken(0, len(statement.lines), len(statement.broken), True)
            made = _lines(row, statement)
            there = _there(source, [line.identity for line in made])
            fresh = [line for line in made if line.identity not in there]
            StatementLineRow.objects.bulk_create(fresh, batch_size=500)
            _tell_broken(row, at)
            lines = len([line for line in fresh if line.kind != "broken"])
            totals = {total.name: (total.stated, total.found) for total in statement.totals}
            return Taken(lines, len(statement.lines) - lines, len(statement.broken), False, totals)

    def sources(self) -> list[str]:
        """Will name the gateways of which there are statements."""
        return sorted(set(StatementRow.objects.values_list("source", flat=True)))

    def comparison(self, source: str) -> Comparison:
        """Will give everything of one gateway that is compared."""
        rows = StatementLineRow.objects.filter(source=source, kind__in=_COMPARED).order_by("pk")
        promised = Sum("steps__amount_minor", filter=Q(steps__state__in=OPEN, steps__gateway=source))
        lines = [KeptLine(row.pk, line_of(row)) for row in rows.iterator(2000)]
        payments: list[BookPayment] = []
        for some in batches(sorted({name for kept in lines for name in kept.line.payments})):
            found = OrderPayment.objects.filter(reference__in=some).annotate(promised=Coalesce(promised, 0))
            payments.extend(payments_of(found.select_related("order")))
        covered = StatementRow.objects.filter(source=source, since__isnull=False, until__isnull=False)
        return Comparison(
            source,
            lines,
            [step_of(row) for row in PayStep.objects.filter(gateway=source).iterator(2000)] + by_hand(lines),
            payments,
            [(since, until) for since, until in covered.values_list("since", "until") if since and until],
            keys_of("chargeback", source),
            keys_of("chargeback_reversed", source),
        )

    def write(self, source: str, found: Sequence[Difference], at: datetime) -> int:
        """Will take into the book what must be, tell what is new, and settle what agrees by now; how many are new."""
        with writing():
            fresh = 0
            for one in found:
                _take(one, at)
                fresh += _tell(source, one, at)
            standing = {(one.kind, one.subject) for one in found}
            for row in DifferenceRow.objects.filter(source=source, state="open").exclude(kind__in=_STAY):
                if (row.kind, row.subject) not in standing:
                    _settle(row, _BY_ITSELF, "agrees by now", at)
            return fresh

    def open(self, merchants: Merchants) -> list[OpenDifference]:
        """Will give the work list within the wall, oldest first, at most 500."""
        rows = walled(DifferenceRow.objects.filter(state="open"), merchants, *_SHOPS).order_by("found_at", "pk")[:500]
        return [
            OpenDifference(
                row.pk,
                row.source,
                row.kind,
                row.subject,
                row.ours_minor,
                row.theirs_minor,
                row.currency,
                Says(row.says_en, row.says_zh),
                row.found_at,
            )
            for row in rows
        ]

    def settle(self, number: int, person: Person, note: str, at: datetime) -> bool:
        """Will settle a difference by hand; False where there is no open one with this number within the person's wall."""
        with writing():
            found = DifferenceRow.objects.filter(pk=number, state="open")
            seen = walled(found, person.merchants, *_SHOPS).exists()
            if not seen or (row := found.select_for_update().first()) is None:
                return False
            _settle(row, person.name, note, at)
            return True


def _lines(row: StatementRow, statement: Statement) -> list[StatementLineRow]:
    """The rows to be, each with an identity over everything it says; equal lines of one file are counted, so none is lost."""
    met: Counter[str] = Counter()
    made = []
    for line in statement.lines:
        said = "\x1f".join(
            [
                line.kind,
                line.reference,
                line.key,
                *line.payments,
                str(line.amount),
                line.currency,
                line.at.isoformat() if line.at else "",
                line.state,
            ]
        )
        made.append(
            StatementLineRow(
                statement=row,
                source=row.source,
                identity=_identity(said, met),
                number=line.number,
                kind=line.kind,
                reference=line.reference[:160],
                key=line.key[:80],
                payments=list(line.payments),
                amount_minor=line.amount,
                currency=line.currency,
                at=line.at,
                state=line.state,
            )
        )
    for broken in statement.broken:
        identity = _identity("\x1f".join(["broken", *broken.cells]), met)
        given = {"kind": "broken", "cells": [*broken.cells, broken.wrong.en, broken.wrong.zh]}
        made.append(
            StatementLineRow(statement=row, source=row.source, identity=identity, number=broken.number, **given)
        )
    return made


def _identity(said: str, met: Counter[str]) -> str:
    met[said] += 1
    return hashlib.sha256(f"{said}\x1e{met[said]}".encode()).hexdigest()


def _there(source: str, identities: list[str]) -> set[str]:
    found: set[str] = set()
    for some in batches(identities):
        known = StatementLineRow.objects.filter(source=source, identity__in=some)
        found.update(known.values_list("identity", flat=True))
    return found


def _tell_broken(row: StatementRow, at: datetime) -> None:
    for line in row.lines.filter(kind="broken"):
        says = Says(*[f"{row.file}, {where} {line.number}: {wrong}" for where, wrong in
                      (("line", line.cells[-2]), ("行", line.cells[-1]))])  # fmt: skip
        _tell(row.source, Difference("broken_row", line.identity, None, None, "", says, line.pk), at)


def _take(one: Difference, at: datetime) -> None:
    """Take what has left by other hands into the book, once by its key."""
    if not one.take or one.payment is None:
        return
    payment = OrderPayment.objects.select_related("order").get(pk=one.payment)
    if one.kind == "dispute":
        Order.objects.select_for_update().get(pk=payment.order_id)
        won, amount = one.take < 0, abs(one.take)
        post(payment.order, chargeback(one.take_key, payment.name, amount, payment.order.currency, at, won=won))
        return
    sum_only = one.subject.startswith("total:")
    note = f"{TOLD}: a statement's sum" if sum_only else "on a statement of the gateway"
    take_outside(payment, one.take_key, one.take, at, note, itemised=not sum_only)


def _tell(source: str, one: Difference, at: datetime) -> int:
    row, new = DifferenceRow.objects.get_or_create(
        source=source,
        kind=one.kind,
        subject=one.subject[:200],
        defaults={
            "line_id": one.line,
            "step_id": one.step,
            "payment_id": one.payment,
            "ours_minor": one.ours,
            "theirs_minor": one.theirs,
            "currency": one.currency,
            "says_en": one.says.en[:400],
            "says_zh": one.says.zh[:400],
            "found_at": at,
        },
    )
    if not new and row.state == "settled" and row.settled_by == _BY_ITSELF:
        row.state, row.settled_at, row.settled_by, row.note = "open", None, "", ""
        row.save(update_fields=["state", "settled_at", "settled_by", "note"])
        return 1
    return int(new)


def _settle(row: DifferenceRow, person: str, note: str, at: datetime) -> None:
    row.state, row.settled_at, row.settled_by, row.note = "settled", at, person[:120], note[:500]
    row.save(update_fields=["state", "settled_at", "settled_by", "note"])
