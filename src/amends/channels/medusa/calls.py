"""Calls to a Medusa server's Admin API and what its answers mean."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urlencode

from amends.channels.kernel_rest import address, basic, json_of, shown, text_of, throttled
from amends.facts.channels import Access, UnableToTalk
from amends.facts.wire import WireAnswer, WireRequest

ORDER: Final = (
    "id,display_id,email,status,currency_code,created_at,updated_at,canceled_at,metadata,discount_total,"
    "summary.pending_difference,items.*,items.total,items.detail.*,shipping_methods.total,shipping_methods.detail.*,"
    "shipping_address.*,payment_collections.payments.*,payment_collections.payments.captures.*,"
    "payment_collections.payments.refunds.*,fulfillments.*,fulfillments.labels.*,fulfillments.items.*,transactions.*,returns.id"
)
RETURN: Final = (
    "id,order_id,exchange_id,claim_id,display_id,status,created_at,updated_at,requested_at,received_at,canceled_at,refund_amount,"
    "items.*,items.reason.*,fulfillments.*,fulfillments.labels.*,exchange.additional_items.*,claim.type,claim.additional_items.*"
)
CHANGES: Final = "id,status,change_type,return_id,description,*actions"


def get(access: Access, path: str, query: Sequence[tuple[str, str | int]] = ()) -> WireRequest:
    """A question."""
    asked = f"?{urlencode(query)}" if query else ""
    return WireRequest("GET", f"{address(access)}/admin/{path}{asked}", _headers(access))


def post(access: Access, path: str, content: Mapping[str, Any]) -> WireRequest:
    """A deed."""
    return post_text(access, path, json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def post_text(access: Access, path: str, content: str) -> WireRequest:
    """A deed whose JSON is written already: amounts are numbers there, and no binary fraction may write them."""
    headers = {**_headers(access), "Content-Type": "application/json"}
    return WireRequest("POST", f"{address(access)}/admin/{path}", headers, content.encode())


def name(number: str) -> str:
    """An id as a part of a path."""
    return quote(number, safe="")


def _headers(access: Access) -> dict[str, str]:
    return {"Authorization": basic(access.values.get("secret_key", "")), "Accept": "application/json"}


def read(answer: WireAnswer) -> dict[str, Any]:
    """What the server answers. Raises `UnableToTalk` for everything that is no answer; its `code` is the error's `type`."""
    content = json_of(answer.body)
    if 200 <= answer.status < 300 and isinstance(content, dict):
        return content
    if answer.status == 429:
        raise throttled(answer)
    kind, said = text_of(content, "type"), text_of(content, "message")
    if answer.status in (401, 403):
        raise UnableToTalk("keys", said or "the key is refused", code=kind or f"http_{answer.status}")
    if kind and answer.status == 404:
        raise UnableToTalk("missing", said, code=kind)
    if answer.status == 408 or answer.status >= 500:
        raise UnableToTalk("down", said or shown(answer), code=kind or f"http_{answer.status}")
    if kind and answer.status >= 400:
        raise UnableToTalk("refused", said or kind, code=kind)
    raise UnableToTalk("strange", shown(answer), code=f"http_{answer.status}")


def thing(answer: WireAnswer, called: str) -> Mapping[str, Any]:
    """The one thing that was asked for. Raises `UnableToTalk`."""
    found = read(answer).get(called)
    if not isinstance(found, Mapping):
        raise UnableToTalk("strange", shown(answer))
    return found
