"""Cases to be worked on: held under their lock, written to, opened anew, and found by what the house has to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from amends.facts.log import Actor, Entry, broken_at
from amends.facts.told import told_tracks
from amends.facts.work import CaseHistory, CaseState, DeadlineView, MessageView, WaitingApproval
from amends.store import hot
from amends.store.case_deeds import CaseDeeds
from amends.store.case_kin import CaseKin
from amends.store.case_log import append, entries_of
from amends.store.case_parts import offer_of, state_of, waiting_of
from amends.store.case_rows import shop_named, whole_case
from amends.store.database import writing
from amends.store.deadline_book import over, view_of
from amends.store.held_case import DatabaseHeldCase
from amends.store.held_collections import CaseCollections
from amends.store.held_remedies import CaseRemedies
from amends.store.models import (
    ApprovalRow,
    CaseFile,
    CaseLogRow,
    CaseRow,
    CaseText,
    MessageRow,
    Shop,
)
from amends.store.summary import search_words, summarise_case
from amends.store.work_to_do import WorkToDo

_OF_SHOP: Final = (
    "FROM store_caserow JOIN store_shop ON store_shop.id = store_caserow.shop_id WHERE store_shop.name = %s"
)


class DatabaseCasework(WorkToDo, CaseKin, CaseDeeds, CaseRemedies, CaseCollections):
    """Implements `amends.desk.cases.ports.Casework`."""

    @contextmanager
    def holding(self, number: int) -> Iterator[DatabaseHeldCase | None]:
        """Will hold a case under its lock in one transaction."""
        with writing():
            found = whole_case(number, lock=True)
            if found is None:
                yield None
                return
            held = DatabaseHeldCase(*found)
            yield held
            held.flush()

    def look(self, number: int) -> CaseState | None:
        """Will give a case as it stands."""
        found = whole_case(number)
        return None if found is None else state_of(*found)

    def history(self, number: int) -> CaseHistory:
        """Will give all that was done on a case, and whether its chain is whole."""
        row = CaseRow.objects.filter(pk=number).first()
        if row is None:
            return CaseHistory()
        entries = entries_of(CaseLogRow.objects.filter(case=row).order_by("seq"))
        last = entries[-1].seal if entries else row.log_head
        whole = broken_at(str(number), entries) is None and last == row.log_head and len(entries) == row.version
        return CaseHistory(
            entries=entries,
            deadlines=tuple([view_of(one) for one in row.deadlines.order_by("due_at", "pk")]),
            messages=tuple([_message(one) for one in row.messages.order_by("at", "pk")]),
            offers=tuple([offer_of(one) for one in row.offers.order_by("number")]),
            waiting=waiting_of(ApprovalRow.objects.filter(case=row, state="waiting").first()),
            whole=whole,
        )

    def open(
        self, shop: str, key: str, file: Mapping[str, Any], origin: str, by: Actor, at: datetime
    ) -> tuple[int, bool]:
        """Will make a new case; one that has this key already is given as it is."""
        with writing():
            owner = shop_named(shop)
            if owner is None:
                raise Shop.DoesNotExist(shop)
            there = self.find(shop, key)
            if there is not None:
                return there, False
            row = CaseRow(
                shop=owner,
                key=key,
                state="open",
                origin=origin,
                buyer=str((file.get("buyer") or {}).get("name") or "")[:120],
                imported_at=at,
                updated_at=at,
                **summarise_case(dict(file)),
            )
            hot.insert(row)
            digest = hashlib.sha256(json.dumps(file, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
            hot.insert(CaseFile(case=row, case_json=dict(file), digest=digest))
            hot.insert(CaseText(case=row, words=search_words(dict(file), key)))
            append(row, Entry("opened", by, at, told=told_tracks(file, "open"), data={"origin": origin}))
            return row.pk, True

    def find(self, shop: str, key: str) -> int | None:
        """Will give the number of a case by its shop and key."""
        found = hot.values(f"SELECT store_caserow.id {_OF_SHOP} AND store_caserow.key = %s", [shop, key])
        return int(found[0][0]) if found else None

    def next_key(self, shop: str, order: str) -> str:
        """Will give R-ORDER-1, R-ORDER-2 and so on: the first that is free."""
        found = hot.values(f"SELECT COUNT(*) {_OF_SHOP} AND store_caserow.order_no = %s", [shop, order])
        used = int(found[0][0])
        while True:
            used += 1
            key = f"R-{order}-{used}"[:120]
            if self.find(shop, key) is None:
                return key

    def approvals(self, merchants: frozenset[str] | None) -> Sequence[WaitingApproval]:
        """Will give every verb that waits for a second person, oldest first."""
        rows = ApprovalRow.objects.filter(state="waiting").select_related("case__shop").order_by("asked_at", "pk")
        if merchants is not None:
            rows = rows.filter(case__shop__merchant__in=merchants)
        return [found for row in rows[:500] if (found := waiting_of(row)) is not None]

    def due(self, now: datetime, most: int) -> Sequence[tuple[int, DeadlineView]]:
        """Will give deadlines that are over and were not dealt with."""
        return over(now, most)


def _message(row: MessageRow) -> MessageView:
    return MessageView(
        row.pk, row.at, row.by_kind, row.by, row.event, row.text, row.inside, tuple(row.files), row.state, row.way
    )
