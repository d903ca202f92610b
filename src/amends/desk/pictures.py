"""Looking at the pictures that came in: known from another case, the shop's own, or contradicting the story. Signals, never a verdict."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from PIL.Image import Image

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.redecide import redecide
from amends.desk.evidence import EvidenceShelf
from amends.desk.picture_ports import PictureBook, PictureIndex
from amends.desk.product_pictures import ProductPictureDesk
from amends.facts.evidence import PICTURES
from amends.facts.log import Actor, Entry
from amends.facts.people import Person
from amends.facts.pictures import (
    PictureFacts,
    PictureSignal,
    PieceToLookAt,
    ShownSignal,
    Story,
    UsedPicture,
    counted,
    metadata_signals,
)
from amends.facts.work import Change
from amends.intake.likeness import Fit, best_fit
from amends.intake.picture_facts import facts_of
from amends.intake.pictures import grey_of, grey_of_bytes
from amends.intake.prints import ANCHORS, LARGE, Sight, keys_of, prints_of, sought_by, views_of

MOST: Final = 20
"""So many pieces are looked at in a round."""
NEAREST: Final = 14
"""Prints that differ in more of their 63 bits are not looked at closely."""
MOST_COMPARED: Final = 12
_MOST_SIGNALS: Final = 5
_HOUSE: Final = Actor("system", "amends")
_log = logging.getLogger("amends.pictures")

Seen = Sequence[tuple[float, Sequence[Sight]]]
"""Where a picture may lie in a kept one: by anchor, the likeliest sights first."""


@dataclass(frozen=True, slots=True)
class PictureDesk:
    """The verbs on pictures."""

    book: PictureBook
    index: PictureIndex
    shelf: EvidenceShelf
    cases: CaseDesk
    products: ProductPictureDesk

    def look(self) -> int:
        """Look at what came in; how much there was. What cannot be looked at is noted as such, and holds up nothing else."""
        pieces = self.book.pending(MOST)
        for piece in pieces:
            try:
                outcome, signals = self._seen(piece)
            except FileNotFoundError:
                outcome, signals = "gone", []
            except Exception:  # noqa: BLE001 - a piece that cannot be looked at must not hold up the others; it is logged
                _log.exception("piece %s of case %s could not be looked at", piece.number, piece.case)
                outcome, signals = "failed", []
            try:
                self._tell(piece, outcome, signals)
            except Exception:  # noqa: BLE001 - a case that cannot be decided must not hold up the others; its signals are kept
                _log.exception("case %s could not be told of its pictures", piece.case)
                self.book.keep(piece, outcome, signals, self.cases.now())
        return len(pieces)

    def signals(self, case: int, person: Person) -> Sequence[ShownSignal]:
        """The signals of a case that the person may see."""
        return self.book.shown(case, person.merchants)

    def _seen(self, piece: PieceToLookAt) -> tuple[str, list[PictureSignal]]:
        """What there is to say about a piece: only of what a buyer gave is anything said, and what was made here is not looked at."""
        if piece.made:
            return "made_here", []
        found = [_same_file(one) for one in self.book.same_file(piece)] if piece.theirs else []
        if piece.mime not in PICTURES:
            return "no_picture", found
        with self.shelf.original(piece.sha256) as file:
            facts = facts_of(file)
        grey = self._grey(piece.sha256)
        if facts is None or grey is None:
            return "no_picture", found
        if piece.theirs:
            alike = next((some for one in self._views(piece) if (some := self._alike(piece, one))), [])
            found += alike[: max(0, _MOST_SIGNALS - len(found))]
            found += metadata_signals(facts, self._story(piece))
        self.index.add(piece.sha256, _plain(facts), [(one, keys_of(one)) for one in prints_of(grey)])
        return "seen", found

    def _grey(self, sha256: str) -> Image | None:
        with self.shelf.original(sha256) as file:
            return grey_of(file)

    def _views(self, piece: PieceToLookAt) -> Sequence[Image]:
        """The picture as it is and without what is around it; opened larger, so that a photo in a screenshot is no blur."""
        with self.shelf.original(piece.sha256) as file:
            large = grey_of(file, LARGE)
        return [] if large is None else views_of(large)

    def _alike(self, piece: PieceToLookAt, grey: Image) -> list[PictureSignal]:
        """Pictures that this one is a copy of, each compared point by point."""
        sights, sought = sought_by(grey)
        near: dict[int, dict[int, dict[int, int]]] = {}
        for one in self.index.near(sought.keys()):
            for at in sought[one.key]:
                far = (sights[at].bits ^ one.bits).bit_count()
                if far <= NEAREST:
                    near.setdefault(one.picture, {}).setdefault(one.anchor, {})[at] = far
        order = sorted(near, key=lambda picture: min(min(one.values()) for one in near[picture].values()))
        places: dict[int, list[UsedPicture]] = {}
        for used in self.book.used(piece, order) if order else ():
            places.setdefault(used.picture, []).append(used)
        return [
            signal
            for picture in [one for one in order if one in places][:MOST_COMPARED]
            for signal in self._compared(piece, grey, _ways(near[picture], sights), places[picture])
        ]

    def _compared(
        self, piece: PieceToLookAt, grey: Image, seen: Seen, places: Sequence[UsedPicture]
    ) -> Iterator[PictureSignal]:
        kept = self._kept(piece, places[0])
        if kept is None:
            return
        fit = best_fit(grey, kept, seen)
        if fit.same:
            yield from [_same_picture(one, fit) for one in places[:3]]

    def _kept(self, piece: PieceToLookAt, used: UsedPicture) -> Image | None:
        """A picture that was seen before, in greys; None where it is not kept any more."""
        if used.piece is None:
            small = self.book.small(piece.merchant, sha256=used.sha256)
            return None if small is None else grey_of_bytes(small)
        try:
            return self._grey(used.sha256)
        except FileNotFoundError:
            return None

    def _story(self, piece: PieceToLookAt) -> Story:
        state = self.cases.casework.look(piece.case)
        case: Mapping[str, Any] = state.case if state else {}
        shipments = [one for one in case.get("shipments") or () if isinstance(one, Mapping)]
        reason = str((case.get("request") or {}).get("reason") or "")
        return Story(reason, _first(shipments, "shipped_at"), _first(shipments, "delivered_at"), piece.at)

    def _tell(self, piece: PieceToLookAt, outcome: str, signals: Sequence[PictureSignal]) -> None:
        """Write signals, log and facts together, and decide anew where there is something to look at."""
        with self.cases.casework.holding(piece.case) as held:
            if not self.book.keep(piece, outcome, signals, self.cases.now()) or held is None:
                return
            if outcome != "seen" and not signals or not piece.theirs:
                return
            state = held.state
            facts = {"photos": counted(signals, state.case.get("photos") or {})}
            if not signals:
                held.refresh(Change(facts=facts), self.cases.now())
                return
            held.write(_entry(piece, signals, self.cases.now()), Change(facts=facts))
            if state.tracks.desk == "open":
                redecide(self.cases, held)


def _entry(piece: PieceToLookAt, signals: Sequence[PictureSignal], at: datetime) -> Entry:
    told = [{"code": one.code, "strength": one.strength, "case": one.detail.get("case", "")} for one in signals]
    data = {"file": piece.sha256, "what": list(dict.fromkeys([one.code for one in signals])), "signals": told}
    return Entry("photo_signals", _HOUSE, at, data=data)


def _ways(near: Mapping[int, Mapping[int, int]], sights: Sequence[Sight]) -> Seen:
    """By anchor, the sights of the smallest distance first; the anchor that is nearest comes first."""
    anchors = sorted(near, key=lambda anchor: min(near[anchor].values()))
    return [(ANCHORS[one], [sights[at] for at in sorted(near[one], key=lambda at: near[one][at])]) for one in anchors]


def _same_file(used: UsedPicture) -> PictureSignal:
    return PictureSignal("same_file", "strong", {"case": used.key, "shop": used.shop}, used.piece)


def _same_picture(used: UsedPicture, fit: Fit) -> PictureSignal:
    agreeing = int(fit.rough * 100)
    if used.piece is None:
        return PictureSignal("catalogue", "strong", {"name": used.name, "agreeing": agreeing})
    return PictureSignal(
        "same_picture", "strong", {"case": used.key, "shop": used.shop, "agreeing": agreeing}, used.piece
    )


def _first(shipments: Sequence[Mapping[str, Any]], name: str) -> datetime | None:
    """The earliest of the parcels' instants: nothing of the order was anywhere before."""
    found = []
    for one in shipments:
        try:
            when = datetime.fromisoformat(str(one.get(name) or ""))
        except ValueError:
            continue
        if when.tzinfo is not None:
            found.append(when)
    return min(found) if found else None


def _plain(facts: PictureFacts) -> dict[str, Any]:
    told = asdict(replace(facts, taken_at=None))
    told["taken_at"] = facts.taken_at.isoformat() if facts.taken_at else None
    return told
