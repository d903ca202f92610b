"""A merchant's own pictures of its products: taken in so that they are known again where one is sent in as a photo."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.picture_ports import PictureBook, PictureIndex
from amends.desk.settings.gate import UnableToSet, check_may_set
from amends.facts.evidence import BIGGEST, MEGABYTE, Upload, file_kind, shown_name
from amends.facts.people import Person
from amends.facts.pictures import ProductPicture
from amends.intake.pictures import grey_of_bytes, preview_of_bytes
from amends.intake.prints import keys_of, prints_of

MOST_AT_ONCE: Final = 30
SHOWN: Final = 60
_SMALL: Final = 384
_BIGGEST: Final = BIGGEST["photo"]


@dataclass(frozen=True, slots=True)
class ProductPictureDesk:
    """The verbs on product pictures."""

    book: PictureBook
    index: PictureIndex
    now: Callable[[], datetime]

    def pictures(self, merchant: str, person: Person) -> tuple[Sequence[ProductPicture], int]:
        """The newest of a merchant's pictures, and how many there are. Raises `UnableToSet`."""
        check_may_set(person, merchant)
        return self.book.products(merchant, SHOWN)

    def small(self, merchant: str, number: int, person: Person) -> bytes | None:
        """One of them as a small JPEG. Raises `UnableToSet`."""
        check_may_set(person, merchant)
        return self.book.small(merchant, number)

    def add(self, merchant: str, uploads: Sequence[Upload], person: Person) -> int:
        """Take in pictures; how many were new. Raises `UnableToSet` naming the one that is none; nothing is kept then."""
        check_may_set(person, merchant)
        if not 0 < len(uploads) <= MOST_AT_ONCE:
            raise UnableToSet(
                f"Choose 1 to {MOST_AT_ONCE} pictures at a time.", f"每次请选择 1 到 {MOST_AT_ONCE} 张图片。", "files"
            )
        opened = [_opened(one) for one in uploads]
        fresh = 0
        for name, digest, small in opened:
            grey = grey_of_bytes(small)
            if grey is not None:
                self.index.add(digest, {}, [(bits, keys_of(bits)) for bits in prints_of(grey)])
                fresh += self.book.add_product(merchant, digest, name, small, self.now())
        return fresh

    def remove(self, merchant: str, number: int, person: Person) -> None:
        """Forget one. Raises `UnableToSet`."""
        check_may_set(person, merchant)
        self.book.drop_product(merchant, number)


def _opened(upload: Upload) -> tuple[str, str, bytes]:
    """Name, SHA-256 and a small JPEG of a picture."""
    content = b""
    for chunk in upload.chunks():
        content += chunk
        if len(content) > _BIGGEST:
            break
    kind = file_kind(content[:64])
    small = preview_of_bytes(content, _SMALL) if kind and len(content) <= _BIGGEST else None
    if kind is None or small is None:
        shown = shown_name(upload.name, "")[:-1]
        raise UnableToSet(
            f"{shown}: no PNG, JPEG or WebP picture of at most {_BIGGEST // MEGABYTE} MB that can be opened.",
            f"{shown}：请使用可打开的 PNG、JPEG 或 WebP 图片，最大 {_BIGGEST // MEGABYTE} MB。",
            "files",
        )
    return shown_name(upload.name, kind.ending), hashlib.sha256(content).hexdigest(), small
