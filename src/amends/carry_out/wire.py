"""The one HTTP client to the outside. Only hosts that were configured are called; what happened is never guessed."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from typing import Final
from urllib.parse import urlsplit

import httpx

from amends.carry_out.trust import trusted
from amends.facts.wire import UnableToReach, WireAnswer, WireRequest

__all__ = ["LARGEST_ANSWER", "UnableToReach", "Wire"]

LARGEST_ANSWER: Final = 4 * 1024 * 1024


class Wire:
    """Sends requests to the allowed hosts, with time limits. One for each process; safe over threads."""

    def __init__(self, hosts: Collection[str], seconds: int = 20, verify: bool = True) -> None:
        self._hosts = frozenset(hosts)
        limits = httpx.Limits(max_connections=32, max_keepalive_connections=16)
        timeout = httpx.Timeout(seconds, connect=5)
        self._client = httpx.Client(
            timeout=timeout,
            limits=limits,
            verify=trusted() if verify else False,
            follow_redirects=False,
            trust_env=False,
        )

    def call(self, request: WireRequest) -> WireAnswer:
        """The answer to `request`. Raises `UnableToReach` where none came, and for a host that nobody configured."""
        host = urlsplit(request.url).hostname or ""
        if host not in self._hosts:
            raise UnableToReach(f"{host!r} is not among the configured hosts", sent=False)
        try:
            with self._client.stream(
                request.method, request.url, headers=dict(request.headers), content=request.body
            ) as answer:
                body = _bounded(answer)
                return WireAnswer(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as fault:
            raise UnableToReach(f"{host} cannot be reached: {fault}", sent=False) from fault
        except httpx.HTTPError as fault:
            raise UnableToReach(f"no answer from {host}: {type(fault).__name__} {fault}", sent=True) from fault

    def toward(self, hosts: Collection[str]) -> Wire:
        """The same wire with these hosts in place of its own; its connections are shared."""
        other = copy(self)
        other._hosts = frozenset(hosts)
        return other

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


def _bounded(answer: httpx.Response) -> bytes:
    found = bytearray()
    for piece in answer.iter_bytes():
        found += piece
        if len(found) > LARGEST_ANSWER:
            raise httpx.RemoteProtocolError(f"answer larger than {LARGEST_ANSWER} bytes")
    return bytes(found)
