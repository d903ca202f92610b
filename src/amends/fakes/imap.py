"""A stand-in for a mail server: one mailbox over real IMAP, as much of it as reading needs. It can refuse and hang up when told to."""

from __future__ import annotations

import re
import shlex
import socketserver
import threading
from dataclasses import dataclass, field
from typing import Any, Final

_LINE: Final = re.compile(rb"(\S+) (\S+)(?: (.*?))?\r?\n", re.DOTALL)


@dataclass
class Letterbox:
    """What lies in the mailbox: mails by uid. `hang_up_at`: the fetch (counted from 1) at which the connection breaks off."""

    user: str = "service@shop.example"
    password: str = "letters"
    folder: str = "INBOX"
    validity: int = 7
    mails: dict[int, bytes] = field(default_factory=dict)
    hang_up_at: int = 0
    fetches: int = 0

    def put(self, content: bytes) -> int:
        """A mail arrives; its uid."""
        uid = max(self.mails, default=0) + 1
        self.mails[uid] = content
        return uid


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: FakeImap

    def handle(self) -> None:
        box, selected = self.server.box, False
        self._say(b"* OK the mailbox is here")
        while line := self.rfile.readline(65_536):
            found = _LINE.fullmatch(line)
            if found is None:
                self._say(b"* BAD no")
                continue
            tag, verb, rest = found[1], found[2].upper(), (found[3] or b"").decode("utf-8", "replace")
            if verb == b"LOGOUT":
                self._say(b"* BYE now")
                self._say(tag + b" OK done")
                return
            if verb == b"CAPABILITY":
                self._say(b"* CAPABILITY IMAP4rev1")
                self._say(tag + b" OK done")
            elif verb == b"LOGIN":
                good = shlex.split(rest) == [box.user, box.password]
                self._say(tag + (b" OK done" if good else b" NO [AUTHENTICATIONFAILED] no"))
            elif verb in (b"SELECT", b"EXAMINE"):
                selected = self._select(tag, rest.strip('"'))
            elif verb == b"UID" and selected:
                if not self._uid(tag, rest):
                    return
            else:
                self._say(tag + b" BAD no")

    def _select(self, tag: bytes, folder: str) -> bool:
        box = self.server.box
        if folder != box.folder:
            self._say(tag + b" NO no such folder")
            return False
        self._say(b"* %d EXISTS" % len(box.mails))
        self._say(b"* OK [UIDVALIDITY %d]" % box.validity)
        self._say(tag + b" OK [READ-ONLY]")
        return True

    def _uid(self, tag: bytes, rest: str) -> bool:
        verb, _, words = rest.partition(" ")
        if verb.upper() == "SEARCH":
            self._say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in self._searched(words)))
            self._say(tag + b" OK done")
            return True
        box, (number, _, what) = self.server.box, words.partition(" ")
        uid = int(number)
        if uid in box.mails:
            if "BODY" in what:
                box.fetches += 1
                if box.fetches == box.hang_up_at:
                    return False
            self._fetched(uid, what)
        self._say(tag + b" OK done")
        return True

    def _searched(self, words: str) -> list[int]:
        uids = sorted(self.server.box.mails)
        found = re.fullmatch(r"\(?UID (\d+):\*\)?", words)
        if not found:
            return uids
        start = int(found[1])
        return [uid for uid in uids if uid >= start] or uids[-1:]

    def _fetched(self, uid: int, what: str) -> None:
        content = self.server.box.mails[uid]
        if "BODY" not in what:
            self._say(b"* %d FETCH (UID %d RFC822.SIZE %d)" % (uid, uid, len(content)))
            return
        part = content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in what else content
        self.wfile.write(b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (uid, uid, len(part)) + part + b")\r\n")

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class FakeImap(socketserver.ThreadingTCPServer):
    """A running mail server on this machine. `port` is where; `stop` ends it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, box: Letterbox | None = None, port: int = 0) -> None:
        """Start to serve."""
        self.box = box or Letterbox()
        super().__init__(("127.0.0.1", port), _Talk)
        self.port = int(self.server_address[1])
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is no news."""

    def stop(self) -> None:
        """Stop serving."""
        self.shutdown()
        self.server_close()
