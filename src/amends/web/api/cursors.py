"""Cursors: where a page ended, in a form that nobody takes for a number to count with."""

from __future__ import annotations

import base64
import binascii

from amends.desk.cases.faults import bad_value


def cursor(number: int) -> str:
    """The cursor that goes on after a row."""
    return base64.urlsafe_b64encode(f"1:{number}".encode()).decode().rstrip("=")


def place(text: str) -> int:
    """The row that a cursor names; 0 for none. Raises `UnableToWork` for what is no cursor."""
    if not text:
        return 0
    try:
        version, _, number = (
            base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True).decode().partition(":")
        )
    except (binascii.Error, ValueError):
        version, number = "", ""
    if version != "1" or not (number.isascii() and number.isdigit()) or int(number) >= 2**63:
        raise bad_value("after", "the `next` of the page before", "请使用上一页返回的 next")
    return int(number)
