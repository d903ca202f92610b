"""Hands one mail to a mail server by SMTP, and tells exactly how sure it is of what became of it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from amends.facts.outgoing import Outcome, SenderKeys

SECONDS: Final = 30
_PERMANENT: Final = 500
_Answer = tuple[int, bytes]


class _Ended(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.told)
        self.outcome = outcome


class SmtpPost:
    """Sends mail. `context`: whom to believe, for tests; `seconds`: how long one answer may take."""

    def __init__(self, context: ssl.SSLContext | None = None, seconds: float = SECONDS) -> None:
        self._context, self._seconds = context, seconds

    def __call__(self, keys: SenderKeys, sender: str, to: str, content: bytes, point: Callable[[], bool]) -> Outcome:
        """Send `content`. `point` is called right before the text goes out: False holds it back.

        Whatever breaks before that point leaves a mail that certainly did not arrive; after it only the server's answer tells.
        """
        try:
            with self._open(keys) as server:
                _envelope(server, sender, to)
                if not point():
                    return Outcome("later", "another worker has it")
                return _hand_over(server, content)
        except _Ended as ended:
            return ended.outcome
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            return Outcome("later", _told(keys.host, fault), server=True)

    def try_keys(self, keys: SenderKeys) -> Outcome:
        """Sign in and go; `sent` where that works."""
        try:
            with self._open(keys):
                return Outcome("sent")
        except _Ended as ended:
            return ended.outcome
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            return Outcome("later", _told(keys.host, fault), server=True)

    @contextmanager
    def _open(self, keys: SenderKeys) -> Iterator[smtplib.SMTP]:
        context = self._context or ssl.create_default_context()
        server: smtplib.SMTP
        if keys.security == "tls":
            server = smtplib.SMTP_SSL(keys.host, keys.port, timeout=self._seconds, context=context)
        else:
            server = smtplib.SMTP(keys.host, keys.port, timeout=self._seconds)
        try:
            server.ehlo_or_helo_if_needed()
            if keys.security == "starttls":
                server.starttls(
                    context=context
                )  # raises where the server cannot: nothing is ever said in the open instead
                server.ehlo()
            if keys.user:
                _sign_in(server, keys)
            yield server
        finally:
            server.close()  # without a goodbye: in the middle of a text it would be taken for a part of it


def _sign_in(server: smtplib.SMTP, keys: SenderKeys) -> None:
    try:
        server.login(keys.user, keys.password)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, UnicodeEncodeError) as fault:
        raise _Ended(
            Outcome("later", f"{keys.host} refuses the user name or the password ({_code(fault)})", server=True)
        ) from fault


def _envelope(server: smtplib.SMTP, sender: str, to: str) -> None:
    for answer in (server.mail(sender), server.rcpt(to), server.docmd("DATA")):
        code = answer[0]
        if code not in (250, 251, 252, 354):
            raise _Ended(Outcome("refused" if code >= _PERMANENT else "later", _said(answer)))


def _hand_over(server: smtplib.SMTP, content: bytes) -> Outcome:
    """The text and the final dot; from here on a broken connection means that nobody knows."""
    try:
        body = content if content.endswith(b"\r\n") else content + b"\r\n"
        server.send(
            b"".join([b"." + line if line.startswith(b".") else line for line in body.splitlines(keepends=True)])
        )
        server.send(b".\r\n")
        answer = server.getreply()
    except (smtplib.SMTPException, OSError) as fault:
        return Outcome("unsure", f"{type(fault).__name__} {fault}"[:200])
    if 200 <= answer[0] < 300:
        with suppress(smtplib.SMTPException, OSError):
            server.putcmd("quit")
        return Outcome("sent", _said(answer))
    if 400 <= answer[0] < 600:
        return Outcome("refused" if answer[0] >= _PERMANENT else "later", _said(answer))
    return Outcome("unsure", _said(answer))


def _said(answer: _Answer) -> str:
    return f"{answer[0]} {answer[1].decode('utf-8', 'replace')}".replace("\x00", "")[:200]


def _told(host: str, fault: Exception) -> str:
    return f"{host} cannot be reached: {type(fault).__name__} {fault}".replace("\x00", "")[:200]


def _code(fault: Exception) -> str:
    return str(getattr(fault, "smtp_code", "")) or type(fault).__name__
