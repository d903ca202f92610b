"""Alipay's signatures (RSA2): over sorted parameters on requests and notices, over the raw text of the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final
from urllib.parse import parse_qsl

from amends.facts.wire import Seal, UnableToTrustNotice
from amends.gateways.alipay.config import AlipayConfig
from amends.gateways.rsa import is_signed, sign

CHINA: Final = timezone(timedelta(hours=8))
"""Alipay writes its times without a zone, in China's."""
_TIME: Final = "%Y-%m-%d %H:%M:%S"
_ERROR: Final = "error_response"


class UnableToTrustAnswer(ValueError):
    """An answer is not signed by Alipay; the message says what is wrong with it."""


def canonical(values: Mapping[str, str]) -> bytes:
    """The text that is signed: ``name=value`` sorted by name, joined with ``&``; empty values do not count."""
    return "&".join([f"{name}={values[name]}" for name in sorted(values) if values[name] != ""]).encode()


def signed_call(config: AlipayConfig, method: str, content: Mapping[str, Any], seal: Seal) -> dict[str, str]:
    """The parameters of a call, signed."""
    values = {
        "app_id": config.app_id,
        "method": method,
        "format": "JSON",
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": seal.at.astimezone(CHINA).strftime(_TIME),
        "version": "1.0",
        "notify_url": config.notify_url or "",
        "app_auth_token": config.app_auth_token or "",
        "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
    }
    kept = {name: value for name, value in values.items() if value}
    return {**kept, "sign": sign(config.private_key, canonical(kept))}


def verified_content(config: AlipayConfig, method: str, body: bytes) -> dict[str, Any]:
    """What the answer to `method` says, after its signature over the very text of that part was found good.

    Raises `UnableToTrustAnswer`. The text is never written anew: another spacing would be another signature.
    """
    try:
        text = body.decode()
        whole = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnableToTrustAnswer("it is not JSON in UTF-8") from fault
    name = method.replace(".", "_") + "_response"
    part = name if isinstance(whole, dict) and name in whole else _ERROR
    if not isinstance(whole, dict) or not isinstance(whole.get(part), dict):
        raise UnableToTrustAnswer(f"it holds no {name}")
    signature = whole.get("sign")
    if not isinstance(signature, str) or not signature:
        raise UnableToTrustAnswer("it is not signed")
    raw = _raw_part(text, part)
    if not is_signed(config.alipay_public_key, raw.encode(), signature):
        raise UnableToTrustAnswer("its signature is wrong")
    found = json.loads(raw)
    if found != whole[part]:
        raise UnableToTrustAnswer(f"it holds {part} twice")
    return dict(found)


def _raw_part(text: str, name: str) -> str:
    """The value of `name` in a JSON text, letter for letter. Where it cannot be found so, nobody has signed it."""
    key = text.find(f'"{name}"')
    start = text.find(":", key) + 1
    try:
        while text[start] in " \t\r\n":
            start += 1
        _, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, IndexError) as fault:
        raise UnableToTrustAnswer(f"{name} is written in a way that cannot be checked") from fault
    return text[start:end]


def verified_notice(config: AlipayConfig, body: bytes, at: datetime) -> dict[str, str]:
    """The fields of a notice, after signature, application and age were found good. Raises `UnableToTrustNotice`."""
    try:
        values = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=200))
    except ValueError as fault:
        raise UnableToTrustNotice("Alipay notice: the body should be a form in UTF-8") from fault
    signature, kind = values.pop("sign", ""), values.pop("sign_type", "RSA2")
    if kind != "RSA2":
        raise UnableToTrustNotice(f"Alipay notice: sign_type {kind[:20]!r} should be RSA2")
    if not signature or not is_signed(config.alipay_public_key, canonical(values), signature):
        raise UnableToTrustNotice("Alipay notice: sign is missing or wrong")
    if values.get("app_id") != config.app_id:
        raise UnableToTrustNotice(f"Alipay notice: app_id should be {config.app_id}")
    sent = moment(values.get("notify_time"))
    if sent is None or abs(sent - at) > timedelta(seconds=config.notice_seconds):
        raise UnableToTrustNotice(
            f"Alipay notice: notify_time {values.get('notify_time', '')[:20]!r} is more than {config.notice_seconds} seconds from our clock"
        )
    return values


def moment(text: str | None) -> datetime | None:
    """A moment as Alipay writes it, fractions of a second aside; None where it is none."""
    try:
        return datetime.strptime((text or "")[:19], _TIME).replace(tzinfo=CHINA)
    except ValueError:
        return None
