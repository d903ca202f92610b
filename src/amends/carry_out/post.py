"""Sends to addresses that merchants gave: never into the house unless it is allowed, never onward, never for long."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

import httpx

from amends.carry_out.trust import trusted
from amends.facts.wire import UnableToPost, WireAnswer, WireRequest

LARGEST_ANSWER: Final = 16 * 1024
SECONDS: Final = 10


class OutsidePost:
    """Posts by https to public addresses, and to the hosts in `private` by http too.

    A name is looked up once and that very address is called, so that a name cannot lead elsewhere between the look and the call.
    """

    def __init__(self, private: Collection[str], verify: bool = True) -> None:
        self._private = frozenset(private)
        timeout = httpx.Timeout(SECONDS, connect=5)
        self._client = httpx.Client(
            timeout=timeout, verify=trusted() if verify else False, follow_redirects=False, trust_env=False
        )

    def __call__(self, request: WireRequest) -> WireAnswer:
        """The answer to `request`, its first bytes only. Raises `UnableToPost`."""
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if parts.scheme != "https" and not (parts.scheme == "http" and host in self._private):
            raise UnableToPost("only https addresses are called")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = self._address(host, port)
        url = httpx.URL(request.url).copy_with(host=address)
        headers = {**request.headers, "host": parts.netloc.rpartition("@")[2]}
        try:
            with self._client.stream(
                request.method, url, headers=headers, content=request.body, extensions={"sni_hostname": host}
            ) as answer:
                return WireAnswer(answer.status_code, {}, _first_bytes(answer))
        except (httpx.HTTPError, OSError) as fault:
            raise UnableToPost(f"no answer from {host}: {type(fault).__name__} {fault}") from fault

    def _address(self, host: str, port: int) -> str:
        try:
            found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as fault:
            raise UnableToPost(f"there is no host {host}: {fault}") from fault
        if host in self._private:
            return found[0]
        if inside := [one for one in found if not _is_public(one)]:
            raise UnableToPost(f"{host} leads to {inside[0]}, which is not a public address")
        return found[0]


def _is_public(address: str) -> bool:
    one = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address) and (one.ipv4_mapped or one.sixtofour or one.teredo):
        return False
    return one.is_global and not one.is_multicast and one not in _NAT64


_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


def _first_bytes(answer: httpx.Response) -> bytes:
    found = bytearray()
    for piece in answer.iter_bytes():
        found += piece
        if len(found) >= LARGEST_ANSWER:
            break
    return bytes(found[:LARGEST_ANSWER])
