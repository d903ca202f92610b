"""Mail by SMTP to a server on this machine: encrypted or not at all, signed in, and honest about what became of it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from amends.carry_out.smtp import SmtpPost
from amends.facts.outgoing import Security, SenderKeys
from amends.fakes.smtp import FakeSmtp, PostOffice
from tests.django_house import NOW

MAIL = b"From: a@b.example\r\n\r\n.hello\r\n..two\r\nlast"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine that signs itself, with its key."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(NOW + timedelta(days=40_000))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "pair.pem"
    plain = serialization.NoEncryption()
    told = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(told + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture(params=["tls", "starttls", "none"])
def server(request: pytest.FixtureRequest, certificate: Path) -> Iterator[FakeSmtp]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    encrypted = None if request.param == "none" else context
    found = FakeSmtp(PostOffice("shop", "pass word"), tls=encrypted, starttls=request.param == "starttls")
    yield found
    found.stop()


def keys(server: FakeSmtp, password: str = "pass word") -> SenderKeys:
    security: Security = "starttls" if server.starttls else "tls" if server.tls else "none"
    return SenderKeys("localhost", server.port, security, "shop", password)


def post(certificate: Path) -> SmtpPost:
    return SmtpPost(ssl.create_default_context(cafile=str(certificate)), seconds=0.5)


def send(server: FakeSmtp, certificate: Path, point: bool = True) -> str:
    asked: list[int] = []

    def told() -> bool:
        asked.append(len(server.office.taken))
        return point

    outcome = post(certificate)(keys(server), "a@b.example", "c@d.example", MAIL, told)
    assert asked in ([], [0])
    return outcome.end


def test_a_mail_arrives_as_it_was_written(server: FakeSmtp, certificate: Path) -> None:
    assert send(server, certificate) == "sent"
    assert [content for _, _, content in server.office.taken] == [MAIL + b"\r\n"]


@pytest.mark.parametrize(
    ("trouble", "end", "taken"),
    [
        ("refuse:mail:451", "later", 0),
        ("refuse:rcpt:550", "refused", 0),
        ("refuse:data:452", "later", 0),
        ("refuse:end:552", "refused", 0),
        ("refuse:end:451", "later", 0),
        ("close:rcpt", "later", 0),
        ("hang:data", "later", 0),
        ("close:end", "unsure", 0),
        ("keep:close", "unsure", 1),
        ("keep:hang", "unsure", 1),
    ],
)
def test_how_sure_it_is(server: FakeSmtp, certificate: Path, trouble: str, end: str, taken: int) -> None:
    server.office.troubles = [trouble]
    assert send(server, certificate) == end
    assert len(server.office.taken) == taken


def test_a_text_that_is_held_back_never_leaves(server: FakeSmtp, certificate: Path) -> None:
    assert send(server, certificate, point=False) == "later"
    assert server.office.taken == []


def test_a_wrong_password_is_told_and_is_the_servers_fault_of_all_mails(server: FakeSmtp, certificate: Path) -> None:
    outcome = post(certificate).try_keys(keys(server, "wrong"))
    assert (outcome.end, outcome.server) == ("later", True)
    assert "535" in outcome.told
    assert "wrong" not in outcome.told
    assert post(certificate).try_keys(keys(server)).end == "sent"


def test_a_server_that_nobody_vouches_for_gets_no_password(server: FakeSmtp) -> None:
    if server.tls is None:
        pytest.skip("nothing to vouch for")
    outcome = SmtpPost(seconds=1).try_keys(keys(server))
    assert (outcome.end, outcome.server) == ("later", True)


def test_nothing_is_said_in_the_open_where_starttls_is_wanted(certificate: Path) -> None:
    plain = FakeSmtp(PostOffice("shop", "pass word"))
    wanted = SenderKeys("localhost", plain.port, "starttls", "shop", "pass word")
    outcome = post(certificate)(wanted, "a@b.example", "c@d.example", MAIL, lambda: True)
    plain.stop()
    assert (outcome.end, plain.office.begun) == ("later", 0)
