"""Calls to a WooCommerce shop and what its answers mean. Business errors come with status 500: the `code` decides, not the class."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from amends.channels.kernel_rest import address, basic, is_plain, json_of, part, shown, text_of, throttled
from amends.facts.channels import Access, UnableToTalk
from amends.facts.wire import Seal, WireAnswer, WireRequest

API: Final = "/wp-json/wc/v3/"
_NONCE: Final = "amends_nonce"
_PAGE: Final = 100
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


def fresh(access: Access, seal: Seal) -> Access:
    """The same access, its questions marked with the talk's nonce: some caches before a shop keep what the API answered, and would
    tell of no refund where there is one."""
    return replace(access, values={**access.values, _NONCE: seal.nonce})


def get(access: Access, path: str, **query: str | int) -> WireRequest:
    """A question below the API."""
    asked = {**query, "_": access.values.get(_NONCE, "")}
    shown_query = urlencode({name: value for name, value in asked.items() if value != ""})
    return WireRequest(
        "GET", f"{address(access)}{API}{path}{'?' if shown_query else ''}{shown_query}", _headers(access)
    )


def index(access: Access) -> WireRequest:
    """The question what answers at this address. Without keys: WordPress itself takes those of WooCommerce for a wrong password."""
    return WireRequest("GET", f"{address(access)}/wp-json/?_fields=name,namespaces", {"Accept": "application/json"})


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
        answer = yield get(access, path, per_page=_PAGE, page=page, **query)
        listed = read(answer)
        if not isinstance(listed, list):
            raise UnableToTalk("strange", shown(answer))
        found += [item for item in listed if isinstance(item, dict)]
        if page >= count(answer, "x-wp-totalpages") and len(listed) < _PAGE:
            return found
    raise UnableToTalk("strange", f"{path}: more than {_MOST_PAGES} pages")


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
