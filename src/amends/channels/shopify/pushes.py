"""Shopify's webhooks: trusted by their signature over the body, known by their event, and never more than a hint.

A webhook that is sent again bears the time and the content of its first sending, so its age proves nothing and is not looked at:
the same event has the same id. The shapes of `returns/*` are not published; what they are about is looked for in several places.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Literal

from amends.channels.shopify.numbers import gid, is_gid
from amends.channels.shopify.order_money import moment
from amends.facts.channels import Access
from amends.facts.platforms import Pushed
from amends.facts.wire import UnableToTrustNotice


def sign(secret: str, body: bytes) -> str:
    """The signature that Shopify puts on a webhook."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def read_push(access: Access, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
    """The hint in a webhook. Raises `UnableToTrustNotice`."""
    secret, given = access.values.get("client_secret", ""), headers.get("x-shopify-hmac-sha256", "")
    if not secret or not given:
        raise UnableToTrustNotice("X-Shopify-Hmac-Sha256 or our client secret is missing")
    if not hmac.compare_digest(sign(secret, body).encode(), given.encode("utf-8", errors="replace")):
        raise UnableToTrustNotice("X-Shopify-Hmac-Sha256 does not fit the body")
    topic = headers.get("x-shopify-topic", "")
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    what, number = _about(topic, content if isinstance(content, dict) else {})
    event = headers.get("x-shopify-event-id") or headers.get("x-shopify-webhook-id") or hashlib.sha256(body).hexdigest()
    at = moment(headers.get("x-shopify-triggered-at"))
    return (Pushed(f"{event}:{topic}:{number}", what, number, topic, at),)


def _about(topic: str, content: Mapping[str, Any]) -> tuple[Literal["case", "order", "other"], str]:
    """What to read again: a return, else an order; ids, since what was made this moment is not found by its name yet."""
    family = topic.partition("/")[0]
    if family == "returns":
        number = _identity(content, "Return") or _inner(content, "return", "Return")
        if number:
            return "case", number
    if family == "orders":
        number = _identity(content, "Order")
        if number:
            return "order", number
    for name, kind in (("return", "Return"), ("order", "Order")):
        number = _inner(content, name, kind)
        if number:
            return ("case" if kind == "Return" else "order"), number
    return "other", ""


def _identity(content: Mapping[str, Any], kind: str) -> str:
    named = str(content.get("admin_graphql_api_id") or content.get("id") or "")
    if is_gid(named, kind):
        return named
    return gid(kind, named) if named.isascii() and named.isdecimal() else ""


def _inner(content: Mapping[str, Any], name: str, kind: str) -> str:
    """The thing named within: as an object of its own, or by ``order_id``."""
    inner = content.get(name)
    if isinstance(inner, dict) and (found := _identity(inner, kind)):
        return found
    return _identity({"id": content.get(f"{name}_id")}, kind)
