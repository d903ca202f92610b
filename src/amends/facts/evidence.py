"""Files that prove something: what they are by their first bytes, how big they may be, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.facts.rulebook import Says

MEGABYTE: Final = 1024 * 1024
BIGGEST: Final = {"photo": 15 * MEGABYTE, "video": 50 * MEGABYTE, "document": 15 * MEGABYTE}
MOST_FILES: Final = 10
MOST_OF_CASE: Final = 200 * MEGABYTE
MOST_FILES_OF_CASE: Final = 40
HEAD: Final = 64
"""How many bytes tell what a file is."""

_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_MP4: Final = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"MSNV",
        b"dash",
        b"3gp4",
        b"3gp5",
    }
)


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is: a kind of evidence, its type, and the ending that goes with it."""

    kind: str
    mime: str
    ending: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in: what it was called, and its content piece by piece."""

    name: str
    chunks: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was looked at and waits to be kept."""

    sha256: str
    kind: str
    mime: str
    size: int
    name: str


class UnableToKeep(ValueError):
    """A file was not kept; `says` tells which and what would be right, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Types that are opened and shown again as a preview; the rest can only be downloaded."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file on the shelf, as it belongs to a case. `name`: what it was called, fit to be shown; never part of a path."""

    sha256: str
    kind: str
    mime: str
    size: int
    name: str
    case: int
    by_kind: str
    by: str
    at: datetime

    @property
    def has_preview(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.mime in PICTURES


def file_kind(head: bytes) -> FileKind | None:
    """What a file is by its first bytes, whatever it is called; None for anything that is no proof."""
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind("photo", "image/jpeg", "jpg")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind("photo", "image/png", "png")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileKind("photo", "image/webp", "webp")
    if head.startswith(b"%PDF-"):
        return FileKind("document", "application/pdf", "pdf")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return FileKind("video", "video/webm", "webm")
    return _box(head[8:12]) if head[4:8] == b"ftyp" else None


def _box(brand: bytes) -> FileKind | None:
    if brand in _HEIC:
        return FileKind("photo", "image/heic", "heic")
    if brand == b"qt  ":
        return FileKind("video", "video/quicktime", "mov")
    return FileKind("video", "video/mp4", "mp4") if brand in _MP4 else None


def shown_name(told: str, ending: str) -> str:
    """A file's name fit to be shown and downloaded by: its last part, letters and digits, with the ending of what it is."""
    last = told.replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    kept = "".join([one if one.isalnum() or one in "-_ " else "_" for one in stem]).strip(" _-")[:60]
    return f"{kept or 'file'}.{ending}"
