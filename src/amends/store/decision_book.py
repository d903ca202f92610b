"""Keeps the decisions of cases, and knows which cases still wait for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from amends.store.database import writing
from amends.store.models import CaseFile, CaseRow
from amends.store.summary import summarise_decision


class DatabaseDecisionBook:
    """Implements `amends.desk.ports.DecisionBook` on the database."""

    def waiting(self) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """Will give number, shop's name and case file of each case without a decision, oldest number first."""
        last = 0
        while True:
            part = list(
                CaseFile.objects.filter(case_id__gt=last, case__decided_at__isnull=True)
                .order_by("case_id")
                .values_list("case_id", "case__shop__name", "case_json")[:500]
            )
            if not part:
                return
            yield from part
            last = part[-1][0]

    def keep(self, decisions: Sequence[tuple[int, dict[str, Any]]], at: datetime) -> None:
        """Will write the decisions made at `at`, all or none; a decision that is there is written over."""
        with writing():
            for number, decision in decisions:
                file = CaseFile.objects.get(case_id=number)
                file.decision_json = decision
                file.save(update_fields=["decision_json"])
                columns = summarise_decision(file.case_json, decision)
                CaseRow.objects.filter(pk=number).update(decided_at=at, **columns)
