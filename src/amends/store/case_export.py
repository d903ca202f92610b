"""Cases read out whole, a few hundred at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from amends.facts.case_table import WholeCase
from amends.facts.listed import ListQuery
from amends.facts.people import Merchants
from amends.store.case_asked import asked, ordered
from amends.store.models import CaseFile
from amends.store.walls import shops_within

_AT_A_TIME: Final = 500


class DatabaseCaseSource:
    """Implements `amends.learn.case_table.CaseSource`. `now` is asked once for every question."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def whole(self, query: ListQuery, merchants: Merchants, most: int) -> Iterator[WholeCase]:
        """Will give the cases of a question, in the list's order."""
        found = ordered(asked(query, self._now(), shops_within(merchants)), query.sort)
        numbers = list(found.values_list("pk", flat=True)[:most])
        for start in range(0, len(numbers), _AT_A_TIME):
            part = numbers[start : start + _AT_A_TIME]
            files = CaseFile.objects.select_related("case").in_bulk(part)
            for number in part:
                if file := files.get(number):
                    yield WholeCase(number, file.case.state, file.case_json, file.decision_json)
