"""Brings a fake's webhooks to the configured address: really posted, signed when they leave, retried until a 2xx."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from amends.fakes.calls import Told
from amends.fakes.faults import Faults
from amends.fakes.later import Later

_DAY: Final = 86_400
_TIMEOUT_SECONDS: Final = 5
Dress = Callable[[Told, int, bool], tuple[Mapping[str, str], bytes]]
"""Webhook, seconds by which its time-stamp lies back, whether its signature is to be wrong -> headers and body."""


class UnableToDeliver(ValueError):
    """The address for webhooks is none; the message says what would be."""


class Courier:
    """Sends webhooks one after the other. Without an address they are kept, and sent once there is one and it is told to."""

    def __init__(self, name: str, dress: Dress, faults: Faults, log: Callable[..., None]) -> None:
        self.url: str | None = None
        self.retry_ms = 100
        self.most_tries = 12
        self.held: list[Told] = []
        self._behind: list[Told] = []
        self._dress, self._faults, self._log = dress, faults, log
        self._later = Later(f"{name} courier")

    def aim(self, url: str | None) -> None:
        """Send to this address from now on. Raises `UnableToDeliver` unless it is http on this machine."""
        if url is not None and (urlsplit(url).scheme, urlsplit(url).hostname) not in (
            ("http", "127.0.0.1"),
            ("http", "localhost"),
        ):
            raise UnableToDeliver(
                f"url: {url!r} should be an address on this machine, such as http://127.0.0.1:8000/..."
            )
        self.url = url

    def post(self, told: Told) -> None:
        """Send a webhook soon, as the faults that are set have it."""
        struck = self._faults.draw("POST", told.kind, webhook=True)
        if "webhook_lost" in struck:
            self._log("webhook_lost", id=told.id, kind=told.kind)
            return
        if "webhook_hold" in struck or self.url is None:
            self.held.append(told)
            return
        if "webhook_reorder" in struck:
            self._behind.append(told)
            self._later.after(2_000, self._catch_up)
            return
        for _ in range(2 if "webhook_duplicate" in struck else 1):
            self._later.after(0, lambda: self._try(told, struck, 1))
        self._later.after(0, self._catch_up)

    def deliver_first(self, told: Told) -> None:
        """Send a webhook here and now, once."""
        if self.url is None:
            self.held.append(told)
        elif not self._send(told, {}):
            self._later.after(self.retry_ms, lambda: self._try(told, {}, 2))

    def release(self) -> int:
        """Send what was held back; returns how many."""
        held, self.held = self.held, []
        for told in held:
            self._later.after(0, lambda told=told: self._try(told, {}, 1))  # type: ignore[misc]
        self._later.after(0, self._catch_up)
        return len(held)

    def idle(self) -> bool:
        """Whether nothing is on its way (tries that are due later than now aside)."""
        return self._later.idle() and not self._behind

    def end(self) -> None:
        """Stop; what was not delivered is not."""
        self._later.end()

    def _catch_up(self) -> None:
        behind, self._behind = self._behind, []
        for told in behind:
            self._try(told, {}, 1)

    def _try(self, told: Told, struck: Mapping[str, Any], attempt: int) -> None:
        if self._send(told, struck):
            return
        if attempt >= self.most_tries:
            self._log("webhook_given_up", id=told.id, kind=told.kind)
            self.held.append(told)
            return
        self._later.after(self.retry_ms * attempt, lambda: self._try(told, {}, attempt + 1))

    def _send(self, told: Told, struck: Mapping[str, Any]) -> bool:
        url = told.url if told.url.startswith("http://127.0.0.1:") else self.url
        if url is None:
            return False
        headers, body = self._dress(told, _DAY if "webhook_stale" in struck else 0, "webhook_bad_signature" in struck)
        request = urllib.request.Request(url, body, dict(headers), method="POST")
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:
                status: int = answer.status
        except urllib.error.HTTPError as refused:
            status = refused.code
            refused.close()
        except OSError:
            status = 0
        self._log("webhook", id=told.id, kind=told.kind, status=status)
        return 200 <= status < 300
