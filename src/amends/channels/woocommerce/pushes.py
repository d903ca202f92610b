"""Webhooks of WooCommerce: trusted by their signature, taken as hints only. A new one is first tried with an unsigned ping."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Final, Literal

from amends.channels.kernel_rest import json_of, moment, part, text_of
from amends.facts.channels import Access
from amends.facts.platforms import Pushed
from amends.facts.wire import UnableToTrustNotice

_PING: Final = re.compile(rb"webhook_id=\d{1,20}")


def pushed(access: Access, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
    """The message, once its signature holds. It carries no time of sending; sent again it only makes us look again."""
    if _PING.fullmatch(body):
        return ()
    secret = access.values.get("webhook_secret", "")
    if not secret:
        raise UnableToTrustNotice("webhook_secret is not set, so that no webhook can be trusted")
    sign = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())
    given = headers.get("x-wc-webhook-signature", "")
    if not hmac.compare_digest(sign, given.encode("utf-8", errors="replace")):
        raise UnableToTrustNotice(
            "x-wc-webhook-signature does not fit the body; is the webhook's secret the one set here?"
        )
    content = json_of(body)
    topic = headers.get("x-wc-webhook-topic", "")
    number = text_of(content, "id") or text_of(content, "arg")
    what: Literal["order", "other"] = "order" if number and _is_of_orders(topic, content) else "other"
    name = headers.get("x-wc-webhook-delivery-id", "") or given
    at = moment(text_of(content, "date_modified_gmt"))
    return (Pushed(name, what, number if what == "order" else "", topic, at),)


def _is_of_orders(topic: str, content: object) -> bool:
    """`order.*`, and `action.*` of a hook on orders. The headers are not signed: an order's own key tells as well."""
    return topic.startswith(("order.", "action.woocommerce_order")) or bool(part(content, "order_key"))
