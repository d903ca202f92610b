"""How shops send text messages, in the database; secrets sealed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import F, Q

from amends.facts.people import Merchants
from amends.facts.sms import SmsKeys, SmsProvider, SmsSender
from amends.store.database import writing
from amends.store.models import Shop, SmsSenderRow
from amends.store.seal import seal, unseal
from amends.store.sms_phones import sms_sender_of

_PURPOSE: Final = "sms sender"


class DatabaseSmsSenders:
    """Implements `amends.desk.talk.sms_ports.SmsSenders`."""

    def seen_by(self, merchants: Merchants) -> Sequence[SmsSender]:
        """Will give one a shop."""
        rows = Shop.objects.select_related("sms").order_by("merchant", "name")
        return [_sender(row) for row in (rows if merchants is None else rows.filter(merchant__in=sorted(merchants)))]

    def of_shop(self, number: int) -> SmsSender | None:
        """Will give one."""
        row = Shop.objects.select_related("sms").filter(pk=number).first()
        return None if row is None else _sender(row)

    def named(self, shop: str) -> SmsSender | None:
        """Will give that of a shop by its name, where it was filled in."""
        row = Shop.objects.select_related("sms").filter(name=shop).first()
        return None if row is None else sms_sender_of(row)

    def by_token(self, token: str) -> SmsSender | None:
        """Will give the one that is told at this address."""
        row = SmsSenderRow.objects.select_related("shop").filter(token=token).first() if token else None
        return None if row is None else sms_sender_of(row.shop, row)

    def keys(self, shop: str) -> SmsKeys | None:
        """Will give how the provider is spoken to."""
        row = SmsSenderRow.objects.filter(shop__name=shop).first()
        if row is None:
            return None
        provider: SmsProvider = "twilio" if row.provider == "twilio" else "aliyun"
        secret = unseal(row.sealed, _PURPOSE) if row.sealed else ""
        return SmsKeys(provider, row.account, secret, row.sign, hook_of(row.token))

    def hook(self, shop: str) -> str:
        """Will give the address that the provider is to call."""
        row = SmsSenderRow.objects.filter(shop__name=shop).first()
        return hook_of(row.token) if row is not None else ""

    def save(self, sender: SmsSender, secret: str, by: str, at: datetime) -> SmsSender:
        """Will keep one."""
        with writing():
            row = SmsSenderRow.objects.filter(shop_id=sender.number).first() or SmsSenderRow(
                shop_id=sender.number, made_by=by, made_at=at, token=secrets.token_urlsafe(24)
            )
            if (row.provider, row.account) != (sender.provider, sender.account):
                row.sealed = ""
            row.provider, row.account, row.sign = sender.provider, sender.account, sender.sign
            row.sealed = seal(secret, _PURPOSE) if secret else row.sealed
            row.texts = {event: [one.code, one.text] for event, one in sender.texts.items()}
            row.price, row.currency = sender.price, sender.currency
            row.quiet_from, row.quiet_to = sender.quiet_from, sender.quiet_to
            row.fault, row.faults, row.rests_until = "", 0, None
            row.save()
        found = self.of_shop(sender.number)
        assert found is not None
        return found

    def turn(self, shop: str, on_since: datetime | None) -> None:
        """Will turn it on or off."""
        with writing():
            rows = SmsSenderRow.objects.filter(shop__name=shop)
            rows.update(on_since=on_since, rests_until=None, fault="", faults=0)

    def ready(self, now: datetime) -> Sequence[SmsSender]:
        """Will give those that may send now."""
        rows = SmsSenderRow.objects.select_related("shop").exclude(on_since=None)
        free = rows.filter(Q(rests_until=None) | Q(rests_until__lte=now)).order_by("shop_id")
        return [one for row in free if (one := sms_sender_of(row.shop, row)) is not None]

    def rested(self, shop: str, until: datetime | None, fault: str) -> None:
        """Will note how a provider did."""
        with writing():
            rows = SmsSenderRow.objects.filter(shop__name=shop)
            rows.update(rests_until=until, fault=fault[:300], faults=F("faults") + 1 if fault else 0)


def hook_of(token: str) -> str:
    """Where the provider tells this house; "" where nobody said under which address it is reached from outside."""
    base = str(getattr(settings, "PUBLIC_ADDRESS", "")).rstrip("/")
    return f"{base}/hooks/sms/{token}" if base else ""


def _sender(shop: Shop) -> SmsSender:
    return sms_sender_of(shop) or SmsSender(shop.name, shop.pk, shop.merchant, shop.market)
