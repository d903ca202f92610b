"""By which server shops write, in the database; passwords sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import F, Q

from amends.facts.outgoing import Security, Sender, SenderKeys
from amends.facts.people import Merchants
from amends.store.database import writing
from amends.store.models import SenderRow, Shop
from amends.store.seal import seal, unseal

_PURPOSE: Final = "sender"


class DatabaseSenders:
    """Implements `amends.desk.talk.ports.Senders`."""

    def seen_by(self, merchants: Merchants) -> Sequence[Sender]:
        """Will give one a shop."""
        rows = Shop.objects.select_related("sender").order_by("merchant", "name")
        return [_sender(row) for row in (rows if merchants is None else rows.filter(merchant__in=sorted(merchants)))]

    def of_shop(self, number: int) -> Sender | None:
        """Will give one."""
        row = Shop.objects.select_related("sender").filter(pk=number).first()
        return None if row is None else _sender(row)

    def keys(self, shop: str) -> SenderKeys | None:
        """Will give how its server is spoken to."""
        row = SenderRow.objects.filter(shop__name=shop).first()
        if row is None:
            return None
        password = unseal(row.sealed, _PURPOSE) if row.sealed else ""
        return SenderKeys(row.host, row.port, _security(row), row.user, password)

    def save(self, sender: Sender, password: str, by: str, at: datetime) -> Sender:
        """Will keep one."""
        with writing():
            row = SenderRow.objects.filter(shop_id=sender.number).first() or SenderRow(
                shop_id=sender.number, made_by=by, made_at=at
            )
            if row.host != sender.host or row.user != sender.user:
                row.sealed = ""
            row.host, row.port, row.security, row.user = sender.host, sender.port, sender.security, sender.user
            row.sealed = seal(password, _PURPOSE) if password else row.sealed
            row.name, row.address = sender.name, sender.address
            row.quiet_from, row.quiet_to = sender.quiet_from, sender.quiet_to
            row.fault, row.faults, row.rests_until = "", 0, None
            row.save()
        found = self.of_shop(sender.number)
        assert found is not None
        return found

    def turn(self, shop: str, on_since: datetime | None) -> None:
        """Will turn it on or off."""
        with writing():
            SenderRow.objects.filter(shop__name=shop).update(on_since=on_since, rests_until=None, fault="", faults=0)

    def ready(self, now: datetime) -> Sequence[Sender]:
        """Will give those that may send now."""
        rows = SenderRow.objects.select_related("shop").exclude(on_since=None)
        free = rows.filter(Q(rests_until=None) | Q(rests_until__lte=now)).order_by("shop_id")
        return [_sender(row.shop, row) for row in free]

    def rested(self, shop: str, until: datetime | None, fault: str) -> None:
        """Will note how a server did."""
        with writing():
            rows = SenderRow.objects.filter(shop__name=shop)
            rows.update(rests_until=until, fault=fault[:300], faults=F("faults") + 1 if fault else 0)


def _sender(shop: Shop, row: SenderRow | None = None) -> Sender:
    row = row or getattr(shop, "sender", None)
    if row is None:
        return Sender(shop.name, shop.pk, shop.merchant)
    return Sender(
        shop=shop.name,
        number=shop.pk,
        merchant=shop.merchant,
        host=row.host,
        port=row.port,
        security=_security(row),
        user=row.user,
        has_password=bool(row.sealed),
        name=row.name,
        address=row.address,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        on_since=row.on_since,
        fault=row.fault,
        faults=row.faults,
    )


def _security(row: SenderRow) -> Security:
    return "starttls" if row.security == "starttls" else "none" if row.security == "none" else "tls"
