"""The watched folder: whole files are taken in and put aside, the others with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from amends.desk.cases.faults import UnableToWork
from amends.desk.vault.desk import VaultDesk
from amends.desk.vault.packing import keep_goods_file, parcel_of, read_name
from amends.facts.evidence import Upload
from amends.facts.log import Actor


@dataclass(frozen=True, slots=True)
class Lying:
    """A whole file in the folder. `shop`: the name of the folder it lies in, "" at the top; `path`: for the folder alone."""

    name: str
    shop: str
    upload: Upload
    path: str


class Folder(Protocol):
    """Where cameras and scales put files."""

    def whole(self) -> Iterable[Lying]:
        """Give files that nobody writes to any more."""
        ...

    def done(self, one: Lying) -> None:
        """Put a file aside that was taken in."""
        ...

    def failed(self, one: Lying, reason: str) -> None:
        """Put a file aside that was not, with the reason beside it."""
        ...


class FolderRounds:
    """Takes in what lies in the folder."""

    def __init__(self, desk: VaultDesk, folder: Folder) -> None:
        self._desk, self._folder = desk, folder

    def look(self) -> int:
        """How many files were taken in."""
        taken = 0
        for one in self._folder.whole():
            try:
                parcel = parcel_of(self._desk, read_name(one.name), one.shop)
                keep_goods_file(self._desk, parcel, one.upload, Actor("system", "packing folder"), "folder")
            except UnableToWork as fault:
                self._folder.failed(one, f"{fault.says.en}\n{fault.says.zh}\n")
                continue
            self._folder.done(one)
            taken += 1
        return taken
