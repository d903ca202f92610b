"""Where webhooks may go: not into the house, whatever a name leads to."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from amends.carry_out.post import OutsidePost
from amends.facts.wire import UnableToPost, WireRequest


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.1.1", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "0.0.0.0",
     "64:ff9b::a00:1", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_a_name_that_leads_into_the_house_is_not_called(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    def led(host: str, port: int, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", led)
    with pytest.raises(UnableToPost, match="public"):
        OutsidePost(())(WireRequest("POST", "https://shop.example/hook"))


@pytest.mark.parametrize(
    "url", ["http://shop.example/", "http://127.0.0.1/", "ftp://shop.example/", "file:///etc/passwd"]
)
def test_only_https_is_called(url: str) -> None:
    with pytest.raises(UnableToPost, match="https"):
        OutsidePost(())(WireRequest("POST", url))
