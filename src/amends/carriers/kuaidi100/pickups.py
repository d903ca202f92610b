"""快递100's 商家寄件: offers of many carriers, a courier booked and called off, and what is told of it.

Each call is a form with ``sign`` = MD5(param + t + key + secret). `thirdOrderId` is ours: for 48 hours a repeat with the same one is
answered with the first booking; later it would be a second one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from amends.carriers.codes import CARRIERS, ours_of
from amends.carriers.kernel import body_of, json_of, objects, part, read, same, text
from amends.carriers.kuaidi100 import pickup_hours
from amends.carriers.kuaidi100.pickup_words import WORDS, amount_of, number_of
from amends.carriers.kuaidi100.states import CODES
from amends.facts.channels import UnableToTalk
from amends.facts.labels import LabelOutcome, LabelReceipt, Place, Rate
from amends.facts.network_access import NetworkAccess
from amends.facts.pickups import PickupTold, PickupWanted, PickupWindow
from amends.facts.wire import Seal, UnableToTrustNotice, WireAnswer, WireRequest

_PATH: Final = "/order/borderapi.do"
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_KEYS: Final = frozenset({"503", "600", "601"})
"""The signature does not fit, the account is unknown, or its time is over: nothing was listened to."""
_LONGEST_ID: Final = 32
_LONGEST_ADDRESS: Final = 300
_CALLED_OFF: Final = "退货取消"


@dataclass(frozen=True, slots=True)
class Pickups:
    """Implements `amends.facts.pickups.Collector`."""

    @property
    def same_within(self) -> timedelta:
        """Half of what the network promises."""
        return timedelta(hours=24)

    def carriers(self) -> Sequence[str]:
        """Those whose hours are known."""
        return tuple(pickup_hours.SLOTS)

    def windows(self, carrier: str, at: datetime) -> Sequence[PickupWindow]:
        """Today, tomorrow and the day after."""
        return pickup_hours.windows(carrier, at)

    def over(self, window: PickupWindow, at: datetime) -> bool:
        """By the clock of China."""
        return pickup_hours.is_over(window, at)

    def offers(
        self, access: NetworkAccess, wanted: PickupWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[Rate, ...]]:
        """One question for all carriers; those without a price for this way are left out."""
        param = {
            "kuaidiComList": [CODES[one] for one in wanted.carriers],
            "sendManPrintAddr": address(wanted.buyer),
            "recManPrintAddr": address(wanted.seller),
            "weight": _kilos(wanted.grams),
        }
        answer = yield _request(access, "batchPrice", param, seal)
        found = read(answer)
        if found.get("result") is False or text(found, "returnCode") not in ("200", ""):
            code = text(found, "returnCode")
            raise UnableToTalk("keys" if code in _KEYS else "refused", text(found, "message") or "refused", code=code)
        known, rates = ours_of(CODES), []
        for one in objects(found, "data"):
            theirs = text(one, "kuaidiCom") or text(one, "kuaidicom")
            amount, carrier = amount_of(part(one, "price")), known.get(theirs.lower(), "")
            if amount and carrier:
                service = text(one, "serviceType")
                rates.append(Rate(f"{carrier}:{service}", carrier, service, amount, "CNY", named=CARRIERS[carrier][0]))
        return tuple(rates)

    def book(
        self, access: NetworkAccess, wanted: PickupWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """Nothing is asked for once the window is over, nor in the last minute of a day, when its word may mean another one.

        A refusal is looked at again: the booking may stand from a call whose answer was lost.
        """
        offer, window = wanted.offer, wanted.window
        if offer is None or window is None or not (day := pickup_hours.day_word(window, seal.at)):
            return LabelReceipt("failed", code="window_over", message="the time that was chosen is over")
        if pickup_hours.is_over(window, seal.at):
            return LabelReceipt("failed", code="window_over", message="the time that was chosen is over")
        if seal.at.astimezone(pickup_hours.CHINA).strftime("%H:%M") == "23:59":
            return LabelReceipt("absent", code="midnight", message="the day is about to change")
        answer = yield _request(access, "bOrder", _wish(access, wanted, offer, window, day), seal)
        found = json_of(answer.body)
        if answer.status == 429 or (found is not None and text(found, "returnCode") in _KEYS):
            return LabelReceipt("absent", code=text(found, "returnCode") or "429", message=text(found, "message"))
        if answer.status >= 500 or found is None:
            return LabelReceipt("unknown", code=f"http_{answer.status}")
        if text(found, "returnCode") == "200":
            return _booked(part(found, "data"), wanted)
        seen = yield from self.look(access, wanted, seal)
        if seen.outcome != "absent":
            return seen
        code, message = text(found, "returnCode") or f"http_{answer.status}", text(found, "message")
        return LabelReceipt("failed", code=code, message=message or "refused")

    def look(
        self, access: NetworkAccess, wanted: PickupWanted, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """By our own number. Whether that is answered for every account is not certain: no answer is not proof."""
        answer = yield _request(access, "detail", {"thirdOrderId": number_of(wanted.key, _LONGEST_ID)}, seal)
        found = json_of(answer.body)
        if answer.status >= 500 or answer.status == 429 or found is None:
            return LabelReceipt("unknown", code=f"http_{answer.status}")
        data = part(found, "data")
        if text(found, "returnCode") == "200" and text(data, "taskId"):
            told = _told(data)
            if told.word in ("failed", "cancelled"):
                return LabelReceipt("failed", told.reference, code=told.code, message=told.words)
            return _booked(data, wanted)
        return LabelReceipt("absent", code=text(found, "returnCode"), message=text(found, "message"))

    def call_off(
        self, access: NetworkAccess, reference: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """Called off, or how it stands: one that was called off before is refused there."""
        task, _, order = reference.partition("/")
        if not task:
            said = "its number is not known; call it off on 快递100's own page"
            return LabelReceipt("failed", reference, code="no_reference", message=said)
        param = {"taskId": task, "orderId": order, "cancelMsg": _CALLED_OFF}
        answer = yield _request(access, "cancel", param, seal)
        found = json_of(answer.body)
        code, message = text(found, "returnCode"), text(found, "message")
        if answer.status >= 500 or answer.status == 429 or found is None or code in _KEYS:
            return LabelReceipt("unknown", reference, code=code or f"http_{answer.status}", message=message)
        if code == "200":
            return LabelReceipt("voided", reference, code=code)
        told = yield from self.ask(access, reference, seal)
        over: LabelOutcome = "voided" if told and told.word in ("cancelled", "failed") else "failed"
        return LabelReceipt(over, reference, code=code, message=message)

    def ask(
        self, access: NetworkAccess, reference: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, PickupTold | None]:
        """By the number of its own that the network gave."""
        answer = yield _request(access, "detail", {"taskId": reference.partition("/")[0]}, seal)
        found = read(answer)
        data = part(found, "data")
        return _told(data) if text(found, "returnCode") == "200" and text(data, "taskId") else None

    def told(self, access: NetworkAccess, body: bytes) -> PickupTold | None:
        """A form like those about parcels, under the same salt; its ``param`` names an order instead of a trace."""
        form = dict(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True))
        param, salt = form.get("param", ""), access.values.get("salt", "")
        found = json_of(param.encode())
        data = part(found, "data")
        if not isinstance(data, dict) or part(found, "lastResult") is not None or not text(data, "orderId"):
            return None
        wanted = hashlib.md5((param + salt).encode(), usedforsecurity=False).hexdigest().upper()
        if not salt or not same(wanted, form.get("sign", "").upper()):
            raise UnableToTrustNotice("sign does not fit param and our salt")
        outer = {name: part(found, name) for name in ("kuaidicom", "kuaidinum", "status", "message")}
        whole = {**{name: value for name, value in outer.items() if value not in ("", None)}, **_filled(data)}
        return _told({**whole, "taskId": text(whole, "taskId") or form.get("taskId", "")})


def address(place: Place) -> str:
    """An address in one line, as Chinese carriers read it, no longer than the network takes."""
    line = "".join([place.state, "" if place.city == place.state else place.city, place.street, place.street2])
    return line.encode()[:_LONGEST_ADDRESS].decode(errors="ignore")


def _wish(
    access: NetworkAccess, wanted: PickupWanted, offer: Rate, window: PickupWindow, day: str
) -> Mapping[str, str | None]:
    return {
        "kuaidicom": CODES[offer.carrier],
        "recManName": wanted.seller.name,
        "recManMobile": wanted.seller.phone,
        "recManPrintAddr": address(wanted.seller),
        "sendManName": wanted.buyer.name,
        "sendManMobile": wanted.buyer.phone,
        "sendManPrintAddr": address(wanted.buyer),
        "callBackUrl": f"{access.push_url}?booking={wanted.key}",
        "salt": access.values.get("salt", ""),
        "cargo": wanted.cargo,
        "payment": "SHIPPER",
        "serviceType": offer.service or None,
        "weight": _kilos(wanted.grams),
        "dayType": day,
        "pickupStartTime": window.start,
        "pickupEndTime": window.end,
        "thirdOrderId": number_of(wanted.key, _LONGEST_ID),
    }


def _request(access: NetworkAccess, method: str, param: Mapping[str, Any], seal: Seal) -> WireRequest:
    told = body_of(_filled(param)).decode()
    at, key = str(int(seal.at.timestamp() * 1000)), access.values["key"]
    sealed = (told + at + key + access.values.get("secret", "")).encode()
    sign = hashlib.md5(sealed, usedforsecurity=False).hexdigest().upper()
    form = {"method": method, "key": key, "t": at, "sign": sign, "param": told}
    return WireRequest("POST", f"{access.url}{_PATH}", _FORM, urlencode(form).encode())


def _booked(data: Any, wanted: PickupWanted) -> LabelReceipt:
    """It stands; its waybill may come later. What it costs so far is what was offered."""
    told = _told(data)
    if not told.reference or wanted.offer is None:
        return LabelReceipt("unknown", code="no_order", message="the answer names no order")
    offer = wanted.offer
    return LabelReceipt("bought", told.reference, told.waybill, offer.carrier, cost=offer.amount, currency="CNY")


def _told(data: Any) -> PickupTold:
    task, order = text(data, "taskId"), text(data, "orderId")
    code = text(data, "status") or "0"
    word = WORDS.get(code, "note")
    return PickupTold(
        word,
        f"{task}/{order}" if task else "",
        (text(data, "kuaidinum") or text(data, "kuaidiNum")).upper(),
        ours_of(CODES).get((text(data, "kuaidicom") or text(data, "kuaidiCom")).lower(), ""),
        text(data, "courierName"),
        text(data, "courierMobile"),
        amount_of(part(data, "freight")) if word == "settled" else None,
        "CNY",
        code,
        text(data, "cancelMsg") or text(data, "statusDesc") or text(data, "message"),
    )


def _kilos(grams: int) -> str:
    """Kilograms with one decimal, rounded up: a parcel that is told too light is charged again."""
    tenths = max(1, -(-grams // 100))
    return f"{tenths // 10}.{tenths % 10}"


def _filled(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value not in ("", None)}
