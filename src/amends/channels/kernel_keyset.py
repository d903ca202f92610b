"""Walking what changed in a window without missing what moves while it is walked.

A page number is not enough: a case that changes leaves its place, all that follow move up by one, and one falls between two pages. So
the next page begins at the last instant that was seen, and what was already told of that instant is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_ALPHABET: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_DIGEST_BYTES: Final = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk is: from this second on, this page of it (from 0), without those already told. A cursor holds it in 500 letters."""

    since: int
    page: int = 0
    told: frozenset[str] = frozenset()

    @classmethod
    def read(cls, cursor: str, since: int) -> Place:
        """The place in a cursor; the window's beginning where there is none, or it cannot be read."""
        begin, _, rest = cursor.partition(":")
        page, _, names = rest.partition(":")
        if not (begin.isdecimal() and page.isdecimal()):
            return cls(since)
        return cls(int(begin), int(page), frozenset(names.split(",")) - {""})

    def fresh(self, numbers: Iterable[str]) -> list[str]:
        """Those that were not told yet."""
        return [number for number in numbers if short(number) not in self.told]

    def next(self, seen: Sequence[tuple[str, int]]) -> str:
        """The next cursor after a full page of (number, second), oldest first."""
        last = seen[-1][1]
        if last <= self.since:
            return self._write(self.since, self.page + 1, self.told)
        return self._write(last, 0, frozenset(short(number) for number, at in seen if at == last))

    @staticmethod
    def _write(since: int, page: int, told: frozenset[str]) -> str:
        return f"{since}:{page}:{','.join(sorted(told))}"


def short(number: str) -> str:
    """A number in at most eight letters. A digest and not its last digits: those may be the same for two numbers of one second."""
    left, letters = int.from_bytes(hashlib.blake2b(number.encode(), digest_size=_DIGEST_BYTES).digest()), ""
    while left:
        left, place = divmod(left, 36)
        letters = _ALPHABET[place] + letters
    return letters or "0"
