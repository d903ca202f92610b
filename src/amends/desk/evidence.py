"""The evidence shelf as the desk uses it: files taken in whole or not at all, shown as previews, handed out to the desk alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from amends.desk.cases.ask import give_evidence
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork, not_allowed, not_found
from amends.facts.evidence import BIGGEST, MOST_FILES, Incoming, Piece, UnableToKeep, Upload
from amends.facts.log import Actor
from amends.facts.people import Person
from amends.facts.vault import CopyOf, Custody, GoodsOf, KeptFile, Made
from amends.facts.work import CaseState


class Received(Protocol):
    """Files that came in and are not on the shelf yet."""

    @property
    def pieces(self) -> Sequence[Incoming]:
        """Give what came in."""
        ...

    def keep(self, case: int, by_kind: str, by: str, at: datetime, source: str = "") -> None:
        """Put the files on the shelf as a case's. Raises `UnableToKeep` where the case has too many.

        `source`: where they came from (`amends.facts.vault.SOURCES`); "" for what goes with the kind of who gave them.
        """
        ...

    def keep_for_goods(self, parcel: GoodsOf, by: Actor, at: datetime, source: str) -> Sequence[str]:
        """Put the files under an order or a waybill; the contents that are new there. Raises `KeyError`: no such shop."""
        ...


class EvidenceShelf(Protocol):
    """Where files are kept: under the SHA-256 of their content, never changed."""

    def receiving(
        self, uploads: Sequence[Upload], biggest: Mapping[str, int] = BIGGEST
    ) -> AbstractContextManager[Received]:
        """Take in files; what was not kept when the body ends is gone. Raises `UnableToKeep` for one that is no proof or too big."""
        ...

    def making(self, made: Made, copy: CopyOf | None = None) -> AbstractContextManager[Received]:
        """Take in a file that the house made; `copy`: of which content it is a covered copy."""
        ...

    def remove(self, sha256: str) -> None:
        """Take a content's bytes away; what is written of it stays."""
        ...

    def of_case(self, case: int) -> Sequence[Piece]:
        """Give a case's files, oldest first."""
        ...

    def piece(self, sha256: str, merchants: frozenset[str] | None) -> Piece | None:
        """Give a file that belongs to a case of one of these merchants (None: of any)."""
        ...

    def preview(self, sha256: str) -> bytes | None:
        """Give a small JPEG, written anew from the picture alone; None where there is none."""
        ...

    def original(self, sha256: str) -> BinaryIO:
        """Open a file as it came."""
        ...

    def note(self, sha256: str, done: Custody) -> KeptFile | None:
        """Add to a content's custody, without any case's lock; None where it is not kept."""
        ...


@dataclass(frozen=True, slots=True)
class EvidenceDesk:
    """The verbs on files."""

    shelf: EvidenceShelf
    cases: CaseDesk

    @contextmanager
    def receiving(self, uploads: Sequence[Upload]) -> Iterator[Received]:
        """Take in files for a verb that says which case they are for."""
        if len(uploads) > MOST_FILES:
            raise UnableToWork(
                "bad_value", f"at most {MOST_FILES} files at a time", f"一次最多上传 {MOST_FILES} 个文件", "files"
            )
        try:
            with self.shelf.receiving(uploads) as received:
                yield received
        except UnableToKeep as fault:
            raise UnableToWork("bad_value", fault.says.en, fault.says.zh, "files") from fault

    def add(self, number: int, person: Person, uploads: Sequence[Upload], text: str = "") -> CaseState:
        """Put files of the shop on a case and record them as given by the merchant."""
        if not person.may("receive"):
            raise not_allowed(person.role, "receive")
        with self.receiving(uploads) as received:
            items = [_item(one, "merchant") for one in received.pieces]
            state = give_evidence(self.cases, number, actor(person), person, items, text)
            received.keep(number, "person", person.name, self.cases.now())
            return state

    def look_at(self, sha256: str, person: Person, case: int | None = None) -> tuple[Piece, BinaryIO] | None:
        """Open an original for a person, and write down that it was looked at; None where it is not theirs, or its time is over."""
        found = self.piece(sha256, person)
        if found is None:
            return None
        try:
            file = self.shelf.original(sha256)
        except FileNotFoundError:
            return None
        self.shelf.note(sha256, Custody("looked_at", actor(person), self.cases.now(), "", case or found.case))
        return found, file

    def hand_out(self, sha256: str, by: Actor, to: str, case: int | None) -> BinaryIO:
        """Open an original to be given to someone outside (a bank, a platform, a court), and write down to whom."""
        file = self.shelf.original(sha256)
        self.shelf.note(sha256, Custody("handed_out", by, self.cases.now(), "", case, {"to": to[:200]}))
        return file

    def of_case(self, number: int, person: Person) -> Sequence[Piece]:
        """The files of a case. Raises `UnableToWork` where it is not the person's to see."""
        state = self.cases.casework.look(number)
        if state is None or not person.may_see(state.merchant):
            raise not_found(number)
        return self.shelf.of_case(number)

    def piece(self, sha256: str, person: Person) -> Piece | None:
        """A file, where one of the cases that it belongs to is the person's to see."""
        return self.shelf.piece(sha256, person.merchants) if person.may("see") else None


def _item(one: Incoming, by: str) -> dict[str, str]:
    return {"kind": one.kind, "by": by, "file": one.sha256, "name": one.name}


def items_of(received: Received, by: str) -> list[dict[str, str]]:
    """The files as pieces of proof for `give_evidence` and for messages."""
    return [_item(one, by) for one in received.pieces]
