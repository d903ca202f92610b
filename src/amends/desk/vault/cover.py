"""Covered copies: what tells who somebody is is burned out of a copy; the original stays as it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from amends.basics.masking import mask_words
from amends.desk.cases.ask import give_evidence
from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value, not_allowed
from amends.desk.vault.desk import VaultDesk
from amends.facts.evidence import PICTURES, Piece
from amends.facts.people import Person
from amends.facts.vault import CopyOf, Custody, Made

WHOLE: Final = 1000
"""Rectangles are told in thousandths of the page's sides."""
MOST: Final = 60
PDF: Final = "application/pdf"
TEXT: Final = "text/plain"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in thousandths of its width and height."""

    x: int
    y: int
    wide: int
    high: int


def original_of(desk: VaultDesk, number: int, sha256: str, person: Person) -> tuple[Piece, bytes]:
    """A piece of a case with its bytes, which were looked at from then on. Raises `UnableToWork`."""
    desk.case(number, person)
    if not person.may("receive"):
        raise not_allowed(person.role, "receive")
    piece = next((one for one in desk.evidence.shelf.of_case(number) if one.sha256 == sha256), None)
    if piece is None:
        raise UnableToWork("not_found", "the case has no such file", "售后单没有该文件")
    try:
        with desk.evidence.shelf.original(sha256) as file:
            return piece, file.read()
    except FileNotFoundError as fault:
        raise UnableToWork("not_found", "the file is not kept any more", "文件已按期删除") from fault


def can_be_covered(piece: Piece) -> bool:
    """Whether a copy of it can be covered here."""
    return piece.mime in PICTURES or piece.mime in (PDF, TEXT)


def cover(desk: VaultDesk, number: int, sha256: str, person: Person, page: int, boxes: Sequence[Box]) -> str:
    """Keep a copy of a picture, or of one page of a PDF, with rectangles blacked out; of a text, with contacts masked.

    The copy is a new picture: no metadata, nothing below the black. Gives its SHA-256. Raises `UnableToWork`.
    """
    piece, content = original_of(desk, number, sha256, person)
    if piece.mime == TEXT:
        made, covered = _masked(piece, content)
    else:
        made, covered = _burned(desk, piece, content, page, boxes)
    cases, by = desk.evidence.cases, actor(person)
    with desk.evidence.shelf.making(made, CopyOf(sha256, covered)) as received, cases.casework.holding(number):
        copy = received.pieces[0].sha256
        item = {"kind": made.kind, "by": _party(piece), "file": copy, "name": made.name, "of": sha256}
        give_evidence(cases, number, by, person, [item])
        received.keep(number, "person", person.name, desk.now(), "house")
        desk.evidence.shelf.note(sha256, Custody("covered", by, desk.now(), "", number, {"made": copy, **covered}))
    return copy


def _party(piece: Piece) -> str:
    return piece.by_kind if piece.by_kind in ("buyer", "carrier", "platform") else "merchant"


def _burned(
    desk: VaultDesk, piece: Piece, content: bytes, page: int, boxes: Sequence[Box]
) -> tuple[Made, dict[str, Any]]:
    if not boxes:
        raise bad_value("boxes", "draw at least one rectangle", "请至少框选一处需要遮盖的内容")
    if len(boxes) > MOST:
        raise bad_value("boxes", f"at most {MOST} rectangles", f"最多框选 {MOST} 处")
    for one in boxes:
        inside = 0 <= one.x < WHOLE and 0 <= one.y < WHOLE and one.wide > 0 and one.high > 0
        if not inside or one.x + one.wide > WHOLE or one.y + one.high > WHOLE:
            raise bad_value("boxes", "a rectangle lies outside the page", "框选区域超出页面")
    burned = desk.covering.cover(content, piece.mime, page, boxes)
    if burned is None:
        raise UnableToWork("not_possible", "this file has no page that can be shown here", "该文件无法在此显示")
    covered = {"page": page, "boxes": [[one.x, one.y, one.wide, one.high] for one in boxes]}
    return Made(f"{piece.name.rsplit('.', 1)[0][:60]}-covered.png", "photo", "image/png", burned), covered


def _masked(piece: Piece, content: bytes) -> tuple[Made, dict[str, Any]]:
    text, counted = mask_words(content.decode("utf-8", "replace"))
    if not counted:
        raise UnableToWork("not_possible", "there is nothing in it to mask", "文中没有需要遮盖的个人信息")
    name = f"{piece.name.rsplit('.', 1)[0][:60]}-covered.txt"
    return Made(name, piece.kind, TEXT, text.encode()), {"masked": counted}
