"""Every case of the database, read out for the history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from amends.facts.past_cases import PastCase
from amends.store.models import CaseFile

_AT_A_TIME: Final = 500


class DatabasePastCases:
    """Implements `amends.desk.rehearsal.ports.PastCases`."""

    def past(self, merchant: str | None) -> Iterator[PastCase]:
        """Will give every case of a merchant's shops, or of all, by number."""
        last = 0
        while part := self._after(last, merchant):
            yield from part
            last = part[-1].number

    def _after(self, last: int, merchant: str | None) -> list[PastCase]:
        found = CaseFile.objects.filter(case_id__gt=last).order_by("case_id")
        if merchant is not None:
            found = found.filter(case__shop__merchant=merchant)
        told = found.values_list("case_id", "case__shop__name", "case_json", "decision_json", "case__decided_at")
        return [PastCase(*one) for one in told[:_AT_A_TIME]]
