"""RSA key pairs of the fakes: made at the first need, kept on the fake's shelf so that they stay the same."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from amends.fakes.ledger import Shelf

_BITS: Final = 2048
_DAYS: Final = 3650


@dataclass(frozen=True, slots=True)
class Pair:
    """A key pair as PEM texts. Signatures are SHA256 with RSA, PKCS#1 v1.5, in base64."""

    private: str
    public: str

    def _key(self) -> rsa.RSAPrivateKey:
        return _loaded(self.private)

    def sign(self, message: bytes) -> str:
        """The signature over a message."""
        return base64.b64encode(self._key().sign(message, padding.PKCS1v15(), SHA256())).decode("ascii")

    def has_signed(self, message: bytes, signature: str) -> bool:
        """Whether a signature is this pair's over the message."""
        try:
            given = base64.b64decode(signature, validate=True)
            self._key().public_key().verify(given, message, padding.PKCS1v15(), SHA256())
        except (InvalidSignature, binascii.Error):
            return False
        return True

    def certificate(self, days_left: int = _DAYS) -> str:
        """A certificate signed by the pair itself, as PEM; `days_left` below zero gives one that has run out."""
        now, key = datetime.now(UTC), self._key()
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "amends fake")])
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(0x1AE2)
            .not_valid_before(now - timedelta(days=_DAYS))
            .not_valid_after(now + timedelta(days=days_left))
            .sign(key, SHA256())
        )
        return made.public_bytes(Encoding.PEM).decode()


@lru_cache(64)
def _loaded(pem: str) -> rsa.RSAPrivateKey:
    """The key in a PEM text. Reading one costs ten times what a signature does, so it is read once."""
    key = load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the fakes keep RSA keys only")
    return key


@lru_cache(64)
def _made(name: str) -> tuple[str, str]:
    """Private and public key of a name, the same for every fake of this process: making one takes half a second."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return private, public


def kept_pair(shelf: Shelf, name: str) -> Pair:
    """The pair of this name on the shelf, made there if it is not."""
    kept = shelf.get("pair", name)
    if kept is None:
        kept = _made(name)
        shelf.keep("pair", name, kept)
    return Pair(kept[0], kept[1])
