"""The folder that cameras and scales write to: only whole files are seen, and each is moved once it was dealt with."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

STILL: Final = timedelta(seconds=5)
"""A file is whole once it has stood still for so long."""
ASIDE: Final = ("done", "failed")
_CHUNK: Final = 1024 * 1024
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole file: where it lies, what it is called, in whose folder, and its content piece by piece."""

    path: Path
    shop: str

    def chunks(self) -> Iterator[bytes]:
        """Give its content."""
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


@dataclass
class PackingFolder:
    """Looks into `root` and the folders of shops below it. `now`: the present instant."""

    root: Path
    now: Callable[[], datetime]
    _seen: dict[Path, tuple[int, int, datetime]] = field(default_factory=dict)

    def whole(self) -> list[Whole]:
        """The files that have stood still since a look that lies long enough back; links are never followed."""
        if not self.root.is_dir():
            return []
        now = self.now()
        found: list[Whole] = []
        seen: dict[Path, tuple[int, int, datetime]] = {}
        for path, shop in self._files():
            told = path.lstat()
            if not stat.S_ISREG(told.st_mode) or not told.st_size:
                continue
            before = self._seen.get(path)
            since = before[2] if before and before[:2] == (told.st_size, told.st_mtime_ns) else now
            seen[path] = (told.st_size, told.st_mtime_ns, since)
            if now - since >= STILL and len(found) < _MOST:
                found.append(Whole(path, shop))
        self._seen = seen
        return found

    def done(self, path: Path, shop: str) -> None:
        """Move a file that was taken in."""
        self._aside(path, shop, "done")

    def failed(self, path: Path, shop: str, reason: str) -> None:
        """Move a file that was not taken in, and write the reason beside it."""
        there = self._aside(path, shop, "failed")
        there.with_name(there.name + ".reason.txt").write_text(reason, encoding="utf-8")

    def _files(self) -> Iterator[tuple[Path, str]]:
        for one in sorted(self.root.iterdir()):
            if one.name.startswith(".") or one.is_symlink():
                continue
            if one.is_dir() and one.name not in ASIDE:
                yield from [(file, one.name) for file in sorted(one.iterdir()) if not file.name.startswith(".")]
            elif one.is_file():
                yield one, ""

    def _aside(self, path: Path, shop: str, where: str) -> Path:
        folder = self.root / where / shop if shop else self.root / where
        folder.mkdir(parents=True, exist_ok=True)
        there, turn = folder / path.name, 1
        while there.exists():
            turn += 1
            there = folder / f"{path.stem} ({turn}){path.suffix}"
        os.replace(path, there)
        self._seen.pop(path, None)
        return there
