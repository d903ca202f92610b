"""快递100: subscribe and be pushed to; a number that is asked about more than 48 times in 24 hours is locked for a day."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from amends.carriers.codes import ours_of
from amends.carriers.kernel import body_of, json_of, objects, part, read, same, text
from amends.carriers.kuaidi100.about import GUIDE, SETTINGS
from amends.carriers.kuaidi100.pickups import Pickups
from amends.carriers.kuaidi100.states import CODES, LOST, NAMES, PHONE_FOR, STATES, STOPPED
from amends.facts.channels import Probe, Setting, UnableToTalk, WhyNot
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

_CHINA: Final = timezone(timedelta(hours=8))
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_FAULTS: Final[dict[str, WhyNot]] = {
    "408": "refused",
    "500": "missing",
    "501": "down",
    "502": "down",
    "503": "keys",
    "600": "keys",
    "601": "keys",
    "700": "refused",
    "701": "refused",
    "702": "refused",
}
"""What a refusal means. 500 of a question: nothing is known of this number yet; 503: the signature does not fit; 601: no money left."""
_TAKEN: Final = frozenset({"200", "501"})
"""Of a subscription: taken in, or followed already."""


@dataclass(frozen=True, slots=True)
class Kuaidi100:
    """The translator."""

    name: str = "kuaidi100"

    @property
    def title(self) -> Says:
        """The network's name."""
        return Says("Kuaidi100", "快递100")

    @property
    def can(self) -> TrackingCan:
        """Asked at most 20 times a calendar day and number, so that no 24 hours hold more than 40: the lock strikes above 48."""
        return TrackingCan(asks_a_day=20, needs_carrier=False, phone_for=PHONE_FOR, intercepts=True)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Key, customer, secret and salt."""
        return SETTINGS

    @property
    def base_url(self) -> str:
        """Questions and subscriptions; interceptions have a host of their own (`order_url`)."""
        return "https://poll.kuaidi100.com"

    @property
    def guide(self) -> tuple[Says, ...]:
        """What to do over there."""
        return GUIDE

    @property
    def codes(self) -> Mapping[str, str]:
        """Carriers."""
        return CODES

    @property
    def collector(self) -> Pickups:
        """Its 商家寄件: a courier of one of many carriers, on the merchant's account."""
        return Pickups()

    def probe(self, access: NetworkAccess, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """A question about a number that nobody has: wrong keys are told, an unknown number shows that they are good."""
        answer = yield self._question(access, Waybill("YT0000000000000", "yto"))
        try:
            _checked(answer)
        except UnableToTalk as fault:
            if fault.why not in ("missing", "refused"):
                raise
        return Probe(access.values.get("customer", ""))

    def subscribe(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, Followed]:
        """One subscription; a second one for the same number and address is answered with 501 and changes nothing. Without an address
        of ours there is nothing to subscribe to: then it is asked."""
        if not access.push_url:
            return Followed()
        more = {
            "callbackurl": access.push_url,
            "salt": access.values.get("salt", ""),
            "resultv2": "4",
            "autoCom": "0" if parcel.carrier in CODES else "1",
            "phone": parcel.phone,
        }
        param = {
            "company": CODES.get(parcel.carrier, ""),
            "number": parcel.number,
            "key": access.values["key"],
            "parameters": {name: value for name, value in more.items() if value},
        }
        form = {"schema": "json", "param": body_of(param).decode()}
        answer = yield WireRequest("POST", f"{access.url}/poll", _FORM, urlencode(form).encode())
        found = read(answer)
        code = text(found, "returnCode")
        if code not in _TAKEN:
            raise UnableToTalk(_FAULTS.get(code, "refused"), text(found, "message") or "not taken in", code=code)
        return Followed()

    def ask(
        self, access: NetworkAccess, parcel: Waybill, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, ParcelTold | None]:
        """The whole trace. Whoever asks counts: see `can.asks_a_day`."""
        if parcel.carrier not in CODES:
            raise UnableToTalk("refused", f"快递100 must be told the carrier, and has no code for {parcel.carrier!r}")
        answer = yield self._question(access, parcel)
        try:
            found = _checked(answer)
        except UnableToTalk as fault:
            if fault.why == "missing":
                return None
            raise
        return _told(found, parcel.number)

    def pushed(
        self, access: NetworkAccess, headers: Mapping[str, str], body: bytes, at: datetime
    ) -> tuple[ParcelTold, ...]:
        """The form's ``param``, once ``sign`` holds over it and our salt. There is no time in it: the secret address and the set of
        scans make an old push harmless."""
        form = dict(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True))
        param, salt = form.get("param", ""), access.values.get("salt", "")
        wanted = hashlib.md5((param + salt).encode(), usedforsecurity=False).hexdigest().upper()
        if not salt or not same(wanted, form.get("sign", "").upper()):
            raise UnableToTrustNotice("sign does not fit param and our salt")
        told = json_of(param.encode())
        last = part(told, "lastResult")
        number = text(last, "nu")
        if not number:
            raise UnableToTrustNotice("the push names no parcel (lastResult.nu)")
        status = text(told, "status")
        found = _told(last, number, status == "shutdown", status == "abort")
        if status not in ("polling", "shutdown", "abort", "updateall"):
            found = replace(found, alarms=(*found.alarms, f"status {status!r}"))
        return (found,)

    def answer_push(self) -> WireAnswer:
        """Taken in; anything else is pushed again for hours."""
        told = {"result": True, "returnCode": "200", "message": "成功"}
        return WireAnswer(200, {"content-type": "application/json"}, body_of(told))

    def intercept(
        self, access: NetworkAccess, parcel: Waybill, key: str, why: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, StopReceipt]:
        """Passed on to the carrier; whether it stops the parcel is seen in the trace."""
        param = {"kuaidicom": CODES.get(parcel.carrier, ""), "kuaidinum": parcel.number, "orderId": key, "reason": why}
        told, at = body_of(param).decode(), str(int(seal.at.timestamp() * 1000))
        sign = _md5(told + at + access.values["key"] + access.values.get("secret", ""))
        form = {"method": "interceptOrder", "key": access.values["key"], "t": at, "sign": sign, "param": told}
        base = access.values.get("order_url") or "https://api.kuaidi100.com"
        answer = yield WireRequest("POST", f"{base}/label/order", _FORM, urlencode(form).encode())
        found = json_of(answer.body)
        code, message = text(found, "returnCode"), text(found, "message")
        if answer.status >= 500 or found is None:
            return StopReceipt("unknown", code=f"http_{answer.status}", message=message)
        if answer.status == 429 or code in ("503", "601"):
            return StopReceipt("absent", code=code or "429", message=message)
        if code == "200":
            return StopReceipt("asked", text(found, "data", "taskId") or key, code, message)
        return StopReceipt("failed", code=code or f"http_{answer.status}", message=message)

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
        """Not connected: its labels need contracts with each carrier."""
        yield from ()
        return LabelReceipt("failed", code="not_sold", message="快递100 的电子面单需各快递公司月结账号，暂未接入")

    def void_label(
        self, access: NetworkAccess, reference: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, LabelReceipt]:
        """There are none to void."""
        yield from ()
        return LabelReceipt("failed", reference, code="not_sold")

    def _question(self, access: NetworkAccess, parcel: Waybill) -> WireRequest:
        values = access.values
        asked = {"com": CODES.get(parcel.carrier, ""), "num": parcel.number, "phone": parcel.phone, "resultv2": "4"}
        param = body_of({name: value for name, value in asked.items() if value}).decode()
        form = {
            "customer": values["customer"],
            "sign": _md5(param + values["key"] + values["customer"]),
            "param": param,
        }
        return WireRequest("POST", f"{access.url}/poll/query.do", _FORM, urlencode(form).encode())


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()


def _checked(answer: WireAnswer) -> dict[str, Any]:
    found = read(answer)
    if found.get("result") is False or text(found, "status") not in ("200", ""):
        code, message = text(found, "returnCode") or text(found, "status"), text(found, "message")
        why: WhyNot = "throttled" if "锁" in message else _FAULTS.get(code, "refused")
        raise UnableToTalk(why, message or "refused", code=code, retry_after=86_400 if why == "throttled" else None)
    return found


def _told(found: Any, number: str, over: bool = False, again: bool = False) -> ParcelTold:
    """Every entry, the newest first; the state of the whole stands for the newest where that has none of its own."""
    scans, unknown = [], []
    state = text(found, "state")
    for place, entry in enumerate(objects(found, "data")):
        at = _moment(text(entry, "time") or text(entry, "ftime"))
        code = text(entry, "statusCode") or NAMES.get(text(entry, "status"), "") or ("" if place else state)
        if at is None:
            unknown.append(f"time {text(entry, 'time')!r}")
            continue
        if code and code not in STATES:
            unknown.append(f"statusCode {code!r}")
        scans.append(_scan(at, code, text(entry, "context"), text(entry, "areaName")))
    if state and state not in STATES:
        unknown.append(f"state {state!r}")
    carrier = ours_of(CODES).get(text(found, "com").lower(), "")
    return ParcelTold(number, carrier, "", tuple(scans), over, again, tuple(dict.fromkeys(unknown)))


def _scan(at: datetime, code: str, context: str, place: str) -> Scan:
    """What the carrier's own words say outright goes before the code: stopped on request, or lost."""
    kind, hand = STATES.get(code, ("note", ""))
    if any(word in context for word in STOPPED) and kind != "delivered":
        kind = "intercepted"
    elif any(word in context for word in LOST) and code.startswith("2"):
        kind = "lost"
    if kind == "delivered" and code == "304" and "柜" in context:
        hand = "locker"
    return Scan(at, kind, context, place, code, hand)


def _moment(told: str) -> datetime | None:
    try:
        return datetime.strptime(told, "%Y-%m-%d %H:%M:%S").replace(tzinfo=_CHINA)
    except ValueError:
        return None
