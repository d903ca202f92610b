"""What a Shopify order says that somebody must decide. The orders CSV has no row for a return: merchants put it into
tags and notes, and so do return apps. Read are: `Cancelled at`, the tags and notes, and a partial refund."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from amends.channels.cells import RowCells, read_time
from amends.channels.shopify.columns import KINDS

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?(?: ?[+-]\d{2}:?\d{2}|Z)?)?", re.ASCII)
_OFFSET: Final = re.compile(r"([+-]\d{2}):?(\d{2})$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Signal:
    """What is asked, since when (ISO 8601 or None), and the words that say so."""

    kind: str
    at: str | None
    words: str


def signal(cells: RowCells) -> Signal | None:
    """What the order asks to decide; None where there is nothing."""
    words = "; ".join(found for field in ("tags", "notes", "attributes") if (found := cells.text(field)))
    asked = _asked(words)
    if asked:
        return Signal(asked, _date_in(words, cells), words)
    cancelled = cells.time("cancelled_at")
    if cancelled:
        return Signal("cancel", cancelled, words)
    return None


def _asked(words: str) -> str | None:
    plain = re.sub(r"[-_]+", " ", words.casefold())
    for word, kind in KINDS:
        if re.search(rf"\b{word}(?:s|ed)?\b", plain):
            return kind
    return None


def _date_in(words: str, cells: RowCells) -> str | None:
    """The first date in the words, on the shop's own clock, which the order's `Created at` shows."""
    found = _DATE.search(words)
    if not found:
        return None
    offset = _OFFSET.search(cells.text("created_at") or "")
    return read_time(found.group(), f"{offset.group(1)}:{offset.group(2)}" if offset else "+00:00")
