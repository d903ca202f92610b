"""Backups of a whole house: made while it works, proven, put back into an empty place, held there, and let work again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

from amends.cli.tools import UnableToBackUp
from amends.facts.backups import BackupMade
from amends.prove.backup.archive import UnableToReadBackup, read_archive, write_archive
from amends.wiring.clock import now
from amends.wiring.django_start import KEYS, start_django
from amends.wiring.start import build_house

COPIES: Final = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_MADE_ANEW: Final = frozenset({"metrics"})
"""Folders that hold nothing which the database does not."""
_LOOKS_EVERY: Final = 2.0


def back_up(data: Path, url: str | None, target: Path, *, keys: bool, tell: Callable[[int], None]) -> BackupMade:
    """A backup at `target` of the database and everything in the data folder, the house at work or not. Raises `UnableToBackUp`.

    The database is taken first: every file that it knows of was there before. `tell` is called with the size of each file that is in.
    """
    from amends.store.database import FILE
    from amends.store.database_copy import UnableToCopyDatabase, applied, copy_database, kind_of

    kind = kind_of(url)
    if not data.is_dir() or (kind == "sqlite" and not (data / FILE).is_file()):
        raise UnableToBackUp(f"there is nothing at {data}; AMENDS_DATA names the folder to be backed up")
    if target.resolve().is_relative_to(data.resolve()):
        raise UnableToBackUp(f"{target} is in the data folder itself; keep backups elsewhere, on another disk")
    if target.exists():
        raise UnableToBackUp(f"{target} is there already; name another file")
    start_django(data, url)
    from django.db import DatabaseError

    try:
        made = BackupMade(now(), version("amends"), kind, applied(), keys, _last_seal(), {}, 0)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".amends-backup-") as place:
            copy = Path(place) / COPIES[kind]
            copy_database(data, url, copy)
            return write_archive(target, made, [(copy.name, copy), *_files(data, keys=keys)], tell)
    except DatabaseError as fault:
        raise UnableToBackUp(
            f"the database cannot be read ({str(fault).splitlines()[0]}); bring it up to date with `amends up` first"
        ) from fault
    except (UnableToCopyDatabase, OSError) as fault:
        raise UnableToBackUp(str(fault)) from fault


def prove_backup(source: Path, tell: Callable[[int], None]) -> BackupMade:
    """What a backup says of itself, every byte of it held against its hash and its database read through. Raises `UnableToBackUp`."""
    from amends.store.database_copy import UnableToCopyDatabase, prove_copy

    with tempfile.TemporaryDirectory(prefix="amends-proof-") as place:
        try:
            made = read_archive(source, Path(place), tell, takes=frozenset(COPIES.values()))
            prove_copy(made.database, Path(place) / COPIES[made.database])
        except (UnableToReadBackup, UnableToCopyDatabase) as fault:
            raise UnableToBackUp(str(fault)) from fault
    return made


def restore(source: Path, data: Path, url: str | None, keys: Path | None, tell: Callable[[int], None]) -> BackupMade:
    """What was put back: the folder `data`, which must not be there or be empty, and the database, which is held (`is_held`).

    `keys`: a folder that has the keys, for a backup without them. Nothing is at `data` unless all of it is. Raises `UnableToBackUp`.
    """
    from django.db import DatabaseError

    from amends.store.database_copy import UnableToCopyDatabase, put_back

    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise UnableToBackUp(f"{data} is not empty; name a folder that is not there with AMENDS_DATA")
    data.parent.mkdir(parents=True, exist_ok=True)
    with _place_beside(data) as place:
        try:
            made = read_archive(source, place, tell)
            copy = _fitting(made, place, url)
            _put_keys(place, keys, made)
            put_back(place, url, copy)
            copy.unlink(missing_ok=True)
            _hold(place, url, made)
            _move_in(place, data)
        except (UnableToReadBackup, UnableToCopyDatabase, DatabaseError, OSError) as fault:
            raise UnableToBackUp(str(fault)) from fault
    return made


def release(data: Path, url: str | None) -> bool:
    """Whether the house was held, and works again from now on."""
    build_house(data, url)
    from amends.store.restores import release as let_go

    return let_go(now())


def wait_while_held(stop: Callable[[float], bool]) -> bool:
    """Whether there is work to be done: False where `stop` said so while the database was held."""
    from amends.store.restores import is_held

    while is_held():
        if stop(_LOOKS_EVERY):
            return False
    return True


def _files(data: Path, *, keys: bool) -> Iterator[tuple[str, Path]]:
    """The files of a data folder that belong into a backup, by their names in it; locks and the database are left out.

    A folder that is a link to another disk is gone through as if it lay here; one that leads back into what was seen is not.
    """
    from amends.store.database import FILE

    seen = set[Path]()
    for folder, below, names in os.walk(data, followlinks=True):
        here = Path(folder)
        if here.resolve() in seen:
            below[:] = []
            continue
        seen.add(here.resolve())
        if here == data:
            below[:] = [one for one in below if one not in _MADE_ANEW]
        for name in sorted(names):
            path = here / name
            top = here == data
            if not path.is_file() or (top and name.startswith((FILE, "."))):
                continue
            if top and name in KEYS and not keys:
                continue
            yield str(path.relative_to(data)), path


def _last_seal() -> str:
    from amends.store.digest_book import DatabaseDigests

    last = DatabaseDigests().last()
    return last.sealed if last else ""


def _fitting(made: BackupMade, place: Path, url: str | None) -> Path:
    """The copied database, where this version and the database that is set can take it."""
    from amends.store.database_copy import kind_of, known, prove_copy

    if made.database != kind_of(url):
        wanted = (
            "set DATABASE_URL to an empty database" if made.database == "postgresql" else "leave DATABASE_URL unset"
        )
        raise UnableToBackUp(f"the backup is of {made.database}; {wanted}")
    if newer := sorted(set(made.migrations) - known()):
        raise UnableToBackUp(
            f"the backup is of a newer version ({made.version}, {newer[-1]}); bring this one up to date first"
        )
    copy = place / COPIES[made.database]
    prove_copy(made.database, copy)
    return copy


def _put_keys(place: Path, keys: Path | None, made: BackupMade) -> None:
    """The keys beside what they open: without them new ones would be drawn, and nothing sealed could be read again."""
    if made.keys:
        return
    for name in KEYS:
        if keys is None or not (keys / name).is_file():
            raise UnableToBackUp(f"the backup has no keys; name the folder with {' and '.join(KEYS)} by --keys")
        shutil.copyfile(keys / name, place / name)
        (place / name).chmod(0o600)


def _hold(place: Path, url: str | None, made: BackupMade) -> None:
    start_django(place, url)
    from django.db import connections

    from amends.store.ready import migrate
    from amends.store.restores import note_return

    migrate()
    note_return(made.made_at, now())
    connections.close_all()


@contextmanager
def _place_beside(data: Path) -> Iterator[Path]:
    """A folder on the disk of the data folder, gone in the end: in it where it is there (it may be a disk of its own), else beside it."""
    where = data if data.is_dir() else data.parent
    place = Path(tempfile.mkdtemp(dir=where, prefix=f".{data.name}-restoring-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _move_in(place: Path, data: Path) -> None:
    """The data folder in its place; in one that is there the database comes last."""
    from amends.store.database import FILE

    if not data.exists():
        os.rename(place, data)
        return
    for one in sorted(place.iterdir(), key=lambda path: path.name == FILE):
        os.rename(one, data / one.name)
