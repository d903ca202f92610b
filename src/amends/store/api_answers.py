"""Answers to calls with an idempotency key, kept in the transaction of what was done: both are there, or neither."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from amends.facts.api import KeptAnswer
from amends.store import hot
from amends.store.models import ApiAnswerRow

_CLAIM = (
    "INSERT INTO store_apianswerrow (token_id, key, digest, status, etag, body, at) "
    "VALUES (%s, %s, %s, 0, '', %s, %s) ON CONFLICT DO NOTHING"
)
_KEEP = "UPDATE store_apianswerrow SET status = %s, etag = %s, body = %s WHERE token_id = %s AND key = %s"


def claim(token: int, key: str, digest: str, at: datetime) -> KeptAnswer | None:
    """Will take a key for the transaction that is under way; the answer that was given, where there is one.

    Another call with the same key that is under way is waited for: by the unique index on PostgreSQL, by the writers' lock on SQLite.
    """
    if hot.run(_CLAIM, [token, key, digest, b"", connection.ops.adapt_datetimefield_value(at)]) == 1:
        return None
    row = ApiAnswerRow.objects.get(token_id=token, key=key)
    return KeptAnswer(row.digest, row.status, row.etag, bytes(row.body))


def keep(token: int, key: str, answer: KeptAnswer) -> None:
    """Will keep the answer to a call that was claimed in this transaction."""
    hot.run(_KEEP, [answer.status, answer.etag, answer.body, token, key])
