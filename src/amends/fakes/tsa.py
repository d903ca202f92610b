"""A time-stamp authority (RFC 3161) with a root of its own, over real HTTP on this machine."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_OIDS: Final = {
    "sha256": "6086480165030402" + "01",
    "signed_data": "2a864886f70d010702",
    "tst_info": "2a864886f70d0109100104",
    "content_type": "2a864886f70d010903",
    "message_digest": "2a864886f70d010904",
    "signing_certificate": "2a864886f70d010910022f",
    "rsa": "2a864886f70d010101",
    "policy": "2a030405",
}
FAULTS: Final = ("refused", "other_hash", "other_nonce", "bad_signature", "garbage", "broken", "slow")


def der(tag: int, *parts: bytes) -> bytes:
    """A value in DER."""
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _oid(name: str) -> bytes:
    return der(0x06, bytes.fromhex(_OIDS[name]))


def _integer(value: int) -> bytes:
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _set(*parts: bytes) -> bytes:
    return der(0x31, *sorted(parts))


def _values(content: bytes) -> list[tuple[int, bytes]]:
    """The values one after the other in DER: each with its tag."""
    found, at = [], 0
    while at < len(content):
        tag, size, at = content[at], content[at + 1], at + 2
        if size & 0x80:
            many = size & 0x7F
            size, at = int.from_bytes(content[at : at + many], "big"), at + many
        found.append((tag, content[at : at + size]))
        at += size
    return found


def read_request(body: bytes) -> tuple[bytes, int | None]:
    """The hash that a request is about, and its nonce."""
    ((_, request),) = _values(body)
    (_, (_, imprint), *rest) = _values(request)
    nonce = next((value for tag, value in rest if tag == 0x02), None)
    return _values(imprint)[1][1], None if nonce is None else int.from_bytes(nonce, "big")


class Authority:
    """The keys of an authority, and its answers. `fault`: one of `FAULTS`, until it is taken away; `asked` counts requests."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.fault, self.asked, self._now, self._serial = "", 0, now, 0
        self._root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.root = _certificate("Amends fake root", self._root_key, None, self._root_key, now(), ca=True)
        self.certificate = _certificate("Amends fake TSA", self._key, self.root, self._root_key, now(), ca=False)

    @property
    def root_pem(self) -> bytes:
        """The root's certificate."""
        return self.root.public_bytes(Encoding.PEM)

    def answer(self, body: bytes) -> bytes:
        """The answer to a request."""
        if self.fault == "garbage":
            return b"<html>no</html>"
        if self.fault == "refused":
            return der(0x30, der(0x30, _integer(2), der(0x30, der(0x0C, b"no more today"))))
        imprint, nonce = read_request(body)
        if self.fault == "other_hash":
            imprint = hashlib.sha256(imprint).digest()
        if self.fault == "other_nonce" and nonce is not None:
            nonce += 1
        return der(0x30, der(0x30, _integer(0)), self._token(self._info(imprint, nonce)))

    def _info(self, imprint: bytes, nonce: int | None) -> bytes:
        self._serial += 1
        algorithm = der(0x30, _oid("sha256"), der(0x05))
        moment = der(0x18, self._now().astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode())
        number = _integer(nonce) if nonce is not None else b""
        hashed = der(0x30, algorithm, der(0x04, imprint))
        return der(0x30, _integer(1), _oid("policy"), hashed, _integer(self._serial), moment, number)

    def _token(self, info: bytes) -> bytes:
        certificate = self.certificate.public_bytes(Encoding.DER)
        own = der(0x30, der(0x30, der(0x30, der(0x04, hashlib.sha256(certificate).digest()))))
        attributes = (
            der(0x30, _oid("content_type"), _set(_oid("tst_info"))),
            der(0x30, _oid("message_digest"), _set(der(0x04, hashlib.sha256(info).digest()))),
            der(0x30, _oid("signing_certificate"), _set(own)),
        )
        signature = self._key.sign(_set(*attributes), padding.PKCS1v15(), SHA256())
        if self.fault == "bad_signature":
            signature = signature[:-1] + bytes([signature[-1] ^ 1])
        signer = der(
            0x30,
            _integer(1),
            der(0x30, self.certificate.issuer.public_bytes(), _integer(self.certificate.serial_number)),
            der(0x30, _oid("sha256"), der(0x05)),
            b"\xa0" + _set(*attributes)[1:],
            der(0x30, _oid("rsa"), der(0x05)),
            der(0x04, signature),
        )
        content = der(0x30, _oid("tst_info"), der(0xA0, der(0x04, info)))
        algorithms = _set(der(0x30, _oid("sha256"), der(0x05)))
        signed = der(0x30, _integer(3), algorithms, content, der(0xA0, certificate), _set(signer))
        return der(0x30, _oid("signed_data"), der(0xA0, signed))


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer: x509.Certificate | None,
    signer: rsa.RSAPrivateKey,
    at: datetime,
    *,
    ca: bool,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=365))
        .not_valid_after(at + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if not ca:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(signer, SHA256())


@contextmanager
def stamping(authority: Authority, port: int = 0) -> Iterator[str]:
    """The authority's address, for as long as the block lasts."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            authority.asked += 1
            if self.headers.get("Content-Type") != "application/timestamp-query" or authority.fault == "broken":
                self.send_error(500)
                return
            told = authority.answer(body)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
