"""A stand-in for EasyPost: trackers that push under a signature, return labels that are bought once and given back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.network import Moved, NetworkFake, Parcel, Sold, iso

API_KEY: Final = "EZAK_fake"
WEBHOOK_SECRET: Final = "fake-easypost-secret"
_STATUSES: Final = {
    "announced": ("pre_transit", "label_created"),
    "picked_up": ("in_transit", "received_at_origin_facility"),
    "in_transit": ("in_transit", "arrived_at_facility"),
    "out_for_delivery": ("out_for_delivery", "out_for_delivery"),
    "attempted": ("failure", "delivery_exception"),
    "at_station": ("available_for_pickup", "arrived_at_pickup_location"),
    "delivered": ("delivered", "arrived_at_destination"),
    "refused": ("failure", "refused"),
    "intercepted": ("return_to_sender", "return"),
    "returning": ("return_to_sender", "return"),
    "returned": ("return_to_sender", "return"),
    "lost": ("failure", "lost"),
}


class FakeEasyPost(NetworkFake):
    """EasyPost's trackers and shipments."""

    name: ClassVar[str] = "easypost"
    usual: ClassVar[str] = "USPS"

    def routes(self) -> list[Route]:
        """Trackers, shipments, their labels."""
        return [
            ("POST", "/v2/trackers", self._make),
            ("GET", "/v2/trackers", self._list),
            ("GET", "/v2/trackers/(?P<id>[^/]+)", self._read),
            ("POST", "/v2/shipments", self._ship),
            ("GET", "/v2/shipments/(?P<id>[^/]+)", self._shipment),
            ("POST", "/v2/shipments/(?P<id>[^/]+)/buy", self._buy),
            ("POST", "/v2/shipments/(?P<id>[^/]+)/refund", self._void),
            ("GET", "/labels/[^/]+", self.label_file),
        ]

    def config(self) -> dict[str, Any]:
        """Key and secret."""
        return {"api_key": API_KEY, "webhook_secret": WEBHOOK_SECRET}

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Its own shape."""
        return _fault(status, "INTERNAL_SERVER_ERROR" if status >= 500 else "BAD_REQUEST", message, headers)

    def _let_in(self, call: Call) -> Reply | None:
        wanted = "Basic " + base64.b64encode(f"{API_KEY}:".encode()).decode()
        good = call.headers.get("authorization") == wanted
        return None if good else _fault(401, "APIKEY.INACTIVE", "This api key is no longer active.")

    def _make(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        asked = call.json().get("tracker") or {}
        if "refuse" in call.faults:
            return _fault(422, "TRACKER.CREATE.ERROR", "the carrier is not supported")
        parcel = self.parcel(str(asked.get("tracking_code", "")), str(asked.get("carrier", "")))
        if not parcel.subscribed:
            parcel.subscribed = True
            parcel.subscriptions += 1
            self.keep(parcel)
        return json_reply(201, _tracker(parcel))

    def _list(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        number = call.query.get("tracking_code")
        found = [_tracker(one) for one in self.parcels.values() if one.subscribed and number in (None, one.number)]
        return json_reply(200, {"trackers": found, "has_more": False})

    def _read(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        parcel = next((one for one in self.parcels.values() if one.id == call.parts["id"]), None)
        if parcel is None:
            return _fault(404, "NOT_FOUND", "The requested resource could not be found.")
        parcel.asked.append(self.now())
        return json_reply(200, _tracker(parcel))

    def _ship(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        asked = call.json().get("shipment") or {}
        if not asked.get("is_return"):
            return _fault(422, "SHIPMENT.INVALID", "only returns are sold here")
        if not (asked.get("to_address") or {}).get("zip"):
            return _fault(422, "ADDRESS.PARAMETERS.INVALID", "Invalid 'zip', please provide a 5 digit zip")
        rates = [
            _rate(self.new_id("rate_"), self.currency, *told)
            for told in (("USPS", "Priority", "9.20"), ("UPS", "Ground", "7.58"))
        ]
        sold = Sold(self.new_id("shp_"), str(asked.get("reference", "")), rates)
        return json_reply(201, _shown(self.keep_sold(sold)))

    def _found(self, call: Call) -> Sold | None:
        name = call.parts["id"]
        return self.sold.get(name) or next((one for one in self.sold.values() if one.key == name), None)

    def _shipment(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        sold = self._found(call)
        return _missing() if sold is None else json_reply(200, _shown(sold))

    def _buy(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        sold = self._found(call)
        if sold is None:
            return _missing()
        if sold.label:
            return _fault(422, "SHIPMENT.POSTAGE.EXISTS", "Postage already exists for this shipment.")
        if "refuse" in call.faults:
            return _fault(402, "PAYMENT.REQUIRED", "Insufficient funds.")
        return json_reply(200, _shown(self.sell(sold, str((call.json().get("rate") or {}).get("id", "")), call)))

    def _void(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        sold = self._found(call)
        if sold is None or not sold.label:
            return _missing()
        used = any(scan.kind != "announced" for scan in self.parcel(sold.waybill).scans)
        sold.refund = "rejected" if used else "refunded" if sold.refund else "submitted"
        return json_reply(200, _shown(self.keep_sold(sold)))

    def told_parcel(self, parcel: Parcel) -> list[Told]:
        """One event with the tracker whole."""
        name = self.new_id("evt_")
        content = {"id": name, "object": "Event", "description": "tracker.updated", "result": _tracker(parcel)}
        return [Told(name, "tracker.updated", content)]

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """The body under its signature."""
        body = json.dumps(told.content).encode()
        sign = hmac.new(b"wrong" if wrong else WEBHOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()
        return {"Content-Type": "application/json", "X-Hmac-Signature": f"hmac-sha256-hex={sign}"}, body


def _tracker(parcel: Parcel) -> dict[str, Any]:
    return {
        "id": parcel.id,
        "object": "Tracker",
        "tracking_code": parcel.number,
        "carrier": parcel.code,
        "status": _status(parcel.scans[-1])[0] if parcel.scans else "unknown",
        "tracking_details": [_detail(scan) for scan in parcel.scans],
    }


def _status(scan: Moved) -> tuple[str, str]:
    return (scan.strange, scan.strange) if scan.strange else _STATUSES[scan.kind]


def _detail(scan: Moved) -> dict[str, Any]:
    status, detail = _status(scan)
    told = {"object": "TrackingDetail", "message": scan.text, "status": status, "status_detail": detail}
    return {**told, "datetime": iso(scan.at), "tracking_location": {"city": scan.place, "country": "US"}}


def _rate(name: str, currency: str, carrier: str, service: str, price: str) -> dict[str, str]:
    return {"id": name, "carrier": carrier, "service": service, "rate": price, "currency": currency}


def _shown(sold: Sold) -> dict[str, Any]:
    rate = next((one for one in sold.rates if one["id"] == sold.rate), None)
    label = {"label_url": sold.label} if sold.label else None
    return {
        "id": sold.id,
        "object": "Shipment",
        "reference": sold.key,
        "is_return": True,
        "rates": sold.rates,
        "selected_rate": rate,
        "postage_label": label,
        "tracking_code": sold.waybill or None,
        "refund_status": sold.refund or None,
    }


def _missing() -> Reply:
    return _fault(404, "NOT_FOUND", "The requested resource could not be found.")


def _fault(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Reply:
    return json_reply(status, {"error": {"code": code, "message": message, "errors": []}}, headers)
