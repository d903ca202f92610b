"""What a fake is asked and what it answers, as plain values."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from amends.fakes.faults import Fault


class UnableToUnderstand(ValueError):
    """A request's body cannot be read; the message says what it should be."""


@dataclass(frozen=True, slots=True)
class Told:
    """A webhook to send: `id` unique, `kind` the provider's name of the event, `content` what it says before it is signed.

    `url`: where to, "" for the address of all of them.
    """

    id: str
    kind: str
    content: Mapping[str, Any]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A request. Header names are lower case; `target` is path and query as sent; `parts` are the route's named pieces.

    `faults`: those that strike this call, for the few that only the provider's own code can act out.
    """

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    parts: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path without the query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query's values; of several with one name the last."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode("utf-8", errors="replace"), keep_blank_values=True))

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; an empty body is an empty one. Raises `UnableToUnderstand`."""
        try:
            found = json.loads(self.body or b"{}")
        except ValueError:
            raise UnableToUnderstand("the body is not JSON") from None
        if not isinstance(found, dict):
            raise UnableToUnderstand("the body should be a JSON object")
        return found


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, with what follows from it: `notices` to send, and the `refund` (id) it made, if any."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Told, ...] = ()
    refund: str | None = None
    drip_ms: int = 0


Route = tuple[str, str, Callable[[Call], Reply]]
"""Method, a pattern of the whole path with named groups, and what answers it."""


def json_reply(
    status: int,
    content: Any,
    headers: Mapping[str, str] | None = None,
    notices: tuple[Told, ...] = (),
    refund: str | None = None,
) -> Reply:
    """An answer in JSON."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(status, body, {"Content-Type": "application/json", **(headers or {})}, notices, refund)
