"""Calls to a WooCommerce shop and what its answers mean. Business errors come with status 500: the `code` decides, not the class."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any, Final
from urllib.parse import urlencode

from amends.channels.kernel_rest import address, basic, is_plain, json_of, part, shown, text_of, throttled
from amends.facts.channels import Access, UnableToTalk
from amends.facts.wire import WireAnswer, WireRequest

API: Final = "/wp-json/wc/v3/"
_MOST_PAGES: Final = 20
_KEYS: Final = frozenset(
    "woocommerce_rest_authentication_error woocommerce_rest_cannot_view woocommerce_rest_cannot_create "
    "woocommerce_rest_cannot_edit rest_forbidden rest_not_logged_in".split()
)
_MISSING: Final = frozenset(
    "woocommerce_rest_shop_order_invalid_id woocommerce_rest_order_invalid_id woocommerce_rest_invalid_order_id "
    "woocommerce_rest_payment_gateway_invalid".split()
)
_FAULTS_OF_THE_HOUSE: Final = frozenset({"internal_server_error", "db_connect_fail", "wp_die"})
"""Codes of WordPress itself for a program that broke off: it says nothing about what was done before."""


def get(access: Access, path: str, **query: str | int) -> WireRequest:
    """A question. `path` is below the API, or absolute."""
    where = path if path.startswith("/") else API + path
    asked = f"?{urlencode(query)}" if query else ""
    return WireRequest("GET", address(access) + where + asked, _headers(access))


def post(access: Access, path: str, content: Any) -> WireRequest:
    """A deed."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {**_headers(access), "Content-Type": "application/json"}
    return WireRequest("POST", address(access) + API + path, headers, body)


def _headers(access: Access) -> dict[str, str]:
    word = basic(access.values.get("consumer_key", ""), access.values.get("consumer_secret", ""))
    headers = {"Authorization": word, "Accept": "application/json"}
    # A shop behind a proxy takes this as https; only a stand-in on this machine is ever called by plain http.
    return {**headers, "X-Forwarded-Proto": "https"} if is_plain(access) else headers


def read(answer: WireAnswer) -> Any:
    """What the shop answers. Raises `UnableToTalk` for everything that is no answer."""
    content = json_of(answer.body)
    if 200 <= answer.status < 300 and isinstance(content, list | dict):
        return content
    if answer.status == 429:
        raise throttled(answer)
    code, said = text_of(content, "code"), text_of(content, "message")
    if code in _KEYS or answer.status == 401:
        raise UnableToTalk("keys", said or "the keys are refused", code=code or "http_401")
    if code in _MISSING:
        raise UnableToTalk("missing", said, code=code)
    if code == "rest_no_route":
        raise UnableToTalk("strange", "no WooCommerce answers at this address (plain permalinks?)", code=code)
    if answer.status == 408 or (answer.status >= 500 and (not code or code in _FAULTS_OF_THE_HOUSE)):
        raise UnableToTalk("down", shown(answer), code=code or f"http_{answer.status}")
    if code and answer.status >= 400:
        raise UnableToTalk("refused", said or code, code=code)
    raise UnableToTalk("strange", shown(answer), code=f"http_{answer.status}")


def every(access: Access, path: str, **query: str | int) -> Generator[WireRequest, WireAnswer, list[dict[str, Any]]]:
    """All pages of a list that is short by nature (the refunds or notes of one order)."""
    found: list[dict[str, Any]] = []
    for page in range(1, _MOST_PAGES + 1):
        answer = yield get(access, path, per_page=100, page=page, **query)
        listed = read(answer)
        if not isinstance(listed, list):
            raise UnableToTalk("strange", shown(answer))
        found += [item for item in listed if isinstance(item, dict)]
        if page >= count(answer, "x-wp-totalpages"):
            break
    return found


def count(answer: WireAnswer, header: str) -> int:
    """A number that the answer's header tells; 0 where it tells none."""
    told = answer.headers.get(header, "")
    return int(told) if told.isascii() and told.isdecimal() else 0


def meta_of(thing: Any, key: str) -> Any:
    """The value of a thing's `meta_data` under a key; None where there is none."""
    listed = part(thing, "meta_data")
    for item in listed if isinstance(listed, list) else []:
        if part(item, "key") == key:
            return part(item, "value")
    return None
