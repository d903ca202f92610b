"""The merchant's policy files in a folder."""

from __future__ import annotations

from pathlib import Path


def policy_files(folder: Path) -> list[tuple[Path, str]]:
    """Each `.yaml` of the folder with its text, by name; none where there is no folder. Raises `OSError` as the disk does."""
    return [(path, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
