"""Mail that comes in: what it says, to which case it belongs, and where it waits for a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from amends.facts.evidence import Upload

MailState = Literal["taken", "waiting", "ignored"]
"""`taken`: it is a message on a case. `waiting`: a person says where it belongs. `ignored`: a machine wrote it, or a person said so."""

LARGEST: Final = 25 * 1024 * 1024
"""Bytes of a mail that is read; a larger one waits for a person with its head alone."""

TAG: Final = re.compile(r"\bc(\d{1,12})-([0-9a-f]{16})\b")
"""What we put into subjects and Message-IDs of mail about a case: its number and a proof that only this house can make."""
_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_#-]{2,39}")
_MOST_NUMBERS: Final = 40


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it was read. `sender`: the bare address. `references`: ids of the mails it answers, the nearest last.

    `automatic`: a machine answers (out of office, a bounce, a list). `cut`: it was too large to be read whole.
    """

    id: str
    sender: str
    name: str
    to: tuple[str, ...]
    subject: str
    text: str
    at: datetime | None
    references: tuple[str, ...] = ()
    files: tuple[Upload, ...] = ()
    automatic: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox of a merchant. `read_to`: the uid up to which it was read; `validity`: of those uids. `fault`: "" while all is well."""

    number: int
    merchant: str
    host: str
    port: int
    tls: bool
    user: str
    folder: str
    state: Literal["on", "paused"]
    has_password: bool
    validity: int = 0
    read_to: int = 0
    read_at: datetime | None = None
    fault: str = ""
    faults: int = 0


@dataclass(frozen=True, slots=True)
class MailboxKeys:
    """How a mailbox is opened. Never shown, never logged."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    folder: str


@dataclass(frozen=True, slots=True)
class CaseOfMail:
    """A case that a mail may belong to. `why`: thread, sender, number."""

    number: int
    key: str
    shop: str
    order: str
    state: str
    why: Literal["thread", "sender", "number"]


@dataclass(frozen=True, slots=True)
class OrderOfMail:
    """An order of the sender about which there is no case yet."""

    shop: str
    order: str


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail that is kept: where it came in, what it says, and the case it became a message on."""

    number: int
    mailbox: int
    merchant: str
    sender: str
    name: str
    subject: str
    text: str
    at: datetime
    state: MailState
    case: int | None
    files: tuple[str, ...]
    reason: str
    by: str = ""


class UnableToReadMail(ValueError):
    """This is no mail; the message says what is wrong with it."""


class UnableToOpenMailbox(Exception):
    """A mailbox cannot be read. `why`: reach, keys, folder or strange; the message is for people."""

    def __init__(self, why: Literal["reach", "keys", "folder", "strange"], message: str) -> None:
        super().__init__(message)
        self.why = why


def tags_in(mail: Mail) -> list[tuple[int, str]]:
    """Will give the tags of our own that a mail carries: in the address it went to, in what it answers, in its subject; each once."""
    places: Sequence[str] = (*mail.to, *reversed(mail.references), mail.subject)
    return list(dict.fromkeys((int(found[1]), found[2]) for place in places for found in TAG.finditer(place)))


def numbers_in(mail: Mail) -> list[str]:
    """Will give the words of subject and text that may be numbers of orders or cases, those of the subject first, a few at most."""
    words = _NUMBER.findall(f"{mail.subject}\n{mail.text}")
    with_digits = [word.strip("#-_") for word in words if any(letter.isdigit() for letter in word)]
    return list(dict.fromkeys(with_digits))[:_MOST_NUMBERS]
