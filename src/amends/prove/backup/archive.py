"""The archive: a tar of every file, the manifest with their hashes at its end. It is written beside its name and moved there when whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from amends.facts.backups import BackupMade

MANIFEST: Final = "MANIFEST.json"
FORMAT: Final = "amends.backup/1"
_PIECE: Final = 1 << 20


class UnableToReadBackup(ValueError):
    """The file is no whole backup; the message says what is wrong with it."""


class _Hashed(io.RawIOBase):
    """A file that is hashed while it is read, and ends where it ended when it was opened, though it may have grown since."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self._source, self._left, self.hash = source, size, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes; a file that was cut short meanwhile gives too few, and the archive is given up."""
        piece = self._source.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        self.hash.update(piece)
        return piece


def write_archive(
    target: Path, made: BackupMade, files: Iterable[tuple[str, Path]], tell: Callable[[int], None]
) -> BackupMade:
    """Will write every file under its name, then the manifest; what it tells of itself in the end. `tell` is called with each file's size.

    `target` ends in `.tar`, or in `.tar.gz` to be packed smaller. Readable by its owner alone. A file that is gone when its turn comes is
    left out. Nothing is at `target` unless all of it is. Raises `OSError`.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    hashes, size = dict[str, str](), 0
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz" if target.suffix in (".gz", ".tgz") else "w") as archive:
                for name, path in files:
                    found = _add(archive, name, path)
                    if found is not None:
                        hashes[name], bytes_ = found
                        size += bytes_
                        tell(bytes_)
                made = replace(made, files=hashes, size=size)
                _add_manifest(archive, made)
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return made


def _add(archive: tarfile.TarFile, name: str, path: Path) -> tuple[str, int] | None:
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return None
    with source:
        facts = os.fstat(source.fileno())
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = facts.st_size, int(facts.st_mtime), facts.st_mode & 0o700 | 0o400
        hashed = _Hashed(source, facts.st_size)
        archive.addfile(member, hashed)
        return hashed.hash.hexdigest(), facts.st_size


def _add_manifest(archive: tarfile.TarFile, made: BackupMade) -> None:
    told = {"format": FORMAT, **asdict(made), "made_at": made.made_at.isoformat()}
    content = json.dumps(told, ensure_ascii=False, indent=1).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size, member.mtime, member.mode = len(content), int(made.made_at.timestamp()), 0o400
    archive.addfile(member, io.BytesIO(content))


def read_archive(
    source: Path, into: Path, tell: Callable[[int], None], takes: frozenset[str] | None = None
) -> BackupMade:
    """Will read an archive through and hold every byte against the manifest; what that tells.

    `into`: an empty folder that takes the files, or those that `takes` names.
    Raises `UnableToReadBackup`, naming what is missing, changed or too many.
    """
    try:
        with tarfile.open(source, "r:*") as archive:
            found, manifest = _read_members(archive, into, tell, takes)
    except UnableToReadBackup:
        raise
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as fault:
        raise UnableToReadBackup(f"{source} cannot be read as a backup: {fault}") from fault
    if manifest is None:
        raise UnableToReadBackup(f"{source} has no manifest: it is no backup, or was cut short")
    made = _made(manifest)
    _compare(made, found)
    return made


def _read_members(
    archive: tarfile.TarFile, into: Path, tell: Callable[[int], None], takes: frozenset[str] | None
) -> tuple[dict[str, str], bytes | None]:
    found, manifest = dict[str, str](), None
    for member in archive:
        source = archive.extractfile(member) if member.isreg() else None
        if source is None or not _is_below(member.name) or member.name in found:
            raise UnableToReadBackup(f"{member.name!r} is no file that a backup has")
        if member.name == MANIFEST:
            manifest = source.read()
            continue
        found[member.name] = _copied(
            source, into / member.name if takes is None or member.name in takes else None, member.mode
        )
        tell(member.size)
    return found, manifest


def _copied(source: IO[bytes], target: Path | None, mode: int) -> str:
    """The hash of a file of the archive, written to `target` on the way."""
    digest = hashlib.sha256()
    if target is None:
        while piece := source.read(_PIECE):
            digest.update(piece)
        return digest.hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        while piece := source.read(_PIECE):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    target.chmod(mode & 0o700 | 0o400)
    return digest.hexdigest()


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts


def _made(content: bytes) -> BackupMade:
    try:
        told: dict[str, Any] = json.loads(content)
        if told.pop("format") != FORMAT:
            raise UnableToReadBackup(f"the manifest is of another format than {FORMAT}")
        told["made_at"], told["migrations"] = datetime.fromisoformat(told["made_at"]), tuple(told["migrations"])
        return BackupMade(**told)
    except UnableToReadBackup:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise UnableToReadBackup(f"the manifest cannot be read: {fault}") from fault


def _compare(made: BackupMade, found: dict[str, str]) -> None:
    for name, digest in made.files.items():
        if name not in found:
            raise UnableToReadBackup(f"{name} is missing")
        if found[name] != digest:
            raise UnableToReadBackup(f"{name} is not as it was written")
    if extra := sorted(found.keys() - made.files.keys()):
        raise UnableToReadBackup(f"{extra[0]} is not in the manifest")
