"""The instant that `--at` names."""

from __future__ import annotations

import sys
from datetime import datetime

import typer


def read_moment(text: str | None) -> datetime | None:
    """The instant; None where none is named. Ends the command with 2 where it is none, or has no offset."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        print(f"--at: {text!r} is not an ISO 8601 time such as 2026-11-23T10:00:00+08:00", file=sys.stderr)
        raise typer.Exit(2) from None
    if moment.tzinfo is None:
        print(f"--at: {text!r} has no offset; add one, for example {text}+08:00", file=sys.stderr)
        raise typer.Exit(2)
    return moment
