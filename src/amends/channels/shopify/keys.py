"""The access token of an app made in Shopify's Dev Dashboard: asked for with the app's id and secret, good for a day.

Apps that were made in a shop's admin (until the end of 2025) have a token that does not run out; they have no client id here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from amends.channels.shopify.reading import Talk
from amends.channels.shopify.talking import content_of
from amends.facts.channels import Access, UnableToTalk
from amends.facts.wire import Seal, WireRequest

_REFUSED: Final = frozenset({"400", "401", "403"})
_DAY: Final = 86_399


def is_renewed(access: Access) -> bool:
    """Whether the token of this shop is one that is asked for."""
    return bool(access.values.get("client_id") and access.values.get("client_secret"))


def fresh(access: Access, seal: Seal) -> Talk[Mapping[str, str]]:
    """A new token with the time until when it is good; {} for a shop whose token does not run out. Raises `UnableToTalk`."""
    if not is_renewed(access):
        return {}
    form = {
        "grant_type": "client_credentials",
        "client_id": access.values["client_id"],
        "client_secret": access.values["client_secret"],
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    answer = yield WireRequest("POST", f"{access.url}/admin/oauth/access_token", headers, urlencode(form).encode())
    try:
        content = content_of(answer)
    except UnableToTalk as fault:
        if fault.code in _REFUSED:
            raise UnableToTalk("keys", f"Shopify gives no token for this app: {fault}", code=fault.code) from None
        raise
    token, seconds = content.get("access_token"), _seconds(content.get("expires_in"))
    if not isinstance(token, str) or not token:
        raise UnableToTalk("strange", "the answer holds no access_token")
    return {"token": token, "expires_at": (seal.at + timedelta(seconds=seconds)).isoformat()}


def _seconds(told: Any) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) and told > 0 else _DAY
