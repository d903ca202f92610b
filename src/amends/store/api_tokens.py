"""Tokens of the API in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError

from amends.facts.api import ApiToken
from amends.facts.people import Merchants
from amends.store import hot
from amends.store.database import writing
from amends.store.models import ApiTokenRow


class DatabaseTokens:
    """Implements `amends.desk.api.ports.TokenShelf`."""

    def put(self, token: ApiToken, hashed: str) -> ApiToken:
        """Will keep a new token."""
        try:
            with writing():
                return _token(
                    ApiTokenRow.objects.create(
                        name=token.name,
                        merchant=token.merchant,
                        role=token.role,
                        scopes=sorted(token.scopes),
                        per_minute=token.per_minute,
                        hashed=hashed,
                        hint=token.hint,
                        made_by=token.made_by,
                        made_at=token.made_at,
                    )
                )
        except IntegrityError as fault:
            raise KeyError(token.name) from fault

    def by_hash(self, hashed: str) -> ApiToken | None:
        """Will give the token of a secret, asked for anew at every call: one that was revoked is gone at once."""
        row = hot.first(ApiTokenRow, "WHERE hashed = %s AND revoked_at IS NULL", [hashed])
        return None if row is None else _token(row)

    def all(self, merchants: Merchants) -> Sequence[ApiToken]:
        """Will give every token within a wall; those for all merchants only to whoever sees them all."""
        rows = ApiTokenRow.objects.order_by("-pk")
        return [_token(row) for row in (rows if merchants is None else rows.filter(merchant__in=sorted(merchants)))]

    def revoke(self, number: int, at: datetime) -> None:
        """Will have a token work no more."""
        with writing():
            ApiTokenRow.objects.filter(pk=number, revoked_at=None).update(revoked_at=at)

    def used(self, number: int, at: datetime) -> None:
        """Will note that a token was used."""
        with writing():
            ApiTokenRow.objects.filter(pk=number).update(used_at=at)


def _token(row: ApiTokenRow) -> ApiToken:
    return ApiToken(
        row.pk,
        row.name,
        row.merchant,
        row.role,
        frozenset(row.scopes),
        row.per_minute,
        row.hint,
        row.made_by,
        row.made_at,
        row.used_at,
        row.revoked_at,
    )
