"""Keeps the decisions of cases, and knows which cases still wait for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from amends.facts.log import Actor, Entry
from amends.facts.work import DecidedCase, heart_of
from amends.store.case_log import append_new
from amends.store.database import writing
from amends.store.deadline_book import bring_in_line, nearest_of, put_nearest, rows_of
from amends.store.models import CaseFile, CaseRow, DeadlineRow
from amends.store.summary import summarise_decision


class DatabaseDecisionBook:
    """Implements `amends.desk.ports.DecisionBook` on the database."""

    def waiting(self) -> Iterator[tuple[int, str, dict[str, Any], dict[str, Any] | None]]:
        """Will give number, shop's name, case file and what was agreed of each case without a decision, oldest number first."""
        last = 0
        while True:
            part = list(
                CaseFile.objects.filter(case_id__gt=last, case__decided_at__isnull=True)
                .order_by("case_id")
                .values_list("case_id", "case__shop__name", "case_json", "agreed")[:500]
            )
            if not part:
                return
            yield from part
            last = part[-1][0]

    def keep(self, decisions: Sequence[DecidedCase], at: datetime) -> None:
        """Will write the decisions made at `at`, all or none; a decision that is there is written over."""
        with writing():
            numbers = [one.number for one in decisions]
            rows = CaseRow.objects.select_for_update().in_bulk(numbers)
            files = CaseFile.objects.in_bulk(numbers)
            known = set(DeadlineRow.objects.filter(case_id__in=numbers).values_list("case_id", flat=True))
            fresh = [one for one in decisions if one.number not in known]
            for one in decisions:
                _put(rows[one.number], files[one.number], one, at)
            CaseFile.objects.bulk_update(files.values(), ["decision_json"], batch_size=200)
            starting = [(rows[one.number], one.deadlines) for one in fresh if rows[one.number].state == "open"]
            DeadlineRow.objects.bulk_create(rows_of(starting))
            append_new([(rows[one.number], _entry(one, at)) for one in decisions])
            for one in decisions:
                if one.number in known and rows[one.number].state == "open":
                    bring_in_line(rows[one.number], one.deadlines)
                    rows[one.number].save(update_fields=put_nearest(rows[one.number]))


def _put(row: CaseRow, file: CaseFile, one: DecidedCase, at: datetime) -> None:
    """The decision on the rows of a case, unsaved but for the row's columns."""
    file.decision_json = one.decision
    columns = {**summarise_decision(file.case_json, one.decision), **nearest_of(one.deadlines)}
    row.decided_at = at
    for name, value in columns.items():
        setattr(row, name, value)
    row.evidence_due = row.evidence_due or row.next_action == "give_evidence" and row.next_who == "merchant"
    row.save(update_fields=["decided_at", *columns])


def _entry(one: DecidedCase, at: datetime) -> Entry:
    return Entry("decided", Actor("system", "amends"), at, data=heart_of(one.decision))
