"""One case under its lock: an entry in the log and everything that it changes, written together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from amends.facts.log import Entry
from amends.facts.offers import Offer
from amends.facts.told import noted
from amends.facts.work import CaseState, Change, DeadlineView, Message, MoneyNews, WaitingApproval
from amends.store import hot
from amends.store.case_log import LOGGED, entry_of, insert_entries, sealed_row
from amends.store.case_parts import offer_of, state_of, waiting_of
from amends.store.deadline_clocks import Clocks
from amends.store.held_collections import HeldCollections
from amends.store.held_deeds import HeldDeeds
from amends.store.held_remedies import HeldRemedies
from amends.store.models import (
    ApprovalRow,
    CaseFile,
    CaseLogRow,
    CaseRow,
    CaseText,
    MessageRow,
    OfferRow,
    StepTold,
)
from amends.store.post_stops import stop_letters
from amends.store.summary import search_words, summarise_case, summarise_decision

_NOTHING = object()
_PLAIN = ("assignee", "exception", "escalated_to", "to_approve")


class DatabaseHeldCase(HeldDeeds, HeldRemedies, HeldCollections):
    """Implements `amends.desk.cases.ports.HeldCase` on rows that the caller's transaction has locked.

    What a verb writes is gathered and written down at the end (`flush`), each row once, however many entries there were.
    """

    def __init__(self, row: CaseRow, file: CaseFile | None = None) -> None:
        self._row = row
        self._file = file or CaseFile.objects.get(case_id=row.pk)
        self._words = self._file.case_json
        self._entries: list[CaseLogRow] = []
        self._messages: list[MessageRow] = []
        self._columns: dict[str, None] = {}
        self._written = dict(row.__dict__)
        self._file_columns: dict[str, None] = {}
        self._file_written = dict(self._file.__dict__)
        self._clocks = Clocks(row)
        self._log: dict[int, CaseLogRow] | None = None

    @property
    def state(self) -> CaseState:
        """Will give the case as it stands in this transaction."""
        return state_of(self._row, self._file)

    def write(self, entry: Entry, change: Change | None = None) -> CaseState:
        """Will append an entry and make its changes."""
        wanted = change or Change()
        self._row.updated_at = entry.at
        self._entries.append(sealed_row(self._row, entry))
        self._mark([*LOGGED, "updated_at"])
        self._make(wanted, entry.at)
        return self.state

    def refresh(self, change: Change, at: datetime) -> CaseState:
        """Will make changes that are no event of their own: a decision taken anew with the same answer."""
        self._row.updated_at = at
        self._mark(["updated_at"])
        self._make(change, at)
        return self.state

    def _make(self, change: Change, at: datetime) -> None:
        self._mark([*self._facts(change), *self._decision(change), *self._plain(change)])
        self._clocks.change(change, closed=self._row.state == "closed")
        self._messages += [self._said(message, at) for message in change.messages]

    def flush(self) -> None:
        """Will write down what was gathered."""
        if self._clocks.flush():
            self._mark(self._clocks.put_nearest())
        if self._entries:
            insert_entries(self._entries)
            self._entries = []
        if self._columns:
            hot.update(self._row, _changed(self._row, self._columns, self._written))
            self._columns, self._written = {}, dict(self._row.__dict__)
        if self._file_columns:
            hot.update(self._file, _changed(self._file, self._file_columns, self._file_written))
            self._file_columns, self._file_written = {}, dict(self._file.__dict__)
            self._write_words()
        if self._messages:
            hot.insert(*self._messages)
            self._messages = []

    def _write_words(self) -> None:
        """What is searched, where it changed."""
        was, self._words = self._words, self._file.case_json
        if was is not self._words and (fresh := search_words(self._words, self._row.key)) != search_words(
            was, self._row.key
        ):
            CaseText.objects.filter(case_id=self._row.pk).update(words=fresh)

    def _mark(self, columns: Iterable[str]) -> None:
        self._columns.update(dict.fromkeys(columns))

    def _plain(self, change: Change) -> list[str]:
        changed = [name for name in _PLAIN if getattr(change, name) is not None]
        for name in changed:
            setattr(self._row, name, getattr(change, name))
        if change.merged_into is not None:
            self._row.merged_into_id = change.merged_into
            changed.append("merged_into")
        return changed

    def _facts(self, change: Change) -> list[str]:
        """The case file with new facts, and what lists show of it."""
        file = self._file
        if change.facts is None and change.agreed is None:
            return []
        if change.agreed is not None:
            file.agreed = dict(change.agreed) or None
        if change.facts is not None:
            file.ours, file.case_json = noted(file.ours or {}, change.facts), noted(file.case_json, change.facts)
        self._file_columns.update(dict.fromkeys(("case_json", "ours", "agreed")))
        columns = summarise_case(file.case_json)
        if change.decision is None:
            columns = {
                name: value for name, value in columns.items() if name in ("to_receive", "disputed", "amount_minor")
            }
        return self._put(columns)

    def _decision(self, change: Change) -> list[str]:
        if change.decision is None:
            return []
        self._file.decision_json = dict(change.decision)
        self._file_columns["decision_json"] = None
        columns = summarise_decision(self._file.case_json, self._file.decision_json)
        return self._put({**columns, "decided_at": self._row.updated_at})

    def _put(self, columns: Mapping[str, Any]) -> list[str]:
        for name, value in columns.items():
            setattr(self._row, name, value)
        return list(columns)

    def _said(self, message: Message, at: datetime) -> MessageRow:
        return MessageRow(
            case=self._row,
            at=at,
            by_kind=message.by_kind,
            by=message.by[:120],
            event=message.event,
            subject=message.subject[:200],
            text=message.text,
            inside=message.inside,
            files=[dict(one) for one in message.files],
            send_at=message.send_at,
            state="waiting" if message.send_at else "kept",
            way=message.way,
        )

    def pause(self, deadline: int, left_minutes: int) -> None:
        """Will have an own deadline stand still."""
        self._clocks.pause(deadline, left_minutes)

    def go_on(self, deadline: int, due: datetime) -> None:
        """Will have an own deadline run on."""
        self._clocks.go_on(deadline, due)

    def offers(self) -> Sequence[Offer]:
        """Will give every offer, oldest first."""
        return [offer_of(row) for row in OfferRow.objects.filter(case=self._row).order_by("number")]

    def put_offer(self, offer: Offer) -> None:
        """Will write an offer; an open one that is replaced must be settled first."""
        OfferRow.objects.update_or_create(
            case=self._row,
            number=offer.number,
            defaults={
                "kind": offer.kind,
                "amount_minor": offer.amount,
                "coupon": offer.coupon,
                "note": offer.note,
                "by": offer.by,
                "made_at": offer.made_at,
                "expires_at": offer.expires_at,
                "state": offer.state,
            },
        )

    def ask_approval(self, verb: str, given: Mapping[str, Any], total: int, role: str, by: str, at: datetime) -> None:
        """Will have a verb wait for a second person."""
        ApprovalRow.objects.create(
            case=self._row, verb=verb, given=dict(given), total_minor=total, needs_role=role, asked_by=by, asked_at=at
        )

    def waiting(self) -> WaitingApproval | None:
        """Will give the verb that waits."""
        return waiting_of(
            ApprovalRow.objects.filter(case=self._row, state="waiting").select_related("case__shop").first()
        )

    def settle_approval(self, state: str, by: str, at: datetime, note: str) -> None:
        """Will settle the verb that waits."""
        ApprovalRow.objects.filter(case=self._row, state="waiting").update(
            state=state, settled_by=by, settled_at=at, note=note[:500]
        )

    def running(self) -> Sequence[DeadlineView]:
        """Will give live deadlines, the soonest first."""
        return self._clocks.running()

    def mark_told(self, deadline: int, state: str) -> None:
        """Will note that a deadline that is over was dealt with."""
        self._clocks.mark_told(deadline, state)

    def last_way(self) -> str:
        """Will give the way by which the buyer wrote last."""
        gathered = [one.way for one in self._messages if one.by_kind == "buyer"]
        if gathered:
            return gathered[-1]
        rows = MessageRow.objects.filter(case=self._row, by_kind="buyer").order_by("-at", "-pk")
        return rows.values_list("way", flat=True).first() or ""

    def take_back_messages(self, since: datetime) -> int:
        """Will take back what was to be sent and was not."""
        self.flush()
        return MessageRow.objects.filter(case=self._row, state="waiting", at__gte=since).update(state="taken_back")

    def take_back_letters(self, events: Collection[str], first_since: datetime | None = None) -> int:
        """Will take back what was to be told about these events."""
        self.flush()
        return stop_letters([self._row.pk], events, first_since)

    def money_was_told(self, news: MoneyNews) -> bool:
        """Will say whether the log tells of a step's end already."""
        return StepTold.objects.filter(step_id=news.step, state=news.state).exists()

    def money_told(self, news: MoneyNews) -> None:
        """Will note that the log tells of a step's end."""
        StepTold.objects.update_or_create(step_id=news.step, defaults={"state": news.state})

    def log_entry(self, seq: int) -> Entry | None:
        """Will give the entry in a place."""
        if self._log is None:
            there = hot.rows(CaseLogRow, "WHERE case_id = %s", [self._row.pk])
            self._log = {row.seq: row for row in there}
        gathered = {row.seq: row for row in self._entries}
        row = gathered.get(seq) or self._log.get(seq) or CaseLogRow.objects.filter(case=self._row, seq=seq).first()
        return None if row is None else entry_of(row)


def _changed(row: Model, columns: Iterable[str], written: Mapping[str, Any]) -> list[str]:
    """Those of a row's columns that are other than they stand in the database: each index that need not be touched is time."""
    names = {name: row._meta.get_field(name).attname for name in columns}  # type: ignore[union-attr]
    return [name for name, kept in names.items() if getattr(row, kept) != written.get(kept, _NOTHING)]
