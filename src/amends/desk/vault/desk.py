"""The vault as pages, the API and the runner use it: its ports, and what is asked of it again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, not_allowed, not_found
from amends.desk.evidence import EvidenceDesk
from amends.desk.vault.ports import (
    AuditRuns,
    Covering,
    CustodyBook,
    DigestBook,
    GoodsProofs,
    ListingBook,
    Look,
    StampBook,
)
from amends.facts.people import Person
from amends.facts.retention import Retention
from amends.facts.vault import AuditRun, Custody, GoodsProof, KeptFile, Stamp
from amends.facts.work import CaseState


@dataclass(frozen=True, slots=True)
class VaultDesk:
    """What the verbs of the vault are handed. `stamping`: whether an authority is configured, and whether every piece is stamped."""

    evidence: EvidenceDesk
    goods: GoodsProofs
    listings: ListingBook
    custody: CustodyBook
    digests: DigestBook
    stamps: StampBook
    runs: AuditRuns
    look: Look
    covering: Covering
    retention: Retention
    now: Callable[[], datetime]

    def case(self, number: int, person: Person, duty: str = "see") -> CaseState:
        """A case that the person may see and has this duty at. Raises `UnableToWork`."""
        state = self.evidence.cases.casework.look(number)
        if state is None or not person.may_see(state.merchant):
            raise not_found(number)
        if not person.may(duty):
            raise not_allowed(person.role, duty)
        return state

    def shelf(self, number: int, person: Person) -> CaseShelf:
        """Everything of a case's files: what is known of each, its time stamp, and until when it is kept."""
        state = self.case(number, person)
        goods = self.goods.of_case(number)
        shas = [one.sha256 for one in self.evidence.shelf.of_case(number)] + [one.sha256 for one in goods]
        return CaseShelf(
            goods,
            self.custody.files(shas),
            self.stamps.of(shas),
            self.kept_until(state),
        )

    def kept_until(self, state: CaseState) -> datetime | None:
        """When the time of a case's files would be over; None while it is open."""
        ended = self.custody.ended(state.number)
        return None if ended is None else self.retention.until(state.market, ended)

    def story(self, sha256: str, person: Person) -> Sequence[Custody]:
        """What was done with a content of the person's merchants. Raises `UnableToWork`."""
        if self.evidence.piece(sha256, person) is None:
            raise UnableToWork("not_found", "there is no such file", "没有该文件")
        return self.custody.custody(sha256, 200)

    def ask_for_look(self, person: Person) -> AuditRun:
        """Have everything looked through by the runner. Raises `UnableToWork`."""
        if not person.may("people"):
            raise not_allowed(person.role, "people")
        return self.runs.ask(person.name, self.now())

    def hold(self, sha256: str, person: Person, *, held: bool) -> None:
        """Keep a content whatever its age, or no longer. Raises `UnableToWork`."""
        piece = self.evidence.piece(sha256, person)
        if piece is None:
            raise UnableToWork("not_found", "there is no such file", "没有该文件")
        if not person.may("settings"):
            raise not_allowed(person.role, "settings")
        done = Custody("held" if held else "released", actor(person), self.now(), "", piece.case)
        self.custody.hold(sha256, person.name if held else "", done)


@dataclass(frozen=True, slots=True)
class CaseShelf:
    """What the vault knows of a case's files."""

    goods: Sequence[GoodsProof]
    files: Mapping[str, KeptFile]
    stamps: Mapping[str, Stamp]
    until: datetime | None
