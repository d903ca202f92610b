"""A mail as bytes: heads by which answers thread, and the text."""

from __future__ import annotations

import email.policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from amends.facts.outgoing import Letter, plain_address

_MOST_REFERENCES: Final = 20


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
    if letter.leave:
        made["List-Unsubscribe"] = f"<{letter.leave}/leave>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(letter.text, cte="base64" if not letter.text.isascii() else None)
    for one in letter.files:
        kind, _, sort = one.mime.partition("/")
        made.add_attachment(one.content, maintype=kind, subtype=sort, filename=_line(one.name))
    return made.as_bytes()


def _line(text: str) -> str:
    return " ".join("".join([one if one.isprintable() else " " for one in text]).split())
