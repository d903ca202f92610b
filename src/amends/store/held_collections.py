"""The part of a held case that is about money taken in through gateways."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from amends.facts.collect_work import Collection, NewCollection
from amends.store.collect_rows import call_off, mark_told, put, views_of
from amends.store.models import CaseRow, CollectionRow


class HeldCollections:
    """The part of `amends.desk.cases.ports.HeldCase` on collections. The case's row is locked by the caller's transaction."""

    _row: CaseRow

    def collections(self) -> Sequence[Collection]:
        """Will give every step that takes money in, oldest first."""
        return views_of(self._row.pk)

    def put_collection(self, wanted: NewCollection, at: datetime) -> None:
        """Will write a step down, once for its key."""
        put(self._row, wanted, at)

    def call_off_collection(self, number: int, at: datetime) -> bool:
        """Will call a step off; False where it has left the house: it is not sent again, and asked about."""
        return call_off(number, at)

    def collection_told(self, number: int, mark: str) -> None:
        """Will note what the log tells of a step."""
        mark_told(number, mark)


class CaseCollections:
    """The part of `amends.desk.cases.ports.Casework` on collections."""

    def collections(self, number: int) -> Sequence[Collection]:
        """Will give every step of a case that takes money in, oldest first."""
        return views_of(number)

    def collect_news(self, most: int) -> Sequence[tuple[int, int]]:
        """Will give steps that stand otherwise than their case's log tells: case and step, oldest first."""
        plain = Q(link="") & ~Q(told=F("state"))
        with_page = ~Q(link="") & ~Q(told=Concat(F("state"), Value("+")))
        rows = CollectionRow.objects.filter(plain | with_page).exclude(state="requested").order_by("pk")
        return [(case, number) for case, number in rows.values_list("case_id", "pk")[:most]]
