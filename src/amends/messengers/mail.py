"""A mail as bytes: heads by which answers thread, and the text."""

from __future__ import annotations

import email.policy
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from amends.facts.outgoing import Letter

_ADDRESS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,250}")
_MOST_REFERENCES: Final = 20


class UnableToAddress(ValueError):
    """An address cannot be written to as it stands."""


def as_bytes(letter: Letter) -> bytes:
    """Will write a letter as a mail, lines ended as the wire wants them. Raises `UnableToAddress`."""
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"] = Address(_line(letter.sender_name), addr_spec=plain_address(letter.sender))
    made["To"] = Address(addr_spec=plain_address(letter.to))
    made["Subject"] = _line(letter.subject)
    made["Date"] = format_datetime(letter.at)
    made["Message-ID"] = letter.name
    if letter.references:
        made["In-Reply-To"] = letter.references[-1]
        made["References"] = " ".join(letter.references[-_MOST_REFERENCES:])
    if letter.automatic:
        made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text, cte="base64" if not letter.text.isascii() else None)
    return made.as_bytes()


def plain_address(text: str) -> str:
    """Will give an address as servers want it, its host in ASCII. Raises `UnableToAddress`."""
    local, at, host = text.strip().rpartition("@")
    try:
        found = f"{local}{at}{host.encode('idna').decode()}" if host else ""
    except UnicodeError:
        found = ""
    if not _ADDRESS.fullmatch(found) or found.startswith(".") or ".." in found or ".@" in found:
        raise UnableToAddress("this is no mail address that can be written to")
    return found


def _line(text: str) -> str:
    return " ".join("".join([one if one.isprintable() else " " for one in text]).split())
