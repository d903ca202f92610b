"""Django made ready on the database of a data folder."""

from __future__ import annotations

import secrets
from pathlib import Path


def start_django(data: Path, url: str | None) -> None:
    """Make Django ready in this process on the database at `url` (None: SQLite in `data`)."""
    from amends.store.database import database_settings
    from amends.web.settings import WebSettings, start

    data.mkdir(parents=True, exist_ok=True)
    start(WebSettings(database_settings(data, url), _secret(data)))


def _secret(data: Path) -> str:
    """The key that signs sessions: made at the first start, kept in the data folder for its owner alone."""
    file = data / "secret-key"
    if not file.is_file():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return file.read_text(encoding="ascii")
