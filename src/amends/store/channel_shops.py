"""Shops in the database, as far as connecting one needs them."""

from __future__ import annotations

from amends.facts.imported import ShopSetting
from amends.store.database import writing
from amends.store.members import ensure_merchant
from amends.store.models import Shop


class DatabaseChannelShops:
    """Implements `amends.desk.channels.ports.ShopsOfChannels`."""

    def known(self, name: str) -> ShopSetting | None:
        """Will give a shop's setting."""
        row = Shop.objects.filter(name=name).first()
        return None if row is None else setting_of(row)

    def make(self, setting: ShopSetting) -> None:
        """Will make a shop that is not there."""
        with writing():
            ensure_merchant(setting.merchant)
            wanted = {
                "channel": setting.channel,
                "market": setting.market,
                "currency": setting.currency,
                "merchant": setting.merchant,
            }
            Shop.objects.get_or_create(name=setting.name, defaults=wanted)


def setting_of(row: Shop) -> ShopSetting:
    """Will give what a shop's row says of it."""
    return ShopSetting(
        row.name, row.channel, row.market, row.currency, row.category or None, tuple(row.labels), row.merchant
    )
