"""Our key as an Alipay request number."""

from __future__ import annotations

import hashlib
import re
from typing import Final

_FITS: Final = re.compile(r"[0-9A-Za-z_\-]{1,64}", re.ASCII)


def request_number(key: str) -> str:
    """`out_request_no` of a step: its key, which fits as we make them.

    A key of other letters or above 64 is replaced by ``am`` and the first 62 hexadecimal digits of its SHA-256: always the
    same for the same key, so that a repeat never becomes a second refund.
    """
    return key if _FITS.fullmatch(key) else "am" + hashlib.sha256(key.encode()).hexdigest()[:62]
