"""EasyPost: trackers that push, and labels for the way back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from amends.carriers.codes import ours_of
from amends.carriers.easypost import labels
from amends.carriers.easypost.states import CODES, DETAILS, STATUSES
from amends.carriers.kernel import body_of, instant, json_of, objects, part, place_of, read, same, text
from amends.facts.channels import Probe, Setting
from amends.facts.labels import LabelReceipt, LabelWanted, Rate
from amends.facts.rulebook import Says
from amends.facts.traces import Scan
from amends.facts.tracking import (
    Followed,
    NetworkAccess,
    ParcelTold,
    StopReceipt,
    TrackingCan,
    Waybill,
)
from amends.facts.wire import Seal, UnableToTrustNotice, WireAnswer, WireRequest


@dataclass(frozen=True, slots=True)
class EasyPost:
    """The translator."""

    name: str = "easypost"

    @property
    def title(self) -> Says:
        """The network's name."""
        return Says("EasyPost", "EasyPost")

    @property
    def can(self) -> TrackingCan:
        """It finds the carrier by itself, sells labels and takes unused ones back."""
        return TrackingCan(
            asks_a_day=24,
            ask_every=timedelta(hours=1),
            needs_carrier=False,
            labels=True,
            label_once=True,
            label_hosts=labels.HOSTS,
            voids=True,
            calls_per_second=5,
        )

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The key and the word that its pushes are signed with."""
        return (
            Setting(
                "api_key",
                Says("API key", "API key"),
                Says("Account → API keys, production", "Account → API keys"),
                True,
            ),
            Setting(
                "webhook_secret",
                Says("Webhook secret", "Webhook secret"),
                Says("The word you gave the webhook", "新建 Webhook 时填写的 secret"),
                True,
            ),
        )

    @property
    def base_url(self) -> str:
        """Its address."""
        return "https://api.easypost.com"

    @property
    def guide(self) -> tuple[Says, ...]:
        """What to do over there."""
        return (
            Says("Copy the production API key.", "复制 production 环境的 API key。"),
            Says(
                "Add a webhook to {push_url} and give it a secret of your own.",
                "新建指向 {push_url} 的 Webhook，并设置 secret。",
            ),
            Says(
                "To buy labels, add your carrier accounts and a way to pay.",
                "如需购买退货面单，请绑定承运商账号与付款方式。",
            ),
        )

    @property
    def codes(self) -> Mapping[str, str]:
        """Carriers."""
        return CODES

    @property
    def collector(self) -> None:
        """Collections are not connected here."""
        return

    def probe(self, access: NetworkAccess, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """A list of one."""
        answer = yield self._get(access, "/v2/trackers?page_size=1")
        _checked(answer)
        return Probe("EasyPost")

    def subscribe(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, Followed]:
        """Make the tracker; the same number and carrier again gives the one that is there."""
        asked = {"tracking_code": parcel.number, "carrier": CODES.get(parcel.carrier, "")}
        content = body_of({"tracker": {name: value for name, value in asked.items() if value}})
        answer = yield WireRequest("POST", f"{access.url}/v2/trackers", headers(access), content)
        told = _told(_checked(answer), parcel.number)
        return Followed(told.reference, told)

    def ask(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, ParcelTold | None]:
        """By its id; where that is not known, by its number."""
        if parcel.reference:
            answer = yield self._get(access, f"/v2/trackers/{quote(parcel.reference, safe='')}")
            return None if answer.status == 404 else _told(_checked(answer), parcel.number)
        query = {"tracking_code": parcel.number, "carrier": CODES.get(parcel.carrier, "")}
        answer = yield self._get(access, f"/v2/trackers?{urlencode({k: v for k, v in query.items() if v})}")
        listed = objects(_checked(answer), "trackers")
        return _told(listed[0], parcel.number) if listed else None

    def pushed(
        self, access: NetworkAccess, headers: Mapping[str, str], body: bytes, at: datetime
    ) -> tuple[ParcelTold, ...]:
        """A tracker whole, once ``X-Hmac-Signature`` holds over the body, the secret in Unicode's NFKD form."""
        secret = unicodedata.normalize("NFKD", access.values.get("webhook_secret", ""))
        wanted = "hmac-sha256-hex=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        if not secret or not same(wanted, headers.get("x-hmac-signature", "")):
            raise UnableToTrustNotice("x-hmac-signature does not fit the body and the webhook secret")
        event = json_of(body)
        if event is None:
            raise UnableToTrustNotice("the body is no event")
        thing = part(event, "result")
        number = text(thing, "tracking_code")
        if text(thing, "object") != "Tracker" or not number:
            return ()
        return (_told(thing, number, text(event, "id")),)

    def answer_push(self) -> WireAnswer:
        """Any 2xx will do."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"ok")

    def intercept(
        self, access: NetworkAccess, parcel: Waybill, key: str, why: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, StopReceipt]:
        """There is no call for it."""
        yield from ()
        return StopReceipt("failed", code="not_offered", message="EasyPost passes no interceptions on; ask the carrier")

    def rates(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[Rate, ...]]:
        """A shipment that is not bought yet has its rates."""
        return (yield from labels.rates(access, headers(access), wanted))

    def label_of(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """The shipment, read."""
        return (yield from labels.look(access, headers(access), wanted))

    def label(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """A label for the way back."""
        return (yield from labels.buy(access, headers(access), wanted))

    def void_label(
        self, access: NetworkAccess, reference: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """An unused label given back."""
        return (yield from labels.void(access, headers(access), reference))

    def _get(self, access: NetworkAccess, path: str) -> WireRequest:
        return WireRequest("GET", access.url + path, headers(access))


def headers(access: NetworkAccess) -> dict[str, str]:
    """The key as a user without a password."""
    word = base64.b64encode(f"{access.values['api_key']}:".encode()).decode()
    return {"Authorization": f"Basic {word}", "Content-Type": "application/json"}


def _checked(answer: WireAnswer) -> dict[str, Any]:
    found = json_of(answer.body)
    return read(answer, text(found, "error", "code"), text(found, "error", "message"))


def _told(tracker: Any, number: str, id: str = "") -> ParcelTold:
    scans, unknown = [], []
    for entry in objects(tracker, "tracking_details"):
        at, status, detail = instant(text(entry, "datetime")), text(entry, "status"), text(entry, "status_detail")
        if at is None:
            unknown.append(f"datetime {text(entry, 'datetime')!r}")
            continue
        if status not in STATUSES:
            unknown.append(f"status {status!r}")
        kind = DETAILS.get(detail) or STATUSES.get(status, "note")
        if kind == "picked_up" and status != "in_transit":
            kind = STATUSES.get(status, "note")
        place = place_of(part(entry, "tracking_location"), "city", "state", "country")
        scans.append(Scan(at, kind, text(entry, "message"), place, detail or status))
    if (status := text(tracker, "status")) and status not in STATUSES:
        unknown.append(f"status {status!r}")
    return ParcelTold(
        number,
        ours_of(CODES).get(text(tracker, "carrier").lower(), ""),
        text(tracker, "id"),
        tuple(scans),
        alarms=tuple(dict.fromkeys(unknown)),
        id=id,
    )
