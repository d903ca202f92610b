"""Fakes over real HTTP/1.1 on 127.0.0.1: connections are kept alive, hung up or dripped as the fake has it."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from amends.fakes.admin import PREFIX, administer
from amends.fakes.calls import Call, Reply
from amends.fakes.fake import Fake

_MOST_BYTES: Final = 1_000_000


class _Door(BaseHTTPRequestHandler):
    """One connection. Headers and body of an answer leave in one piece, unless they drip."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listening

    def handle_any(self) -> None:
        fake = self.server.fake
        length = self.headers.get("Content-Length") or "0"
        size = int(length) if length.isdecimal() else 0
        if size > _MOST_BYTES:
            self.close_connection = True
            return self._send(Reply(413, b""))
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, self.path, headers, self.rfile.read(size))
        if call.path.startswith(PREFIX):
            return self._send(administer(fake, call))
        reply = fake.serve(call)
        if reply is None:
            return self._hang_up()
        try:
            self._send(reply)
        finally:
            fake.send_notices(reply.notices)

    do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = handle_any  # noqa: N815 - the library's names

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        if not reply.drip_ms:
            self._headers_buffer: list[bytes]
            self._headers_buffer.append(b"\r\n" + reply.body)
            self.flush_headers()
            return
        self.end_headers()
        for index in range(len(reply.body)):
            time.sleep(reply.drip_ms / 1000)
            self.wfile.write(reply.body[index : index + 1])

    def _hang_up(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the fake has its own log."""


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, fake: Fake, port: int) -> None:
        self.fake = fake
        super().__init__(("127.0.0.1", port), _Door)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is no news; anything else is a defect of the fake and goes to its log."""
        import sys
        import traceback

        fault = sys.exception()
        if not isinstance(fault, OSError):
            self.fake.log("defect", text="".join(traceback.format_exception(fault)))


class Server:
    """A running fake. `url` is its address; `stop` ends it."""

    def __init__(self, fake: Fake, port: int = 0) -> None:
        """Start to serve on 127.0.0.1 at `port` (0: one that is free)."""
        self.fake = fake
        self._listening = _Listening(fake, port)
        self.url = f"http://127.0.0.1:{self._listening.server_address[1]}"
        self._thread = threading.Thread(target=self._listening.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop serving; what was not yet due is not done."""
        self._listening.shutdown()
        self._listening.server_close()
        self._thread.join(timeout=5)
        self.fake.end()


@contextlib.contextmanager
def serving(fake: Fake, port: int = 0) -> Iterator[Server]:
    """Serve a fake for as long as the block lasts."""
    server = Server(fake, port)
    try:
        yield server
    finally:
        server.stop()
