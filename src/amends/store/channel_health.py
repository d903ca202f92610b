"""How connections are, from their rows; and the alarms of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, F, Model

from amends.facts.connections import ChannelAlarm, Connection, Health
from amends.store.database import writing
from amends.store.models import ChannelAlarmRow, ConnectionRow, DeedRow, HintRow, PlatformCaseRow

_HOUSE = "amends"


class DatabaseHealth:
    """Implements `amends.desk.channels.ports.HealthBook`."""

    def healths(self, connections: Sequence[Connection], now: datetime) -> list[Health]:
        """Will give how these are, by a handful of queries however many they are."""
        numbers = [one.number for one in connections]
        rows = ConnectionRow.objects.in_bulk(numbers)
        waiting = _counted(HintRow, numbers)
        stuck = _counted(DeedRow, numbers, state="person")
        drift = _counted(PlatformCaseRow, numbers, drift_at__isnull=False)
        alarms = _counted(ChannelAlarmRow, numbers, seen_at=None)
        found = []
        for one in connections:
            row = rows[one.number]
            lag = None if row.read_until is None else max(0, round((now - row.read_until).total_seconds()))
            found.append(
                Health(
                    connection=one, read_until=row.read_until, read_at=row.read_at, tried_at=row.tried_at,
                    pushed_at=row.pushed_at, reconciled_at=row.reconciled_at, lag_seconds=lag, faults=row.faults,
                    fault_why=row.fault_why, fault_says=row.fault_says, again_at=row.again_at, calls_left=row.calls_left,
                    waiting=waiting[row.pk], stuck=stuck[row.pk], drift=drift[row.pk], alarms=alarms[row.pk],
                )
            )  # fmt: skip
        return found

    def alarms(self, connection: int) -> list[ChannelAlarm]:
        """Will give the open alarms of a connection, latest first."""
        rows = ChannelAlarmRow.objects.filter(connection_id=connection, seen_at=None)
        return [_alarm(row) for row in rows.select_related("connection__shop").order_by("-last_at", "-pk")[:500]]

    def of_alarm(self, alarm: int) -> int | None:
        """Will give the connection of an alarm."""
        return ChannelAlarmRow.objects.filter(pk=alarm).values_list("connection_id", flat=True).first()

    def seen(self, alarm: int, by: str, at: datetime) -> None:
        """Will close an open alarm."""
        with writing():
            ChannelAlarmRow.objects.filter(pk=alarm, seen_at=None).update(seen_by=by, seen_at=at)

    def alarm(self, connection: int, code: str, thing: str, zh: str, en: str, at: datetime) -> None:
        """Will raise or count an alarm."""
        with writing():
            raise_alarm(connection, code, thing, zh, en, at)

    def alarm_once(self, connection: int, code: str, thing: str, zh: str, en: str, at: datetime) -> None:
        """Will raise an alarm that was never raised."""
        if not ChannelAlarmRow.objects.filter(connection_id=connection, code=code, number=thing[:120]).exists():
            self.alarm(connection, code, thing, zh, en, at)

    def calm(self, connection: int, codes: Sequence[str], at: datetime) -> None:
        """Will close alarms whose cause is gone."""
        if not ChannelAlarmRow.objects.filter(connection_id=connection, code__in=codes, seen_at=None).exists():
            return
        with writing():
            for code in codes:
                calm(connection, code, at)


def raise_alarm(connection: int, code: str, thing: str, zh: str, en: str, at: datetime) -> None:
    """Will raise an alarm inside a transaction, or count it where one of this code and thing is open."""
    said = {"zh": zh[:400], "en": en[:400]}
    row, new = ChannelAlarmRow.objects.get_or_create(
        connection_id=connection, code=code, number=thing[:120], seen_at=None,
        defaults={**said, "first_at": at, "last_at": at},
    )  # fmt: skip
    if not new:
        ChannelAlarmRow.objects.filter(pk=row.pk).update(count=F("count") + 1, last_at=at, **said)


def calm(connection: int, code: str, at: datetime, thing: str | None = None) -> None:
    """Will close open alarms inside a transaction."""
    rows = ChannelAlarmRow.objects.filter(connection_id=connection, code=code, seen_at=None)
    if thing is not None:
        rows = rows.filter(number=thing[:120])
    rows.update(seen_by=_HOUSE, seen_at=at)


def _counted(model: type[Model], numbers: Iterable[int], **only: object) -> Counter[int]:
    rows = model._default_manager.filter(connection_id__in=list(numbers), **only).values("connection_id")
    return Counter({row["connection_id"]: row["n"] for row in rows.annotate(n=Count("pk"))})


def _alarm(row: ChannelAlarmRow) -> ChannelAlarm:
    shop = row.connection.shop.name
    return ChannelAlarm(row.pk, shop, row.code, row.number, row.zh, row.en, row.count, row.first_at, row.last_at)
