"""A shop's own system at the API: a token, its calls, and an order to open cases on."""

from __future__ import annotations

import itertools
import json
from typing import Any

from amends.facts.api import SCOPES
from amends.facts.people import Person

KEEPER = Person("boss", "manager")
_NUMBER = itertools.count(1)


def shop_row(name: str = "acme", merchant: str = "main") -> None:
    """A shop that sells to Germany."""
    from amends.store.models import Shop

    Shop.objects.get_or_create(
        name=name, defaults={"merchant": merchant, "channel": "direct", "market": "DE", "currency": "EUR"}
    )


def token(role: str = "manager", merchant: str = "main", scopes: Any = None, per_minute: int = 0) -> str:
    """The secret of a new token."""
    from amends.web.front import front

    _, secret = front().api.tokens.make(
        KEEPER, f"t{next(_NUMBER)}", merchant, role, list(SCOPES if scopes is None else scopes), per_minute
    )
    return secret


def order_parts() -> dict[str, Any]:
    """A paid and delivered order of three lines."""
    return {
        "market": "DE",
        "order": {
            "currency": "EUR",
            "placed_at": "2026-11-20T10:00:00+01:00",
            "paid_at": "2026-11-20T10:02:00+01:00",
            "shipping_paid": "0.00",
            "lines": [
                {"id": f"l{at}", "sku": f"S{at}", "title": title, "quantity": 1, "paid": paid, "category": "home_textile"}
                for at, (title, paid) in enumerate([("Lamp", "20.00"), ("Bulb", "25.00"), ("Cord", "30.00")], 1)
            ],
            "payments": [{"id": "p1", "method": "bank", "captured": "75.00", "reference": "pi_1"}],
        },
        "shipments": [
            {"id": "S1", "shipped_at": "2026-11-20T18:00:00+01:00", "delivered_at": "2026-11-22T18:00:00+01:00",
             "trace": "delivered"}
        ],
        "contact": {"email": "anna@example.org", "name": "Anna"},
    }  # fmt: skip


def wish(order: str, line: str = "l1", key: str = "") -> dict[str, Any]:
    """A return of one line."""
    told = {"shop": "acme", "order": order, "kind": "return_refund", "reason": "changed_mind", "lines": [{"id": line}]}
    return told | ({"key": key} if key else {})


class Caller:
    """Calls of one token, in this process."""

    def __init__(self, secret: str) -> None:
        from django.test import Client

        self.client = Client(SERVER_NAME="localhost")
        self.secret = secret

    def call(self, method: str, path: str, body: Any = None, key: str | None = None, **headers: str) -> Any:
        given = {"Authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): text for name, text in headers.items()
        }
        if key is None and method == "POST":
            key = f"k{next(_NUMBER)}"
        if key:
            given["Idempotency-Key"] = key
        data = (
            json.dumps({} if body is None and method in ("POST", "PATCH") else body)
            if method not in ("GET", "DELETE")
            else ""
        )
        return self.client.generic(method, "/api/v1" + path, data, content_type="application/json", headers=given)

    def done(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = self.call(method, path, body, **more)
        assert answer.status_code < 300, (answer.status_code, answer.content)
        return answer.json()
