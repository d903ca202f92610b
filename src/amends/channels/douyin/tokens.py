"""Keys that run out: an access token by `token.create` for the shop itself, fresh ones by `token.refresh`."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import UTC, timedelta
from typing import Any, Final

from amends.channels.douyin.calls import ask
from amends.channels.kernel_json import text, whole
from amends.facts.channels import Access, UnableToTalk
from amends.facts.wire import Seal, WireAnswer, WireRequest

_LEAST_SECONDS: Final = 60


def renewed(access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
    """Fresh tokens: by the refresh token, and where that has run out too, for the shop anew. Raises `UnableToTalk`."""
    refresh = access.values.get("refresh_token", "")
    if refresh:
        try:
            params = {"grant_type": "refresh_token", "refresh_token": refresh}
            return _tokens((yield from ask(access, seal, "token/refresh", params, with_token=False)), seal)
        except UnableToTalk as fault:
            if fault.why not in ("keys", "refused"):
                raise
    params = {"grant_type": "authorization_self", "shop_id": access.values.get("shop_id", ""), "code": ""}
    return _tokens((yield from ask(access, seal, "token/create", params, with_token=False)), seal)


def _tokens(data: Mapping[str, Any], seal: Seal) -> Mapping[str, str]:
    token, seconds = text(data, "access_token"), whole(data, "expires_in")
    if not token:
        raise UnableToTalk("strange", "the answer brings no access token")
    fresh = {"access_token": token, "refresh_token": text(data, "refresh_token"), "shop_name": text(data, "shop_name")}
    if seconds and seconds > _LEAST_SECONDS:
        fresh["expires_at"] = (seal.at + timedelta(seconds=seconds)).astimezone(UTC).isoformat()
    return {name: value for name, value in fresh.items() if value}
