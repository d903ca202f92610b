"""What the pages of the settings share: who may open them, and texts as they were typed."""

from __future__ import annotations

from amends.web.who import acting, needs

__all__ = ["acting", "keepers_only", "plain"]

keepers_only = needs("settings")
"""Will let a view be opened only by those who keep settings."""


def plain(text: str) -> str:
    """A text as it was typed: forms send every line's end as two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
