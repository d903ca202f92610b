"""Seals what must not be read by whoever holds the database alone: AES-GCM, with keys that lie in the data folder."""

from __future__ import annotations

import base64
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_FORM: Final = "1:"
_NONCE: Final = 12


class UnableToUnseal(ValueError):
    """What is sealed cannot be opened with the keys that are there; the message says what to look at."""


def seal(text: str, purpose: str) -> str:
    """Will seal a text with the newest key. `purpose` is bound to it: what was sealed for one thing opens for nothing else."""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_keys()[0]).encrypt(nonce, text.encode(), purpose.encode())
    return _FORM + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, purpose: str) -> str:
    """Will open what `seal` sealed, with whichever key fits. Raises `UnableToUnseal`."""
    raw = base64.urlsafe_b64decode(sealed.removeprefix(_FORM))
    for key in _keys():
        try:
            return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()
        except InvalidTag:
            continue
    raise UnableToUnseal(
        "no key in the file seal-keys of the data folder opens this; put the folder's old keys below the new one"
    )


def _keys() -> list[bytes]:
    keys = [base64.urlsafe_b64decode(key) for key in getattr(settings, "SEAL_KEYS", ())]
    if not keys:
        raise UnableToUnseal("there is no key to seal with; the file seal-keys of the data folder holds one a line")
    return keys
