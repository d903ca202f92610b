"""阿里云短信: requests signed with ACS3-HMAC-SHA256, what its answers mean, and what it tells by itself."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final
from urllib.parse import quote, urlsplit

from amends.facts.outgoing import Letter, Outcome
from amends.facts.sms import SmsIn, SmsKeys, SmsReceipt, Told, UnableToTrustSms
from amends.facts.wire import WireAnswer, WireRequest

HOME: Final = "https://dysmsapi.aliyuncs.com"
_VERSION: Final = "2017-05-25"
_ALGORITHM: Final = "ACS3-HMAC-SHA256"
_CHINA: Final = timezone(timedelta(hours=8))
_BAD_NUMBER: Final = frozenset({"isv.MOBILE_NUMBER_ILLEGAL", "isv.MOBILE_COUNT_OVER_LIMIT"})
_LATER: Final = frozenset({"isv.BUSINESS_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "isp.UNKNOWN_ERR_CODE"})
"""Too many to this number for now, or their own trouble: the same message may be taken later."""
_SHOPS: Final = frozenset(
    "isv.AMOUNT_NOT_ENOUGH isv.OUT_OF_SERVICE isv.ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL isv.DAY_LIMIT_CONTROL "
    "isv.MONTH_LIMIT_CONTROL isv.PRODUCT_UN_SUBSCRIPT isv.PRODUCT_UNSUBSCRIBE isv.SMS_SIGNATURE_ILLEGAL isv.DENY_IP_RANGE "
    "isp.RAM_PERMISSION_DENY InvalidAccessKeyId.NotFound InvalidAccessKeyId.Inactive SignatureDoesNotMatch "
    "IncompleteSignature Forbidden.RAM InvalidTimeStamp.Expired SignatureNonceUsed".split()
)
"""Nothing of this message: money, keys, the sign, or all messages of the account."""
_BUSY: Final = ("Throttling", "ServiceUnavailable", "InternalError")


def send_of(keys: SmsKeys, letter: Letter, at: datetime, nonce: str, home: str = HOME) -> WireRequest:
    """Will write a message to one number, under our own name of it (`OutId`), which its receipts carry."""
    told = {
        "PhoneNumbers": letter.to.removeprefix("+86"),
        "SignName": keys.sign,
        "TemplateCode": letter.template,
        "OutId": letter.name,
    }
    if letter.values:
        told["TemplateParam"] = json.dumps(dict(letter.values), ensure_ascii=False)
    return _signed(keys, "SendSms", told, at, nonce, home)


def ask_of(keys: SmsKeys, letter: Letter, at: datetime, nonce: str, home: str = HOME) -> WireRequest:
    """Will ask what was sent to a number on the day of `letter.at`, as China counts days."""
    told = {
        "PhoneNumber": letter.to.removeprefix("+86"),
        "SendDate": f"{letter.at.astimezone(_CHINA):%Y%m%d}",
        "PageSize": "50",
        "CurrentPage": "1",
    }
    return _signed(keys, "QuerySendDetails", told, at, nonce, home)


def read_sent(answer: WireAnswer) -> Outcome:
    """Will read the answer to `send_of`. Only a code that means refusal is one; what cannot be read leaves it open."""
    told = _object(answer.body)
    code, message = str(told.get("Code") or ""), str(told.get("Message") or "")
    said = f"{code} {message}".strip() or f"HTTP {answer.status}"
    if code == "OK":
        return Outcome("sent", said, reference=str(told.get("BizId") or ""))
    if code in _BAD_NUMBER:
        return Outcome("bad", said)
    if code == "isv.BLACK_KEY_CONTROL_LIMIT":
        return Outcome("refused", said)
    if code in _LATER:
        return Outcome("later", said)
    if code in _SHOPS or code.startswith(_BUSY) or answer.status == 429:
        return Outcome("later", said, server=True)
    if code.startswith("isv.") or 400 <= answer.status < 500:
        return Outcome("refused", said)
    return Outcome("unsure", said)


def read_asked(answer: WireAnswer, letter: Letter) -> SmsReceipt | None:
    """Will read the answer to `ask_of`: what became of this message; None where it is not among them, which proves nothing yet."""
    told = _object(answer.body)
    details = told.get("SmsSendDetailDTOs")
    rows = details.get("SmsSendDetailDTO") if isinstance(details, dict) else None
    for one in rows if isinstance(rows, list) else ():
        if isinstance(one, dict) and str(one.get("OutId") or "") == letter.name:
            state: Told = {2: "undelivered", 3: "delivered"}.get(_number(one.get("SendStatus")), "sent")  # type: ignore[assignment]
            return SmsReceipt("", letter.name, state, str(one.get("ErrCode") or ""))
    return None


def read_told(body: bytes) -> tuple[Sequence[SmsReceipt], Sequence[SmsIn]]:
    """Will read a push: receipts (`SmsReport`) and messages of buyers (`SmsUp`). It is not signed. Raises `UnableToTrustSms`."""
    try:
        rows = json.loads(body)
    except ValueError as fault:
        raise UnableToTrustSms("this is not JSON") from fault
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise UnableToTrustSms("a list of reports is wanted")
    receipts = [_receipt(one) for one in rows if "success" in one]
    came = [_came(one) for one in rows if "content" in one and "success" not in one]
    return receipts, came


def answer_told() -> WireAnswer:
    """What it wants to hear so that it does not tell it again."""
    return WireAnswer(200, {"content-type": "application/json"}, '{"code":0,"msg":"接收成功"}'.encode())


def _receipt(one: Mapping[str, Any]) -> SmsReceipt:
    state: Told = "delivered" if one.get("success") is True else "undelivered"
    parts = _number(one.get("sms_size"))
    return SmsReceipt(
        str(one.get("biz_id") or ""), str(one.get("out_id") or ""), state, str(one.get("err_code") or ""), parts
    )


def _came(one: Mapping[str, Any]) -> SmsIn:
    text, sender, at = (
        str(one.get("content") or ""),
        str(one.get("phone_number") or ""),
        str(one.get("send_time") or ""),
    )
    plain = f"{sender}|{at}|{text}".encode()
    name = str(one.get("sequence_id") or "") or hashlib.sha256(plain).hexdigest()[:32]
    try:
        sent = datetime.strptime(at, "%Y-%m-%d %H:%M:%S").replace(tzinfo=_CHINA)
    except ValueError:
        sent = None
    return SmsIn(name, sender, text, sent)


def _signed(keys: SmsKeys, action: str, told: Mapping[str, str], at: datetime, nonce: str, home: str) -> WireRequest:
    query = "&".join([f"{_plain(name)}={_plain(told[name])}" for name in sorted(told)])
    headers = {
        "host": urlsplit(home).netloc,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": _VERSION,
    }
    sign = signature("POST", query, headers, keys.secret)
    names = ";".join(sorted(headers))
    headers["authorization"] = f"{_ALGORITHM} Credential={keys.account},SignedHeaders={names},Signature={sign}"
    return WireRequest("POST", f"{home}/?{query}", headers)


def signature(method: str, query: str, headers: Mapping[str, str], secret: str) -> str:
    """Will sign a request without a body whose parameters all stand in its `query`, already sorted and written as it goes out."""
    heads = "".join([f"{name}:{headers[name].strip()}\n" for name in sorted(headers)])
    names = ";".join(sorted(headers))
    plain = "\n".join([method, "/", query, heads, names, headers["x-acs-content-sha256"]])
    text = f"{_ALGORITHM}\n{hashlib.sha256(plain.encode()).hexdigest()}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def _plain(text: str) -> str:
    return quote(text, safe="-_.~")


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
