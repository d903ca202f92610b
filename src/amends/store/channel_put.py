"""Putting in what a platform told: snapshots, cases, orders, money. Inside one transaction, the connection's row held.

The same thing told again changes nothing; an older telling never stands over a newer one (see `PlatformCaseRow`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from amends.facts.channel_intake import Brought, TakenIn
from amends.facts.imported import (
    CaseMade,
    IncomingCase,
    IncomingRefusal,
    PutOutcome,
    RowRefused,
    RowSource,
)
from amends.facts.platforms import ToldCase, ToldOrder
from amends.store.case_book import DatabaseCaseBook
from amends.store.channel_health import calm, raise_alarm
from amends.store.channel_shops import setting_of
from amends.store.channel_snapshots import keep_snapshots, sha_of
from amends.store.models import (
    CaseRow,
    ChannelAlarmRow,
    ConnectionRow,
    HintRow,
    PlatformCaseRow,
    PlatformOrderRow,
)
from amends.store.shop_orders import DatabaseOrders
from amends.store.told_refunds import tell

_LATE: Final = timedelta(minutes=15)
"""What changed so long before the reading's end, and is news all the same, was missed."""
Key = tuple[datetime, tuple[int, str], bool, datetime, str]


def put(row: ConnectionRow, brought: Brought, at: datetime) -> TakenIn:
    """Will put in all of it; what was new or changed is counted."""
    fresh = _cases(row, brought, at)
    orders = _orders(row, brought, at)
    _spoilt(row, brought, at)
    _heard(row, "case", [one.number for one in brought.cases], brought.asked_at)
    orders_told = [*brought.orders, *[one for one, _ in brought.spoilt]]
    _heard(row, "order", [one.number for one in orders_told], brought.asked_at)
    refused = sum([isinstance(one.made, RowRefused) for one in brought.cases]) + len(brought.spoilt)
    late = [one for one in fresh if row.read_until is not None and one.updated_at < row.read_until - _LATE]
    told = (len(brought.cases), len(brought.orders))
    return TakenIn(told, len(fresh), orders, refused, len(late))


def key_of(told: ToldCase, asked_at: datetime, sha256: str) -> Key:
    """By what tellings of a case are put in order."""
    return told.updated_at, _natural(told.version), told.final, asked_at, sha256


def _natural(version: str) -> tuple[int, str]:
    """Numbers by their size, anything else by its text."""
    plain = version.lstrip("0") if version.isascii() and version.isdecimal() else ""
    return (len(plain), plain) if plain else (0, version)


def _there(row: PlatformCaseRow) -> Key:
    return row.updated_at, _natural(row.version), row.final, row.read_at, row.sha256


def _cases(row: ConnectionRow, brought: Brought, at: datetime) -> list[ToldCase]:
    if not brought.cases:
        return []
    asked = brought.asked_at
    shas = {id(one): sha_of(one) for one in brought.cases}
    seen = keep_snapshots(row, "case", [(one, shas[id(one)]) for one in brought.cases], asked)
    latest: dict[str, ToldCase] = {}
    for one in sorted(brought.cases, key=lambda one: key_of(one, asked, shas[id(one)])):
        if not (isinstance(one.made, RowRefused) and (one.number, shas[id(one)]) in seen):  # told before, and refused
            latest[one.number] = one
    known = _known(row, latest)
    newer = [
        one
        for number, one in latest.items()
        if number not in known or key_of(one, asked, shas[id(one)]) > _there(known[number])
    ]
    again = [known[one.number] for one in newer if one.number in known and known[one.number].sha256 == shas[id(one)]]
    PlatformCaseRow.objects.filter(pk__in=[one.pk for one in again]).update(read_at=asked)
    same = {one.pk for one in again}
    news = [one for one in newer if one.number not in known or known[one.number].pk not in same]
    outcomes = _into_book(row, news, shas, at)
    _stand(row, news, known, shas, asked)
    _alarms(row, news, at)
    for one in brought.cases:
        if one.refunds:
            file = one.made.case if isinstance(one.made, CaseMade) else {}
            tell(row, str((file.get("order") or {}).get("id") or ""), one.number, one.refunds, file, at)
    return [one for one in news if outcomes.get(one.number) in ("new", "changed")]


def _known(row: ConnectionRow, numbers: Iterable[str]) -> dict[str, PlatformCaseRow]:
    rows = PlatformCaseRow.objects.select_related("case").filter(case__shop_id=row.shop_id, case__key__in=list(numbers))
    return {one.case.key: one for one in rows}


def _source(row: ConnectionRow, told: ToldCase, sha256: str) -> RowSource:
    cells = {"platform": row.channel, "case": told.number, "status": told.status, "snapshot": sha256}
    return RowSource(f"{row.channel}:{told.number}", sha256, (1,), (cells,))


def _into_book(
    row: ConnectionRow, news: list[ToldCase], shas: Mapping[int, str], at: datetime
) -> dict[str, PutOutcome]:
    book, setting = DatabaseCaseBook(lambda: at), setting_of(row.shop)
    made = [IncomingCase(one.made, _source(row, one, shas[id(one)])) for one in news if isinstance(one.made, CaseMade)]
    refused = [
        IncomingRefusal(one.made, _source(row, one, shas[id(one)])) for one in news if isinstance(one.made, RowRefused)
    ]
    if refused:
        book.keep_refused(setting, refused)
    outcomes = book.put(setting, made) if made else []
    return {one.made.key: outcome for one, outcome in zip(made, outcomes, strict=True)}


def _stand(
    row: ConnectionRow,
    news: list[ToldCase],
    known: Mapping[str, PlatformCaseRow],
    shas: Mapping[int, str],
    asked: datetime,
) -> None:
    """Write how the cases stand over there; one that made no case here has no such row."""
    wanted = [one.number for one in news if one.number not in known]
    cases = dict(CaseRow.objects.filter(shop_id=row.shop_id, key__in=wanted).values_list("key", "pk")) if wanted else {}
    made: list[PlatformCaseRow] = []
    changed: list[PlatformCaseRow] = []
    for one in news:
        there = known.get(one.number)
        if there is None and one.number not in cases:
            continue
        fresh = there or PlatformCaseRow(case_id=cases[one.number])
        fresh.connection_id = row.pk
        fresh.version, fresh.status = one.version[:80], one.status[:80]
        fresh.standing, fresh.deadline, fresh.final = one.standing or "", one.deadline, one.final
        fresh.by_itself, fresh.updated_at = one.by_itself[:40], one.updated_at
        fresh.read_at, fresh.sha256 = asked, shas[id(one)]
        (changed if there else made).append(fresh)
    PlatformCaseRow.objects.bulk_create(made)
    if changed:
        PlatformCaseRow.objects.bulk_update(changed, _STANDS)


_STANDS: Final = "connection version status standing deadline final by_itself updated_at read_at sha256".split()


def _alarms(row: ConnectionRow, news: list[ToldCase], at: datetime) -> None:
    numbers = [one.number for one in news]
    open_now = set(
        ChannelAlarmRow.objects.filter(
            connection=row, seen_at=None, code__in=("status_unknown", "row_refused"), number__in=numbers
        ).values_list("code", "number")
    )
    for one in news:
        codes = {remark.code for remark in one.alarms}
        for remark in one.alarms:
            raise_alarm(row.pk, remark.code[:40], one.number, remark.zh, remark.en, at)
        if isinstance(one.made, RowRefused) and not one.made.nothing_to_decide:
            codes.add("row_refused")
            raise_alarm(row.pk, "row_refused", one.number, one.made.remark.zh, one.made.remark.en, at)
        for code in {"status_unknown", "row_refused"} - codes:
            if (code, one.number) in open_now:
                calm(row.pk, code, at, one.number)


def _orders(row: ConnectionRow, brought: Brought, at: datetime) -> int:
    if not brought.orders:
        return 0
    asked = brought.asked_at
    shas = {id(one): sha_of(one) for one in brought.orders}
    keep_snapshots(row, "order", [(one, shas[id(one)]) for one in brought.orders], asked)
    latest: dict[str, ToldOrder] = {}
    for one in sorted(brought.orders, key=lambda one: (one.updated_at, shas[id(one)])):
        latest[one.number] = one
    known = {one.number: one for one in PlatformOrderRow.objects.filter(connection=row, number__in=list(latest))}
    shelf, changed = DatabaseOrders(), 0
    made: list[PlatformOrderRow] = []
    moved: list[PlatformOrderRow] = []
    for number, one in latest.items():
        there = known.get(number)
        key = (one.updated_at, asked, shas[id(one)])
        if there is not None and key <= (there.updated_at, there.read_at, there.sha256):
            continue
        changed += shelf.put(row.shop.name, number, one.file, one.contact, at)
        fresh = there or PlatformOrderRow(connection=row, number=number)
        fresh.updated_at, fresh.read_at, fresh.sha256 = key
        (moved if there else made).append(fresh)
    PlatformOrderRow.objects.bulk_create(made)
    if moved:
        PlatformOrderRow.objects.bulk_update(moved, ("updated_at", "read_at", "sha256"))
    for one in brought.orders:
        if one.refunds:
            tell(row, one.number, "", one.refunds, one.file, at)
    return changed


def _spoilt(row: ConnectionRow, brought: Brought, at: datetime) -> None:
    """Orders that cannot be read: kept as they came, and alarmed once for each telling."""
    told = [(one, sha_of(one)) for one, _ in brought.spoilt]
    seen = keep_snapshots(row, "order", told, brought.asked_at) if told else set()
    for (one, sha256), (_, remark) in zip(told, brought.spoilt, strict=True):
        if (one.number, sha256) not in seen:
            raise_alarm(row.pk, "row_refused", one.number, remark.zh, remark.en, at)


def _heard(row: ConnectionRow, what: str, numbers: list[str], asked_at: datetime) -> None:
    """What was heard of before it was asked for is read now, however it was asked for."""
    if not numbers:
        return
    rows = HintRow.objects.filter(connection=row, what=what, number__in=numbers, heard_at__lte=asked_at)
    held = list(rows.order_by("what", "number").select_for_update().values_list("pk", "heard"))
    for number, heard in held:
        HintRow.objects.filter(pk=number, heard=heard).delete()
