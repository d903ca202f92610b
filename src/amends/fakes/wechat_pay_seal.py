"""The signatures of the fake WeChat Pay: it checks the merchant's, and makes its own on answers and callbacks."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from amends.fakes.calls import Call, Told
from amends.fakes.keys import Pair

SCHEME: Final = "WECHATPAY2-SHA256-RSA2048"
_WINDOW_SECONDS: Final = 300
_FIELD: Final = re.compile(r'(\w+)="([^"]*)"')


def why_not_signed(call: Call, merchant: str, serial: str, pair: Pair, now: int) -> str | None:
    """What is wrong with the Authorization of a call; None for a good one."""
    scheme, _, rest = call.headers.get("authorization", "").partition(" ")
    fields = dict(_FIELD.findall(rest))
    if scheme != SCHEME or set(fields) != {"mchid", "nonce_str", "signature", "timestamp", "serial_no"}:
        return "Authorization is missing or of another scheme"
    if fields["mchid"] != merchant or fields["serial_no"] != serial:
        return "mchid or serial_no is not known"
    stamp = fields["timestamp"]
    if not stamp.isdecimal() or abs(int(stamp) - now) > _WINDOW_SECONDS:
        return "timestamp is too far from now"
    message = _lines(call.method, call.target, stamp, fields["nonce_str"], body=call.body)
    return None if pair.has_signed(message, fields["signature"]) else "signature does not fit the request"


def signed_headers(pair: Pair, key_id: str, body: bytes, at: int, wrong: bool) -> dict[str, str]:
    """The headers by which an answer or callback is signed; `wrong`: over another body."""
    nonce = secrets.token_hex(16)
    return {
        "Wechatpay-Timestamp": str(at),
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Signature": pair.sign(_lines(str(at), nonce, body=body + b" " if wrong else body)),
        "Wechatpay-Signature-Type": SCHEME,
        "Wechatpay-Serial": key_id,
    }


def envelope(told: Told, api_v3_key: str, created: str) -> bytes:
    """The body of a callback, what it tells sealed under the merchant's APIv3 key."""
    nonce, beside = secrets.token_hex(6), "refund"
    plain = json.dumps(told.content, ensure_ascii=False).encode()
    sealed = AESGCM(api_v3_key.encode()).encrypt(nonce.encode(), plain, beside.encode())
    content: Mapping[str, Any] = {
        "id": told.id,
        "create_time": created,
        "resource_type": "encrypt-resource",
        "event_type": told.kind,
        "summary": told.kind,
        "resource": {
            "original_type": "refund",
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": base64.b64encode(sealed).decode("ascii"),
            "associated_data": beside,
            "nonce": nonce,
        },
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _lines(*parts: str, body: bytes) -> bytes:
    return b"\n".join([*(part.encode() for part in parts), body, b""])
