"""The files of the vault as a look reads them, and the rows that use them in the words of their custody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from amends.facts.audit_trail import FileUse
from amends.store.goods_proofs import proof_told
from amends.store.models import EvidenceRow, GoodsProofRow

CHUNK: Final = 1024 * 1024
_HEXADECIMAL: Final = frozenset("0123456789abcdef")
_OURS: Final = (".preview.jpg", ".page.jpg")


class VaultFiles:
    """Implements `amends.facts.audit_trail.Contents` over the folder of the shelf."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sums(self, sha256: str) -> Iterator[bytes]:
        """Will give a content a megabyte at a time."""
        if len(sha256) != 64 or not _HEXADECIMAL.issuperset(sha256):
            raise ValueError("a SHA-256 in hexadecimal is wanted")
        with (self._folder / sha256[:2] / sha256[2:4] / sha256).open("rb", buffering=0) as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def names(self) -> Iterator[str]:
        """Will give every file's name, folder by folder; pictures that the house made of a content are none."""
        if not self._folder.is_dir():
            return
        for folder, folders, files in os.walk(self._folder):
            folders.sort()
            here = Path(folder).relative_to(self._folder)
            for name in sorted(files):
                if name.startswith(".") or name.endswith(_OURS):
                    continue
                right = _HEXADECIMAL.issuperset(name) and len(name) == 64 and here == Path(name[:2], name[2:4])
                yield name if right else (here / name).as_posix() if here.parts else f"./{name}"


def use_of_case(row: EvidenceRow) -> FileUse:
    """Will give a case's row of a file."""
    told = {"name": row.name, "kind": row.kind, "mime": row.mime, "size": row.size}
    told |= {"by_kind": row.by_kind, "by": row.by, "at": row.at}
    shop = row.case.shop
    return FileUse(row.sha256, f"case {row.case.key} of {shop.name} (#{row.case_id})", shop.merchant, row.case_id, told)


def use_of_goods(row: GoodsProofRow) -> FileUse:
    """Will give an order's or a waybill's row of a file."""
    told = {**proof_told(row, row.shop.name), "by_kind": row.by_kind, "by": row.by, "at": row.at}
    named = f"{'order ' + row.order_no if row.order_no else 'waybill ' + row.waybill} of {row.shop.name}"
    return FileUse(row.sha256, named, row.shop.merchant, None, told)
