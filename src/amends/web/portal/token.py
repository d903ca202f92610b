"""Tokens that nobody can guess: of a case to be followed, of a statement that was received."""

from __future__ import annotations

import base64
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

_BYTES: Final = 18
_BEYOND: Final = 2**63


def token_of(what: str, number: int) -> str:
    """The token of a thing: its number and what only this house can reckon from it."""
    digest = salted_hmac(f"amends.portal.{what}", str(number), algorithm="sha256").digest()
    return f"{number}-{base64.urlsafe_b64encode(digest[:_BYTES]).decode()}"


def number_of(what: str, token: str) -> int | None:
    """The number in a token; None where it is not ours."""
    number, _, _ = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19) or int(number) >= _BEYOND:
        return None
    return int(number) if constant_time_compare(token_of(what, int(number)), token) else None
