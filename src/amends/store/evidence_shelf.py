"""Files in the data folder, under the SHA-256 of their content: written beside, looked at, and put in their place whole."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.db.models import Sum

from amends.facts.dossier import KIND
from amends.facts.evidence import (
    BIGGEST,
    HEAD,
    MEGABYTE,
    MOST_FILES_OF_CASE,
    MOST_OF_CASE,
    PICTURES,
    Incoming,
    Piece,
    UnableToKeep,
    Upload,
    file_kind,
    shown_name,
)
from amends.facts.log import Actor
from amends.facts.vault import SOURCE_OF, CopyOf, Custody, GoodsOf, KeptFile, Made
from amends.store.custody import begin, note
from amends.store.database import writing
from amends.store.goods_proofs import keep_goods_proof
from amends.store.models import CaseRow, EvidenceRow

Picture = Callable[[BinaryIO], bytes | None]
"""Takes a picture's file and gives a small JPEG of it, written anew; None where it does not open or is too large."""
_HEXADECIMAL: Final = frozenset("0123456789abcdef")


@dataclass
class Staged:
    """Files that lie beside the shelf; implements `amends.desk.evidence.Received`."""

    shelf: DatabaseEvidence
    files: list[tuple[Incoming, Path]]
    copy: CopyOf | None = None

    @property
    def pieces(self) -> Sequence[Incoming]:
        """What came in."""
        return [one for one, _ in self.files]

    def keep(self, case: int, by_kind: str, by: str, at: datetime, source: str = "") -> None:
        """Will put the files on the shelf as a case's: content first, then the rows, so that no row is without its file."""
        actor, source = Actor(by_kind, by[:120]), source or SOURCE_OF.get(by_kind, "desk")
        with writing():
            _check_room(case, self.pieces)
            for one, beside in self.files:
                mended = self.shelf.write_once(one.sha256, beside)
                told = {"kind": one.kind, "mime": one.mime, "size": one.size, "name": one.name}
                row = {**told, "by_kind": by_kind, "by": by[:120], "at": at}
                _, new = EvidenceRow.objects.get_or_create(case_id=case, sha256=one.sha256, defaults=row)
                if new:
                    more = {} if self.copy is None else {"origin": self.copy.origin, "covered": dict(self.copy.covered)}
                    done = Custody("taken_in", actor, at, source, case, {**told, **more})
                    begin(one.sha256, facts_of(one), done, self.copy)
                self.shelf.still_there(one.sha256, beside)
                if mended:
                    note(one.sha256, Custody("mended", actor, at, source, case, {"was": mended}))

    def keep_for_goods(self, parcel: GoodsOf, by: Actor, at: datetime, source: str) -> list[str]:
        """Will put the files under an order or a waybill; the contents that are new there."""
        fresh = []
        with writing():
            for one, beside in self.files:
                mended = self.shelf.write_once(one.sha256, beside)
                if keep_goods_proof(parcel, one, by, at, source):
                    fresh.append(one.sha256)
                self.shelf.still_there(one.sha256, beside)
                if mended:
                    note(one.sha256, Custody("mended", by, at, source, None, {"was": mended}))
        return fresh


class DatabaseEvidence:
    """Implements `amends.desk.evidence.EvidenceShelf`: content in `folder`, whose it is in the database."""

    def __init__(self, folder: Path, picture: Picture) -> None:
        self._folder, self._picture = folder, picture

    @contextmanager
    def receiving(self, uploads: Sequence[Upload], biggest: Mapping[str, int] = BIGGEST) -> Iterator[Staged]:
        """Will take in files; what was not kept is gone at the end, whatever happens."""
        staged = Staged(self, [])
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            for upload in uploads:
                staged.files.append(self._take_in(upload, biggest))
            yield staged
        finally:
            for _, beside in staged.files:
                with suppress(FileNotFoundError):
                    beside.unlink()

    @contextmanager
    def making(self, made: Made, copy: CopyOf | None = None) -> Iterator[Staged]:
        """Will take in a file that the house made: a text, a covered copy. Its kind is what the house says."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(made.content)
                file.flush()
                os.fsync(file.fileno())
            digest = hashlib.sha256(made.content).hexdigest()
            incoming = Incoming(digest, made.kind, made.mime, len(made.content), made.name[:80])
            yield Staged(self, [(incoming, Path(name))], copy)
        finally:
            Path(name).unlink(missing_ok=True)

    def remove(self, sha256: str) -> None:
        """Will take a content's bytes away, with the pictures made of it; what is written of it stays."""
        place = self.place(sha256)
        for one in (place, *place.parent.glob(f"{sha256}.*")):
            one.unlink(missing_ok=True)

    def of_case(self, case: int) -> list[Piece]:
        """Will give a case's files."""
        return [_piece(row) for row in EvidenceRow.objects.filter(case=case).order_by("at", "pk")]

    def piece(self, sha256: str, merchants: frozenset[str] | None) -> Piece | None:
        """Will give a file of these merchants."""
        rows = EvidenceRow.objects.filter(sha256=sha256)
        if merchants is not None:
            rows = rows.filter(case__shop__merchant__in=merchants)
        row = rows.order_by("at", "pk").first()
        return None if row is None else _piece(row)

    def preview(self, sha256: str) -> bytes | None:
        """Will give the small JPEG, made once and kept beside the original."""
        kept = self.place(sha256).with_name(f"{sha256}.preview.jpg")
        if kept.is_file():
            return kept.read_bytes()
        try:
            with self.original(sha256) as file:
                made = self._picture(file)
        except FileNotFoundError:
            return None
        if made is not None:
            fresh = kept.with_name(f".{kept.name}.{os.getpid()}")
            fresh.write_bytes(made)
            os.replace(fresh, kept)
        return made

    def original(self, sha256: str) -> BinaryIO:
        """Will open a file as it came."""
        return self.place(sha256).open("rb")

    def still_there(self, sha256: str, beside: Path) -> None:
        """Will put a file in its place that was removed between the look at it and the hold on its row."""
        if not self.place(sha256).exists() and beside.exists():
            self.write_once(sha256, beside)

    def note(self, sha256: str, done: Custody) -> KeptFile | None:
        """Will add to a content's custody."""
        return note(sha256, done)

    def write_once(self, sha256: str, beside: Path) -> str:
        """Will put a file in its place for good: read through there once more, and never written again.

        What lies there already stays, unless it is not itself any more: then it is mended, and the answer is the hash that it had.
        """
        place = self.place(sha256)
        found = sum_of(place) if place.exists() else None
        if found == sha256:
            return ""
        place.parent.mkdir(parents=True, exist_ok=True)
        beside.chmod(0o400)
        os.replace(beside, place)
        with suppress(OSError):
            sync_folder(place.parent)
        if sum_of(place) != sha256:
            raise OSError(f"{place.name} does not read back as it was written; look at the disk")
        return found or ""

    def place(self, sha256: str) -> Path:
        """Where a content lies. What is no digest is a fault of the caller."""
        if len(sha256) != 64 or not _HEXADECIMAL.issuperset(sha256):
            raise ValueError("a SHA-256 in hexadecimal is wanted")
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _take_in(self, upload: Upload, biggest: Mapping[str, int]) -> tuple[Incoming, Path]:
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".incoming-")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                incoming = _write(upload, file, biggest)
                file.flush()
                os.fsync(file.fileno())
            self._open_once(incoming, beside)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        return incoming, beside

    def _open_once(self, incoming: Incoming, beside: Path) -> None:
        """See that what says it is a picture opens as one."""
        if incoming.mime not in PICTURES:
            return
        with beside.open("rb") as file:
            if self._picture(file) is None:
                raise UnableToKeep(
                    f"{incoming.name}: this picture does not open, or has too many pixels; take it again or send another",
                    f"{incoming.name}：图片无法打开或像素过大，请重新拍摄或换一张",
                )


def facts_of(one: Incoming) -> dict[str, Any]:
    """What the vault keeps of a content."""
    return {"kind": one.kind, "mime": one.mime, "size": one.size}


def sum_of(place: Path) -> str:
    """The SHA-256 of a file, read through."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Have the names in a folder be on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(upload: Upload, file: BinaryIO, biggest: Mapping[str, int]) -> Incoming:
    """Copy an upload while counting and summing it; it ends at once where it is no proof or grows too big."""
    digest, size, head, kind = hashlib.sha256(), 0, b"", None
    shown = shown_name(upload.name, "")[:-1]
    for chunk in upload.chunks():
        head = (head + chunk[:HEAD])[:HEAD] if len(head) < HEAD else head
        size += len(chunk)
        kind = kind or (file_kind(head) if len(head) >= 12 else None)
        if kind is None and len(head) >= HEAD:
            raise _no_proof(shown)
        if size > (biggest[kind.kind] if kind else HEAD):
            raise _too_big(shown, biggest[kind.kind] if kind else HEAD)
        digest.update(chunk)
        file.write(chunk)
    if kind is None:
        raise _no_proof(shown)
    return Incoming(digest.hexdigest(), kind.kind, kind.mime, size, shown_name(upload.name, kind.ending))


def _no_proof(shown: str) -> UnableToKeep:
    return UnableToKeep(
        f"{shown}: send photos (JPEG, PNG, WebP, HEIC), videos (MP4, MOV, WebM) or PDF; this file is none of them",
        f"{shown}：请上传照片（JPEG、PNG、WebP、HEIC）、视频（MP4、MOV、WebM）或 PDF，该文件不是这些格式",
    )


def _too_big(shown: str, most: int) -> UnableToKeep:
    return UnableToKeep(
        f"{shown}: at most {most // MEGABYTE} MB for a file of this kind",
        f"{shown}：该类文件最大 {most // MEGABYTE} MB",
    )


def _check_room(case: int, more: Sequence[Incoming]) -> None:
    """Under the case's lock, so that two at once do not pass together. What the house makes of them all is not counted."""
    CaseRow.objects.select_for_update(of=("self",)).filter(pk=case).first()
    there, more = EvidenceRow.objects.filter(case=case).exclude(kind=KIND), [one for one in more if one.kind != KIND]
    size = there.aggregate(all=Sum("size"))["all"] or 0
    if there.count() + len(more) > MOST_FILES_OF_CASE or size + sum(one.size for one in more) > MOST_OF_CASE:
        raise UnableToKeep(
            f"this request has as many files as it can hold ({MOST_FILES_OF_CASE} files, {MOST_OF_CASE // MEGABYTE} MB)",
            f"该售后单的文件已达上限（{MOST_FILES_OF_CASE} 个、{MOST_OF_CASE // MEGABYTE} MB）",
        )


def _piece(row: EvidenceRow) -> Piece:
    return Piece(row.sha256, row.kind, row.mime, row.size, row.name, row.case_id, row.by_kind, row.by, row.at)
