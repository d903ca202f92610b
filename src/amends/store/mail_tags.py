"""The tag by which an answer to our mail finds its case: its number and a proof that only this house can make."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

_LENGTH = 16


def tag_of(case: int) -> str:
    """Will make the tag of a case, as it stands in a Message-ID or a subject: ``c12-0123456789abcdef``."""
    return f"c{case}-{_proof(case)}"


def is_ours(case: int, proof: str) -> bool:
    """Whether this house made the tag."""
    return hmac.compare_digest(_proof(case), proof)


def _proof(case: int) -> str:
    secret = hashlib.sha256(b"mail-tag:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, str(case).encode(), hashlib.sha256).hexdigest()[:_LENGTH]
