"""Mailboxes in the database, their passwords sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db import connection
from django.db.models import F

from amends.facts.mail import Mailbox, MailboxKeys
from amends.facts.people import Merchants
from amends.store.database import writing
from amends.store.models import MailboxRow
from amends.store.seal import seal, unseal

_PURPOSE: Final = "mailbox"


class DatabaseMailboxes:
    """Implements `amends.desk.mail.ports.Mailboxes`."""

    def save(self, number: int | None, merchant: str, keys: MailboxKeys, by: str, at: datetime) -> Mailbox:
        """Will keep a new one, or other keys of one. With another address or folder, mails there are new again."""
        with writing():
            same = MailboxRow.objects.filter(host=keys.host, user=keys.user, folder=keys.folder)
            if same.exclude(pk=number or 0).exists():
                raise ValueError("this mailbox is there already")
            row = MailboxRow(made_by=by, made_at=at) if number is None else MailboxRow.objects.get(pk=number)
            if (row.host, row.user, row.folder) != (keys.host, keys.user, keys.folder):
                row.validity = row.read_to = 0
            row.merchant, row.host, row.port, row.tls = merchant, keys.host, keys.port, keys.tls
            row.user, row.folder, row.due_at = keys.user, keys.folder, at
            row.sealed = seal(keys.password, _PURPOSE) if keys.password else row.sealed
            row.fault, row.faults = "", 0
            row.save()
        return _mailbox(row)

    def get(self, number: int) -> Mailbox | None:
        """Will give one."""
        row = MailboxRow.objects.filter(pk=number).first()
        return None if row is None else _mailbox(row)

    def seen_by(self, merchants: Merchants) -> Sequence[Mailbox]:
        """Will give those of these merchants."""
        rows = MailboxRow.objects.order_by("merchant", "user", "folder")
        return [_mailbox(row) for row in (rows if merchants is None else rows.filter(merchant__in=sorted(merchants)))]

    def keys(self, number: int) -> MailboxKeys | None:
        """Will give how one is opened."""
        row = MailboxRow.objects.filter(pk=number).first()
        if row is None:
            return None
        password = unseal(row.sealed, _PURPOSE) if row.sealed else ""
        return MailboxKeys(row.host, row.port, row.tls, row.user, password, row.folder)

    def set_state(self, number: int, state: str, at: datetime) -> None:
        """Will turn it on or have it rest."""
        with writing():
            MailboxRow.objects.filter(pk=number).update(state=state, due_at=at, fault="", faults=0)

    def forget(self, number: int) -> None:
        """Will remove it."""
        with writing():
            MailboxRow.objects.filter(pk=number).delete()

    def due(self, now: datetime, lease_seconds: int) -> Sequence[Mailbox]:
        """Will take those that are due, so that no other worker reads them meanwhile."""
        with writing():
            rows = MailboxRow.objects.filter(state="on", due_at__lte=now).order_by("due_at", "pk")
            if connection.vendor == "postgresql":
                rows = rows.select_for_update(skip_locked=True)
            found = list(rows[:20])
            taken = [row.pk for row in found]
            MailboxRow.objects.filter(pk__in=taken).update(due_at=now + timedelta(seconds=lease_seconds))
        return [_mailbox(row) for row in found]

    def read(self, number: int, validity: int, uid: int) -> None:
        """Will note up to which mail it was read."""
        with writing():
            MailboxRow.objects.filter(pk=number).update(validity=validity, read_to=uid)

    def rested(self, number: int, again_at: datetime, now: datetime, fault: str) -> None:
        """Will note how a reading ended."""
        with writing():
            rows = MailboxRow.objects.filter(pk=number)
            if fault:
                rows.update(due_at=again_at, fault=fault, faults=F("faults") + 1)
            else:
                rows.update(due_at=again_at, fault="", faults=0, read_at=now)


def _mailbox(row: MailboxRow) -> Mailbox:
    state: Literal["on", "paused"] = "on" if row.state == "on" else "paused"
    return Mailbox(
        number=row.pk,
        merchant=row.merchant,
        host=row.host,
        port=row.port,
        tls=row.tls,
        user=row.user,
        folder=row.folder,
        state=state,
        has_password=bool(row.sealed),
        validity=row.validity,
        read_to=row.read_to,
        read_at=row.read_at,
        fault=row.fault,
        faults=row.faults,
    )
