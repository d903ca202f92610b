"""WeChat Pay's signatures: ours on requests, theirs on answers and callbacks, and the seal round what a callback says."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from amends.facts.wire import Seal, UnableToTrustNotice
from amends.gateways.rsa import is_signed, out_of_date, sign
from amends.gateways.wechat_pay.config import WeChatPayConfig

SCHEME: Final = "WECHATPAY2-SHA256-RSA2048"
WINDOW_SECONDS: Final = 300
"""How far a callback's time-stamp may lie from our clock. WeChat Pay signs each delivery anew."""


def authorization(config: WeChatPayConfig, method: str, url: str, body: bytes, seal: Seal) -> str:
    """The Authorization header of a request: signed over method, path with query, time, nonce and body."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    stamp = str(int(seal.at.timestamp()))
    message = b"\n".join([method.encode(), target.encode(), stamp.encode(), seal.nonce.encode(), body, b""])
    fields = {
        "mchid": config.merchant,
        "nonce_str": seal.nonce,
        "signature": sign(config.private_key, message),
        "timestamp": stamp,
        "serial_no": config.serial,
    }
    return f"{SCHEME} " + ",".join([f'{name}="{value}"' for name, value in fields.items()])


def flaw(config: WeChatPayConfig, headers: Mapping[str, str], body: bytes) -> str | None:
    """What is wrong with the signature of an answer or callback; None for a good one. Header names are lower case."""
    kind = headers.get("wechatpay-signature-type", SCHEME)
    if kind != SCHEME:
        return f"it is signed by {kind[:40]!r}, not by {SCHEME}"
    serial, signature = headers.get("wechatpay-serial", ""), headers.get("wechatpay-signature", "")
    if not signature:
        return "it is not signed"
    key = config.platform_keys.get(serial)
    if key is None:
        return f"it is signed with the key {serial[:60]!r}, which platform_keys does not hold"
    stamp, nonce = headers.get("wechatpay-timestamp", ""), headers.get("wechatpay-nonce", "")
    message = b"\n".join([stamp.encode(), nonce.encode(), body, b""])
    return None if is_signed(key, message, signature) else "its signature is wrong"


def check_notice(config: WeChatPayConfig, headers: Mapping[str, str], body: bytes, at: datetime) -> None:
    """Raise `UnableToTrustNotice` unless a callback is rightly signed, by a key that is in date, and fresh."""
    found = flaw(config, headers, body)
    if found is None:
        found = out_of_date(config.platform_keys[headers["wechatpay-serial"]], at)
    if found is not None:
        raise UnableToTrustNotice(f"WeChat Pay callback: {found}")
    stamp = headers.get("wechatpay-timestamp", "")
    if not stamp.isdecimal() or abs(int(stamp) - int(at.timestamp())) > WINDOW_SECONDS:
        raise UnableToTrustNotice(
            f"WeChat Pay callback: Wechatpay-Timestamp {stamp[:20]!r} is more than {WINDOW_SECONDS} seconds from our clock"
        )


def unseal(config: WeChatPayConfig, resource: Mapping[str, Any]) -> bytes:
    """What a callback's `resource` says, opened with the APIv3 key. Raises `UnableToTrustNotice`."""
    algorithm = resource.get("algorithm")
    if algorithm != "AEAD_AES_256_GCM":
        raise UnableToTrustNotice(f"WeChat Pay callback: resource.algorithm {algorithm!r} should be AEAD_AES_256_GCM")
    nonce, sealed, beside = [str(resource.get(name) or "") for name in ("nonce", "ciphertext", "associated_data")]
    try:
        cipher = AESGCM(config.api_v3_key.encode())
        return cipher.decrypt(nonce.encode(), base64.b64decode(sealed, validate=True), beside.encode())
    except (InvalidTag, binascii.Error, ValueError) as fault:
        raise UnableToTrustNotice(
            "WeChat Pay callback: resource cannot be opened; api_v3_key should be the 32 characters set as APIv3 key"
        ) from fault
