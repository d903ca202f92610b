"""A stand-in for a server that takes mail: real SMTP on a socket, with TLS from the first byte or by STARTTLS where it is given a context.

It can refuse for good or for now, ask for a password, hang, break off, and take a mail without ever saying so.
"""

from __future__ import annotations

import base64
import contextlib
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from typing import Any, Final

_QUIET: Final = 60.0


@dataclass
class PostOffice:
    """What was taken in, and how the next mails are treated.

    `troubles`: one a mail, in order; "" is none. `refuse:STAGE:CODE` answers at mail, rcpt, data or end; `close:STAGE` and `hang:STAGE`
    break off or fall silent there; `keep:close` and `keep:hang` take the mail in and do so instead of saying yes.
    """

    user: str = ""
    password: str = ""
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    begun: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_trouble(self) -> str:
        """How the mail that begins now is treated."""
        with self.lock:
            self.begun += 1
            return self.troubles.pop(0) if self.troubles else ""

    def take(self, sender: str, to: str, content: bytes) -> None:
        """A mail is in."""
        with self.lock:
            self.taken.append((sender, to, content))


class _Broken(Exception):
    pass


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: FakeSmtp

    def handle(self) -> None:
        self._sender, self._to, self._trouble, self._signed = "", "", "", False
        try:
            if self.server.tls and not self.server.starttls:
                self._secure()
            self._say(b"220 the post office")
            while line := self.rfile.readline(4_096):
                verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
                if not self._verb(verb.upper(), rest):
                    return
        except (_Broken, OSError):
            return

    def finish(self) -> None:
        """Close what was wrapped, too."""
        with contextlib.suppress(OSError):
            super().finish()
        if self.connection is not self.request:
            self.connection.close()

    def _secure(self) -> None:
        assert self.server.tls
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def _verb(self, verb: str, rest: str) -> bool:
        if verb == "QUIT":
            self._say(b"221 bye")
            return False
        if verb in ("EHLO", "HELO"):
            self._greet()
        elif verb == "STARTTLS" and self.server.starttls:
            self._say(b"220 go")
            self._secure()
        elif verb == "AUTH":
            self._sign_in(rest)
        elif verb == "MAIL":
            self._trouble, self._sender = self.server.office.next_trouble(), rest
            self._answer("mail", b"250 ok" if self._signed or not self.server.office.user else b"530 sign in first")
        elif verb == "RCPT":
            self._to = rest
            self._answer("rcpt", b"250 ok")
        elif verb == "DATA":
            if self._answer("data", b"354 go on"):
                self._take()
        elif verb in ("RSET", "NOOP"):
            self._say(b"250 ok")
        else:
            self._say(b"502 no")
        return True

    def _greet(self) -> None:
        self._say(b"250-the post office")
        if self.server.starttls and not isinstance(self.connection, ssl.SSLSocket):
            self._say(b"250-STARTTLS")
        if self.server.office.user:
            self._say(b"250-AUTH PLAIN")
        self._say(b"250 8BITMIME")

    def _sign_in(self, rest: str) -> None:
        office = self.server.office
        told = base64.b64decode(rest.partition(" ")[2] or "AA==").decode("utf-8", "replace").split("\x00")
        self._signed = told[-2:] == [office.user, office.password]
        self._say(b"235 welcome" if self._signed else b"535 5.7.8 no such user or password")

    def _answer(self, stage: str, usual: bytes) -> bool:
        """Answer at a stage as the trouble wants; whether it was the usual answer."""
        kind, _, rest = self._trouble.partition(":")
        where, _, code = rest.partition(":")
        if where != stage:
            self._say(usual)
            return usual[:1] in b"23"
        self._break(kind)
        self._say(f"{code} {'5.1.1' if code.startswith('5') else '4.2.0'} not this one".encode())
        return False

    def _take(self) -> None:
        lines = []
        while True:
            line = self.rfile.readline(65_536)
            if not line:
                raise _Broken
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        kind, _, rest = self._trouble.partition(":")
        if kind == "keep" or not rest.startswith("end"):
            self.server.office.take(self._sender, self._to, b"".join(lines))
        if kind == "keep":
            self._break(rest)
        self._answer("end", b"250 2.0.0 taken")

    def _break(self, kind: str) -> None:
        if kind == "hang":
            self.server.going.wait(_QUIET)
        if kind in ("close", "hang"):
            raise _Broken

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class FakeSmtp(socketserver.ThreadingTCPServer):
    """A running server on this machine. `port` is where; `stop` ends it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self,
        office: PostOffice | None = None,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        *,
        starttls: bool = False,
    ) -> None:
        """Start to serve; with `tls` encrypted, from the first byte on or, with `starttls`, when asked."""
        self.office, self.tls, self.starttls = office or PostOffice(), tls, starttls and tls is not None
        self.going = threading.Event()
        super().__init__(("127.0.0.1", port), _Talk)
        self.port = int(self.server_address[1])
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is no news."""

    def stop(self) -> None:
        """Stop serving."""
        self.going.set()
        self.shutdown()
        self.server_close()
