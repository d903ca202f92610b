"""Dossiers: what a forum wants to see for a reason, what a case has of it, and the papers that are made of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from amends.facts.rulebook import Says

PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
KIND: Final = "dossier"
"""The kind under which a finished dossier lies on the shelf of its case."""
EVENT: Final = "dossier_built"
"""What the log calls it."""

Need = Literal["required", "optional"]
Strength = Literal["strong", "medium", "weak"]
ItemState = Literal["have", "missing", "optional", "too_big"]


class UnableToMakeDossier(ValueError):
    """A dossier was not made, and nothing of it was kept; `says` tells why and what to do, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a forum takes at most; None where nothing is published. `formats`: endings. `text`: characters of an explanation.

    `confidence`: H, M or L, as the source of the numbers deserves.
    """

    files: int | None = None
    file_bytes: int | None = None
    total_bytes: int | None = None
    text: int | None = None
    formats: tuple[str, ...] = ()
    confidence: str = "L"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a forum wants: a proof, whether it must be there, and how much it weighs. `source`: where that is written."""

    proof: str
    says: Says
    need: Need
    strength: Strength
    source: str = ""
    confidence: str = "M"


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a forum wants for a reason. `known`: False where the forum has no list for the reason and its general one stands here.

    `no_help`: proofs that do not answer this reason, with why.
    """

    forum: str
    forum_says: Says
    kind: str
    language: Literal["zh", "en"]
    reason: str
    reason_says: Says
    known: bool
    limits: Limits
    items: tuple[Item, ...]
    no_help: Mapping[str, Says] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file that can be shown. `proofs`: what it proves. `copies`: covered copies, which are shown in its place.

    `source`, `purpose`, `grams`: where it came from and, for a file of the packing table, what it shows.
    """

    sha256: str
    kind: str
    mime: str
    size: int
    name: str
    by_kind: str
    by: str
    at: datetime
    source: str = ""
    purpose: str = ""
    grams: int | None = None
    proofs: tuple[str, ...] = ()
    copies: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """An item as the case stands. `exhibits`: their hashes. `told`: what proves it without a file, None for nothing."""

    item: Item
    state: ItemState
    exhibits: tuple[str, ...] = ()
    told: Says | None = None


@dataclass(frozen=True, slots=True)
class ExhibitView:
    """An exhibit under a checklist. `helps`: the items it proves; `no_help`: why it does not answer the reason, None where it may."""

    exhibit: Exhibit
    helps: tuple[str, ...]
    no_help: Says | None
    too_big: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for a dossier. `order`: the hashes to show, in this order. `counts_as`: what a person says a file proves.

    `letter`: the words of the letter, "" for those that the house would write.
    """

    forum: str
    reason: str
    order: tuple[str, ...] = ()
    counts_as: Mapping[str, str] = field(default_factory=dict)
    letter: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {"order": list(self.order), "counts_as": dict(self.counts_as), "letter": self.letter}


BuildState = Literal["draft", "waiting", "building", "built", "failed"]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier of a case for a forum and a reason. `done` of `total`: exhibits prepared; `pages`: of the PDF once it is `built`.

    `digest`: of everything that it was made of. `shown`: hashes of all contents that are in it.
    """

    number: int
    case: int
    choice: Choice
    state: BuildState
    asked_by: str = ""
    asked_at: datetime | None = None
    done: int = 0
    total: int = 0
    pages: int = 0
    sha256: str = ""
    size: int = 0
    name: str = ""
    digest: str = ""
    shown: tuple[str, ...] = ()
    fault: Says | None = None
    built_at: datetime | None = None

    @property
    def going(self) -> bool:
        """Whether the runner has it or is about to."""
        return self.state in ("waiting", "building")

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 if self.state == "built" else min(99, 100 * self.done // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class DigestOver:
    """The first digest of all logs that covers a place of a case's log."""

    number: int
    at: datetime
    seal: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A file to be handed out: its name, its type, its bytes, and what could not be had as the forum wants it."""

    name: str
    mime: str
    content: bytes
    warnings: tuple[Says, ...] = ()
