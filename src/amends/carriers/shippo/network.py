"""Shippo: tracks that push without a signature (so a push is a hint, and the track is read again), and labels for the way back."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from amends.carriers.codes import ours_of
from amends.carriers.kernel import body_of, instant, json_of, objects, part, place_of, read, text
from amends.carriers.shippo import labels
from amends.carriers.shippo.states import CODES, STATUSES, SUBSTATUSES
from amends.facts.channels import Probe, Setting, UnableToTalk
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
class Shippo:
    """The translator."""

    name: str = "shippo"

    @property
    def title(self) -> Says:
        """The network's name."""
        return Says("Shippo", "Shippo")

    @property
    def can(self) -> TrackingCan:
        """It must be told the carrier, sells labels and takes unused ones back; its pushes prove nothing but the address."""
        return TrackingCan(
            asks_a_day=24,
            ask_every=timedelta(minutes=10),
            labels=True,
            label_hosts=labels.HOSTS,
            voids=True,
            signs=False,
            calls_per_second=5,
        )

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The token."""
        return (
            Setting("api_token", Says("API token", "API token"), Says("Settings → API, live", "Settings → API"), True),
        )

    @property
    def base_url(self) -> str:
        """Its address."""
        return "https://api.goshippo.com"

    @property
    def guide(self) -> tuple[Says, ...]:
        """What to do over there."""
        return (
            Says("Generate a live API token.", "生成 live 环境的 API token。"),
            Says(
                "Add a webhook for “track updated” to {push_url}; keep that address to yourself, for nothing else proves who pushes.",
                "新建 Track Updated 类型的 Webhook，地址填 {push_url}；该地址即凭证，请勿外传。",
            ),
        )

    @property
    def codes(self) -> Mapping[str, str]:
        """Carriers, by Shippo's tokens."""
        return CODES

    @property
    def collector(self) -> None:
        """Collections are not connected here."""
        return

    def probe(self, access: NetworkAccess, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """A list of one."""
        answer = yield WireRequest("GET", f"{access.url}/transactions?results=1", headers(access))
        read(answer)
        return Probe("Shippo")

    def subscribe(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, Followed]:
        """Register the track; registering it again changes nothing."""
        content = body_of({"carrier": _carrier(parcel), "tracking_number": parcel.number})
        answer = yield WireRequest("POST", f"{access.url}/tracks", headers(access), content)
        return Followed("", _told(read(answer), parcel.number))

    def ask(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, ParcelTold | None]:
        """By carrier and number."""
        path = f"/tracks/{quote(_carrier(parcel), safe='')}/{quote(parcel.number, safe='')}"
        answer = yield WireRequest("GET", access.url + path, headers(access))
        if answer.status == 404:
            return None
        told = _told(read(answer), parcel.number)
        return told if told.scans or told.alarms else None

    def pushed(
        self, access: NetworkAccess, headers: Mapping[str, str], body: bytes, at: datetime
    ) -> tuple[ParcelTold, ...]:
        """A track whole. What it says must be read again (`can.signs`). A test event is nothing to a live account."""
        event = json_of(body)
        if event is None:
            raise UnableToTrustNotice("the body is no event")
        number = text(event, "data", "tracking_number")
        is_test = part(event, "test") is True and access.values.get("api_token", "").startswith("shippo_live")
        if text(event, "event") != "track_updated" or not number or is_test:
            return ()
        return (_told(part(event, "data"), number),)

    def answer_push(self) -> WireAnswer:
        """Any 2xx will do."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"ok")

    def intercept(
        self, access: NetworkAccess, parcel: Waybill, key: str, why: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, StopReceipt]:
        """There is no call for it."""
        yield from ()
        return StopReceipt("failed", code="not_offered", message="Shippo passes no interceptions on; ask the carrier")

    def rates(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[Rate, ...]]:
        """A shipment has its rates."""
        return (yield from labels.rates(access, headers(access), wanted))

    def label_of(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """The transactions of the rate, read."""
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


def headers(access: NetworkAccess) -> dict[str, str]:
    """The token."""
    return {"Authorization": f"ShippoToken {access.values['api_token']}", "Content-Type": "application/json"}


def _carrier(parcel: Waybill) -> str:
    """Shippo's token of the carrier. Raises `UnableToTalk` where it has none: it finds no carrier by itself."""
    if parcel.carrier not in CODES:
        raise UnableToTalk("refused", f"Shippo must be told the carrier, and has no code for {parcel.carrier!r}")
    return CODES[parcel.carrier]


def _told(track: Any, number: str) -> ParcelTold:
    entries = objects(track, "tracking_history")
    now = part(track, "tracking_status")
    if isinstance(now, dict) and not any(_same(now, one) for one in entries):
        entries = [*entries, now]
    scans, unknown = [], []
    for entry in entries:
        at, status = instant(text(entry, "status_date")), text(entry, "status")
        if status not in STATUSES:
            unknown.append(f"status {status!r}")
        if at is None:
            unknown.append(f"status_date {text(entry, 'status_date')!r}")
            continue
        code = text(entry, "substatus", "code")
        kind = SUBSTATUSES.get(code) or STATUSES.get(status, "note")
        place = place_of(part(entry, "location"), "city", "state", "country")
        scans.append(Scan(at, kind, text(entry, "status_details"), place, code or status))
    carrier = ours_of(CODES).get(text(track, "carrier").lower(), "")
    return ParcelTold(number, carrier, "", tuple(scans), alarms=tuple(dict.fromkeys(unknown)))


def _same(one: Any, other: Any) -> bool:
    names = ("status_date", "status", "status_details")
    return all(text(one, name) == text(other, name) for name in names)
