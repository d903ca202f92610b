"""Cases from before there was a log get their first entry: where they stand, as their files tell."""

from __future__ import annotations

from datetime import datetime

from amends.facts.log import Actor
from amends.facts.told import told_tracks
from amends.store.case_log import append_new, first_entry
from amends.store.database import writing
from amends.store.models import CaseFile, CaseRow

_BATCH = 500


def take_over(at: datetime) -> int:
    """Will begin the log of every case that has none, and have it decided anew where it is open; how many there were."""
    count = 0
    while True:
        with writing():
            files = list(CaseFile.objects.select_related("case").filter(case__version=0).order_by("case_id")[:_BATCH])
            if not files:
                return count
            begun = []
            for file in files:
                row, state = file.case, file.case.state
                row.state = "open"
                told = told_tracks(file.case_json, state)
                begun.append((row, first_entry("taken_over", Actor("system", "amends"), at, told)))
            append_new(begun)
            CaseRow.objects.filter(pk__in=[file.case_id for file in files], state="open").update(decided_at=None)
            count += len(files)
