"""Every case of the database, read out for the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from amends.facts.past_cases import PastCase
from amends.facts.rehearsal_runs import EVERY_CASE, Span
from amends.store.models import CaseFile, CaseRow

_AT_A_TIME: Final = 500
_DAY: Final = timedelta(days=1)


class DatabasePastCases:
    """Implements `amends.desk.rehearsal.ports.PastCases`."""

    def past(self, merchant: str | None, span: Span = EVERY_CASE) -> Iterator[PastCase]:
        """Will give every case of a merchant's shops, or of all, by number; of a span, with those of a day before and after it."""
        last = 0
        while part := self._after(last, merchant, span):
            yield from part
            last = part[-1].number

    def count(self, merchant: str | None, span: Span) -> int:
        """Will count what `past` gives."""
        return _of(merchant, span).count()

    def keys(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """Will give the numbers that people know these cases by."""
        return dict(CaseRow.objects.filter(pk__in=numbers).values_list("pk", "key"))

    def _after(self, last: int, merchant: str | None, span: Span) -> list[PastCase]:
        found = _of(merchant, span).filter(case_id__gt=last).order_by("case_id")
        told = found.values_list("case_id", "case__shop__name", "case_json", "decision_json", "case__decided_at")
        return [PastCase(*one) for one in told[:_AT_A_TIME]]


def _of(merchant: str | None, span: Span) -> QuerySet[CaseFile]:
    """The column counts seconds in UTC, the days of a span are the market's own: a day more on each side, for no zone is further off."""
    found = CaseFile.objects.all()
    if merchant is not None:
        found = found.filter(case__shop__merchant=merchant)
    if span.shop:
        found = found.filter(case__shop__name=span.shop)
    if span.since is not None:
        found = found.filter(case__asked_order__gte=_seconds(span.since - _DAY))
    if span.until is not None:
        found = found.filter(case__asked_order__lt=_seconds(span.until + 2 * _DAY))
    return found


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
