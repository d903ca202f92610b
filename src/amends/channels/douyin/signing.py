"""How 抖店 signs: calls by HMAC-SHA256 (MD5 is the older way), pushes by MD5 over the very bytes that came."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any


def canonical(params: Mapping[str, Any]) -> str:
    """`param_json`: names sorted at every depth, nothing between, nothing escaped. These bytes are signed and sent."""
    return json.dumps(params, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sign_call(key: str, secret: str, method: str, timestamp: str, param_json: str, way: str = "hmac-sha256") -> str:
    """The signature of a call. `method` as it is sent: its letters' case counts."""
    told = f"{secret}app_key{key}method{method}param_json{param_json}timestamp{timestamp}v2{secret}".encode()
    if way == "md5":
        return hashlib.md5(told, usedforsecurity=False).hexdigest()
    return hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()


def sign_push(key: str, secret: str, body: bytes) -> str:
    """The `event-sign` of a push."""
    return hashlib.md5(key.encode() + body + secret.encode(), usedforsecurity=False).hexdigest()
