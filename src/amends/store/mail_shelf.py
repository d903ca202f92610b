"""Mails in the database: sealed, each once, and what they may belong to."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from amends.facts.mail import CaseOfMail, KeptMail, Mail, MailState, OrderOfMail
from amends.facts.orders import email_form
from amends.facts.people import Merchants
from amends.store import mail_tags
from amends.store.database import writing
from amends.store.models import CaseRow, MailRow, ShopOrder
from amends.store.seal import seal, unseal
from amends.store.shop_orders import contact_key

_PURPOSE: Final = "mail"
_MOST_ORDERS: Final = 50
_MOST_CASES: Final = 20


class DatabaseMails:
    """Implements `amends.desk.mail.ports.MailShelf`."""

    def together(self) -> AbstractContextManager[None]:
        """Will hold a transaction."""
        return writing()

    def keep(self, mailbox: int, mail: Mail, raw: bytes, at: datetime) -> int | None:
        """Will keep a mail as waiting; one with the same id in the same mailbox is kept already."""
        name = mail.id or hashlib.sha256(raw).hexdigest()
        told = [mail.sender, mail.name, mail.subject, mail.text, [one.name for one in mail.files]]
        with writing():
            row, is_new = MailRow.objects.get_or_create(
                mailbox_id=mailbox,
                name=name[:280],
                defaults={
                    "at": mail.at or at,
                    "state": "waiting",
                    "sealed": seal(json.dumps(told, ensure_ascii=False), _PURPOSE),
                    "raw": seal(base64.b64encode(raw).decode(), _PURPOSE),
                    "reason": "too large" if mail.cut else "",
                },
            )
        return row.pk if is_new else None

    def settle(
        self, number: int, state: str, case: int | None, reason: str, by: str, at: datetime, *, drop: bool
    ) -> None:
        """Will say what became of a mail."""
        with writing():
            row = MailRow.objects.select_for_update().get(pk=number)
            row.state, row.case_id, row.reason, row.by, row.settled_at = state, case, reason, by, at
            row.raw = "" if drop else row.raw
            row.save(update_fields=["state", "case", "reason", "by", "settled_at", "raw"])

    def get(self, number: int) -> KeptMail | None:
        """Will give one."""
        row = MailRow.objects.select_related("mailbox").filter(pk=number).first()
        return None if row is None else _kept(row)

    def raw(self, number: int) -> bytes | None:
        """Will give one as it came."""
        found = MailRow.objects.filter(pk=number).values_list("raw", flat=True).first()
        return base64.b64decode(unseal(found, _PURPOSE)) if found else None

    def waiting(self, merchants: Merchants, most: int) -> Sequence[KeptMail]:
        """Will give those that wait for a person."""
        rows = _waiting(merchants).select_related("mailbox").defer("raw")
        return [_kept(row) for row in rows.order_by("at", "pk")[:most]]

    def waiting_count(self, merchants: Merchants, most: int) -> int:
        """Will count those that wait."""
        return _waiting(merchants).values("pk")[:most].count()

    def is_ours(self, case: int, proof: str) -> bool:
        """Whether this house made the tag."""
        return mail_tags.is_ours(case, proof)

    def case(self, number: int, merchant: str) -> CaseOfMail | None:
        """Will give a case of a merchant; of one that was merged into another, that other."""
        row = (
            CaseRow.objects.select_related("shop", "merged_into__shop")
            .filter(pk=number, shop__merchant=merchant)
            .first()
        )
        return None if row is None else _case(row.merged_into or row)

    def orders_of(self, merchant: str, sender: str) -> Sequence[OrderOfMail]:
        """Will give the orders placed with this address."""
        rows = ShopOrder.objects.filter(email_key=contact_key(email_form(sender)), shop__merchant=merchant)
        told = rows.order_by("-placed_at", "-pk").values_list("shop__name", "number")[:_MOST_ORDERS]
        return [OrderOfMail(shop, number) for shop, number in told]

    def cases_of(self, merchant: str, orders: Sequence[OrderOfMail]) -> Sequence[CaseOfMail]:
        """Will give the cases about these orders."""
        wanted = {(one.shop, one.order) for one in orders}
        rows = CaseRow.objects.select_related("shop").filter(
            order_no__in=sorted({one.order for one in orders}), shop__merchant=merchant, merged_into=None
        )
        return [_case(row) for row in rows.order_by("-pk") if (row.shop.name, row.order_no) in wanted]

    def numbered(self, merchant: str, numbers: Sequence[str]) -> Sequence[CaseOfMail]:
        """Will give the cases with one of these numbers."""
        mine = CaseRow.objects.select_related("shop").filter(shop__merchant=merchant, merged_into=None)
        by_key = mine.filter(key__in=numbers).order_by("-pk")[:_MOST_CASES]
        by_order = mine.filter(order_no__in=numbers).order_by("-pk")[:_MOST_CASES]
        found = {row.pk: row for row in (*by_key, *by_order)}
        return [_case(row) for row in found.values()]


def _waiting(merchants: Merchants) -> QuerySet[MailRow]:
    rows = MailRow.objects.filter(state="waiting")
    return rows if merchants is None else rows.filter(mailbox__merchant__in=sorted(merchants))


def _case(row: CaseRow) -> CaseOfMail:
    return CaseOfMail(row.pk, row.key, row.shop.name, row.order_no, row.state, "number")


def _kept(row: MailRow) -> KeptMail:
    sender, name, subject, text, files = json.loads(unseal(row.sealed, _PURPOSE))
    state: MailState = row.state  # type: ignore[assignment]
    return KeptMail(
        row.pk,
        row.mailbox_id,
        row.mailbox.merchant,
        sender,
        name,
        subject,
        text,
        row.at,
        state,
        row.case_id,
        tuple(files),
        row.reason,
        row.by,
    )
