"""What a dossier tells of a case: what happened in order, the money, the reasons, the parcels, what was said. Both languages, plain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from amends.facts.dossier import DigestOver
from amends.facts.rulebook import Says


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened; `files`: hashes of what was given with it."""

    at: datetime
    says: Says
    who: Says
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount as people read it. `code`: order, paid, refunded, on_the_way, goodwill, in_dispute."""

    code: str
    says: Says
    amount: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason of the decision, with where it is written."""

    layer: Says
    says: Says
    source: str
    rule: str


@dataclass(frozen=True, slots=True)
class ScanTold:
    """One thing that a carrier told."""

    at: datetime
    kind: Says
    text: str


@dataclass(frozen=True, slots=True)
class ParcelStory:
    """A parcel and its way."""

    part: Says
    carrier: Says
    waybill: str
    state: Says
    signed_by: Says | None
    scans: tuple[ScanTold, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that was said between the buyer and the shop."""

    at: datetime
    side: Says
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """A case as it stands at a place of its log: `seq`, `seal`. `late`: when that entry was written.

    `refused`: the decision is against the request, so that its reasons speak for the merchant.
    """

    key: str
    shop: str
    order: str
    market: str
    currency: str
    asked: Says
    why: Says
    seq: int
    seal: str
    late: datetime
    digest: DigestOver | None
    outcome: Says | None
    goods: tuple[str, ...]
    happenings: tuple[Happening, ...]
    sums: tuple[Sum, ...]
    grounds: tuple[Ground, ...]
    parcels: tuple[ParcelStory, ...]
    talk: tuple[Spoken, ...]
    inspection: Says | None = None
    refused: bool = False

    def sum(self, code: str) -> str:
        """The amount of a code; "" where there is none."""
        return next((one.amount for one in self.sums if one.code == code), "")
