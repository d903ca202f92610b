"""What providers told of text messages, and what buyers wrote back, in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from amends.facts.orders import phone_form
from amends.facts.people import Merchants
from amends.facts.sms import AskAfter, KeptSms, SmsIn, SmsReceipt
from amends.store.database import writing
from amends.store.models import (
    CaseRow,
    MessageRow,
    PostRow,
    Shop,
    ShopOrder,
    SmsInRow,
    SmsRow,
    SmsSenderRow,
    SmsStopRow,
)
from amends.store.post_book import letter_of, put
from amends.store.seal import seal, unseal
from amends.store.shop_orders import contact_key
from amends.store.sms_phones import SMS, wants_none
from amends.store.sms_shelf import stop

_RANK: Final = {"": 0, "sent": 1, "delivered": 2, "undelivered": 2}
_WAITS: Final = tuple([timedelta(minutes=one) for one in (2, 10, 60, 24 * 60)])
"""After how long a message is asked after, again and again; then no more."""


class DatabaseSmsIn:
    """Implements `amends.desk.talk.sms_ports.SmsInShelf`."""

    def together(self) -> AbstractContextManager[None]:
        """Will hold a transaction."""
        return writing()

    def receipt(self, shop: int, receipt: SmsReceipt, now: datetime) -> tuple[int, int] | None:
        """Will note what became of a message. What was told last stays where a receipt comes late; the first that is final holds."""
        with writing():
            mine = SmsRow.objects.select_related("post").filter(post__case__shop_id=shop)
            row = mine.filter(post__name=receipt.name).first() if receipt.name else None
            if row is None and receipt.reference:
                row = mine.filter(reference=receipt.reference).first()
            if row is None:
                return None
            row.reference = row.reference or receipt.reference
            _price(row, receipt, shop)
            is_news = _RANK[receipt.told] > _RANK[row.told]
            if is_news:
                row.told, row.code, row.told_at = receipt.told, receipt.code[:40], now
            row.save()
            return _settled(row, receipt, now, is_news=is_news)

    def to_ask(self, now: datetime, most: int) -> Sequence[AskAfter]:
        """Will take messages that are to be asked after now."""
        due = SmsRow.objects.select_related("post__case__shop__sms").filter(
            Q(ask_at__lte=now) | Q(post__state="unsure", ask_at=None, asks=0)
        )
        rows = list(due.order_by("ask_at", "pk")[:most])
        with writing():
            for row in rows:
                row.asks += 1
                row.ask_at = now + _WAITS[row.asks] if row.asks < len(_WAITS) and not _is_over(row) else None
                row.save(update_fields=["asks", "ask_at"])
        return [_asked(row) for row in rows if not _is_over(row)]

    def keep(self, shop: int, one: SmsIn, now: datetime) -> int | None:
        """Will keep one that came in, once."""
        told = seal(json.dumps([one.sender, one.text], ensure_ascii=False), SMS)
        with writing():
            row, is_new = SmsInRow.objects.get_or_create(
                shop_id=shop,
                name=one.reference[:80],
                defaults={"at": one.at or now, "state": "waiting", "sealed": told},
            )
        return row.pk if is_new else None

    def heed(self, merchant: str, phone: str, wish: str, now: datetime) -> None:
        """Will send a number no more messages, or some again."""
        if wish == "stop":
            stop(merchant, phone, now)
        else:
            SmsStopRow.objects.filter(merchant=merchant, phone=contact_key(phone_form(phone))).delete()

    def wants_none(self, merchant: str, phone: str) -> bool:
        """Whether a number wants no text messages."""
        return wants_none(merchant, phone)

    def place(self, merchant: str, phone: str) -> int | None:
        """Will give the case that a number writes about."""
        rows = ShopOrder.objects.filter(phone_key=contact_key(phone_form(phone)), shop__merchant=merchant)
        orders = set(rows.order_by("-placed_at", "-pk").values_list("shop_id", "number")[:50])
        cases = CaseRow.objects.filter(shop__merchant=merchant, merged_into=None)
        about = [
            row
            for row in cases.filter(order_no__in=[number for _, number in orders])
            if (row.shop_id, row.order_no) in orders
        ]
        theirs = [row.pk for row in about]
        last = (
            PostRow.objects.filter(case_id__in=theirs, way="sms", state__in=("sent", "unsure"))
            .order_by("-made_at")
            .first()
        )
        if last is not None:
            return last.case_id
        running = [row.pk for row in about if row.state == "open"]
        return running[0] if len(running) == 1 else None

    def settle(self, number: int, state: str, case: int | None, by: str) -> None:
        """Will say what became of one."""
        with writing():
            SmsInRow.objects.filter(pk=number).update(state=state, case_id=case, by=by)

    def get(self, number: int) -> KeptSms | None:
        """Will give one."""
        row = SmsInRow.objects.select_related("shop").filter(pk=number).first()
        return None if row is None else _kept(row)

    def waiting(self, merchants: Merchants, most: int) -> Sequence[KeptSms]:
        """Will give those that wait for a person."""
        rows: QuerySet[SmsInRow] = SmsInRow.objects.select_related("shop").filter(state="waiting")
        rows = rows if merchants is None else rows.filter(shop__merchant__in=sorted(merchants))
        return [_kept(row) for row in rows.order_by("at", "pk")[:most]]

    def is_of(self, case: int, merchant: str) -> bool:
        """Whether a case is one of a merchant's."""
        return CaseRow.objects.filter(pk=case, shop__merchant=merchant, merged_into=None).exists()


def _settled(row: SmsRow, receipt: SmsReceipt, now: datetime, *, is_news: bool) -> tuple[int, int] | None:
    """Whoever tells of a message had it: what was unsure was sent. One that will not get there has failed after all."""
    post = row.post
    if is_news and receipt.told == "undelivered" and post.state in ("sent", "sending", "unsure"):
        post.case_told = False
        put(post, "failed", "undelivered", receipt.code, now, None)
        return None
    was = post.state
    if was in ("sending", "unsure"):
        put(post, "sent", "", post.told, now, None)
    if is_news and receipt.told == "delivered":
        MessageRow.objects.filter(post=post, state="sent").update(state="delivered")
    return (post.case_id, post.pk) if was == "unsure" else None


def _price(row: SmsRow, receipt: SmsReceipt, shop: int) -> None:
    """What the provider took off the account, else its own count of parts at the shop's price."""
    if receipt.cost is not None:
        row.cost, row.currency, row.charged = receipt.cost, receipt.currency, True
    elif receipt.parts and receipt.parts != row.parts and not row.charged:
        price = SmsSenderRow.objects.filter(shop_id=shop).values_list("price", flat=True).first()
        row.cost = price * receipt.parts if price else row.cost
    row.parts = receipt.parts or row.parts


def _is_over(row: SmsRow) -> bool:
    """Whether everything is known: its end, and of a provider that tells its price, that too."""
    final = row.told in ("delivered", "undelivered")
    return final and (row.charged or row.post.case.shop.sms.provider == "aliyun")


def _asked(row: SmsRow) -> AskAfter:
    shop: Shop = row.post.case.shop
    others: tuple[str, ...] = ()
    if not row.reference:
        known = SmsRow.objects.filter(post__case__shop=shop).exclude(reference="").order_by("-pk")
        others = tuple(known.values_list("reference", flat=True)[:500])
    return AskAfter(shop.pk, shop.name, letter_of(row.post, row.post.begun_at), row.reference, others)


def _kept(row: SmsInRow) -> KeptSms:
    sender, text = json.loads(unseal(row.sealed, SMS))
    return KeptSms(row.pk, row.shop.merchant, row.shop.name, sender, text, row.at, row.state)
