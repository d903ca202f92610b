"""A proxy before the server that hangs up after forwarding when told to: the answer is lost, the deed is done."""

from __future__ import annotations

import contextlib
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Proxy:
    """`url`: where it listens. `drop`: the next call by POST whose path ends so loses its answer. `calls`: what went through."""

    def __init__(self, target: str) -> None:
        self.drop = ""
        self.dropped: list[str] = []
        self.calls: list[tuple[str, str]] = []
        proxy = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                kept = {
                    name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")
                }
                call = urllib.request.Request(target + self.path, body or None, kept, method=self.command)
                try:
                    with urllib.request.urlopen(call, timeout=60) as answer:
                        status, content = answer.status, answer.read()
                except urllib.error.HTTPError as refused:
                    with refused:
                        status, content = refused.code, refused.read()
                path = self.path.partition("?")[0]
                proxy.calls.append((self.command, path))
                if proxy.drop and self.command == "POST" and path.endswith(proxy.drop):
                    proxy.drop = ""
                    proxy.dropped.append(path)
                    self.close_connection = True
                    with contextlib.suppress(OSError):
                        self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_DELETE = handle_any  # noqa: N815 - the library's names

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Close the door."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def before(target: str) -> Iterator[Proxy]:
    """A proxy for as long as the block lasts."""
    proxy = Proxy(target)
    try:
        yield proxy
    finally:
        proxy.stop()
