"""Signing as Standard Webhooks says: HMAC-SHA256 over id, time and body, so that a receiver knows who sent it and when."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

PREFIX: Final = "whsec_"


def secret_of(raw: bytes) -> str:
    """A secret as people copy it, from 24 to 64 drawn bytes."""
    return PREFIX + base64.b64encode(raw).decode()


def signature(secrets: Sequence[str], name: str, seconds: int, body: bytes) -> str:
    """The header `webhook-signature`: one signature for every secret, so that a secret can be changed without a gap."""
    text = f"{name}.{seconds}.".encode() + body
    keys = [base64.b64decode(secret.removeprefix(PREFIX)) for secret in secrets]
    return " ".join(["v1," + base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode() for key in keys])


def headers(secrets: Sequence[str], name: str, seconds: int, body: bytes) -> dict[str, str]:
    """Every header of a delivery."""
    return {
        "content-type": "application/json",
        "user-agent": "Amends",
        "webhook-id": name,
        "webhook-timestamp": str(seconds),
        "webhook-signature": signature(secrets, name, seconds, body),
    }
