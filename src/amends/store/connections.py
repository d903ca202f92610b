"""Connections in the database: settings plain or sealed, and what is needed to reach a platform."""

from __future__ import annotations

import json
import secrets as chance
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from amends.facts.channels import Access
from amends.facts.connections import Connection, ConnectionState, Reached
from amends.facts.imported import ShopSetting
from amends.facts.people import Merchants
from amends.store import hot
from amends.store.database import writing
from amends.store.models import ConnectionRow, Shop
from amends.store.seal import seal, unseal
from amends.store.walls import within

_PURPOSE: Final = "channel-keys"
_OF_SHOP: Final = "store_connectionrow JOIN store_shop ON store_shop.id = store_connectionrow.shop_id"


class DatabaseConnections:
    """Implements `amends.desk.channels.ports.Connections`."""

    def make(
        self,
        shop: str,
        channel: str,
        url: str,
        values: Mapping[str, str],
        secret: frozenset[str],
        by: str,
        at: datetime,
    ) -> Connection:
        """Will keep a draft for a shop that has none, or put its settings in place of an older one's; `values` that are left out stay."""
        with writing():
            owner = Shop.objects.get(name=shop)
            held = ConnectionRow.objects.select_for_update(no_key=True)
            row, _ = held.get_or_create(
                shop=owner,
                defaults={
                    "channel": channel,
                    "url": url,
                    "made_by": by,
                    "made_at": at,
                    "push_name": chance.token_urlsafe(24),
                },
            )
            row.channel, row.url = channel, url
            row.plain = {**row.plain, **{name: value for name, value in values.items() if name not in secret}}
            _seal_into(row, {name: value for name, value in values.items() if name in secret})
            row.save(update_fields=["channel", "url", "plain", "sealed"])
        return connection_of(row)

    def set(self, number: int, **values: object) -> Connection:
        """Will change what is kept of a connection (state, may_act, may_pay, account, keys_until, acts_from, due_at ...)."""
        with writing():
            ConnectionRow.objects.filter(pk=number).update(**values)
        return connection_of(ConnectionRow.objects.select_related("shop").get(pk=number))

    def renewed(self, number: int, values: Mapping[str, str], secret: frozenset[str], until: datetime | None) -> None:
        """Will keep fresh keys in place of those that ran out."""
        with writing():
            row = ConnectionRow.objects.select_for_update(no_key=True).get(pk=number)
            row.plain = {**row.plain, **{name: value for name, value in values.items() if name not in secret}}
            _seal_into(row, {name: value for name, value in values.items() if name in secret})
            row.keys_until = until
            row.save(update_fields=["plain", "sealed", "keys_until"])

    def get(self, number: int) -> Connection | None:
        """Will give one by its number."""
        row = _one("id", number)
        return None if row is None else connection_of(row)

    def of_shop(self, shop: str) -> Connection | None:
        """Will give a shop's own."""
        row = ConnectionRow.objects.select_related("shop").filter(shop__name=shop).first()
        return None if row is None else connection_of(row)

    def of_shop_reached(self, shop: str) -> Reached | None:
        """Will give a shop's own with its keys opened. Raises `UnableToUnseal`."""
        found = self.of_shop(shop)
        return None if found is None else self.reach(found.number)

    def of_push(self, push_name: str) -> Connection | None:
        """Will give the one that this part of our address belongs to."""
        row = _one("push_name", push_name)
        return None if row is None else connection_of(row)

    def reach_push(self, push_name: str) -> Reached | None:
        """Will give the one that this part of our address belongs to with its keys opened. Raises `UnableToUnseal`."""
        row = _one("push_name", push_name)
        return None if row is None else _reached(row)

    def seen_by(self, merchants: Merchants) -> Sequence[Connection]:
        """Will give those of these merchants, by shop."""
        rows = ConnectionRow.objects.select_related("shop").filter(within(merchants, "shop"))
        return [connection_of(row) for row in rows.order_by("shop__name")]

    def reach(self, number: int) -> Reached | None:
        """Will give a connection with its keys opened. Raises `UnableToUnseal`."""
        row = _one("id", number)
        return None if row is None else _reached(row)


def paying_channel(shop: str) -> str:
    """Will name the channel of a shop whose connection is on and may pay; "" where there is none."""
    rows = ConnectionRow.objects.filter(shop__name=shop, state="on", may_pay=True)
    return rows.values_list("channel", flat=True).first() or ""


def _one(column: str, value: object) -> ConnectionRow | None:
    found = hot.joined((ConnectionRow, Shop), f"{_OF_SHOP} WHERE store_connectionrow.{column} = %s", [value])
    if not found:
        return None
    row: ConnectionRow = found[0][0]
    row.shop = found[0][1]
    return row


def _reached(row: ConnectionRow) -> Reached:
    opened = _opened(row)
    return Reached(connection_of(row, opened), _access(row, opened))


def connection_of(row: ConnectionRow, opened: Mapping[str, str] | None = None) -> Connection:
    """Will give a row without its secrets; `opened`: they themselves, where they are at hand, of which the names are told."""
    state: ConnectionState = row.state  # type: ignore[assignment]
    return Connection(
        number=row.pk,
        shop=row.shop.name,
        merchant=row.shop.merchant,
        channel=row.channel,
        url=row.url,
        state=state,
        plain=dict(row.plain),
        secrets=frozenset(_opened(row) if opened is None else opened),
        may_act=row.may_act,
        may_pay=row.may_pay,
        push_name=row.push_name,
        account=row.account,
        made_by=row.made_by,
        made_at=row.made_at,
        keys_until=row.keys_until,
        acts_from=row.acts_from,
    )


def _seal_into(row: ConnectionRow, values: Mapping[str, str]) -> None:
    if values:
        row.sealed = seal(json.dumps({**_opened(row), **values}), f"{_PURPOSE}:{row.shop_id}")


def _opened(row: ConnectionRow) -> dict[str, str]:
    return json.loads(unseal(row.sealed, f"{_PURPOSE}:{row.shop_id}")) if row.sealed else {}


def _access(row: ConnectionRow, opened: Mapping[str, str]) -> Access:
    shop = row.shop
    setting = ShopSetting(
        shop.name, shop.channel, shop.market, shop.currency, shop.category or None, tuple(shop.labels), shop.merchant
    )
    return Access(setting, row.url, {**row.plain, **opened})
