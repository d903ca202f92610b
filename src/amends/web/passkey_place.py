"""Where passkeys can work: a browser ties them to a host's name, and an address made of numbers has none."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class PasskeyPlace:
    """The host that passkeys belong to and the origin that pages come from. `works` is False at an address of numbers;

    `instead` is then the same page by the machine's name, where that is this machine.
    """

    host: str
    origin: str
    works: bool
    instead: str = ""


def passkeys_work_at(request: HttpRequest) -> PasskeyPlace:
    """Will tell for the host that the browser asked; Django has checked it against the hosts of the settings."""
    origin = f"{request.scheme}://{request.get_host()}"
    parts = urlsplit(origin)
    host = parts.hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return PasskeyPlace(host, origin, request.is_secure() or host == "localhost" or host.endswith(".localhost"))
    port = f":{parts.port}" if parts.port else ""
    return PasskeyPlace(host, origin, False, f"http://localhost{port}" if address.is_loopback else "")
