"""Mail that leaves the house: who sends it, one mail with what became of it, and how a try may end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from amends.facts.rulebook import Says

Security = Literal["tls", "starttls", "none"]
SECURITIES: Final[tuple[Security, ...]] = ("tls", "starttls", "none")
PostState = Literal["ready", "sending", "sent", "failed", "unsure", "hand", "dropped"]
"""`hand`: a person puts it in on the platform. `dropped`: a person let it be.

`sending`: its text may have reached the server. `unsure`: nobody knows whether it did, a person says."""
POST_STATES: Final[tuple[PostState, ...]] = ("ready", "sending", "sent", "failed", "unsure", "hand", "dropped")
WAYS: Final = ("mail", "sms", "platform")
"""Ways by which messages leave the house."""
TROUBLED: Final = ("failed", "unsure")

_ADDRESS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,250}")

WAITS: Final = tuple([timedelta(minutes=one) for one in (1, 5, 15, 60, 120, 240)])
"""How long is waited after each try that failed for now; the last again and again, until `GIVES_UP` after the first."""
GIVES_UP: Final = timedelta(hours=48)

CODES: Final[Mapping[str, Says]] = {
    "no_address": Says("no mail address of the buyer is known", "没有买家的邮箱地址"),
    "bad_address": Says("this address cannot be written to", "该地址无法投递"),
    "refused": Says("the mail server refused it for good", "邮件服务器永久拒收"),
    "bounced": Says("it came back: the buyer's mail server did not take it", "被退回：对方邮件服务器未接收"),
    "gave_up": Says("it could not be sent for two days", "连续两天未能发出"),
    "lost": Says(
        "the connection broke off after the text was handed over: it may have arrived, or not",
        "正文交出后连接中断：可能已送达，也可能没有",
    ),
    "bad_phone": Says("this telephone number cannot be written to", "该手机号无法发送短信"),
    "stopped": Says("the buyer wants no text messages", "买家已退订短信"),
    "no_text": Says("the shop has no text message for this event", "店铺没有该事件的短信模板"),
    "too_long": Says("too long for a text message", "内容过长，无法用短信发送"),
    "undelivered": Says("the phone did not get it, as the provider tells", "运营商回执：短信未送达"),
}
"""Why a mail is in trouble."""


@dataclass(frozen=True, slots=True)
class SenderKeys:
    """How a mail server is spoken to. Never shown, never logged."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sender:
    """By which server and under which address a shop writes. `quiet_from`, `quiet_to`: hours in which the house keeps still.

    `on_since`: what was written before is not sent by itself. `fault`: "" while all is well.
    """

    shop: str
    number: int
    merchant: str
    host: str = ""
    port: int = 465
    security: Security = "tls"
    user: str = ""
    has_password: bool = False
    name: str = ""
    address: str = ""
    quiet_from: int | None = None
    quiet_to: int | None = None
    on_since: datetime | None = None
    fault: str = ""
    faults: int = 0

    @property
    def is_set(self) -> bool:
        """Whether it was filled in."""
        return bool(self.host and self.address)

    def is_quiet(self, hour: int) -> bool:
        """Whether the house keeps still in this hour of the shop's day; a span may run over midnight."""
        return is_hour_between(hour, self.quiet_from, self.quiet_to)


def is_hour_between(hour: int, start: int | None, end: int | None) -> bool:
    """Will tell whether an hour lies in a span of the day, which may run over midnight; two equal or missing ends are no span."""
    if start is None or end is None or start == end:
        return False
    return start <= hour < end if start < end else hour >= start or hour < end


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a mail."""

    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says. `name`: its Message-ID. `references`: ids of the thread, the nearest last. `automatic`: the house wrote it.

    `leave`: the page on which whoever gets it says that they want no more, for mails that come again; `/leave` below it takes a POST.
    Of a text message `to` is a number, `template` the provider's number of the text it approved, `values` what is filled into it.
    """

    name: str
    sender_name: str
    sender: str
    to: str
    subject: str
    text: str
    at: datetime
    references: tuple[str, ...] = ()
    automatic: bool = False
    files: tuple[Attached, ...] = ()
    leave: str = ""
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A mail that a worker holds for a while. `lease`: the proof that it is still this worker's. `tries`: with this one."""

    number: int
    lease: str
    tries: int
    made_at: datetime
    shop: str
    letter: Letter


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended. `end`: sent, refused (for good), later (it certainly did not arrive), unsure (nobody knows), bad (no address).

    `server`: the fault is the server's or the keys', not this mail's. `told`: what was answered, for people. `reference`: the provider's
    own id of a text message, `parts`: how many it counted.
    """

    end: Literal["sent", "refused", "later", "unsure", "bad", "stopped"]
    told: str = ""
    server: bool = False
    reference: str = ""
    parts: int = 0


@dataclass(frozen=True, slots=True)
class PostView:
    """A message out as people see it: a mail, a text message or one on a platform. `to` and `text` are the buyer's and shown as such."""

    number: int
    case: int
    key: str
    shop: str
    merchant: str
    to: str
    subject: str
    text: str
    state: PostState
    code: str
    told: str
    tries: int
    made_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    way: str = "mail"

    @property
    def why(self) -> Says:
        """Why it is in trouble, in words."""
        return CODES.get(self.code, Says("", ""))


@dataclass(frozen=True, slots=True)
class Preview:
    """What would leave, before it does. `way`: mail, sms, platform or portal. `address`: "" where none is known.

    Of a text message: its `length` in characters, the `parts` that are paid for, and their `cost`, "" where the shop named no price.
    """

    way: str
    sender: str
    address: str
    subject: str
    text: str
    why_not: Says | None = None
    length: int = 0
    parts: int = 0
    cost: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server tells of a mail that could not be delivered. `name`: our Message-ID. `final`: it will not be tried on."""

    name: str
    final: bool
    status: str
    told: str


def retry_at(claim_made: datetime, tries: int, now: datetime) -> datetime | None:
    """When a mail is tried again after so many tries; None: it is given up."""
    wait = WAITS[min(max(tries, 1) - 1, len(WAITS) - 1)]
    return None if now + wait - claim_made > GIVES_UP else now + wait


def joined(texts: list[str]) -> str:
    """One text of several that fall together, each once, in their order."""
    return "\n\n— — —\n\n".join(dict.fromkeys([one.strip() for one in texts if one.strip()]))


class UnableToAddress(ValueError):
    """An address cannot be written to as it stands."""


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
