"""One call to 微信小店 and what its answer says: `{errcode, errmsg, ...}`, nearly always with HTTP 200."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from datetime import UTC, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from amends.channels.kernel_json import object_of, text, whole
from amends.facts.channels import Access, UnableToTalk, WhyNot
from amends.facts.wire import Seal, WireAnswer, WireRequest

_BY_CODE: Final[dict[int, WhyNot]] = {
    -1: "down",
    40001: "keys",
    40013: "keys",
    40014: "keys",
    40125: "keys",
    40164: "keys",
    41001: "keys",
    41002: "keys",
    41004: "keys",
    42001: "keys",
    43001: "strange",
    45009: "throttled",
    45011: "throttled",
    10021044: "throttled",
    10021059: "throttled",
    9700223: "down",
    10020000: "missing",
    10021050: "missing",
    10021057: "missing",
    10021500: "missing",
}
_WAITS: Final = {10021059: 60, 45011: 60}
"""Seconds: one refund a minute for one order."""
_LEAST_SECONDS: Final = 60


def ask(
    access: Access, path: str, params: Mapping[str, Any] | None, **query: str
) -> Generator[WireRequest, WireAnswer, Mapping[str, Any]]:
    """Call and give the answer. No `params`: a GET. Raises `UnableToTalk`."""
    url = address(access, path, **query)
    answer = yield WireRequest("GET", url) if params is None else _posted(url, params)
    return read(answer)


def address(access: Access, path: str, **query: str) -> str:
    """Where a call goes, its token with it. Raises `UnableToTalk` where none has been fetched yet."""
    token = access.values.get("access_token", "")
    if not token:
        raise UnableToTalk("keys", "no access token has been fetched yet; the keys must be renewed first")
    return f"{access.url}{path}?{urlencode({'access_token': token, **query})}"


def renewed(access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
    """A token by `stable_token`: the same one while it lives, so that nobody else's is ended. Raises `UnableToTalk`."""
    params = {
        "grant_type": "client_credential",
        "appid": access.values.get("app_id", ""),
        "secret": access.values.get("app_secret", ""),
    }
    answer = yield _posted(f"{access.url}/cgi-bin/stable_token", params)
    body = read(answer)
    token, seconds = text(body, "access_token"), whole(body, "expires_in")
    if not token:
        raise UnableToTalk("strange", "the answer brings no access token")
    if not seconds or seconds <= _LEAST_SECONDS:
        return {"access_token": token}
    return {"access_token": token, "expires_at": (seal.at + timedelta(seconds=seconds)).astimezone(UTC).isoformat()}


def read(answer: WireAnswer) -> Mapping[str, Any]:
    """The answer's body, once it says that all is well. Raises `UnableToTalk` with the platform's own code."""
    if answer.status == 429:
        raise UnableToTalk(
            "throttled", "too many calls", code="http_429", retry_after=whole(answer.headers, "retry-after")
        )
    if answer.status >= 500:
        raise UnableToTalk("down", f"the platform answered HTTP {answer.status}", code=f"http_{answer.status}")
    body = object_of(answer.body)
    if body is None or answer.status != 200:
        shown = answer.body[:120].decode("utf-8", errors="replace")
        raise UnableToTalk("strange", f"the answer cannot be read: {shown!r}", code=f"http_{answer.status}")
    code = whole(body, "errcode") or 0  # a token comes without one
    if code:
        wait = _WAITS.get(code)
        raise UnableToTalk(_BY_CODE.get(code, "refused"), text(body, "errmsg"), code=str(code), retry_after=wait)
    return body


def _posted(url: str, params: Mapping[str, Any]) -> WireRequest:
    body = json.dumps(params, ensure_ascii=False, separators=(",", ":")).encode()
    return WireRequest("POST", url, {"Content-Type": "application/json"}, body)
