"""Makes one mail of what waits on a case: letters that fall together leave together, each once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from amends.facts.orders import Contact
from amends.facts.outgoing import Sender, joined
from amends.store import mail_tags
from amends.store.database import writing
from amends.store.models import CaseRow, MailRow, MessageRow, PostRow, ShopOrder
from amends.store.seal import seal, unseal
from amends.store.shop_orders import CONTACT
from amends.store.sms_phones import phone_of_case, sms_sender_of

PURPOSE: Final = "post"
OWN_STORES: Final = frozenset({"direct", "shopify", "woocommerce", "medusa"})
BY_MAIL: Final = ("", "mail", "portal")
HOUSE: Final = ("system", "amends")
URGENT: Final = ("withdrawal_received", "withdrawn", "request_received")
"""Letters of the house that the law wants without delay: no quiet hour holds them back."""
WIN_BACK: Final = "win_back"
"""Advertising: agreed to by mail and by no other way, and never joined with other letters, for its subject has to say what it is."""
_TOGETHER: Final = timedelta(seconds=60)
_PATIENCE: Final = timedelta(minutes=5)
_MOST_ANSWERED: Final = 20


def gather(sender: Sender, now: datetime, *, quiet: bool, most: int) -> int:
    """Will make mails of what waits and may leave, one a case."""
    if sender.on_since is None:
        return 0
    due = _waiting(sender).filter(send_at__lte=now)
    if quiet:
        due = due.filter(~Q(by__in=HOUSE) | Q(event__in=URGENT))
    cases = list(due.order_by("case_id").values_list("case_id", flat=True).distinct()[:most])
    return sum([_one(sender, case, now) for case in cases])


def _waiting(sender: Sender) -> QuerySet[MessageRow]:
    return MessageRow.objects.filter(
        case__shop_id=sender.number,
        state="waiting",
        inside=False,
        by_kind="shop",
        way__in=BY_MAIL,
        post=None,
        send_at__gte=sender.on_since,
    )


def _one(sender: Sender, case: int, now: datetime) -> int:
    """The mail of one case, unless more of it is about to follow."""
    with writing():
        row = CaseRow.objects.select_for_update(of=("self",)).select_related("shop").get(pk=case)
        waiting = list(_waiting(sender).filter(case_id=case).order_by("send_at", "pk"))
        times = [one.send_at or now for one in waiting]
        due = [one for one, at in zip(waiting, times, strict=True) if at <= now]
        follows = any(now < at <= now + _TOGETHER for at in times)
        if not due or (follows and now - times[0] < _PATIENCE):
            return 0  # the next one is about to follow: they leave together
        due = [one for one in due if one.event != WIN_BACK] or due[:1]
        to = address_of(case)
        if not to and by_sms(row, due):
            return 0  # from now on they are text messages
        if not to and row.shop.channel not in OWN_STORES:
            _mark(due, "kept")  # the platform tells its buyers itself
            return 0
        post = _written(sender, row, due, to, now)
        post.save()
        MessageRow.objects.filter(pk__in=[one.pk for one in due]).update(post=post, state="sending" if to else "failed")
        return 1


def by_sms(row: CaseRow, due: Sequence[MessageRow]) -> bool:
    """Will have what waits for a buyer without a mail address leave by text message, where the shop sends some on all of it."""
    sms = sms_sender_of(row.shop)
    if sms is None or sms.on_since is None or row.shop.channel not in OWN_STORES or not phone_of_case(row.pk):
        return False
    if not all(sms.text_for(one.event) and one.event != WIN_BACK for one in due):
        return False
    MessageRow.objects.filter(pk__in=[one.pk for one in due]).update(way="sms")
    return True


def _written(sender: Sender, row: CaseRow, due: Sequence[MessageRow], to: str, now: datetime) -> PostRow:
    told = {"to": to, "subject": due[-1].subject or row.key, "text": joined([one.text for one in due])}
    host = sender.address.rpartition("@")[2]
    return PostRow(
        case=row,
        name=f"<{mail_tags.tag_of(row.pk)}.{secrets.token_hex(8)}@{host}>",
        sealed=seal(json.dumps(told, ensure_ascii=False), PURPOSE),
        house=all(one.by in HOUSE for one in due),
        answers=thread_of(row.pk),
        state="ready" if to else "failed",
        code="" if to else "no_address",
        made_at=now,
        begun_at=now,
        next_at=now if to else None,
    )


def _mark(rows: Sequence[MessageRow], state: str) -> None:
    MessageRow.objects.filter(pk__in=[one.pk for one in rows]).update(state=state)


def address_of(case: int) -> str:
    """Will give the buyer's mail address: the order's, else that of whoever last wrote by mail."""
    row = CaseRow.objects.filter(pk=case).only("shop_id", "order_no").first()
    if row is None:
        return ""
    order = ShopOrder.objects.filter(shop_id=row.shop_id, number=row.order_no).exclude(contact="").first()
    contact = Contact(**json.loads(unseal(order.contact, CONTACT))) if order else Contact()
    if contact.email:
        return contact.email
    last = MailRow.objects.filter(case_id=case, state="taken").order_by("-at", "-pk").first()
    return str(json.loads(unseal(last.sealed, "mail"))[0]) if last else ""


def thread_of(case: int) -> list[str]:
    """Will give the ids of the mails in and out of a case, oldest first: what a new one answers."""
    came = MailRow.objects.filter(case_id=case, state="taken", name__startswith="<").values_list("at", "name")
    went = PostRow.objects.filter(case_id=case, state="sent").values_list("sent_at", "name")
    return [name for _, name in sorted([*came, *went])[-_MOST_ANSWERED:]]
