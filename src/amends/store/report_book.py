"""Reports and their receivers in the database."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import F, QuerySet

from amends.facts.audit import Deed
from amends.facts.people import Merchants
from amends.facts.reports import KeptReport, LetterText, Receiver, ReceiverState, Report
from amends.store.audit_book import DatabaseAudit
from amends.store.database import writing
from amends.store.models import ReportPostRow, ReportReceiverRow, ReportRow, Shop

_LARGEST: Final = 2**63


class DatabaseReports:
    """Implements `amends.desk.reports.ports.ReportBook`."""

    def all(self, merchants: Merchants) -> Sequence[KeptReport]:
        """Will give the reports of these merchants, by name."""
        return [kept_of(row) for row in _within(merchants).order_by("name", "pk")]

    def get(self, number: int, merchants: Merchants) -> KeptReport | None:
        """Will give one."""
        row = _within(merchants).filter(pk=number).first() if number < _LARGEST else None
        return None if row is None else kept_of(row)

    def active(self) -> Sequence[KeptReport]:
        """Will give those that are sent; none whose shop went to another merchant."""
        rows = _within(None).exclude(since=None).filter(shop__merchant=F("merchant"))
        return [kept_of(row) for row in rows.order_by("pk")]

    def put(self, number: int | None, merchant: str, report: Report, deed: Deed, at: datetime) -> int:
        """Will keep a new one, or another wording."""
        with writing():
            row = ReportRow(merchant=merchant) if number is None else ReportRow.objects.get(pk=number)
            row.shop, row.name, row.told = Shop.objects.get(name=report.home), report.name, report.kept()
            row.made_by, row.made_at = deed.who, at
            row.save()
            DatabaseAudit().write(deed, at)
        return int(row.pk)

    def turn(self, number: int, since: datetime | None, deed: Deed, at: datetime) -> None:
        """Will have one sent from an instant on, or not at all."""
        with writing():
            ReportRow.objects.filter(pk=number).update(since=since)
            DatabaseAudit().write(deed, at)

    def remove(self, number: int, deed: Deed, at: datetime) -> None:
        """Will take one away."""
        with writing():
            ReportRow.objects.filter(pk=number).delete()
            DatabaseAudit().write(deed, at)


class DatabaseReceivers:
    """Implements `amends.desk.reports.ports.ReceiverBook`."""

    def ask(self, report: int, address: str, letter: Callable[[int], LetterText], deed: Deed, at: datetime) -> None:
        """Will keep an address and the mail that asks it."""
        with writing():
            told = {"state": "asked", "by": deed.who, "at": at}
            row, _ = ReportReceiverRow.objects.update_or_create(report_id=report, address=address, defaults=told)
            row.posts.filter(run=None, state__in=("ready", "failed", "unsure")).delete()
            put_post(row.pk, None, letter(row.pk), row.report.shop, at)
            DatabaseAudit().write(deed, at)

    def drop(self, receiver: int, report: int, deed: Deed, at: datetime) -> bool:
        """Will take a receiver away."""
        with writing():
            gone, _ = ReportReceiverRow.objects.filter(pk=receiver, report_id=report).delete()
            if gone:
                DatabaseAudit().write(deed, at)
        return bool(gone)

    def find(self, receiver: int) -> tuple[KeptReport, Receiver] | None:
        """Will give a receiver with the report."""
        row = ReportReceiverRow.objects.select_related("report__shop").filter(pk=receiver).first()
        return None if row is None else (kept_of(row.report), receiver_of(row))

    def settle(self, receiver: int, state: str, deed: Deed, at: datetime) -> None:
        """Will keep what a receiver said; what waits for one who left is not sent any more."""
        with writing():
            ReportReceiverRow.objects.filter(pk=receiver).update(state=state, at=at)
            if state == "left":
                waiting = ReportPostRow.objects.filter(receiver_id=receiver, state="ready")
                waiting.update(state="dropped", lease="", lease_until=None, next_at=None)
            DatabaseAudit().write(deed, at)


def put_post(receiver: int, run: int | None, letter: LetterText, shop: Shop, at: datetime) -> None:
    """Will keep a mail that waits to be handed over; its id is of the host that the shop writes from."""
    sender = getattr(shop, "sender", None)
    host = sender.address.rpartition("@")[2] if sender else "localhost"
    ReportPostRow.objects.create(
        receiver_id=receiver,
        run_id=run,
        name=f"<report-{secrets.token_hex(12)}@{host}>",
        subject=letter.subject[:200],
        text=letter.text,
        leave=letter.leave,
        at=at,
        next_at=at,
    )


def _within(merchants: Merchants) -> QuerySet[ReportRow]:
    rows = ReportRow.objects.select_related("shop").prefetch_related("receivers")
    return rows if merchants is None else rows.filter(merchant__in=sorted(merchants))


def kept_of(row: ReportRow) -> KeptReport:
    """Will give a report with its receivers, by address."""
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.told.items()
    }
    receivers = sorted([receiver_of(one) for one in row.receivers.all()], key=lambda one: one.address)
    report = Report(**{**told, "home": row.shop.name})
    return KeptReport(row.pk, row.merchant, report, row.since, row.made_by, tuple(receivers))


def receiver_of(row: ReportReceiverRow) -> Receiver:
    """Will give a receiver."""
    state: ReceiverState = row.state  # type: ignore[assignment]
    return Receiver(row.pk, row.address, state, row.by, row.at)
