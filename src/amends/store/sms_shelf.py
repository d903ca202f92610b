"""What became of text messages, in the database."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from amends.facts.orders import phone_form
from amends.facts.outgoing import Outcome
from amends.store.database import writing
from amends.store.models import PostRow, SmsRow, SmsStopRow
from amends.store.post_book import letter_of
from amends.store.post_gather import PURPOSE
from amends.store.seal import unseal
from amends.store.shop_orders import contact_key
from amends.store.sms_phones import phone_of_case, sms_sender_of, wants_none


class DatabaseSms:
    """Implements `amends.desk.talk.sms_ports.SmsShelf`."""

    def handed(self, name: str, outcome: Outcome, parts: int, now: datetime) -> None:
        """Will note what the provider said of a message."""
        with writing():
            post = PostRow.objects.select_related("case__shop__sms").filter(name=name, way="sms").first()
            if post is None:
                return
            if outcome.end == "stopped":
                stop(post.case.shop.merchant, letter_of(post, now).to, now)
                return
            sender = sms_sender_of(post.case.shop)
            priced = sender is not None and sender.price > 0
            SmsRow.objects.filter(pk=post.pk).update(
                reference=outcome.reference,
                parts=parts,
                cost=sender.price * parts if sender is not None and priced else None,
                currency=sender.currency if sender is not None and priced else "",
                ask_at=now + timedelta(minutes=2),
            )

    def is_stopped(self, name: str) -> bool:
        """Will tell whether the buyer of a message wants none by now."""
        post = PostRow.objects.select_related("case__shop").filter(name=name, way="sms").first()
        return post is not None and wants_none(post.case.shop.merchant, number_of(post))

    def phone_of(self, case: int) -> str:
        """Will give the number of a case's buyer."""
        return phone_of_case(case)

    def wants_none(self, merchant: str, phone: str) -> bool:
        """Whether a number wants no text messages."""
        return wants_none(merchant, phone)


def number_of(post: PostRow) -> str:
    """Will give the number that a text message goes to."""
    return str(json.loads(unseal(post.sealed, PURPOSE))["to"])


def stop(merchant: str, phone: str, now: datetime) -> None:
    """Will have a number get no more text messages of a merchant."""
    SmsStopRow.objects.get_or_create(merchant=merchant, phone=contact_key(phone_form(phone)), defaults={"at": now})
