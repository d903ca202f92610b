"""What `amends audit verify` reads and tells: chains, files, digests and time stamps, as protocols over streams; findings by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from amends.facts.log import SealedEntry
from amends.facts.rulebook import Says
from amends.facts.tracks import Tracks
from amends.facts.vault import KeptFile


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing that is not as it was written. `where`: the case, piece, digest or file; `merchant`: whose it is, "" where nobody's."""

    kind: str
    where: str
    says: Says
    merchant: str = ""


@dataclass(frozen=True, slots=True)
class AuditProgress:
    """How far a look has come: which part, how many things of it, how many bytes of all."""

    part: str
    things: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class LoggedCase:
    """A case's log, and what the case's own row says of it."""

    number: int
    key: str
    shop: str
    merchant: str
    version: int
    head: str
    tracks: Tracks
    entries: tuple[SealedEntry, ...]

    @property
    def named(self) -> str:
        """How a finding names it."""
        return f"case {self.key} of {self.shop} (#{self.number})"


@dataclass(frozen=True, slots=True)
class HouseLog:
    """The log of what people did in the house: where it ends by its own word, its entries, and rows (number, what) outside it."""

    count: int
    head: str
    entries: Iterator[SealedEntry]
    loose: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class FileUse:
    """A row that says whose a content is: of a case, or of an order before there is one. `told`: what it says of the content."""

    sha256: str
    named: str
    merchant: str
    case: int | None
    told: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class KeptChain:
    """A piece with its custody and every row that uses it."""

    file: KeptFile
    head: str
    custody: Iterable[SealedEntry]
    uses: tuple[FileUse, ...]


@dataclass(frozen=True, slots=True)
class DigestLeaf:
    """Where one log stood when a digest was made, and the seal that the log has at that place now (None: nothing is there)."""

    kind: str
    subject: int
    seq: int
    head: str
    now: str | None
    named: str
    merchant: str


@dataclass(frozen=True, slots=True)
class KeptDigest:
    """A digest over the heads of all logs that moved since the one before."""

    number: int
    at: datetime
    leaves: int
    root: str
    before: str
    sealed: str


@dataclass(frozen=True, slots=True)
class KeptStamp:
    """A time stamp as it came from outside: over which SHA-256, by whom, and the token itself."""

    number: int
    kind: str
    subject: str
    imprint: str
    url: str
    token: bytes


class Trail(Protocol):
    """Everything that is sealed, as streams: no list of all is ever made."""

    def sizes(self) -> int:
        """Give how many bytes the kept files say they have."""
        ...

    def cases(self) -> Iterator[LoggedCase]:
        """Give every case with its log."""
        ...

    def house(self) -> HouseLog:
        """Give the log of what people did in the house."""
        ...

    def orphans(self) -> Iterator[tuple[str, str, int]]:
        """Give log and custody rows that belong to nothing: what it is, its owner's number, its place."""
        ...

    def unknown(self, files: Iterable[str]) -> set[str]:
        """Give those of these contents that no row of the vault names."""
        ...

    def pieces(self) -> Iterator[KeptChain]:
        """Give every content with its custody and its uses."""
        ...

    def unkept_uses(self) -> Iterator[FileUse]:
        """Give rows that name a content that the vault does not."""
        ...

    def digests(self) -> Iterator[KeptDigest]:
        """Give the digests, oldest first."""
        ...

    def leaves(self, digest: int) -> Iterator[DigestLeaf]:
        """Give what a digest was made over, in its order."""
        ...

    def stamps(self) -> Iterator[KeptStamp]:
        """Give every time stamp that came."""
        ...


class Contents(Protocol):
    """The files themselves."""

    def sums(self, sha256: str) -> Iterator[bytes]:
        """Give a content piece by piece. Raises `FileNotFoundError`."""
        ...

    def names(self) -> Iterator[str]:
        """Give what every file in the folder is called: a content by its SHA-256, anything else by its path below the folder."""
        ...
