"""All that stands behind the API beside the desk of cases."""

from __future__ import annotations

from dataclasses import dataclass

from amends.desk.api.ports import Feed
from amends.desk.api.tokens import TokenDesk
from amends.desk.api.webhooks import WebhookDesk


@dataclass(frozen=True, slots=True)
class ApiDesk:
    """Tokens, webhooks, and lists that are read with a cursor."""

    tokens: TokenDesk
    webhooks: WebhookDesk
    feed: Feed
