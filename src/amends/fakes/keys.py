"""Key pairs and certificates of the fakes: made at the first start, kept on the fake's shelf so that they stay the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
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
_YEARS: Final = 10


class Key:
    """An RSA key pair with a self-signed certificate."""

    def __init__(self, pem: str) -> None:
        key = load_pem_private_key(pem.encode(), None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("the fake keeps RSA keys only")
        self.private = key
        self.private_pem = pem

    @property
    def public_pem(self) -> str:
        """The public key as PEM."""
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, message: bytes) -> bytes:
        """SHA256 with RSA, PKCS#1 v1.5."""
        return self.private.sign(message, padding.PKCS1v15(), SHA256())

    def certificate(self, days_left: int = 365 * _YEARS) -> str:
        """A self-signed certificate as PEM; `days_left` below zero gives one that has run out."""
        now = datetime.now(UTC)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "amends fake")])
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.private.public_key())
            .serial_number(0x1AE2)
            .not_valid_before(now - timedelta(days=365 * _YEARS))
            .not_valid_after(now + timedelta(days=days_left))
            .sign(self.private, SHA256())
        )
        return made.public_bytes(Encoding.PEM).decode()


def kept_key(shelf: Shelf, name: str) -> Key:
    """The key of this name on the shelf, made there if it is not."""
    pem = shelf.get("key", name)
    if pem is None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        shelf.keep("key", name, pem)
    return Key(pem)
