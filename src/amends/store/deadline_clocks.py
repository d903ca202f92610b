"""The deadlines of one case under its lock: read once, changed in memory, written down together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from amends.facts.work import Change, DeadlineView, WantedDeadline
from amends.store import hot
from amends.store.deadline_book import LIVE, nearest_of, row_of, view_of
from amends.store.models import CaseRow, DeadlineRow

_Duty = tuple[str, str, str]


class Clocks:
    """The deadlines of a case whose row the caller has locked."""

    def __init__(self, case: CaseRow) -> None:
        self._case = case
        self._known: dict[_Duty, DeadlineRow] | None = None
        self._dirty: dict[_Duty, None] = {}
        self._touched = False

    def change(self, change: Change, *, closed: bool) -> None:
        """Will make a change of deadlines. A case that is closed has none that live."""
        if change.deadlines is not None:
            self._bring_in_line(change.deadlines)
        for one in change.own:
            self._start(one)
        for duty in change.met:
            self._end(duty, "met")
        for duty in change.off:
            self._end(duty, "off")
        if closed:
            self._end(("own", "merchant", "settle"), "met")
            self._end(("*", "*", "*"), "off")

    def running(self) -> Sequence[DeadlineView]:
        """Will give live deadlines, the soonest first."""
        self._write()
        live = [row for row in self._rows().values() if row.state in LIVE]
        return [view_of(row) for row in sorted(live, key=lambda row: (row.due_at, row.pk or 0))]

    def mark_told(self, number: int, state: str) -> None:
        """Will note that a deadline that is over was dealt with."""
        for duty, row in self._rows().items():
            if row.pk == number:
                row.told, row.state = True, state
                self._touch(duty)

    def pause(self, number: int, left_minutes: int) -> None:
        """Will have an own deadline stand still, with so many working minutes left."""
        for duty, row in self._rows().items():
            if row.pk == number:
                row.state, row.left_minutes = "paused", left_minutes
                self._touch(duty)

    def go_on(self, number: int, due: datetime) -> None:
        """Will have an own deadline run on until `due`, and remember when it was due before."""
        for duty, row in self._rows().items():
            if row.pk == number:
                row.state, row.left_minutes, row.was_due_at, row.due_at = "running", None, row.due_at, due
                self._touch(duty)

    def flush(self) -> bool:
        """Will write down what changed; whether anything did."""
        self._write()
        touched, self._touched = self._touched, False
        return touched

    def _write(self) -> None:
        rows = [self._rows()[duty] for duty in self._dirty]
        self._dirty = {}
        fresh = [row for row in rows if row._state.adding]
        there = [row for row in rows if not row._state.adding]
        hot.insert(*fresh)
        for row in there:
            hot.update(row, _COLUMNS)

    def put_nearest(self) -> list[str]:
        """Will put the deadline that lists sort by on the case's row, unsaved; the columns that change."""
        running = [view_of(row) for row in self._rows().values() if row.state == "running"]
        columns = nearest_of(running)
        for name, value in columns.items():
            setattr(self._case, name, value)
        evidence = any(one.who == "merchant" and one.action == "give_evidence" for one in running)
        self._case.evidence_due = self._case.status == "evidence_due" or evidence
        return [*columns, "evidence_due"]

    def _rows(self) -> dict[_Duty, DeadlineRow]:
        if self._known is None:
            rows = hot.rows(DeadlineRow, "WHERE case_id = %s ORDER BY id", [self._case.pk])
            self._known = {(row.source, row.who, row.action): row for row in rows}
        return self._known

    def _touch(self, duty: _Duty) -> None:
        self._dirty[duty] = None
        self._touched = True

    def _bring_in_line(self, wanted: Sequence[WantedDeadline]) -> None:
        """Exactly these of the decision run: new ones start, moved ones remember when they were due, others end.

        One that was met or missed at this very instant stays so: deciding again does not wind a clock up anew.
        """
        self._touched = True
        rows, asked = self._rows(), {("decision", one.who, one.action): one for one in wanted}
        for duty, one in asked.items():
            row = rows.get(duty)
            if row is None:
                rows[duty] = row_of(self._case, one)
            elif row.due_at != one.due or row.state == "off":
                row.was_due_at = row.due_at if row.state == "running" else None
                self._wind(row, one)
            else:
                continue
            self._touch(duty)
        for duty, row in rows.items():
            if duty[0] == "decision" and duty not in asked and row.state in LIVE:
                row.state = "off"
                self._touch(duty)

    def _start(self, one: WantedDeadline) -> None:
        duty = (one.source, one.who, one.action)
        row = self._rows().setdefault(duty, row_of(self._case, one))
        row.was_due_at, row.left_minutes = None, None
        self._wind(row, one)
        self._touch(duty)

    @staticmethod
    def _wind(row: DeadlineRow, one: WantedDeadline) -> None:
        fresh = row_of(row.case, one)
        row.due_at, row.state, row.told, row.rule = fresh.due_at, "running", False, fresh.rule
        row.if_missed_zh, row.if_missed_en = fresh.if_missed_zh, fresh.if_missed_en

    def _end(self, ended: _Duty, state: str) -> None:
        """End live deadlines of a duty; `*` stands for any."""
        for duty, row in self._rows().items():
            same = all(want in ("*", have) for want, have in zip(ended, duty, strict=True))
            if same and row.state in LIVE:
                row.state = state
                self._touch(duty)


_COLUMNS = ("due_at", "state", "told", "rule", "was_due_at", "left_minutes", "if_missed_zh", "if_missed_en")
