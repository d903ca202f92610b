"""By which number a buyer gets text messages, and how a shop sends them, as the database has it."""

from __future__ import annotations

import json
from decimal import Decimal

from amends.facts.orders import Contact, phone_form
from amends.facts.sms import SmsProvider, SmsSender, SmsText, UnableToDial, phone_of
from amends.store.models import CaseRow, Shop, ShopOrder, SmsInRow, SmsSenderRow, SmsStopRow
from amends.store.seal import unseal
from amends.store.shop_orders import CONTACT, contact_key

SMS: str = "sms"
"""What text messages and numbers of them are sealed for."""


def phone_of_case(case: int) -> str:
    """Will give the buyer's number as networks want it: the order's, else that of whoever last wrote to the case by text message.

    One that is none is given as it stands, for people to see; "" where there is none at all.
    """
    row = CaseRow.objects.select_related("shop").filter(pk=case).first()
    if row is None:
        return ""
    order = ShopOrder.objects.filter(shop_id=row.shop_id, number=row.order_no).exclude(contact="").first()
    contact = Contact(**json.loads(unseal(order.contact, CONTACT))) if order else Contact()
    if not contact.phone:
        last = SmsInRow.objects.filter(case_id=case, state="taken").order_by("-at", "-pk").first()
        return str(json.loads(unseal(last.sealed, SMS))[0]) if last else ""
    try:
        return phone_of(contact.phone, row.shop.market)
    except UnableToDial:
        return contact.phone


def wants_none(merchant: str, phone: str) -> bool:
    """Whether this number wants no text messages of a merchant."""
    return SmsStopRow.objects.filter(merchant=merchant, phone=contact_key(phone_form(phone))).exists()


def sms_sender_of(shop: Shop, row: SmsSenderRow | None = None) -> SmsSender | None:
    """Will give how a shop sends text messages; None where nothing was filled in."""
    row = row or getattr(shop, "sms", None)
    if row is None:
        return None
    provider: SmsProvider = "twilio" if row.provider == "twilio" else "aliyun"
    return SmsSender(
        shop=shop.name,
        number=shop.pk,
        merchant=shop.merchant,
        market=shop.market,
        provider=provider,
        account=row.account,
        has_secret=bool(row.sealed),
        sign=row.sign,
        texts={event: SmsText(str(told[0]), str(told[1])) for event, told in row.texts.items()},
        price=Decimal(row.price),
        currency=row.currency,
        token=row.token,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        on_since=row.on_since,
        fault=row.fault,
        faults=row.faults,
    )
