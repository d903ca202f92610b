"""What stands behind the API, over the database that Django was made ready for."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Final

import yaml

from amends.carry_out.post import OutsidePost
from amends.desk.api.desk import ApiDesk
from amends.desk.api.tokens import TokenDesk
from amends.desk.api.webhooks import WebhookDesk, WebhookRounds
from amends.wiring.clock import now

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_FILE: Final = "webhooks.yaml"


class UnableToReadWebhooks(ValueError):
    """`webhooks.yaml` cannot be used; the message says what would be right."""


def private_hosts(data: Path) -> tuple[str, ...]:
    """The hosts inside the house that webhooks may be sent to: `private_hosts` of `webhooks.yaml` in the data folder, else this machine."""
    file = data / _FILE
    if not file.is_file():
        return LOOPBACK
    found: Any = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    hosts = found.get("private_hosts", LOOPBACK) if isinstance(found, dict) else None
    if not isinstance(hosts, list | tuple) or not all(isinstance(host, str) for host in hosts):
        raise UnableToReadWebhooks(f"{file}: a mapping with private_hosts, a list of host names, is wanted")
    return tuple(hosts)


def api_desk(private: Collection[str] = LOOPBACK) -> ApiDesk:
    """Tokens, webhooks and lists."""
    from amends.store.api_feed import DatabaseFeed
    from amends.store.api_tokens import DatabaseTokens
    from amends.store.webhook_book import DatabaseWebhooks

    tokens = TokenDesk(
        DatabaseTokens(),
        lambda: secrets.token_urlsafe(32),
        lambda secret: hashlib.sha256(secret.encode()).hexdigest(),
        now,
    )
    return ApiDesk(tokens, WebhookDesk(DatabaseWebhooks(), os.urandom, private, now), DatabaseFeed())


def webhook_look(private: Collection[str] = LOOPBACK) -> Callable[[], int]:
    """One round of sending what is due."""
    from amends.store.webhook_book import DatabaseWebhooks

    return WebhookRounds(DatabaseWebhooks(), OutsidePost(private), now).look
