"""Reading a mailbox by IMAP: new mail from a uid on, nothing there is changed and nothing is marked as read."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from amends.facts.mail import LARGEST, MailboxKeys, UnableToOpenMailbox

SECONDS: Final = 20
_NUMBER: Final = re.compile(rb"(\d+)")
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
_VALIDITY: Final = re.compile(rb"(\d+)")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail as it lies in the mailbox. `cut`: only its head was fetched, it is too large."""

    uid: int
    content: bytes
    cut: bool


class OpenMailbox:
    """A mailbox that is open. `validity`: uids are the same only as long as it is."""

    def __init__(self, box: imaplib.IMAP4, validity: int) -> None:
        self._box = box
        self.validity = validity

    def since(self, uid: int, most: int) -> Iterator[Arrived]:
        """The mails after a uid, oldest first, so many at most. Raises `UnableToOpenMailbox`."""
        # "n:*" always names the last mail, even where its uid is below n.
        uids = sorted([one for one in self._numbers(f"UID {uid + 1}:*") if one > uid])
        for one in uids[:most]:
            yield self._fetched(one)

    def last(self) -> int:
        """The highest uid that is there; 0 for an empty mailbox."""
        return max(self._numbers("ALL"), default=0)

    def _numbers(self, wanted: str) -> list[int]:
        told = self._asked("SEARCH", wanted)
        return [int(one) for part in told if isinstance(part, bytes) for one in _NUMBER.findall(part)]

    def _fetched(self, uid: int) -> Arrived:
        told = self._asked("FETCH", str(uid), "(RFC822.SIZE)")
        size = _SIZE.search(b" ".join(part if isinstance(part, bytes) else part[0] for part in told if part))
        cut = size is not None and int(size[1]) > LARGEST
        told = self._asked("FETCH", str(uid), "(BODY.PEEK[HEADER])" if cut else "(BODY.PEEK[])")
        content = next((part[1] for part in told if isinstance(part, tuple)), b"")
        return Arrived(uid, bytes(content), cut)

    def _asked(self, *words: str) -> list[bytes | tuple[bytes, bytes]]:
        with _faults("the mailbox"):
            kind, told = self._box.uid(*words)
        if kind != "OK":
            raise UnableToOpenMailbox("strange", f"the mailbox answered {kind} to {words[0]}")
        return list(told)


@contextmanager
def opened(keys: MailboxKeys) -> Iterator[OpenMailbox]:
    """Open a mailbox for reading only. Raises `UnableToOpenMailbox`."""
    with _faults(keys.host):
        box = _connected(keys)
    try:
        yield OpenMailbox(box, _signed_in(box, keys))
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()
        with suppress(imaplib.IMAP4.error, OSError):
            box.shutdown()  # a broken connection says no goodbye, and must not stay open


def _connected(keys: MailboxKeys) -> imaplib.IMAP4:
    if keys.tls:
        return imaplib.IMAP4_SSL(keys.host, keys.port, ssl_context=ssl.create_default_context(), timeout=SECONDS)
    return imaplib.IMAP4(keys.host, keys.port, timeout=SECONDS)


def _signed_in(box: imaplib.IMAP4, keys: MailboxKeys) -> int:
    try:
        box.login(keys.user, keys.password)
    except imaplib.IMAP4.abort as fault:
        raise UnableToOpenMailbox("reach", f"{keys.host} hung up: {fault}") from fault
    except (imaplib.IMAP4.error, UnicodeEncodeError) as fault:
        raise UnableToOpenMailbox("keys", f"{keys.host} refuses the user name or the password") from fault
    with _faults(keys.host):
        kind, _ = box.select(_quoted(keys.folder), readonly=True)
        if kind != "OK":
            raise UnableToOpenMailbox("folder", f"{keys.host} has no folder {keys.folder!r}")
        told = box.response("UIDVALIDITY")[1]
    found = _VALIDITY.search((told[0] if told else b"") or b"")
    return int(found[1]) if found else 0


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


@contextmanager
def _faults(who: str) -> Iterator[None]:
    try:
        yield
    except (TimeoutError, socket.gaierror, ConnectionError, ssl.SSLError, imaplib.IMAP4.abort, EOFError) as fault:
        raise UnableToOpenMailbox("reach", f"{who} cannot be reached: {fault}") from fault
    except OSError as fault:
        raise UnableToOpenMailbox("reach", f"{who} cannot be reached: {fault}") from fault
    except imaplib.IMAP4.error as fault:
        raise UnableToOpenMailbox("strange", f"{who} answered what cannot be understood: {fault}") from fault
