"""Looks through the logs of cases for what was changed, left out or does not lead to where the case stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from amends.facts.log import START, broken_at, fold
from amends.store.case_log import entries_of, tracks_of
from amends.store.models import CaseLogRow, CaseRow

_BATCH = 500


def broken_logs(since: datetime | None = None) -> Iterator[tuple[str, str]]:
    """Will give the key of each case whose log is not right, and what is wrong; `since`: only of cases that changed since then."""
    last = 0
    while True:
        cases = CaseRow.objects.filter(pk__gt=last).order_by("pk")
        if since is not None:
            cases = cases.filter(updated_at__gte=since)
        rows = list(cases[:_BATCH])
        if not rows:
            return
        last = rows[-1].pk
        entries = CaseLogRow.objects.filter(case_id__in=[row.pk for row in rows]).order_by("case_id", "seq")
        logs = {number: list(found) for number, found in groupby(entries, key=lambda one: one.case_id)}
        for row in rows:
            wrong = _wrong(row, logs.get(row.pk, []))
            if wrong:
                yield row.key, wrong


def _wrong(row: CaseRow, log: list[CaseLogRow]) -> str:
    entries = entries_of(log)
    place = broken_at(str(row.pk), entries)
    if place is not None:
        return f"its log does not hold at entry {place}"
    if row.version != len(entries) or row.log_head != (entries[-1].seal if entries else START):
        return f"its log has {len(entries)} entries where {row.version} were written"
    if fold([one.entry for one in entries]) != tracks_of(row):
        return "its log leads elsewhere than where it is said to stand"
    return ""
