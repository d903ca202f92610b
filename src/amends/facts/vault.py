"""The evidence vault: what is known of a content, what was done with it (its custody), and what its chain must look like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from amends.facts.evidence import PICTURES
from amends.facts.log import START, Actor, Entry, SealedEntry, seal

CUSTODY: Final = (
    "taken_in",
    "linked",
    "looked_at",
    "handed_out",
    "covered",
    "stamped",
    "held",
    "released",
    "mended",
    "removed",
)
"""What is done with a piece. `taken_in`: it came, with a case or before there is one; `linked`: another case or order has it too;
`looked_at`: the original was opened; `handed_out`: it was given to someone outside; `covered`: a copy with parts covered was made;
`mended`: its bytes were not its own any more and came in right again; `removed`: its time was over, record and hash stay."""
SOURCES: Final = ("portal", "desk", "api", "mail", "folder", "platform", "channel", "house", "before")
"""Where a piece came from. `channel`: a snapshot that a channel told; `house`: made here; `before`: kept before there was a vault."""
SOURCE_OF: Final[Mapping[str, str]] = {
    "buyer": "portal",
    "person": "desk",
    "shop": "api",
    "platform": "platform",
    "system": "house",
}
"""Where a piece comes from that says nothing of it, by the kind of who gave it."""
PURPOSES: Final = ("packing", "weighing", "unpacking", "other")
"""What a file kept under an order or a waybill shows."""


@dataclass(frozen=True, slots=True)
class Custody:
    """One thing that was done with a piece. `case`: for which case, None where for none."""

    what: str
    by: Actor
    at: datetime
    source: str = ""
    case: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def entry(self) -> Entry:
        """As a log seals it."""
        return Entry(self.what, self.by, self.at, data={"source": self.source, "case": self.case, **self.data})


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A content in the vault. `origin`: the content that this is a covered copy of, with what was covered; `count`: its custody's length.

    `held`: kept whatever its age, by a person's word. `keep_until`: when its time is over, None while a case of it is open.
    """

    sha256: str
    kind: str
    mime: str
    size: int
    at: datetime
    source: str
    origin: str = ""
    covered: Mapping[str, Any] = field(default_factory=dict)
    held: str = ""
    removed_at: datetime | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class CopyOf:
    """Of which content a copy was made, and what is covered on it: rectangles in thousandths, or kinds of words with how many of each."""

    origin: str
    covered: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that the house makes itself."""

    name: str
    kind: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class GoodsOf:
    """The parcel that a file is about: of which shop, which order or which waybill, what it shows, and what the scales said."""

    shop: str
    order: str = ""
    waybill: str = ""
    purpose: str = "packing"
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class GoodsProof:
    """A file that is kept under an order or a waybill."""

    number: int
    parcel: GoodsOf
    merchant: str
    sha256: str
    kind: str
    mime: str
    size: int
    name: str
    by: Actor
    at: datetime

    @property
    def has_preview(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.mime in PICTURES


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One thing that is wrong with a chain: at which place, and what (`changed`, `missing`, `added`, `cut`, `loose`)."""

    seq: int
    what: str


def piece_chain(sha256: str) -> str:
    """The name under which a piece's custody is sealed."""
    return f"piece:{sha256}"


def custody_seal(sha256: str, seq: int, before: str, done: Custody) -> str:
    """The seal of a place in a piece's custody."""
    return seal(piece_chain(sha256), seq, before, done.entry)


def chain_faults(name: str, entries: Iterable[SealedEntry], head: str, count: int) -> Iterator[ChainFault]:
    """Everything that is wrong with a chain, place by place; `head` and `count`: what its owner says of its end.

    `changed`: the seal does not fit what is written; `missing`: the place is empty; `added`: more than were written;
    `loose`: it fits itself, not the one before; `cut`: the chain ends elsewhere than its owner says.
    """
    before, expected = START, 1
    for one in entries:
        for gone in range(expected, one.seq):
            yield ChainFault(gone, "missing")
        right = one.seal == seal(name, one.seq, one.before, one.entry)
        if not right:
            yield ChainFault(one.seq, "changed")
        elif one.seq > count:
            yield ChainFault(one.seq, "added")
        elif one.before != before and one.seq == expected:
            yield ChainFault(one.seq, "loose")
        before, expected = one.seal, one.seq + 1
    for gone in range(expected, count + 1):
        yield ChainFault(gone, "missing")
    if expected == count + 1 and before != head:
        yield ChainFault(count, "cut")


@dataclass(frozen=True, slots=True)
class Overdue:
    """A content that no open case holds: of which market it is, and when its last case was closed (or it came, where it has none)."""

    sha256: str
    market: str
    ended: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp. `kind`: digest or piece; `state`: waiting, stamped, failed."""

    number: int
    kind: str
    subject: str
    state: str
    asked_at: datetime
    tries: int = 0
    message: str = ""
    url: str = ""
    stamped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditRun:
    """A look through the whole chain. `counted`: things of each part; `findings`: the first ones."""

    number: int
    asked_by: str
    asked_at: datetime
    state: str
    part: str
    done: int
    total: int
    counted: Mapping[str, int]
    found: int
    findings: tuple[Mapping[str, str], ...]
    ended_at: datetime | None

    @property
    def percent(self) -> int:
        """How much of the bytes was read."""
        return 100 if self.state == "done" else min(99, 100 * self.done // self.total) if self.total else 0
