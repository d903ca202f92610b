"""One question to Shopify and what its answer means: HTTP status, the `errors` above everything, and what the query cost."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from amends.channels.shopify.documents import VERSION
from amends.facts.channels import Access, UnableToTalk, WhyNot
from amends.facts.wire import WireAnswer, WireRequest

Ask = Generator[WireRequest, WireAnswer, "Answer"]
_BY_STATUS: Final[dict[int, WhyNot]] = {
    401: "keys",
    402: "refused",
    403: "keys",
    404: "missing",
    423: "refused",
    429: "throttled",
    430: "throttled",
}
_BY_CODE: Final[dict[str, WhyNot]] = {
    "THROTTLED": "throttled",
    "ACCESS_DENIED": "keys",
    "INTERNAL_SERVER_ERROR": "down",
    "SHOP_INACTIVE": "refused",
    "IDEMPOTENCY_CONCURRENT_REQUEST": "down",
}
_BUYER: Final = frozenset({"email", "phone", "shippingAddress", "billingAddress"})
_LONGEST_WAIT: Final = 600


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered. `cost`: points that the query was reckoned at; `points`: what may still be spent now; None where not said.

    `hidden`: Shopify kept back who the buyer is, since the app is not approved for that; the rest is whole.
    """

    data: Mapping[str, Any]
    cost: int | None = None
    points: int | None = None
    hidden: bool = False


def ask(access: Access, document: str, **variables: Any) -> Ask:
    """Put one document to the shop. Raises `UnableToTalk`."""
    if not access.values.get("token"):
        raise UnableToTalk("keys", "there is no access token yet", code="no_token")
    body = json.dumps({"query": document, "variables": variables}, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "X-Shopify-Access-Token": access.values["token"],
    }
    answer = yield WireRequest("POST", f"{access.url}/admin/api/{VERSION}/graphql.json", headers, body)
    return understood(answer)


def understood(answer: WireAnswer) -> Answer:
    """The data of an answer. Raises `UnableToTalk` for everything that is none."""
    content = content_of(answer)
    cost = _part(_part(content, "extensions"), "cost")
    errors, data = content.get("errors"), content.get("data")
    hidden = bool(errors) and isinstance(data, dict) and _hides_only_the_buyer(errors)
    if errors and not hidden:
        raise _fault(errors, cost)
    if not isinstance(data, dict):
        raise UnableToTalk("strange", "the answer has neither data nor errors")
    there = _part(cost, "throttleStatus").get("currentlyAvailable")
    return Answer(data, _whole(cost.get("requestedQueryCost")), _whole(there), hidden)


def content_of(answer: WireAnswer) -> Mapping[str, Any]:
    """The JSON object of an answer. Raises `UnableToTalk`."""
    if answer.status != 200:
        why = _BY_STATUS.get(answer.status, "down" if answer.status >= 500 else "strange")
        message = f"HTTP {answer.status} {_start(answer.body)}"
        raise UnableToTalk(why, message, code=str(answer.status), retry_after=_later(answer))
    try:
        content = json.loads(answer.body, parse_float=Decimal)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise UnableToTalk("strange", f"the answer is no JSON object: {_start(answer.body)}")
    return content


def _hides_only_the_buyer(errors: object) -> bool:
    """Whether nothing else is kept back than who the buyer is (Shopify's protected customer data)."""
    if not isinstance(errors, list) or not all(isinstance(item, dict) for item in errors):
        return False
    return all(
        _part(item, "extensions").get("code") == "ACCESS_DENIED"
        and _BUYER & {str(part) for part in item.get("path") or ()}
        for item in errors
    )


def _fault(errors: object, cost: Mapping[str, Any]) -> UnableToTalk:
    """The first error decides; an answer with errors is never half believed."""
    listed = errors if isinstance(errors, list) else [errors]
    first = listed[0] if isinstance(listed[0], dict) else {"message": str(listed[0])}
    code = str(_part(first, "extensions").get("code") or "")
    why = _BY_CODE.get(code, "strange")
    if "Invalid API key or access token" in str(first.get("message")):
        why = "keys"
    wait = _wait(cost) if why == "throttled" else None
    message = "; ".join([str(item.get("message")) if isinstance(item, dict) else str(item) for item in listed])
    return UnableToTalk(why, message[:500], code=code, retry_after=wait)


def _wait(cost: Mapping[str, Any]) -> int:
    """Seconds until the bucket holds what the query was reckoned at; one second where Shopify does not say."""
    state = _part(cost, "throttleStatus")
    wanted, there, rate = (
        _whole(found)
        for found in (cost.get("requestedQueryCost"), state.get("currentlyAvailable"), state.get("restoreRate"))
    )
    if wanted is None or there is None or not rate:
        return 1
    return min(_LONGEST_WAIT, max(1, -(-(wanted - there) // rate)))


def _later(answer: WireAnswer) -> int | None:
    told = answer.headers.get("retry-after", "").partition(".")[0]
    return min(_LONGEST_WAIT, max(1, int(told))) if told.isascii() and told.isdecimal() else None


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name)
    return found if isinstance(found, dict) else {}


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _start(body: bytes) -> str:
    return body[:200].decode("utf-8", errors="replace")
