"""Statements of withdrawal in the database, what they say of a person sealed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from typing import Final

from amends.facts.withdrawal import KeptStatement, Statement
from amends.store.database import writing
from amends.store.models import CaseRow, Shop, WithdrawalRow
from amends.store.seal import seal, unseal

STATEMENT: Final = "withdrawal"
_SHOWN: Final = 200


class DatabaseStatements:
    """Implements `amends.desk.portal.ports.StatementBook`."""

    def transaction(self) -> AbstractContextManager[None]:
        """Will do what is inside all or not at all."""
        return writing()

    def put(
        self, shop: str, statement: Statement, cases: Sequence[int], at: datetime, until: datetime | None, late: bool
    ) -> KeptStatement:
        """Will keep a statement; with cases it is taken, without it waits for a person."""
        with writing():
            row, _ = WithdrawalRow.objects.get_or_create(
                once=statement.once,
                defaults={
                    "shop": Shop.objects.get(name=shop),
                    "order_no": statement.order[:120],
                    "at": at,
                    "sealed": seal(json.dumps(asdict(statement), ensure_ascii=False), STATEMENT),
                    "cases": list(cases),
                    "state": "taken" if cases else "open",
                    "until": until,
                    "late": late,
                },
            )
            return _kept([row])[0]

    def by_once(self, once: str) -> KeptStatement | None:
        """Will give the statement that was sent with this mark."""
        return next(iter(_kept(WithdrawalRow.objects.select_related("shop").filter(once=once))), None)

    def get(self, number: int) -> KeptStatement | None:
        """Will give a statement."""
        return next(iter(_kept(WithdrawalRow.objects.select_related("shop").filter(pk=number))), None)

    def waiting(self, merchants: frozenset[str] | None) -> Sequence[KeptStatement]:
        """Will give those that a person has to look at, oldest first, then the latest others."""
        rows = WithdrawalRow.objects.select_related("shop")
        if merchants is not None:
            rows = rows.filter(shop__merchant__in=merchants)
        to_settle = list(rows.filter(state="open").order_by("at")[:_SHOWN])
        return _kept([*to_settle, *rows.exclude(state="open").order_by("-at")[:_SHOWN]])

    def settle(self, number: int, by: str, note: str, at: datetime) -> None:
        """Will note what a person found out; only the first does."""
        with writing():
            WithdrawalRow.objects.filter(pk=number, state="open").update(
                state="settled", settled_by=by[:120], settled_at=at, note=note[:500]
            )


def _kept(rows: Iterable[WithdrawalRow]) -> list[KeptStatement]:
    found = list(rows)
    numbers = {number for row in found for number in row.cases}
    keys = dict(CaseRow.objects.filter(pk__in=numbers).values_list("pk", "key"))
    return [_one(row, keys) for row in found]


def _one(row: WithdrawalRow, keys: dict[int, str]) -> KeptStatement:
    told = json.loads(unseal(row.sealed, STATEMENT))
    told["lines"] = [(str(line), int(many)) for line, many in told["lines"]]
    return KeptStatement(
        number=row.pk,
        shop=row.shop.name,
        merchant=row.shop.merchant,
        market=row.shop.market,
        at=row.at,
        statement=Statement(**told),
        cases=tuple([(number, keys.get(number, str(number))) for number in row.cases]),
        state=row.state,
        until=row.until,
        late=row.late,
        settled_by=row.settled_by,
        note=row.note,
    )
