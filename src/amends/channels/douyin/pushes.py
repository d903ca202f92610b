"""Pushes of 抖店: a JSON array of messages (older ones: a single object), signed over the very bytes."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from amends.channels.douyin.signing import sign_push
from amends.channels.kernel_json import moment, object_of, text
from amends.facts.channels import Access
from amends.facts.platforms import Pushed
from amends.facts.wire import UnableToTrustNotice, WireAnswer

_PROBE: Final = "0"


def read_push(access: Access, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
    """The messages. No time is signed, so a push has no age; the same message again has the same `msg_id`."""
    key, secret = access.values.get("app_key", ""), access.values.get("app_secret", "")
    if not key or not secret:
        raise UnableToTrustNotice("the shop is connected without an app key and secret, so no signature can be checked")
    if headers.get("app-id", key) != key:
        raise UnableToTrustNotice("the push is for another app (header app-id)")
    wanted, given = sign_push(key, secret, body), headers.get("event-sign", "").lower()
    if not hmac.compare_digest(wanted.encode(), given.encode(errors="replace")):
        raise UnableToTrustNotice("the header event-sign does not fit the app key, the body and the app secret")
    return tuple([_pushed(message) for message in _messages(body) if text(message, "tag") != _PROBE])


def push_answer() -> WireAnswer:
    """What it wants to hear within five seconds."""
    return WireAnswer(200, {"content-type": "application/json"}, b'{"code":0,"msg":"success"}')


def _messages(body: bytes) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise UnableToTrustNotice("the body is no JSON") from fault
    listed = found if isinstance(found, list) else [found]
    if not all(isinstance(message, dict) for message in listed):
        raise UnableToTrustNotice("the body is no list of messages")
    return listed


def _pushed(message: Mapping[str, Any]) -> Pushed:
    tag, name = text(message, "tag"), text(message, "msg_id")
    told = message.get("data")
    data = object_of(told.encode()) if isinstance(told, str) else told
    at = moment(data, "update_time")
    number, order = text(data, "aftersale_id"), text(data, "p_id")
    if len(tag) == 3 and tag.startswith("2") and number:
        return Pushed(name or f"{tag}-{number}-{text(data, 'update_time')}", "case", number, tag, at)
    if len(tag) == 3 and tag.startswith("1") and order:
        return Pushed(name or f"{tag}-{order}-{text(data, 'update_time')}", "order", order, tag, at)
    return Pushed(
        name or f"{tag}-{sign_push(tag, '', json.dumps(message, sort_keys=True).encode())}", "other", "", tag, at
    )
