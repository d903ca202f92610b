"""A stand-in for Shippo: tracks that push unsigned, return labels by shipment, rate and transaction, refunds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.network import Moved, NetworkFake, Parcel, Sold, iso

API_TOKEN: Final = "shippo_test_fake"
_STATUSES: Final = {
    "announced": ("PRE_TRANSIT", "information_received"),
    "picked_up": ("TRANSIT", "package_accepted"),
    "in_transit": ("TRANSIT", "package_arrived"),
    "out_for_delivery": ("TRANSIT", "out_for_delivery"),
    "attempted": ("TRANSIT", "delivery_attempted"),
    "at_station": ("TRANSIT", "pickup_available"),
    "delivered": ("DELIVERED", "delivered"),
    "refused": ("FAILURE", "package_undeliverable"),
    "intercepted": ("RETURNED", "return_to_sender"),
    "returning": ("RETURNED", "return_to_sender"),
    "returned": ("RETURNED", "return_to_sender"),
    "lost": ("FAILURE", "package_lost"),
}


class FakeShippo(NetworkFake):
    """Shippo's tracks and transactions."""

    name: ClassVar[str] = "shippo"

    def routes(self) -> list[Route]:
        """Tracks, shipments, transactions, refunds."""
        return [
            ("POST", "/tracks/?", self._register),
            ("GET", "/tracks/(?P<carrier>[^/]+)/(?P<number>[^/]+)", self._track),
            ("POST", "/shipments/?", self._ship),
            ("GET", "/rates/(?P<id>[^/]+)", self._rate),
            ("POST", "/transactions/?", self._buy),
            ("GET", "/transactions/?", self._bought),
            ("POST", "/refunds/?", self._void),
            ("GET", "/labels/[^/]+", self.label_file),
            ("GET", "/refunds/?", self._voids),
        ]

    def config(self) -> dict[str, Any]:
        """The token."""
        return {"api_token": API_TOKEN}

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Its own shape."""
        return json_reply(status, {"detail": message}, headers)

    def _let_in(self, call: Call) -> Reply | None:
        good = call.headers.get("authorization") == f"ShippoToken {API_TOKEN}"
        return None if good else self.error_reply(401, message="Token does not exist")

    def _register(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        asked = call.json()
        if "refuse" in call.faults or not asked.get("carrier"):
            return self.error_reply(400, message="carrier: this field is required")
        parcel = self.parcel(str(asked.get("tracking_number", "")), str(asked["carrier"]))
        parcel.subscribed = True
        parcel.subscriptions += 1
        return json_reply(200, _shown(self.keep(parcel)))

    def _track(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        parcel = self.parcels.get(call.parts["number"])
        if parcel is None:
            return json_reply(200, {"carrier": call.parts["carrier"], "tracking_number": call.parts["number"]})
        parcel.asked.append(self.now())
        return json_reply(200, _shown(parcel))

    def _ship(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        asked = call.json()
        if not (asked.get("extra") or {}).get("is_return"):
            return self.error_reply(400, message="only returns are sold here")
        told = (("USPS", "usps_priority", "9.20"), ("UPS", "ups_ground", "7.58"))
        rates = [_offer(self.new_id("", 32), self.currency, *one) for one in told]
        sold = self.keep_sold(Sold(self.new_id("", 32), str(asked.get("metadata", "")), rates))
        return json_reply(201, {"object_id": sold.id, "status": "SUCCESS", "rates": rates})

    def _of_rate(self, rate: str) -> Sold | None:
        return next((one for one in self.sold.values() if any(offer["object_id"] == rate for offer in one.rates)), None)

    def _rate(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        sold = self._of_rate(call.parts["id"])
        if sold is None:
            return self.error_reply(404, message="Not found")
        return json_reply(200, next(one for one in sold.rates if one["object_id"] == call.parts["id"]))

    def _buy(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        asked = call.json()
        sold = self._of_rate(str(asked.get("rate", "")))
        if sold is None:
            return self.error_reply(400, message="rate: does not exist")
        if "refuse" in call.faults:
            said = [{"source": "Shippo", "code": "", "text": "Please add a payment method"}]
            return json_reply(201, {"object_id": self.new_id("", 32), "status": "ERROR", "messages": said})
        again = Sold(self.new_id("", 32), str(asked.get("metadata", "")), sold.rates)
        return json_reply(201, _transaction(self.sell(again, str(asked["rate"]), call)))

    def _bought(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        rate = call.query.get("rate")
        found = [_transaction(one) for one in reversed(self.sold.values()) if one.label and rate in (None, one.rate)]
        return json_reply(200, {"next": None, "results": found})

    def _void(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        sold = self.sold.get(str(call.json().get("transaction", "")))
        if sold is None or not sold.label:
            return self.error_reply(400, message="transaction: does not exist")
        used = any(scan.kind != "announced" for scan in self.parcel(sold.waybill).scans)
        sold.refund, sold.refund_id = ("ERROR" if used else "QUEUED"), self.new_id("", 32)
        return json_reply(201, _refund(self.keep_sold(sold)))

    def _voids(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        return json_reply(200, {"next": None, "results": [_refund(one) for one in self.sold.values() if one.refund]})

    def told_parcel(self, parcel: Parcel) -> list[Told]:
        """One event with the track whole."""
        content = {"event": "track_updated", "test": True, "data": _shown(parcel)}
        return [Told(self.new_id("evt_"), "track_updated", content)]

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """There is no signature; a wrong one is a body that is no event."""
        body = b"not an event" if wrong else json.dumps(told.content).encode()
        return {"Content-Type": "application/json"}, body


def _shown(parcel: Parcel) -> dict[str, Any]:
    history = [_entry(scan) for scan in parcel.scans]
    told = {"carrier": parcel.code, "tracking_number": parcel.number, "tracking_history": history}
    return {**told, "tracking_status": history[-1] if history else None}


def _entry(scan: Moved) -> dict[str, Any]:
    status, code = (scan.strange, scan.strange) if scan.strange else _STATUSES[scan.kind]
    fine = {"code": code, "text": scan.text, "action_required": False}
    told = {"status": status, "status_details": scan.text, "status_date": iso(scan.at), "substatus": fine}
    return {**told, "location": {"city": scan.place, "country": "US"}}


def _offer(name: str, currency: str, provider: str, service: str, price: str) -> dict[str, Any]:
    told = {"object_id": name, "amount": price, "currency": currency, "provider": provider}
    return {**told, "servicelevel": {"token": service}}


def _transaction(sold: Sold) -> dict[str, Any]:
    label = sold.label
    told = {"object_id": sold.id, "status": "SUCCESS", "metadata": sold.key, "rate": sold.rate, "messages": []}
    return {**told, "tracking_number": sold.waybill, "label_url": label}


def _refund(sold: Sold) -> dict[str, Any]:
    return {"object_id": sold.refund_id, "status": sold.refund, "transaction": sold.id}
