"""What a backup says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BackupMade:
    """When a backup was made, by which version, of which database (`sqlite` or `postgresql`), and which migrations that had run.

    `keys`: whether the keys that open sealed values are in it. `seal`: of the newest digest over all logs, if there is one. `files`: the
    SHA-256 of every file by its name.
    """

    made_at: datetime
    version: str
    database: str
    migrations: tuple[str, ...]
    keys: bool
    seal: str
    files: Mapping[str, str]
    size: int
    """Of all files, in bytes."""
