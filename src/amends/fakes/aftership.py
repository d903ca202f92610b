"""A stand-in for AfterShip's tracking: trackings made once, read, and pushed whole with a signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.network import Moved, NetworkFake, Parcel, iso

API_KEY: Final = "asat_fake"
WEBHOOK_SECRET: Final = "fake-aftership-secret"
_PATH: Final = "/tracking/2026-07/trackings"
_TAGS: Final = {
    "announced": ("InfoReceived", "InfoReceived_001"),
    "picked_up": ("InTransit", "InTransit_002"),
    "in_transit": ("InTransit", "InTransit_001"),
    "out_for_delivery": ("OutForDelivery", "OutForDelivery_001"),
    "attempted": ("AttemptFail", "AttemptFail_001"),
    "at_station": ("AvailableForPickup", "AvailableForPickup_001"),
    "delivered": ("Delivered", "Delivered_001"),
    "refused": ("Exception", "Exception_003"),
    "intercepted": ("Exception", "Exception_010"),
    "returning": ("Exception", "Exception_010"),
    "returned": ("Exception", "Exception_011"),
    "lost": ("Exception", "Exception_013"),
}


class FakeAfterShip(NetworkFake):
    """AfterShip Tracking."""

    name: ClassVar[str] = "aftership"

    def routes(self) -> list[Route]:
        """Make, list, read."""
        return [
            ("POST", _PATH, self._make),
            ("GET", _PATH, self._list),
            ("GET", _PATH + "/(?P<id>[^/]+)", self._read),
        ]

    def config(self) -> dict[str, Any]:
        """Key and secret."""
        return {"api_key": API_KEY, "webhook_secret": WEBHOOK_SECRET}

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Its own shape."""
        return _fault(status, status, message, {}, headers)

    def _let_in(self, call: Call) -> Reply | None:
        good = call.headers.get("as-api-key") == API_KEY
        return None if good else _fault(401, 4001, "Your API key is invalid.", {})

    def _make(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        asked = call.json()
        number = str(asked.get("tracking_number", ""))
        if "refuse" in call.faults or not number:
            return _fault(400, 4005, "The value of `tracking_number` is invalid.", {})
        there = self.parcels.get(number)
        if there is not None and there.subscribed:
            return _fault(400, 4003, "Tracking already exists.", {"id": there.id, "tracking_number": number})
        parcel = self.parcel(number, str(asked.get("slug", "")))
        parcel.subscribed = True
        parcel.subscriptions += 1
        return json_reply(201, {"meta": {"code": 201}, "data": _tracking(self.keep(parcel))})

    def _list(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        number = call.query.get("tracking_numbers")
        found = [_tracking(one) for one in self.parcels.values() if one.subscribed and number in (None, one.number)]
        return json_reply(200, {"meta": {"code": 200}, "data": {"pagination": {}, "trackings": found}})

    def _read(self, call: Call) -> Reply:
        if (out := self._let_in(call)) is not None:
            return out
        parcel = next((one for one in self.parcels.values() if one.id == call.parts["id"]), None)
        if parcel is None:
            return _fault(404, 4004, "Tracking does not exist.", {})
        parcel.asked.append(self.now())
        return json_reply(200, {"meta": {"code": 200}, "data": _tracking(parcel)})

    def told_parcel(self, parcel: Parcel) -> list[Told]:
        """One event with the tracking whole."""
        name = self.new_id("evt_")
        content = {"event": "tracking_update", "event_id": name, "msg": _tracking(parcel), "ts": self.now()}
        return [Told(name, "tracking_update", content)]

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """The body under its signature."""
        body = json.dumps(told.content).encode()
        secret = b"wrong" if wrong else WEBHOOK_SECRET.encode()
        sign = base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest()).decode()
        return {"Content-Type": "application/json", "aftership-hmac-sha256": sign}, body


def _tracking(parcel: Parcel) -> dict[str, Any]:
    tag = _tags(parcel.scans[-1])[0] if parcel.scans else "Pending"
    return {
        "id": parcel.id,
        "tracking_number": parcel.number,
        "slug": parcel.code,
        "active": not any(scan.kind in ("delivered", "returned") for scan in parcel.scans),
        "tag": tag,
        "checkpoints": [_checkpoint(parcel, scan) for scan in parcel.scans],
    }


def _tags(scan: Moved) -> tuple[str, str]:
    if scan.strange:
        return scan.strange, scan.strange
    tag, fine = _TAGS[scan.kind]
    return tag, "Delivered_003" if scan.by == "buyer" else fine


def _checkpoint(parcel: Parcel, scan: Moved) -> dict[str, Any]:
    tag, fine = _tags(scan)
    told = {"slug": parcel.code, "checkpoint_time": iso(scan.at), "message": scan.text, "city": scan.place}
    return {**told, "tag": tag, "subtag": fine}


def _fault(status: int, code: int, message: str, data: Any, headers: Mapping[str, str] | None = None) -> Reply:
    return json_reply(status, {"meta": {"code": code, "message": message, "type": "Fault"}, "data": data}, headers)
