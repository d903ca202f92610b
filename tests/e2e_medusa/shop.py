"""A shop on the real server: what its merchant sets up, and what its buyers and its warehouse do, all by the server's own API."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from tests.e2e_medusa.server import Medusa

ADDRESS = {
    "first_name": "Erika",
    "last_name": "Muster",
    "address_1": "Hauptstr. 1",
    "city": "Berlin",
    "country_code": "de",
    "postal_code": "10115",
    "phone": "03012345678",
}


class UnableToSetUp(RuntimeError):
    """The server refused a step of the story; the message holds its answer."""


def ask(url: str, method: str, headers: dict[str, str], content: Any = None) -> dict[str, Any]:
    """The answer of the server."""
    body = json.dumps(content).encode() if content is not None else None
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", **headers}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError as refused:
        with refused:
            raise UnableToSetUp(f"{method} {url}: {refused.code} {refused.read().decode()[:800]}") from None


@dataclass
class Shop:
    """The shop. `key`: the secret API key that a merchant pastes into the house; `ids`: what was set up, by name."""

    server: Medusa
    key: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    _token: str = ""
    _public: str = ""

    def admin(self, method: str, path: str, content: Any = None) -> dict[str, Any]:
        """A call as the merchant's person."""
        return ask(f"{self.server.url}/admin/{path}", method, {"Authorization": f"Bearer {self._token}"}, content)

    def store(self, method: str, path: str, content: Any = None) -> dict[str, Any]:
        """A call as the shop's own pages make it for a buyer."""
        return ask(f"{self.server.url}/store/{path}", method, {"x-publishable-api-key": self._public}, content)

    def set_up(self) -> None:
        """Keys, a stock location, a region, shipping there and back, and one product."""
        who = {"email": self.server.email, "password": self.server.password}
        self._token = ask(f"{self.server.url}/auth/user/emailpass", "POST", {}, who)["token"]
        self.key = self.admin("POST", "api-keys", {"title": "Amends", "type": "secret"})["api_key"]["token"]
        channel = self.admin("POST", "sales-channels", {"name": "Web"})["sales_channel"]["id"]
        public = self.admin("POST", "api-keys", {"title": "Web", "type": "publishable"})["api_key"]
        self._public = public["token"]
        self.admin("POST", f"api-keys/{public['id']}/sales-channels", {"add": [channel]})
        place = self.admin("POST", "stock-locations", {"name": "Berlin"})["stock_location"]["id"]
        self.admin("POST", f"stock-locations/{place}/sales-channels", {"add": [channel]})
        self.ids |= {"place": place, "channel": channel}
        self._shipping(place)
        self._product(channel)

    def _shipping(self, place: str) -> None:
        providers = {"add": ["manual_manual"]}
        self.admin("POST", f"stock-locations/{place}/fulfillment-providers", providers)
        made = self.admin("POST", f"stock-locations/{place}/fulfillment-sets?fields=*fulfillment_sets",
                          {"name": "Parcels", "type": "shipping"})  # fmt: skip
        parcels = made["stock_location"]["fulfillment_sets"][0]["id"]
        zone = {"name": "Germany", "geo_zones": [{"type": "country", "country_code": "de"}]}
        zones = self.admin("POST", f"fulfillment-sets/{parcels}/service-zones", zone)["fulfillment_set"][
            "service_zones"
        ]
        profile = {"name": "Goods", "type": "goods"}
        self.ids["profile"] = self.admin("POST", "shipping-profiles", profile)["shipping_profile"]["id"]
        region = {
            "name": "Germany",
            "currency_code": "eur",
            "countries": ["de"],
            "payment_providers": ["pp_system_default"],
        }
        self.ids["region"] = self.admin("POST", "regions", region)["region"]["id"]
        for name, price, back in (("there", 5, "false"), ("back", 0, "true")):
            option = {
                "name": name,
                "service_zone_id": zones[0]["id"],
                "shipping_profile_id": self.ids["profile"],
                "provider_id": "manual_manual",
                "price_type": "flat",
                "type": {"label": name, "description": name, "code": name},
                "prices": [{"currency_code": "eur", "amount": price}],
                "rules": [
                    {"attribute": "enabled_in_store", "operator": "eq", "value": "true"},
                    {"attribute": "is_return", "operator": "eq", "value": back},
                ],
            }
            self.ids[name] = self.admin("POST", "shipping-options", option)["shipping_option"]["id"]

    def _product(self, channel: str) -> None:
        product = {
            "title": "Knitted jumper",
            "status": "published",
            "shipping_profile_id": self.ids["profile"],
            "sales_channels": [{"id": channel}],
            "options": [{"title": "Size", "values": ["M"]}],
            "variants": [
                {
                    "title": "M",
                    "sku": "JUMPER-M",
                    "manage_inventory": False,
                    "options": {"Size": "M"},
                    "prices": [{"currency_code": "eur", "amount": 59.9}],
                }
            ],
        }
        self.ids["variant"] = self.admin("POST", "products", product)["product"]["variants"][0]["id"]
        reason = {"value": "wrong_size", "label": "Wrong size"}
        self.ids["reason"] = self.admin("POST", "return-reasons", reason)["return_reason"]["id"]

    def order(self, quantity: int = 2) -> str:
        """A buyer orders and pays; the warehouse sends it and it is delivered."""
        cart = {
            "region_id": self.ids["region"],
            "email": "erika@example.com",
            "shipping_address": ADDRESS,
            "items": [{"variant_id": self.ids["variant"], "quantity": quantity}],
        }
        number = self.store("POST", "carts", cart)["cart"]["id"]
        self.store("POST", f"carts/{number}/shipping-methods", {"option_id": self.ids["there"]})
        collection = self.store("POST", "payment-collections", {"cart_id": number})["payment_collection"]["id"]
        sessions = f"payment-collections/{collection}/payment-sessions"
        self.store("POST", sessions, {"provider_id": "pp_system_default"})
        order: str = self.store("POST", f"carts/{number}/complete", {})["order"]["id"]
        for payment in self.payments(order):
            self.admin("POST", f"payments/{payment['id']}/capture", {})
        self.send_rest(order)
        return order

    def send_rest(self, order: str) -> None:
        """What is not fulfilled yet (the new goods of an exchange) is sent and delivered."""
        lines = [(item["id"], item["quantity"] - item["detail"]["fulfilled_quantity"]) for item in self.lines(order)]
        items = [{"id": line, "quantity": quantity} for line, quantity in lines if quantity]
        made = self.admin("POST", f"orders/{order}/fulfillments?fields=*fulfillments",
                          {"items": items, "location_id": self.ids["place"]})  # fmt: skip
        parcel = next(one["id"] for one in made["order"]["fulfillments"] if not one["shipped_at"])
        label = {
            "tracking_number": f"JJD{parcel[-8:]}",
            "tracking_url": "https://example.com/t",
            "label_url": "https://example.com/l",
        }
        self.admin("POST", f"orders/{order}/fulfillments/{parcel}/shipments", {"items": items, "labels": [label]})
        self.admin("POST", f"orders/{order}/fulfillments/{parcel}/mark-as-delivered", {})

    def lines(self, order: str) -> list[dict[str, Any]]:
        """The lines of an order."""
        found: list[dict[str, Any]] = self.admin("GET", f"orders/{order}")["order"]["items"]
        return found

    def payments(self, order: str) -> list[dict[str, Any]]:
        """Its payments with their refunds, as the server has them."""
        found = self.admin("GET", f"orders/{order}")["order"]["payment_collections"]
        return [payment for collection in found for payment in collection["payments"]]

    def ask_back(self, order: str, quantity: int = 1) -> str:
        """The buyer asks to send something back."""
        line = self.lines(order)[0]["id"]
        wanted = {
            "order_id": order,
            "items": [{"id": line, "quantity": quantity, "reason_id": self.ids["reason"], "note": "Zu klein"}],
            "return_shipping": {"option_id": self.ids["back"], "price": 0},
            "location_id": self.ids["place"],
        }
        made: str = self.store("POST", "returns", wanted)["return"]["id"]
        return made

    def open_exchange(self, order: str) -> str:
        """The merchant opens an exchange: one piece back, one out."""
        line = self.lines(order)[0]["id"]
        number: str = self.admin("POST", "exchanges", {"order_id": order})["exchange"]["id"]
        inbound = {
            "items": [{"id": line, "quantity": 1, "reason_id": self.ids["reason"]}],
            "location_id": self.ids["place"],
        }
        self.admin("POST", f"exchanges/{number}/inbound/items", inbound)
        outbound = {"items": [{"variant_id": self.ids["variant"], "quantity": 1}]}
        self.admin("POST", f"exchanges/{number}/outbound/items", outbound)
        self.admin("POST", f"exchanges/{number}/request", {})
        return number
