"""AfterShip: a tracking is made once and pushed to us; asking by its id is free of any lock."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

from amends.carriers.aftership.states import CODES, SUBTAGS, TAGS
from amends.carriers.codes import ours_of
from amends.carriers.kernel import body_of, instant, json_of, objects, part, place_of, read, same, text
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

PATH: Final = "/tracking/2026-07/trackings"
_THERE_ALREADY: Final = "4003"


@dataclass(frozen=True, slots=True)
class AfterShip:
    """The translator."""

    name: str = "aftership"

    @property
    def title(self) -> Says:
        """The network's name."""
        return Says("AfterShip", "AfterShip")

    @property
    def can(self) -> TrackingCan:
        """It finds the carrier by itself; ten calls a second."""
        return TrackingCan(asks_a_day=24, ask_every=timedelta(hours=1), needs_carrier=False, calls_per_second=10)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The key and the word that its pushes are signed with."""
        return (
            Setting("api_key", Says("API key", "API key"), Says("Settings → API keys", "设置 → API keys"), True),
            Setting(
                "webhook_secret",
                Says("Webhook secret", "Webhook secret"),
                Says("Settings → Webhooks", "设置 → Webhooks"),
                True,
            ),
        )

    @property
    def base_url(self) -> str:
        """Its address."""
        return "https://api.aftership.com"

    @property
    def guide(self) -> tuple[Says, ...]:
        """What to do over there."""
        return (
            Says(
                "Make an API key for Tracking in AfterShip's settings.", "在 AfterShip 设置中新建 Tracking 的 API key。"
            ),
            Says(
                "Under Webhooks, enter {push_url} for tracking updates and copy the secret.",
                "在 Webhooks 中为 tracking updates 填写 {push_url}，并复制 secret。",
            ),
        )

    @property
    def codes(self) -> Mapping[str, str]:
        """Carriers, by AfterShip's slugs."""
        return CODES

    @property
    def collector(self) -> None:
        """Collections are not connected here."""
        return

    def probe(self, access: NetworkAccess, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """A list of one."""
        answer = yield self._get(access, f"{PATH}?limit=1")
        _checked(answer)
        return Probe("AfterShip")

    def subscribe(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, Followed]:
        """Make the tracking; one that is there already is found instead."""
        asked = {"tracking_number": parcel.number, "slug": CODES.get(parcel.carrier, "")}
        content = body_of({name: value for name, value in asked.items() if value})
        answer = yield WireRequest("POST", access.url + PATH, self._headers(access), content)
        found = json_of(answer.body)
        if text(found, "meta", "code") == _THERE_ALREADY:
            told = yield from self.ask(access, Waybill(parcel.number, parcel.carrier), seal)
            return Followed(told.reference if told else text(found, "data", "id"), told)
        made = part(_checked(answer), "data")
        told = _told(made, parcel.number)
        return Followed(told.reference, told)

    def ask(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, ParcelTold | None]:
        """By its id; where that is not known, by its number."""
        if parcel.reference:
            answer = yield self._get(access, f"{PATH}/{quote(parcel.reference, safe='')}")
            if answer.status == 404:
                return None
            return _told(part(_checked(answer), "data"), parcel.number)
        query = {"tracking_numbers": parcel.number, "slug": CODES.get(parcel.carrier, "")}
        answer = yield self._get(access, f"{PATH}?{urlencode({k: v for k, v in query.items() if v})}")
        listed = objects(_checked(answer), "data", "trackings")
        return _told(listed[0], parcel.number) if listed else None

    def pushed(
        self, access: NetworkAccess, headers: Mapping[str, str], body: bytes, at: datetime
    ) -> tuple[ParcelTold, ...]:
        """A tracking whole, once ``aftership-hmac-sha256`` holds over the body. The scans are a set: an old push changes nothing."""
        secret = access.values.get("webhook_secret", "")
        wanted = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
        if not secret or not same(wanted, headers.get("aftership-hmac-sha256", "")):
            raise UnableToTrustNotice("aftership-hmac-sha256 does not fit the body and the webhook secret")
        event = json_of(body)
        if event is None:
            raise UnableToTrustNotice("the body is no event")
        number = text(event, "msg", "tracking_number")
        return (_told(part(event, "msg"), number, text(event, "event_id")),) if number else ()

    def answer_push(self) -> WireAnswer:
        """Any 2xx will do."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"ok")

    def intercept(
        self, access: NetworkAccess, parcel: Waybill, key: str, why: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, StopReceipt]:
        """It only tracks."""
        yield from ()
        return StopReceipt("failed", code="not_offered", message="AfterShip only tracks; ask the carrier")

    def rates(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[Rate, ...]]:
        """It sells no labels."""
        yield from ()
        return ()

    def label_of(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """It sold none."""
        yield from ()
        return LabelReceipt("absent", code="not_sold")

    def label(
        self, access: NetworkAccess, wanted: LabelWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """It only tracks."""
        yield from ()
        return LabelReceipt("failed", code="not_sold", message="AfterShip Tracking sells no labels")

    def void_label(
        self, access: NetworkAccess, reference: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """There are none to void."""
        yield from ()
        return LabelReceipt("failed", reference, code="not_sold")

    def _headers(self, access: NetworkAccess) -> dict[str, str]:
        return {"as-api-key": access.values["api_key"], "Content-Type": "application/json"}

    def _get(self, access: NetworkAccess, path: str) -> WireRequest:
        return WireRequest("GET", access.url + path, self._headers(access))


def _checked(answer: WireAnswer) -> dict[str, Any]:
    """The object; AfterShip names its own code and words in ``meta``."""
    found = json_of(answer.body)
    code, message = text(found, "meta", "code"), text(found, "meta", "message")
    if answer.status in (400, 401) and code in ("4001", "401"):
        raise UnableToTalk("keys", message or "the key is refused", code=code)
    return read(answer, code, message)


def _told(tracking: Any, number: str, id: str = "") -> ParcelTold:
    scans, unknown = [], []
    turned = part(tracking, "return_to_sender") is True
    for entry in objects(tracking, "checkpoints"):
        at, tag = instant(text(entry, "checkpoint_time")), text(entry, "tag")
        if at is None:
            unknown.append(f"checkpoint_time {text(entry, 'checkpoint_time')!r}")
            continue
        if tag not in TAGS:
            unknown.append(f"tag {tag!r}")
        kind, hand = SUBTAGS.get(text(entry, "subtag")) or TAGS.get(tag, ("note", ""))
        kind = "returned" if turned and kind == "delivered" else kind  # signed for by its sender
        place = text(entry, "location") or place_of(entry, "city", "state", "country_region_name")
        scans.append(Scan(at, kind, text(entry, "message"), place, text(entry, "subtag") or tag, hand))
    if (tag := text(tracking, "tag")) and tag not in TAGS:
        unknown.append(f"tag {tag!r}")
    return ParcelTold(
        number,
        ours_of(CODES).get(text(tracking, "slug").lower(), ""),
        text(tracking, "id"),
        tuple(scans),
        over=part(tracking, "active") is False and text(tracking, "tag") == "Delivered",
        again=text(tracking, "tag") == "Expired",
        alarms=tuple(dict.fromkeys(unknown)),
        id=id,
    )
