"""What a mail server tells of a mail of ours that it could not deliver (RFC 3464), read from its bytes."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message
from typing import Final

from amends.facts.mail import TAG
from amends.facts.outgoing import Bounce

_ID: Final = re.compile(r"<[^<>\s]{3,250}>")
_MOST: Final = 200


def read_bounce(content: bytes) -> Bounce | None:
    """Will give what a report tells of the first mail of ours in it; None for what is no report, or about no mail of ours.

    Only a Message-ID with a tag counts: whoever has not seen our mail cannot say that it came back.
    """
    try:
        report = email.message_from_bytes(content, policy=email.policy.compat32)
        if report.get_content_type() != "multipart/report":
            return None
        told = next(_parts(report, "message/delivery-status"), None)
        names = [one for part in report.walk() for one in _names(part)]
    except (UnicodeError, ValueError, LookupError, TypeError, AttributeError):
        return None
    ours = next((one for one in names if TAG.search(one)), None)
    if told is None or ours is None:
        return None
    return _bounce(ours, told)


def _bounce(name: str, told: Message) -> Bounce | None:
    fields = [one for one in told.walk() if one.get("Action")]
    for one in fields:
        action = str(one.get("Action", "")).strip().casefold()
        if action in ("failed", "delayed"):
            status = str(one.get("Status", "")).strip()[:12]
            said = " ".join(str(one.get("Diagnostic-Code", "")).split())
            return Bounce(name, action == "failed", status, said[:_MOST].replace("\x00", ""))
    return None


def _parts(report: Message, kind: str) -> Iterator[Message]:
    return (part for part in report.walk() if part.get_content_type() == kind)


def _names(part: Message) -> list[str]:
    """Message-IDs that a part tells of: the mail that lies within, its heads as text, what the report answers."""
    heads = [str(part.get(name, "")) for name in ("Message-ID", "In-Reply-To", "References", "X-Original-Message-ID")]
    text = ""
    if part.get_content_type() == "text/rfc822-headers":
        raw = part.get_payload(decode=True)
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    return [one for place in (*heads, text) for one in _ID.findall(place)]
