"""What the wizard and the pages of connections share: the connection of an address, its channel, its shop, where it pushes to."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest

from amends.desk.channels.faults import UnableToConnect
from amends.facts.channels import Channel
from amends.facts.connections import Connection
from amends.facts.people import Person
from amends.facts.shops import KeptShop
from amends.web.front import front
from amends.web.money import BEYOND_KEYS
from amends.web.setup.gate import acting

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


def connection_or_404(request: HttpRequest, number: int) -> Connection:
    """The connection, where the person may see it. Raises `Http404`."""
    if number >= BEYOND_KEYS:
        raise Http404
    try:
        return front().connect.get(acting(request), number)
    except UnableToConnect:
        raise Http404 from None


def channel_of(connection: Connection) -> Channel:
    """The channel of a connection. Raises `Http404` where this house has it no more."""
    found = next((one for one in front().connect.kinds() if one.name == connection.channel), None)
    if found is None:
        raise Http404
    return found


def shop_of(person: Person, connection: Connection) -> KeptShop:
    """The shop of a connection. Raises `Http404`."""
    shops = front().settings.shops.shops(person)
    found = next((one for one in shops if one.name == connection.shop), None)
    if found is None:
        raise Http404
    return found


def push_address(request: HttpRequest, connection: Connection) -> str:
    """Where the platform is to push to, as a whole address: where nobody said how this house is reached, as the person reached it."""
    told = front().connect.push_url(connection)
    return request.build_absolute_uri(told) if told.startswith("/") else told


def is_loopback(request: HttpRequest) -> bool:
    """Whether the person looks at a house on this very machine."""
    return (urlsplit(f"//{request.get_host()}").hostname or "") in _HERE
