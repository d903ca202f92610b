"""A small HTTP/1.1 client for load: one connection a caller, kept open, so that the loader costs little beside the server."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import orjson


class CallFailed(RuntimeError):
    """An answer that was not wanted."""


class Connection:
    """One connection; one call at a time."""

    def __init__(self, base: str, headers: dict[str, str]) -> None:
        parts = urlsplit(base)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        fixed = {"Host": f"{self.host}:{self.port}", "Content-Type": "application/json"} | headers
        self._fixed = "".join(f"{name}: {value}\r\n" for name, value in fixed.items())
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def call(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """The answer's JSON. Raises `CallFailed` for anything but 2xx."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        sent = orjson.dumps(body) if body is not None else b""
        own = f"Idempotency-Key: {key}\r\n" if key else ""
        head = f"{method} {path} HTTP/1.1\r\n{self._fixed}{own}Content-Length: {len(sent)}\r\n\r\n"
        self._writer.write(head.encode() + sent)
        status, content = await self._answer()
        if not 200 <= status < 300:
            raise CallFailed(f"{method} {path}: {status} {content[:400]!r}")
        return orjson.loads(content) if content else None

    async def _answer(self) -> tuple[int, bytes]:
        assert self._reader is not None
        head = await self._reader.readuntil(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        status, length = int(lines[0].split(b" ", 2)[1]), 0
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif name.lower() == b"transfer-encoding":
                return status, await self._chunks()
        return status, await self._reader.readexactly(length) if length else b""

    async def _chunks(self) -> bytes:
        assert self._reader is not None
        found = b""
        while size := int((await self._reader.readline()).split(b";")[0], 16):
            found += await self._reader.readexactly(size)
            await self._reader.readexactly(2)
        await self._reader.readexactly(2)
        return found

    def close(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()
