"""Where platform and house disagree about a case after both were looked at: written on the case, alarmed, cleared when it is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from amends.facts.wire import BY_SHOP
from amends.store.channel_health import calm, raise_alarm
from amends.store.database import writing
from amends.store.models import (
    BackfillRow,
    CaseRow,
    ConnectionRow,
    DeedRow,
    PayStep,
    PlatformCaseRow,
    PushRow,
    ToldRefundRow,
)
from amends.store.told_refunds import settle_waiting

_SETTLED: Final = timedelta(minutes=30)
"""What was done less than so long before the platform was read may not show there yet."""
_BATCH: Final = 500
KEPT: Final = timedelta(days=30)
"""So long a message that was pushed is kept: the same one again is known by it."""
Said = tuple[str, str]
_FINAL: Final[Said] = ("平台上已结束，这里仍未关闭", "over on the platform, open here")
_UNBOOKED: Final[Said] = ("平台已退款，这里没有记账", "the platform has paid back, nothing is booked here")
_UNTOLD: Final[Said] = (
    "这里记为平台已退款，平台没有这笔退款",
    "booked here as paid by the platform, which tells of no refund",
)
_GONE: Final[Said] = ("平台上已找不到这张售后单", "the platform does not know this case any more")


class DatabaseDrift:
    """Implements `amends.desk.channels.ports.DriftBook`."""

    def not_read_since(self, connection: int, moment: datetime, most: int) -> Sequence[str]:
        """Will name open cases of the platform that were not read since."""
        rows = PlatformCaseRow.objects.filter(connection_id=connection, read_at__lt=moment, case__state="open")
        return list(rows.order_by("read_at", "pk").values_list("case__key", flat=True)[:most])

    def gone(self, connection: int, number: str, at: datetime) -> None:
        """Will note that the platform does not know a case of ours."""
        with writing():
            row = _of(connection).filter(case__key=number).first()
            if row is not None:
                _write(row, _GONE, at)

    def compare(self, connection: int, at: datetime) -> int:
        """Will compare every case that is open on either side, that has money on its way, or that disagreed before."""
        with writing():
            settle_waiting(ConnectionRow.objects.select_related("shop").get(pk=connection), at)
        found, last = 0, 0
        while rows := list(_to_compare(connection, last)[:_BATCH]):
            last = rows[-1].pk
            with writing():
                for row in rows:
                    found += _compared(row, at)
        return found

    def reconciled(self, connection: int, sweep: int, at: datetime) -> None:
        """Will end a nightly look, and let go of messages and looks that are long over."""
        with writing():
            BackfillRow.objects.filter(pk=sweep).update(state="done", ended_at=at)
            ConnectionRow.objects.filter(pk=connection).update(reconciled_at=at)
            old = at - KEPT
            PushRow.objects.filter(connection_id=connection, at__lt=old).delete()
            ended = BackfillRow.objects.filter(connection_id=connection, state="done", ended_at__lt=old)
            ended.exclude(kind="history").delete()


def _of(connection: int):  # type: ignore[no-untyped-def]
    return PlatformCaseRow.objects.select_related("case").filter(connection_id=connection)


def _to_compare(connection: int, last: int):  # type: ignore[no-untyped-def]
    told = ToldRefundRow.objects.filter(connection_id=connection, state="waiting", moved=True).values("case_no")
    ours = {"gateway": BY_SHOP, "state": "succeeded"}
    paid = PayStep.objects.filter(**ours, plan__case__platform__connection_id=connection).values("plan__case_id")
    wanted = Q(case__state="open") | Q(drift_at__isnull=False) | Q(case__key__in=told) | Q(case_id__in=paid)
    return _of(connection).filter(wanted, pk__gt=last).order_by("pk")


def _compared(row: PlatformCaseRow, at: datetime) -> bool:
    said = next(_disagreements(row), None)
    if (
        said is None
        and row.drift_at is not None
        and (row.drift_zh, row.drift_en) == _GONE
        and row.read_at <= row.drift_at
    ):
        return True  # nothing was heard of it since
    if said is None:
        if row.drift_at is not None:
            row.drift_zh, row.drift_en, row.drift_at = "", "", None
            row.save(update_fields=["drift_zh", "drift_en", "drift_at"])
            calm(row.connection_id, "drift", at, row.case.key)
        return False
    _write(row, said, at)
    return True


def _write(row: PlatformCaseRow, said: Said, at: datetime) -> None:
    if (row.drift_zh, row.drift_en) != said:
        row.drift_zh, row.drift_en, row.drift_at = *said, at
        row.save(update_fields=["drift_zh", "drift_en", "drift_at"])
        raise_alarm(
            row.connection_id, "drift", row.case.key, f"{row.case.key}：{said[0]}", f"{row.case.key}: {said[1]}", at
        )


def _disagreements(row: PlatformCaseRow) -> Iterator[Said]:
    case = row.case
    if row.final and case.state == "open" and not _under_way(case):
        yield _FINAL
    refunds = ToldRefundRow.objects.filter(connection_id=row.connection_id, case_no=case.key)
    if refunds.filter(state="waiting", moved=True).exists() and not _under_way(case):
        yield _UNBOOKED
    paid = PayStep.objects.filter(
        plan__case=case, gateway=BY_SHOP, state="succeeded", settled_at__lt=row.read_at - _SETTLED
    )
    if paid.exists() and not refunds.exists():
        yield _UNTOLD


def _under_way(case: CaseRow) -> bool:
    """Whether something of the case is being done: then a difference has a reason, and goes away by itself or by a fault of its own."""
    steps = PayStep.objects.filter(plan__case=case, state__in=("requested", "sent", "unknown"))
    return steps.exists() or DeedRow.objects.filter(case=case, state__in=("wanted", "sent", "unknown")).exists()
