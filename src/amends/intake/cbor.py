"""A small reader of CBOR (RFC 8949): enough for what content credentials say. Numbers with a point are left out."""

from __future__ import annotations

from typing import Any, Final

_DEEPEST: Final = 24
_MOST: Final = 20_000
_BREAK: Final = object()
_SIMPLE: Final = {20: False, 21: True, 22: None, 23: None}


class UnableToReadCbor(ValueError):
    """What lies there is no CBOR, is cut, or is deeper or larger than is read."""


def read_cbor(raw: bytes) -> Any:
    """Will read the first thing in `raw`. Raises `UnableToReadCbor`."""
    return _Reader(raw).one(0)


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self._raw, self._at, self._read = raw, 0, 0

    def one(self, depth: int) -> Any:
        found = self._any(depth)
        if found is _BREAK:
            raise UnableToReadCbor("an end without a beginning")
        return found

    def _any(self, depth: int) -> Any:
        self._read += 1
        if depth > _DEEPEST or self._read > _MOST:
            raise UnableToReadCbor("deeper or larger than is read")
        first = self._take(1)[0]
        kind, more = first >> 5, first & 31
        if kind == 7:
            return self._simple(more)
        size = self._size(more)
        if kind in (0, 1):
            return size if kind == 0 else -1 - (size or 0)
        if kind in (2, 3):
            return self._text(kind, size, depth)
        if kind == 4:
            return self._list(size, depth)
        return self._mapping(size, depth) if kind == 5 else self.one(depth + 1)

    def _take(self, many: int) -> bytes:
        if many > len(self._raw) - self._at:
            raise UnableToReadCbor("it ends too early")
        self._at += many
        return self._raw[self._at - many : self._at]

    def _size(self, more: int) -> int | None:
        """None: until an end is met."""
        if more < 24:
            return more
        if more <= 27:
            return int.from_bytes(self._take(1 << (more - 24)), "big")
        if more == 31:
            return None
        raise UnableToReadCbor("a size that there is not")

    def _simple(self, more: int) -> Any:
        if more == 31:
            return _BREAK
        if more >= 24:
            self._take(1 << (more - 24) if more <= 27 else 0)
            return None
        return _SIMPLE.get(more)

    def _text(self, kind: int, size: int | None, depth: int) -> str | bytes:
        if size is not None:
            raw = self._take(size)
            return raw if kind == 2 else raw.decode("utf-8", "replace")
        parts = self._list(None, depth)
        if kind == 2:
            return b"".join([one for one in parts if isinstance(one, bytes)])
        return "".join([one for one in parts if isinstance(one, str)])

    def _list(self, size: int | None, depth: int) -> list[Any]:
        found: list[Any] = []
        while size is None or len(found) < size:
            one = self._any(depth + 1)
            if one is _BREAK:
                if size is None:
                    return found
                raise UnableToReadCbor("an end without a beginning")
            found.append(one)
        return found

    def _mapping(self, size: int | None, depth: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        count = 0
        while size is None or count < size:
            key = self._any(depth + 1)
            if key is _BREAK:
                if size is None:
                    return found
                raise UnableToReadCbor("an end without a beginning")
            if not isinstance(key, (str, int, bytes)):
                raise UnableToReadCbor("a key that is no name")
            found[key] = self.one(depth + 1)
            count += 1
        return found
