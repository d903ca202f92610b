"""What the vault needs from the rooms below, as protocols; `wiring` hands in what implements them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from amends.facts.audit_trail import AuditFinding, AuditProgress, KeptDigest
from amends.facts.listings import KeptListing, Listing
from amends.facts.people import Merchants
from amends.facts.vault import AuditRun, Custody, GoodsProof, KeptFile, Overdue, Stamp

Look = Callable[[], Iterator[AuditFinding | AuditProgress]]
"""Looks through everything that is sealed."""


class GoodsProofs(Protocol):
    """Files kept under orders and waybills."""

    def of_case(self, case: int) -> Sequence[GoodsProof]:
        """Give what is kept under a case's order and its parcels' waybills."""
        ...

    def of_parcel(self, shop: str, order: str, waybill: str) -> Sequence[GoodsProof]:
        """Give what is kept under an order or a waybill of a shop."""
        ...

    def get(self, number: int, merchants: Merchants) -> GoodsProof | None:
        """Give one, within the wall."""
        ...

    def shops(self) -> Sequence[tuple[str, str]]:
        """Give every shop with its merchant."""
        ...

    def shops_of_order(self, order: str) -> Sequence[str]:
        """Give the shops that have an order of this number."""
        ...

    def shops_of_waybill(self, waybill: str) -> Sequence[str]:
        """Give the shops that have a case whose parcel goes by this waybill."""
        ...


class ListingBook(Protocol):
    """Versions of listings."""

    def put(
        self, shop: str, sku: str, listing: Listing, by: str, at: datetime, told_at: datetime
    ) -> KeptListing | None:
        """Keep a version; None where it is the same as the one before it. `KeyError`: no such shop."""
        ...

    def versions(self, shop: str, sku: str) -> Sequence[KeptListing]:
        """Give every version, the newest first."""
        ...

    def at(self, shop: str, skus: Sequence[str], moment: datetime) -> Mapping[str, tuple[KeptListing, KeptListing]]:
        """Give for each SKU the version that stood at a moment (the first one, where all are later), and today's."""
        ...

    def policies_at(self, shop: str, moment: datetime) -> Sequence[tuple[str, int, str, datetime, bool]]:
        """Give the policies of the shop's merchant in force then: name, version, text, since when, and whether it is so today."""
        ...


class CustodyBook(Protocol):
    """What is written of contents."""

    def files(self, sha256s: Sequence[str]) -> Mapping[str, KeptFile]:
        """Give what is kept of these."""
        ...

    def custody(self, sha256: str, most: int) -> Sequence[Custody]:
        """Give the latest that was done with a content, oldest first."""
        ...

    def hold(self, sha256: str, by: str, done: Custody) -> None:
        """Have a content kept whatever its age (`by` ""; no longer)."""
        ...

    def ended(self, case: int) -> datetime | None:
        """Give when a case was closed; None while it is open."""
        ...

    def overdue(self, before: datetime, now: datetime, most: int) -> Sequence[Overdue]:
        """Give contents taken in before a moment that may be removed as far as holds and open cases go."""
        ...

    def looked_over(self, sha256: str, at: datetime) -> None:
        """Note that a content was looked over and stays."""
        ...

    def removed(self, sha256: str, done: Custody, remove: Callable[[str], None]) -> bool:
        """Note that a content's bytes go, and have `remove` take them; False where it is held or used anew meanwhile."""
        ...


class DigestBook(Protocol):
    """Digests over all logs."""

    def last(self) -> KeptDigest | None:
        """Give the newest."""
        ...

    def make(self, at: datetime) -> KeptDigest:
        """Make the next one."""
        ...


class StampBook(Protocol):
    """Time stamps asked for and received."""

    def want(self, kind: str, subject: str, at: datetime) -> None:
        """Have something stamped; once."""
        ...

    def due(self, now: datetime, most: int) -> Sequence[Stamp]:
        """Give what waits."""
        ...

    def came(self, number: int, url: str, token: bytes, stamped_at: datetime) -> None:
        """Keep a token."""
        ...

    def failed(self, number: int, message: str, next_at: datetime | None) -> None:
        """Note why none came, and when it is tried again (None: no more)."""
        ...

    def of(self, subjects: Sequence[str]) -> Mapping[str, Stamp]:
        """Give the stamps of these, by subject."""
        ...

    def unstamped(self, most: int) -> Sequence[str]:
        """Give contents that nobody asked a stamp for."""
        ...


class AuditRuns(Protocol):
    """Looks through the whole chain that people asked for."""

    def ask(self, by: str, at: datetime) -> AuditRun:
        """Ask for one; the one that waits or runs, where there is one."""
        ...

    def next(self, now: datetime) -> AuditRun | None:
        """Take the one that waits, or whose runner died."""
        ...

    def moved(self, number: int, progress: AuditProgress, now: datetime) -> None:
        """Note how far it is."""
        ...

    def found(self, number: int, finding: AuditFinding) -> None:
        """Keep a finding."""
        ...

    def ended(self, number: int, state: str, now: datetime) -> None:
        """Note its end."""
        ...

    def last(self) -> AuditRun | None:
        """Give the newest."""
        ...


@dataclass(frozen=True, slots=True)
class Covering:
    """What covers and shows pages; `pages` 0 where a file has none that can be shown."""

    pages: Callable[[bytes, str], int]
    page: Callable[[bytes, str, int], bytes | None]
    cover: Callable[[bytes, str, int, Sequence[Any]], bytes | None]
