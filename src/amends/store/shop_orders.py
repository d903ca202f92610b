"""Orders of shops in the database: contacts sealed, found by keyed digests."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from amends.facts.orders import Contact, ShopOrderFile, email_form, phone_form
from amends.store import hot
from amends.store.case_rows import shop_named
from amends.store.database import writing
from amends.store.models import Shop, ShopOrder
from amends.store.seal import seal, unseal

CONTACT: Final = "order contact"
_OF_SHOP: Final = (
    "store_shoporder JOIN store_shop ON store_shop.id = store_shoporder.shop_id "
    "WHERE store_shop.name = %s AND store_shoporder.number = %s"
)


class DatabaseOrders:
    """Implements `amends.desk.orders.OrderShelf`."""

    def put(self, shop: str, number: str, file: Mapping[str, Any], contact: Contact, at: datetime) -> bool:
        """Will keep an order; the very same again writes nothing."""
        digest = _digest(file, contact)
        with writing():
            owner = shop_named(shop)
            if owner is None:
                raise KeyError(shop)
            row = hot.first(ShopOrder, "WHERE shop_id = %s AND number = %s", [owner.pk, number], lock=True)
            if row is not None and row.digest == digest:
                return False
            fresh = row or ShopOrder(shop=owner, number=number)
            placed = (file.get("order") or {}).get("placed_at")
            fresh.file, fresh.digest, fresh.updated_at = dict(file), digest, at
            fresh.placed_at = datetime.fromisoformat(placed) if placed else None
            fresh.email_key, fresh.phone_key = (
                contact_key(email_form(contact.email)),
                contact_key(phone_form(contact.phone)),
            )
            fresh.contact = seal(json.dumps(asdict(contact), ensure_ascii=False), CONTACT)
            if row is None:
                hot.insert(fresh)
            else:
                fresh.save()
            return True

    def get(self, shop: str, number: str) -> ShopOrderFile | None:
        """Will give an order."""
        found = hot.joined((ShopOrder, Shop), _OF_SHOP, [shop, number])
        if not found:
            return None
        row, row.shop = found[0]
        return _file(row)

    def find(self, shop: str, number: str, email: str, phone: str) -> ShopOrderFile | None:
        """Will give the order whose buyer has this address or telephone."""
        row = ShopOrder.objects.select_related("shop").filter(shop__name=shop, number=number).first()
        there = (row.email_key, row.phone_key) if row is not None else ("", "")
        asked = (contact_key(email), contact_key(phone))
        same = [bool(key) and hmac.compare_digest(key, other or "-") for key, other in zip(asked, there, strict=True)]
        return _file(row) if row is not None and any(same) else None

    def shop(self, name: str) -> tuple[str, str, str, str] | None:
        """Will give a shop's merchant, channel, market and currency."""
        found = shop_named(name)
        return None if found is None else (found.merchant, found.channel, found.market, found.currency)


def contact_key(text: str) -> str:
    """A digest that only this house can make; "" for nothing."""
    secret = hashlib.sha256(b"contact:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest() if text else ""


def _digest(file: Mapping[str, Any], contact: Contact) -> str:
    told = json.dumps([file, asdict(contact)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _file(row: ShopOrder) -> ShopOrderFile:
    contact = Contact(**json.loads(unseal(row.contact, CONTACT))) if row.contact else Contact()
    shop = row.shop
    return ShopOrderFile(
        shop.name, shop.merchant, shop.channel, shop.market, row.number, row.file, contact, row.digest, row.updated_at
    )
