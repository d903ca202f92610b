"""RFC 3161 time stamps: the request over a SHA-256, and whether an answer holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from rfc3161_client import TimeStampResponse, VerificationError, VerifierBuilder, decode_timestamp_response

QUERY: Final = "application/timestamp-query"
REPLY: Final = "application/timestamp-reply"
_SHA256: Final = bytes.fromhex("300d06096086480165030402010500")
"""The algorithm's identifier with its empty parameters, in DER."""


class UnableToTrustStamp(ValueError):
    """An answer is no time stamp over what was asked, or is not signed as it says; the message says why."""


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    head = bytes([size]) if size < 128 else bytes([0x81, size])
    return bytes([tag]) + head + content


def stamp_request(sha256: str, nonce: int) -> bytes:
    """The request to stamp a SHA-256 (hex), with the authority's certificates in the answer."""
    imprint = _der(0x30, _SHA256 + _der(0x04, bytes.fromhex(sha256)))
    number = nonce.to_bytes(nonce.bit_length() // 8 + 1, "big")
    return _der(0x30, _der(0x02, b"\x01") + imprint + _der(0x02, number) + _der(0x01, b"\xff"))


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges answers. `roots`: whom the operator trusts; the chain of every answer has to end there."""

    roots: tuple[x509.Certificate, ...]

    def check(self, answer: bytes, sha256: str, nonce: int | None = None) -> datetime:
        """The moment that was stamped. Raises `UnableToTrustStamp`."""
        try:
            response = decode_timestamp_response(answer)
        except ValueError as fault:
            raise UnableToTrustStamp(f"this is no time stamp: {fault}") from fault
        if response.status not in (0, 1):
            told = ", ".join(response.status_string) or "no reason told"
            raise UnableToTrustStamp(f"the authority refused (status {response.status}): {told}")
        self._signed(response, sha256, nonce)
        moment = response.tst_info.gen_time
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _signed(self, response: TimeStampResponse, sha256: str, nonce: int | None) -> None:
        try:
            VerifierBuilder(roots=list(self.roots), nonce=nonce).build().verify(response, bytes.fromhex(sha256))
        except (VerificationError, ValueError) as fault:
            told = str(fault)
            if "ErrorStack" in told or not told:
                told = "its signature or its certificates do not hold by the certificates that are trusted"
            raise UnableToTrustStamp(told) from fault

    def fault(self, token: bytes, sha256: str) -> str:
        """What is wrong with a kept answer; "" for nothing."""
        try:
            self.check(token, sha256)
        except UnableToTrustStamp as fault:
            return str(fault)
        return ""


def read_roots(pem: bytes) -> Sequence[x509.Certificate]:
    """The certificates of a PEM file. Raises `ValueError`."""
    return x509.load_pem_x509_certificates(pem)
