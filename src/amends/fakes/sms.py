"""Stand-ins for 阿里云短信 and Twilio, over real HTTP: they check who asks, and fail as the real ones do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit

Answer = tuple[int, dict[str, Any]]


@dataclass
class SmsOffice:
    """An account at a provider. `troubles`: what goes wrong with the next calls, one each: throttle, balance, 500, close:before
    (the connection breaks before anything is taken), close:after (it is taken and the answer is lost); "" is none.

    `templates`: approved texts by number (阿里云). `stopped`: numbers that wrote STOP (Twilio). `taken`: what was sent.
    """

    kind: str
    account: str = "AC-try"
    secret: str = "s3cret"
    sign: str = "晴朗"
    templates: dict[str, str] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    stopped: set[str] = field(default_factory=set)
    taken: list[dict[str, str]] = field(default_factory=list)
    calls: int = 0
    nonces: set[str] = field(default_factory=set)


class _Handler(BaseHTTPRequestHandler):
    server: FakeSms

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("content-length") or 0)))

    def do_GET(self) -> None:
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        office = self.server.office
        office.calls += 1
        trouble = office.troubles.pop(0) if office.troubles else ""
        if trouble == "close:before":
            self.close_connection = True
            return
        heads = {name.lower(): value for name, value in self.headers.items()}
        asked = _aliyun if office.kind == "aliyun" else _twilio
        status, told = asked(office, self.command, self.path, heads, body, trouble)
        if trouble == "close:after":
            self.close_connection = True
            return
        raw = json.dumps(told, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


class FakeSms(ThreadingHTTPServer):
    """A running provider on this machine. `url` is where; `stop` ends it."""

    daemon_threads = True

    def __init__(self, office: SmsOffice) -> None:
        """Start to serve."""
        self.office = office
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Stop serving."""
        self.shutdown()
        self.server_close()


def _aliyun(office: SmsOffice, method: str, path: str, heads: dict[str, str], body: bytes, trouble: str) -> Answer:
    fault = _aliyun_fault(office, method, path, heads, body)
    if fault:
        return 400, {"Code": fault, "Message": fault, "RequestId": "R1"}
    told = dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))
    if trouble == "throttle":
        return 400, {"Code": "Throttling.User", "Message": "Request was denied due to user flow control."}
    if trouble == "500":
        return 500, {"Code": "", "Message": "broken"}
    if heads["x-acs-action"] == "QuerySendDetails":
        rows = [
            {
                "PhoneNum": one["PhoneNumbers"],
                "OutId": one["OutId"],
                "SendStatus": int(one["state"]),
                "ErrCode": one["code"],
            }
            for one in office.taken
            if one["PhoneNumbers"] == told.get("PhoneNumber")
        ]
        return 200, {"Code": "OK", "TotalCount": str(len(rows)), "SmsSendDetailDTOs": {"SmsSendDetailDTO": rows}}
    code = "isv.AMOUNT_NOT_ENOUGH" if trouble == "balance" else _refusal(office, told)
    if code:
        return 200, {"Code": code, "Message": "账户余额不足" if trouble == "balance" else code, "RequestId": "R1"}
    biz = f"{1000 + len(office.taken)}^0"
    office.taken.append({**told, "BizId": biz, "state": "1", "code": ""})
    return 200, {"Code": "OK", "Message": "OK", "BizId": biz, "RequestId": "R1"}


def _aliyun_fault(office: SmsOffice, method: str, path: str, heads: dict[str, str], body: bytes) -> str:
    """Why a request is not believed, worked out from what came over the wire alone."""
    found = re.fullmatch(
        r"ACS3-HMAC-SHA256 Credential=([^,]*),SignedHeaders=([^,]*),Signature=([0-9a-f]{64})",
        heads.get("authorization", ""),
    )
    if found is None:
        return "IncompleteSignature"
    if found[1] != office.account:
        return "InvalidAccessKeyId.NotFound"
    if heads.get("x-acs-content-sha256") != hashlib.sha256(body).hexdigest():
        return "SignatureDoesNotMatch"
    pairs = sorted(parse_qsl(urlsplit(path).query, keep_blank_values=True))
    query = "&".join([f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs])
    signed = "".join([f"{name}:{heads.get(name, '')}\n" for name in found[2].split(";")])
    whole = f"{method}\n/\n{query}\n{signed}\n{found[2]}\n{heads['x-acs-content-sha256']}"
    text = "ACS3-HMAC-SHA256\n" + hashlib.sha256(whole.encode()).hexdigest()
    made = hmac.new(office.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(made, found[3]):
        return "SignatureDoesNotMatch"
    if heads["x-acs-signature-nonce"] in office.nonces:
        return "SignatureNonceUsed"
    office.nonces.add(heads["x-acs-signature-nonce"])
    return ""


def _refusal(office: SmsOffice, told: dict[str, str]) -> str:
    if told.get("SignName") != office.sign:
        return "isv.SMS_SIGNATURE_ILLEGAL"
    text = office.templates.get(told.get("TemplateCode", ""))
    if text is None:
        return "isv.SMS_TEMPLATE_ILLEGAL"
    if not re.fullmatch(r"1[3-9]\d{9}", told.get("PhoneNumbers", "")):
        return "isv.MOBILE_NUMBER_ILLEGAL"
    if set(re.findall(r"\$\{(\w+)\}", text)) - set(json.loads(told.get("TemplateParam", "{}"))):
        return "isv.TEMPLATE_MISSING_PARAMETERS"
    many = sum(one["PhoneNumbers"] == told["PhoneNumbers"] for one in office.taken)
    return "isv.BUSINESS_LIMIT_CONTROL" if many >= 5 else ""


def report_of(office: SmsOffice, place: int, *, good: bool) -> bytes:
    """The push (`SmsReport`) about a message that was taken."""
    one = office.taken[place]
    one["state"], one["code"] = ("3", "DELIVERED") if good else ("2", "MK:0011")
    told = {
        "phone_number": one["PhoneNumbers"], "send_time": "2026-11-26 12:00:00", "report_time": "2026-11-26 12:00:05",
        "success": good, "err_code": one["code"], "err_msg": "", "sms_size": "1", "biz_id": one["BizId"], "out_id": one["OutId"],
    }  # fmt: skip
    return json.dumps([told]).encode()


def up_of(phone: str, text: str, name: str) -> bytes:
    """The push (`SmsUp`) of what a buyer wrote back."""
    told = {
        "phone_number": phone, "send_time": "2026-11-26 12:10:00", "content": text, "sign_name": "晴朗",
        "dest_code": "01", "sequence_id": name,
    }  # fmt: skip
    return json.dumps([told], ensure_ascii=False).encode()


def _twilio(office: SmsOffice, method: str, path: str, heads: dict[str, str], body: bytes, trouble: str) -> Answer:
    wanted = base64.b64encode(f"{office.account}:{office.secret}".encode()).decode()
    if heads.get("authorization") != f"Basic {wanted}":
        return 401, {"code": 20003, "message": "Authenticate", "status": 401}
    if trouble == "throttle":
        return 429, {"code": 20429, "message": "Too Many Requests", "status": 429}
    if trouble == "balance":
        return 403, {"code": 20005, "message": "Account not active", "status": 403}
    if trouble == "500":
        return 500, {"code": 20500, "message": "Internal Server Error", "status": 500}
    if method == "GET":
        return _twilio_asked(office, path)
    told = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    if not re.fullmatch(r"\+[1-9]\d{6,14}", told.get("To", "")) or told["To"].endswith("0000000"):
        return 400, {"code": 21211, "message": f"Invalid 'To' Phone Number: {told.get('To', '')}", "status": 400}
    if (told.get("From") or told.get("MessagingServiceSid")) != office.sign:
        return 400, {"code": 21606, "message": "The 'From' phone number provided is not valid", "status": 400}
    if told["To"] in office.stopped:
        return 400, {"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400}
    if not told.get("Body") or len(told["Body"]) > 1600:
        return 400, {"code": 21617, "message": "The concatenated message body exceeds the 1600 character limit"}
    office.taken.append({**told, "sid": f"SM{len(office.taken):032d}", "status": "queued"})
    return 201, _shown(office.taken[-1])


def _twilio_asked(office: SmsOffice, path: str) -> Answer:
    parts = urlsplit(path)
    one = re.search(r"/Messages/(SM\w+)\.json$", parts.path)
    if one:
        found = [message for message in office.taken if message["sid"] == one[1]]
        return (200, _shown(found[0])) if found else (404, {"code": 20404, "message": "not found", "status": 404})
    to = parse_qs(parts.query).get("To", [""])[0]
    return 200, {"messages": [_shown(message) for message in office.taken if message["To"] == to]}


def _shown(one: dict[str, str]) -> dict[str, Any]:
    done = one["status"] in ("delivered", "undelivered")
    return {
        "sid": one["sid"], "to": one["To"], "body": one["Body"], "status": one["status"], "num_segments": "1",
        "price": "-0.00790" if done else None, "price_unit": "USD", "error_code": 30005 if one["status"] == "undelivered" else None,
    }  # fmt: skip


def callback_of(office: SmsOffice, place: int, status: str) -> tuple[str, dict[str, str], bytes]:
    """Where Twilio calls about a message, with which heads and body."""
    one = office.taken[place]
    one["status"] = status
    told = {"MessageSid": one["sid"], "MessageStatus": status, "To": one["To"], "AccountSid": office.account}
    return signed_call(office, one.get("StatusCallback", ""), told)


def signed_call(office: SmsOffice, url: str, told: dict[str, str]) -> tuple[str, dict[str, str], bytes]:
    """A call of Twilio's to an address, under its signature."""
    plain = url + "".join([name + told[name] for name in sorted(told)])
    sign = base64.b64encode(hmac.new(office.secret.encode(), plain.encode(), "sha1").digest()).decode()
    return url, {"x-twilio-signature": sign}, urlencode(told).encode()
