"""Deadlines of cases as rows: brought in line with what a decision wants, ended, paused, and found when they are over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from amends.facts.rulebook import Says
from amends.facts.work import DeadlineView, WantedDeadline
from amends.store.models import CaseRow, DeadlineRow
from amends.store.summary import NO_DUE

LIVE = ("running", "paused")


def bring_in_line(case: CaseRow, wanted: Sequence[WantedDeadline]) -> None:
    """Will have exactly these deadlines of the decision run: new ones start, moved ones remember when they were due, others end.

    One that was met or missed at this very instant stays so: deciding again does not wind a clock up anew.
    """
    there = {(row.who, row.action): row for row in DeadlineRow.objects.filter(case=case, source="decision")}
    for one in wanted:
        row = there.pop((one.who, one.action), None)
        if row is None:
            row_of(case, one).save(force_insert=True)
        elif row.due_at != one.due or row.state == "off":
            _moved(row, one)
    gone = [row.pk for row in there.values() if row.state in LIVE]
    if gone:
        DeadlineRow.objects.filter(pk__in=gone).update(state="off")


def start(case: CaseRow, wanted: WantedDeadline) -> None:
    """Will start a deadline anew, whatever became of an earlier one of the same duty."""
    row = DeadlineRow.objects.filter(
        case=case, source=wanted.source, who=wanted.who, action=wanted.action
    ).first() or row_of(case, wanted)
    row.due_at, row.state, row.told, row.was_due_at, row.left_minutes = wanted.due, "running", False, None, None
    row.rule, row.if_missed_zh, row.if_missed_en = (
        wanted.rule[:120],
        wanted.if_missed.zh[:300],
        wanted.if_missed.en[:300],
    )
    row.save()


def end(case: CaseRow, duty: tuple[str, str, str], state: str) -> None:
    """Will end the live deadline of a duty (source, who, action); `*` as an action means all of them."""
    source, who, action = duty
    rows = DeadlineRow.objects.filter(case=case, source=source, who=who, state__in=LIVE)
    (rows if action == "*" else rows.filter(action=action)).update(state=state)


def end_all(case: CaseRow) -> None:
    """Will end every live deadline of a case that is closed."""
    DeadlineRow.objects.filter(case=case, state__in=LIVE).update(state="off")


def put_nearest(case: CaseRow) -> list[str]:
    """Will put the deadline that lists sort by on the case's row, unsaved; the columns that change."""
    running = [view_of(row) for row in DeadlineRow.objects.filter(case=case, state="running")]
    columns = nearest_of(running)
    for name, value in columns.items():
        setattr(case, name, value)
    evidence = any(one.who == "merchant" and one.action == "give_evidence" for one in running)
    case.evidence_due = case.status == "evidence_due" or evidence
    return [*columns, "evidence_due"]


def nearest_of(running: Sequence[DeadlineView] | Sequence[WantedDeadline]) -> dict[str, Any]:
    """Will give what lists show of these deadlines: ours before others', the soonest first."""
    ours = [one for one in running if one.who == "merchant"]
    nearest = min(ours or running, key=lambda one: one.due, default=None)
    return {
        "due_order": int(nearest.due.timestamp()) if nearest else NO_DUE,
        "next_who": nearest.who if nearest else "",
        "next_action": nearest.action if nearest else "",
        "if_missed_zh": nearest.if_missed.zh[:300] if nearest else "",
        "if_missed_en": nearest.if_missed.en[:300] if nearest else "",
    }


def view_of(row: DeadlineRow) -> DeadlineView:
    """Will give a deadline as people see it."""
    return DeadlineView(
        number=row.pk,
        source=row.source,
        who=row.who,
        action=row.action,
        rule=row.rule,
        due=row.due_at,
        if_missed=Says(row.if_missed_en, row.if_missed_zh),
        state=row.state,
        was=row.was_due_at,
        left_minutes=row.left_minutes,
    )


def rows_of(cases: Sequence[tuple[CaseRow, Sequence[WantedDeadline]]]) -> list[DeadlineRow]:
    """Will make the rows of cases that have none yet, unsaved."""
    return [row_of(case, one) for case, wanted in cases for one in wanted]


def row_of(case: CaseRow, one: WantedDeadline) -> DeadlineRow:
    """Will make the row of a deadline, unsaved."""
    return DeadlineRow(
        case=case,
        source=one.source,
        who=one.who,
        action=one.action,
        rule=one.rule[:120],
        due_at=one.due,
        if_missed_zh=one.if_missed.zh[:300],
        if_missed_en=one.if_missed.en[:300],
    )


def _moved(row: DeadlineRow, one: WantedDeadline) -> None:
    fresh: dict[str, Any] = {"due_at": one.due, "state": "running", "told": False, "rule": one.rule[:120]}
    row.was_due_at = row.due_at if row.state == "running" else None
    for name, value in fresh.items():
        setattr(row, name, value)
    row.if_missed_zh, row.if_missed_en = one.if_missed.zh[:300], one.if_missed.en[:300]
    row.save()


def over(now: datetime, most: int) -> list[tuple[int, DeadlineView]]:
    """Will give running deadlines of open cases that are over and were not dealt with, the longest over first."""
    rows = DeadlineRow.objects.filter(state="running", due_at__lte=now.astimezone(UTC), told=False, case__state="open")
    return [(row.case_id, view_of(row)) for row in rows.order_by("due_at", "pk")[:most]]
