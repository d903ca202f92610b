"""Twilio: messages by its REST form, what its answers mean, and what it tells by itself under its signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from amends.facts.outgoing import Letter, Outcome
from amends.facts.sms import SmsIn, SmsKeys, SmsReceipt, Told, UnableToTrustSms
from amends.facts.wire import WireAnswer, WireRequest

HOME: Final = "https://api.twilio.com"
_BAD_NUMBER: Final = frozenset({21211, 21212, 21214, 21217, 21265, 21401, 21421, 21614})
_STOPPED: Final = 21610
_SHOPS: Final = frozenset({20003, 20005, 20006, 20008, 21603, 21606, 21611, 21612, 21659, 21660, 30002, 63038})
"""Nothing of this message: keys, an account that ran out of money and was suspended, a sender that is not theirs, a full queue."""
_STATES: Final[Mapping[str, Told]] = {
    "sent": "sent", "delivered": "delivered", "read": "delivered",
    "undelivered": "undelivered", "failed": "undelivered", "canceled": "undelivered",
}  # fmt: skip


def send_of(keys: SmsKeys, letter: Letter, home: str = HOME) -> WireRequest:
    """Will write a message. Twilio knows no key by which the same one sent twice would be one."""
    told = {"To": letter.to, "Body": letter.text}
    told["MessagingServiceSid" if keys.sign.startswith("MG") else "From"] = keys.sign
    if keys.hook:
        told["StatusCallback"] = f"{keys.hook}?{urlencode({'name': letter.name})}"
    heads = {**_heads(keys), "content-type": "application/x-www-form-urlencoded"}
    return WireRequest("POST", _address(keys, home), heads, urlencode(told).encode())


def ask_of(keys: SmsKeys, letter: Letter, reference: str, home: str = HOME) -> WireRequest:
    """Will ask after a message by its own id, or, where that was lost, what was sent to this number since the day of `letter.at`."""
    if reference:
        return WireRequest("GET", _address(keys, home).replace(".json", f"/{reference}.json"), _heads(keys))
    query = urlencode({"To": letter.to, "DateSent>": f"{letter.at:%Y-%m-%d}", "PageSize": "100"})
    return WireRequest("GET", f"{_address(keys, home)}?{query}", _heads(keys))


def read_sent(answer: WireAnswer) -> Outcome:
    """Will read the answer to `send_of`. What cannot be read leaves it open whether it was taken."""
    told = _object(answer.body)
    code = told.get("code") if isinstance(told.get("code"), int) else 0
    said = f"{code or answer.status} {told.get('message') or ''}".strip()
    if answer.status in (200, 201) and told.get("sid"):
        return Outcome(
            "sent", str(told.get("status") or ""), reference=str(told["sid"]), parts=_number(told.get("num_segments"))
        )
    if code in _BAD_NUMBER:
        return Outcome("bad", said)
    if code == _STOPPED:
        return Outcome("stopped", said)
    if code in _SHOPS or answer.status in (401, 403, 404, 429):
        return Outcome("later", said, server=True)
    if 400 <= answer.status < 500:
        return Outcome("refused", said)
    return Outcome("unsure", said)


def read_asked(answer: WireAnswer, letter: Letter, others: Sequence[str] = ()) -> SmsReceipt | None:
    """Will read the answer to `ask_of`. Of a list only the very text counts, and none of `others`, which are known to be other messages.

    None where it is not there, which proves nothing yet.
    """
    told = _object(answer.body)
    rows = told.get("messages") if isinstance(told.get("messages"), list) else [told]
    for one in rows or ():
        if not isinstance(one, dict) or not one.get("sid") or one["sid"] in others:
            continue
        if rows == [told] or one.get("body") == letter.text:
            state: Told = _STATES.get(str(one.get("status") or ""), "sent")
            cost, currency = _price(one)
            code = str(one.get("error_code") or "")
            return SmsReceipt(
                str(one["sid"]), letter.name, state, code, _number(one.get("num_segments")), cost, currency
            )
    return None


def read_told(
    headers: Mapping[str, str], body: bytes, url: str, secret: str
) -> tuple[Sequence[SmsReceipt], Sequence[SmsIn]]:
    """Will read what Twilio calls `url` with: the state of one of ours, or a message of a buyer. Raises `UnableToTrustSms`."""
    told = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    given = headers.get("x-twilio-signature", "")
    if not hmac.compare_digest(signature(url, told, secret).encode(), given.encode("utf-8", "replace")):
        raise UnableToTrustSms("the signature is not Twilio's over this address")
    sid = told.get("MessageSid") or told.get("SmsSid") or ""
    if not sid:
        raise UnableToTrustSms("no MessageSid")
    if told.get("MessageStatus") and told.get("SmsStatus") != "received":
        names = dict(parse_qsl(url.partition("?")[2]))
        state = _STATES.get(told["MessageStatus"], "")
        return [SmsReceipt(sid, names.get("name", ""), state, told.get("ErrorCode", ""))], []
    return [], [SmsIn(sid, told.get("From", ""), told.get("Body", ""))]


def answer_told() -> WireAnswer:
    """What it wants to hear: nothing is to be said back by Twilio itself."""
    return WireAnswer(200, {"content-type": "text/xml"}, b"<Response/>")


def signature(url: str, told: Mapping[str, str], secret: str) -> str:
    """Will sign a call as Twilio does: the whole address, then every field's name and value in the order of names."""
    plain = url + "".join([f"{name}{told[name]}" for name in sorted(told)])
    return base64.b64encode(hmac.new(secret.encode(), plain.encode(), hashlib.sha1).digest()).decode()


def _address(keys: SmsKeys, home: str) -> str:
    return f"{home}/2010-04-01/Accounts/{keys.account}/Messages.json"


def _heads(keys: SmsKeys) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{keys.account}:{keys.secret}".encode()).decode()}


def _price(one: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """Twilio tells what was taken off the account, as a negative number, some time after it was sent."""
    try:
        return abs(Decimal(str(one["price"]))), str(one.get("price_unit") or "").upper()[:3]
    except (KeyError, InvalidOperation):
        return None, ""


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
