"""The files of a case as exhibits: its shelf and what is kept under its order and parcels, each with its covered copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from amends.facts.dossier import KIND, Exhibit
from amends.facts.evidence import Piece
from amends.facts.rulebook import Says
from amends.facts.vault import Custody, GoodsProof, KeptFile
from amends.facts.words import say
from amends.prove.dossier.check import proofs_of
from amends.prove.dossier.content import Kept
from amends.prove.dossier.letter import day

if TYPE_CHECKING:
    from amends.desk.dossiers.desk import DossierDesk

_TOLD: Final = frozenset({"taken_in", "linked", "covered", "stamped", "mended"})
"""What stands in a dossier of a file's custody. Looks and hand-outs stay in the custody: else each dossier would change the next."""


def exhibits_of(desk: DossierDesk, case: int, counts_as: Mapping[str, str]) -> tuple[Exhibit, ...]:
    """Every file that can be shown, the oldest first. Covered copies stand in the place of their originals."""
    pieces = [one for one in desk.vault.evidence.shelf.of_case(case) if one.kind != KIND]
    goods = desk.vault.goods.of_case(case)
    shas = [one.sha256 for one in pieces] + [one.sha256 for one in goods]
    kept = desk.vault.custody.files(shas)
    found: dict[str, Exhibit] = {}
    for one in (*map(_of_piece, pieces), *map(_of_goods, goods)):
        file = kept.get(one.sha256)
        if file is None or file.removed_at is None:
            found[one.sha256] = replace(one, source=file.source if file else "")
    copies = _copies(found, kept)
    whole = [
        replace(one, copies=tuple(copies.get(one.sha256, ())))
        for one in found.values()
        if not _is_copy(one, kept, found)
    ]
    return tuple(
        replace(one, proofs=proofs_of(one, counts_as.get(one.sha256, "")))
        for one in sorted(whole, key=lambda one: (one.at, one.sha256))
    )


def _is_copy(one: Exhibit, kept: Mapping[str, KeptFile], found: Mapping[str, Exhibit]) -> bool:
    file = kept.get(one.sha256)
    return file is not None and file.origin in found


def _copies(found: Mapping[str, Exhibit], kept: Mapping[str, KeptFile]) -> Mapping[str, Sequence[Exhibit]]:
    """The covered copies of each original: of each of its pages the newest."""
    pages: dict[str, dict[int, Exhibit]] = {}
    for one in sorted(found.values(), key=lambda one: (one.at, one.sha256)):
        if _is_copy(one, kept, found):
            file = kept[one.sha256]
            pages.setdefault(file.origin, {})[int(file.covered.get("page") or 0)] = one
    return {origin: [of[page] for page in sorted(of)] for origin, of in pages.items()}


def _of_piece(one: Piece) -> Exhibit:
    return Exhibit(one.sha256, one.kind, one.mime, one.size, one.name, one.by_kind, one.by, one.at)


def _of_goods(one: GoodsProof) -> Exhibit:
    return Exhibit(
        one.sha256,
        one.kind,
        one.mime,
        one.size,
        one.name,
        one.by.kind,
        one.by.name,
        one.at,
        purpose=one.parcel.purpose,
        grams=one.parcel.grams,
    )


def kept_of(desk: DossierDesk, case: int, market: str, exhibits: Sequence[Exhibit]) -> Mapping[str, Kept]:
    """What the vault says of each exhibit."""
    stamps = desk.vault.stamps.of([one.sha256 for one in exhibits])
    found = {}
    for one in exhibits:
        done = [_told(each, market) for each in desk.vault.custody.custody(one.sha256, 200) if _counts(each, case)]
        stamp = stamps.get(one.sha256)
        told = f"{day(stamp.stamped_at, market)} {stamp.url}" if stamp is not None and stamp.stamped_at else ""
        found[one.sha256] = Kept(tuple(done), told)
    return found


def _counts(done: Custody, case: int) -> bool:
    return done.what in _TOLD and done.case in (None, case)


def _told(done: Custody, market: str) -> tuple[str, Says, str]:
    says = Says(say("custody", done.what, "en"), say("custody", done.what, "zh"))
    return day(done.at, market), says, done.by.name if done.by.kind == "person" else ""
