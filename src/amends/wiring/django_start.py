"""Django made ready on the database of a data folder."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

ADDRESS: Final = "address"
_SECRET: Final = "secret-key"
_SEAL: Final = "seal-keys"
KEYS: Final = (_SEAL, _SECRET)
"""The files of the data folder that hold keys."""
_LOOPBACK: Final = "http://127.0.0.1:"


def start_django(data: Path, url: str | None) -> None:
    """Make Django ready in this process on the database at `url` (None: SQLite in `data`)."""
    from amends.store.database import database_settings
    from amends.web.settings import WebSettings, start

    data.mkdir(parents=True, exist_ok=True)
    start(WebSettings(database_settings(data, url), _secret(data), _seal_keys(data), address=_address(data)))


def keep_address(data: Path, port: int) -> None:
    """Write down under which address buyers reach this machine, unless a person wrote another one."""
    there = _address(data)
    if not there or there.startswith(_LOOPBACK):
        (data / ADDRESS).write_text(f"{_LOOPBACK}{port}\n", encoding="ascii")


def _address(data: Path) -> str:
    """What the file `address` of the data folder says; nothing where it is not there."""
    file = data / ADDRESS
    return file.read_text(encoding="ascii").strip().rstrip("/") if file.is_file() else ""


def _secret(data: Path) -> str:
    """The key that signs sessions."""
    return _kept(data / _SECRET, lambda: secrets.token_urlsafe(48))


def _seal_keys(data: Path) -> tuple[str, ...]:
    """The keys that seal secrets in the database, one a line, the newest first."""
    drawn = _kept(data / _SEAL, lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() + "\n")
    return tuple(drawn.split())


def _kept(file: Path, draw: Callable[[], str]) -> str:
    """What a file holds: drawn at the first start, readable by its owner alone. Of several first starts at once, one draws."""
    if not file.is_file():
        fresh = file.with_name(f".{file.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(draw(), encoding="ascii")
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text(encoding="ascii")
