"""RSA signatures over SHA-256 (PKCS#1 v1.5), as WeChat Pay and Alipay use them, with keys in any form they are handed out in."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)
from cryptography.x509 import Certificate, load_pem_x509_certificate

_KEYS_KEPT: Final = 64


class UnableToReadKey(ValueError):
    """A key in the configuration cannot be used; the message says what it should be, never what it is."""


@lru_cache(_KEYS_KEPT)
def private_key(text: str) -> RSAPrivateKey:
    """The private key in `text`: PEM (PKCS#1 or PKCS#8), or the bare base64 of it. Raises `UnableToReadKey`."""
    try:
        found = load_pem_private_key(text.encode(), None) if _is_pem(text) else load_der_private_key(_der(text), None)
    except (ValueError, TypeError) as fault:
        raise UnableToReadKey("private_key: should be an RSA private key in PEM form, without a password") from fault
    if not isinstance(found, RSAPrivateKey):
        raise UnableToReadKey("private_key: should be an RSA key; this is one of another kind")
    return found


@lru_cache(_KEYS_KEPT)
def public_key(text: str) -> RSAPublicKey:
    """The public key in `text`: PEM, the bare base64 of it, or a certificate in PEM. Raises `UnableToReadKey`."""
    try:
        found = (
            certificate(text).public_key()
            if "BEGIN CERTIFICATE" in text
            else load_pem_public_key(text.encode())
            if _is_pem(text)
            else load_der_public_key(_der(text))
        )
    except ValueError as fault:
        raise UnableToReadKey("public key: should be an RSA public key or a certificate in PEM form") from fault
    if not isinstance(found, RSAPublicKey):
        raise UnableToReadKey("public key: should be an RSA key; this is one of another kind")
    return found


def certificate(text: str) -> Certificate:
    """The X.509 certificate in `text` (PEM)."""
    return load_pem_x509_certificate(text.encode())


def out_of_date(text: str, at: datetime) -> str | None:
    """What is wrong with the dates of the certificate in `text` at that moment; None for a good one and for a bare key."""
    if "BEGIN CERTIFICATE" not in text:
        return None
    found = certificate(text)
    if at > found.not_valid_after_utc:
        return f"the certificate ran out on {found.not_valid_after_utc:%Y-%m-%d}"
    if at < found.not_valid_before_utc:
        return f"the certificate is good only from {found.not_valid_before_utc:%Y-%m-%d} on"
    return None


def sign(key: str, message: bytes) -> str:
    """The signature of `message` in base64. The same message always gets the same one."""
    return base64.b64encode(private_key(key).sign(message, PKCS1v15(), SHA256())).decode("ascii")


def is_signed(key: str, message: bytes, signature: str) -> bool:
    """Whether `signature` (base64) is that of `message` by the owner of the public key."""
    try:
        public_key(key).verify(base64.b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def must_be_texts(config: object, *names: str) -> None:
    """Raise `TypeError` that names the first field of a configuration which is no text: a bare number in YAML is none."""
    for name in names:
        if not isinstance(getattr(config, name), str):
            raise TypeError(f"{name}: should be a text; put it in quotes")


def must_be_one_of(config: object, name: str, *wanted: str) -> None:
    """Raise `TypeError` unless a field of a configuration has one of these values."""
    if getattr(config, name) not in wanted:
        raise TypeError(f"{name}: should be one of {', '.join(wanted)}")


def _is_pem(text: str) -> bool:
    return "-----BEGIN" in text


def _der(text: str) -> bytes:
    return base64.b64decode("".join(text.split()), validate=True)
