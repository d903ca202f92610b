"""Text messages in the outbox that mails leave by: gathered from what waits, each case's together, and what became of each."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.facts.outgoing import joined
from amends.facts.sms import LONGEST, PLACES, SmsSender, SmsText, UnableToDial, filled, phone_of, places_in, size_of
from amends.store.database import writing
from amends.store.models import CaseRow, MessageRow, PostRow, SenderRow, ShopOrder, SmsRow
from amends.store.post_book import DatabasePosts
from amends.store.post_gather import BY_MAIL, HOUSE, OWN_STORES, PURPOSE, URGENT, WIN_BACK, address_of
from amends.store.seal import seal
from amends.store.sms_phones import phone_of_case, wants_none

Values = Callable[[int], Mapping[str, str]]
"""What may stand in the text messages of a case (`PLACES`, without the text itself)."""
_TOGETHER: Final = timedelta(seconds=60)
_PATIENCE: Final = timedelta(minutes=5)


class SmsPosts(DatabasePosts):
    """The outbox as `LetterRounds` sees it for text messages. `values`: what may be filled into them."""

    way = "sms"

    def __init__(self, values: Values) -> None:
        self._values = values

    def gather(self, sender: SmsSender, now: datetime, *, quiet: bool, most: int) -> int:  # type: ignore[override]
        """Will make text messages of what waits, one a case; where the shop sends no mail, of what would have been mail too."""
        if sender.on_since is None:
            return 0
        _take_over(sender, now)
        due = _waiting(sender).filter(send_at__lte=now)
        if quiet:
            due = due.filter(~Q(by__in=HOUSE) | Q(event__in=URGENT))
        cases = list(due.order_by("case_id").values_list("case_id", flat=True).distinct()[:most])
        return sum([self._one(sender, case, now) for case in cases])

    def _one(self, sender: SmsSender, case: int, now: datetime) -> int:
        with writing():
            row = CaseRow.objects.select_for_update(of=("self",)).select_related("shop").get(pk=case)
            waiting = list(_waiting(sender).filter(case_id=case).order_by("send_at", "pk"))
            times = [one.send_at or now for one in waiting]
            due = [one for one, at in zip(waiting, times, strict=True) if at <= now]
            follows = any(now < at <= now + _TOGETHER for at in times)
            if not due or (follows and now - times[0] < _PATIENCE):
                return 0
            to = phone_of_case(case)
            if to and wants_none(row.shop.merchant, to) and _otherwise(due, case, sender):
                return 1
            post = self._written(sender, row, due, to, now)
            post.save()
            SmsRow.objects.create(post=post)
            state = "sending" if post.state == "ready" else "failed"
            MessageRow.objects.filter(pk__in=[one.pk for one in due]).update(post=post, state=state)
        return 1

    def _written(self, sender: SmsSender, row: CaseRow, due: Sequence[MessageRow], to: str, now: datetime) -> PostRow:
        values = {**self._values(row.pk), "text": joined([one.text for one in due])}
        use = text_among(sender, due)
        text = filled(use.text, values) if use else ""
        code = self._fault(sender, row, to, use, text)
        places = places_in(use.text) if use and sender.provider == "aliyun" else ()
        told = {
            "to": to, "subject": due[-1].subject or row.key, "text": text, "template": use.code if use else "",
            "values": {one: values.get(one, "") for one in places if one in PLACES},
        }  # fmt: skip
        return PostRow(
            case=row, name=f"{row.pk}-{secrets.token_hex(8)}", way="sms", house=all(one.by in HOUSE for one in due),
            sealed=seal(json.dumps(told, ensure_ascii=False), PURPOSE), state="failed" if code else "ready", code=code,
            made_at=now, begun_at=now, next_at=None if code else now,
        )  # fmt: skip

    def _fault(self, sender: SmsSender, row: CaseRow, to: str, use: SmsText | None, text: str) -> str:
        """Why it cannot leave at all; "" where it can."""
        try:
            phone_of(to, sender.market)
        except UnableToDial:
            return "bad_phone"
        if wants_none(row.shop.merchant, to):
            return "stopped"
        if use is None or not text:
            return "no_text"
        return "too_long" if size_of(text, provider=sender.provider, sign=sender.sign).length > LONGEST else ""


def text_among(sender: SmsSender, due: Sequence[MessageRow]) -> SmsText | None:
    """Will give the text that is sent for messages that leave together: a person's words before the house's, later ones before earlier."""
    by_people = [one for one in due if one.by not in HOUSE]
    for one in (*reversed(by_people), *reversed([one for one in due if one.by in HOUSE])):
        found = sender.text_for(one.event)
        if found is not None:
            return found
    return None


def _waiting(sender: SmsSender) -> QuerySet[MessageRow]:
    return MessageRow.objects.filter(
        case__shop_id=sender.number, state="waiting", inside=False, by_kind="shop", way="sms", post=None,
        send_at__gte=sender.on_since,
    )  # fmt: skip


def _take_over(sender: SmsSender, now: datetime) -> None:
    """A shop that sends no mail sends what waits as text messages, where it has a text for the event and the order has a number."""
    if SenderRow.objects.filter(shop_id=sender.number).exclude(on_since=None).exists():
        return  # the mails give up what has no address, see `post_gather.by_sms`
    events = [*sender.texts, *(["message"] if sender.text_for("message") else [])]
    dialled = ShopOrder.objects.filter(shop_id=OuterRef("case__shop_id"), number=OuterRef("case__order_no"))
    waits = MessageRow.objects.filter(
        Exists(dialled.exclude(phone_key="")),
        case__shop_id=sender.number, case__shop__channel__in=OWN_STORES, state="waiting", inside=False, by_kind="shop",
        way__in=BY_MAIL, post=None, send_at__gte=sender.on_since, send_at__lte=now, event__in=events,
    ).exclude(event=WIN_BACK)  # fmt: skip
    with writing():
        MessageRow.objects.filter(pk__in=list(waits.values_list("pk", flat=True))).update(way="sms")


def _otherwise(due: Sequence[MessageRow], case: int, sender: SmsSender) -> bool:
    """What the house says to a buyer who wants no text messages goes by mail, or is kept; a person is told instead (False)."""
    if any(one.by not in HOUSE for one in due):
        return False
    mails = SenderRow.objects.filter(shop_id=sender.number).exclude(on_since=None).exists()
    rows = MessageRow.objects.filter(pk__in=[one.pk for one in due])
    rows.update(**({"way": "mail"} if mails and address_of(case) else {"state": "kept"}))
    return True
