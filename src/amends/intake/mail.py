"""A mail read from its bytes: who wrote, what is new in it, what it answers, what lies with it."""

from __future__ import annotations

import email
import email.policy
import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Final

from amends.facts.evidence import Upload
from amends.facts.mail import Mail, UnableToReadMail

_IDS: Final = re.compile(r"<[^<>\s]{3,250}>")
_MOST_IDS: Final = 40
_LONGEST: Final = 3_900
_QUOTED: Final = re.compile(
    r"(?m)^\s*(?:-{2,}\s*(?:Original Message|Forwarded message|原始邮件|原郵件|转发邮件)\s*-{2,}|_{20,}\s*$"
    r"|On .{4,120} wrote:\s*$|在?\s?.{4,120}(?:写道|寫道)[:：]\s*$|Am .{4,120} schrieb .{1,120}:\s*$"
    r"|Le .{4,120} a écrit\s*:\s*$|发件人[:：]|From: .+@.+$)"
)
"""Where the mail that is answered begins, as the usual programs write it."""
_MACHINES: Final = re.compile(r"^(mailer-daemon|postmaster|no-?reply|donotreply|bounces?)([@+.-]|$)", re.IGNORECASE)
_BREAKS: Final = frozenset("p div br tr li h1 h2 h3 h4 table blockquote".split())


def read_mail(content: bytes, *, cut: bool = False) -> Mail:
    """Will read a mail. Odd charsets and broken heads are read as well as can be. Raises `UnableToReadMail` for what has no sender."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return _mail(message, cut)
    except (UnicodeError, ValueError, LookupError, IndexError, KeyError, AttributeError, TypeError) as fault:
        if isinstance(fault, UnableToReadMail):
            raise
        raise UnableToReadMail(f"it cannot be read as a mail: {type(fault).__name__} {fault}") from fault


def _mail(message: EmailMessage, cut: bool) -> Mail:
    name, sender = parseaddr(_head(message, "Reply-To") or _head(message, "From"))
    if "@" not in sender:
        raise UnableToReadMail("it names no sender")
    heads = [_head(message, head) for head in ("To", "Cc", "Delivered-To", "X-Original-To")]
    to = tuple([address for _, address in getaddresses([head for head in heads if head])])
    answers = f"{_head(message, 'References')} {_head(message, 'In-Reply-To')}"
    return Mail(
        id=next(iter(_IDS.findall(_head(message, "Message-ID"))), ""),
        sender=sender.strip()[:254],
        name=name.strip()[:120],
        to=to,
        subject=" ".join(_head(message, "Subject").split())[:200],
        text=_new_text(_text(message))[:_LONGEST],
        at=_moment(_head(message, "Date")),
        references=tuple(_IDS.findall(answers)[-_MOST_IDS:]),
        files=tuple(_files(message)),
        automatic=_automatic(message, sender),
        cut=cut,
    )


def _head(message: EmailMessage, name: str) -> str:
    """A head as text; one that the library cannot make sense of is taken as it stands."""
    try:
        return str(message.get(name, "") or "")
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return str(dict(message.raw_items()).get(name, ""))


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _automatic(message: EmailMessage, sender: str) -> bool:
    said = _head(message, "Auto-Submitted").strip().casefold()
    if said and said != "no":
        return True
    if _head(message, "Precedence").strip().casefold() in ("bulk", "list", "junk", "auto_reply"):
        return True
    marks = ("List-Id", "X-Autoreply", "X-Autorespond", "X-Failed-Recipients")
    return any(_head(message, mark) for mark in marks) or bool(_MACHINES.match(sender))


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = _decoded(part)
    return _plain(text) if part.get_content_type() == "text/html" else text


def _decoded(part: MIMEPart) -> str:
    """A part's text in the charset it names, else in the usual ones; what fits none is shown with marks in place of it."""
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    named = str(part.get_content_charset() or "utf-8")
    for charset in (named, "gb18030" if named.startswith("gb") else "utf-8", "utf-8", "gb18030"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("utf-8", errors="replace")


class _Words(HTMLParser):
    """The words of a page, its lines as they break; scripts and styles are none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "head"):
            self._silent += 1
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head"):
            self._silent = max(0, self._silent - 1)
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _plain(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    reader.close()
    return re.sub(r"\n\s*\n+", "\n\n", html.unescape("".join(reader.words)))


def _new_text(text: str) -> str:
    """What the sender wrote now: without the mail that is answered below it, and without a signature."""
    whole = text.replace("\r\n", "\n").replace("\x00", "").strip()
    found = _QUOTED.search(whole)
    new = whole[: found.start()] if found else whole
    lines = [line.rstrip() for line in new.split("\n")]
    if "--" in lines[1:]:
        lines = lines[: lines.index("--", 1)]
    while lines and (not lines[-1] or lines[-1].lstrip().startswith(">")):
        lines.pop()
    return "\n".join(lines).strip() or whole


def _files(message: EmailMessage) -> Iterator[Upload]:
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield Upload((part.get_filename() or "attachment")[:120], _once(content))


def _once(content: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter((content,))
