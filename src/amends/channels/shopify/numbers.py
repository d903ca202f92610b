"""Names and ids: people see `#1001` and `#1001-R1`, Shopify's API wants `gid://shopify/Order/450789469`."""

from __future__ import annotations

import re
from typing import Final

_GID: Final = re.compile(r"gid://shopify/(\w+)/(\d+)(?:\?.*)?", re.ASCII)
_RETURN: Final = re.compile(r"(.+)-R\d+")
_MARK: Final = re.compile(r"\[amends:([^\]\s]{1,200})(?: ([^\]]+))?\]")


def is_gid(text: str, kind: str = "") -> bool:
    """Whether it is an id of Shopify's (of this kind)."""
    found = _GID.fullmatch(text)
    return bool(found and kind in ("", found.group(1)))


def gid(kind: str, number: object) -> str:
    """The id of this kind; an id stays as it is."""
    return str(number) if is_gid(str(number)) else f"gid://shopify/{kind}/{number}"


def tail(identity: object) -> str:
    """The number at the end of an id; what is no id stays as it is."""
    found = _GID.fullmatch(str(identity))
    return found.group(2) if found else str(identity)


def order_of(name: str) -> str | None:
    """The order's name in a return's: `#1001` of `#1001-R1`; None where it is no such name."""
    found = _RETURN.fullmatch(name)
    return found.group(1) if found else None


def case_number(identity: str, name: str, order: str) -> str:
    """By what a return is known here: its name, where it can be found again by it, else its id."""
    return name if order_of(name) == order else identity


def mark(key: str, case: str = "") -> str:
    """What we write into a note, so that our own deed is known again."""
    return f"[amends:{key} {case}]" if case else f"[amends:{key}]"


def marks(note: object) -> list[tuple[str, str]]:
    """Key and case of every mark in a note."""
    return _MARK.findall(str(note or ""))
