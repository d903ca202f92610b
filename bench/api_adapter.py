"""Amends as a loader of after-sales systems sees it: an order of three lines, and the flow from the wish to the money that is back.

`Adapter` offers open, seed, create_order_fixture, run_flow, list_cases, close and processes. It reads AMENDS_URL and AMENDS_TOKEN;
PEER_PIDS ("server=1,2;database=3") names the processes whose time counts.
"""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

if __package__ in (None, "", "adapters"):
    import importlib.util
    from pathlib import Path

    _spec = importlib.util.spec_from_file_location("wire", Path(os.path.realpath(__file__)).parent / "wire.py")
    assert _spec
    assert _spec.loader
    _module = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(_module)
    CallFailed, Connection = _module.CallFailed, _module.Connection
else:
    from bench.wire import CallFailed, Connection

SHOP = "bench"


def order() -> dict[str, Any]:
    """A paid and delivered order of three lines."""
    now = datetime.now(UTC)
    bought, brought = now - timedelta(days=4), now - timedelta(days=2)
    lines = [
        {"id": f"l{at}", "sku": f"S{at}", "title": f"Thing {at}", "quantity": 1, "paid": paid, "category": "toys"}
        for at, paid in enumerate(("20.00", "25.00", "30.00"), 1)
    ]
    return {
        "market": "DE",
        "order": {
            "currency": "EUR",
            "placed_at": bought.isoformat(),
            "paid_at": bought.isoformat(),
            "lines": lines,
            "payments": [{"id": "p1", "method": "bank", "captured": "75.00", "reference": "pi"}],
        },
        "shipments": [
            {
                "id": "S1",
                "shipped_at": bought.isoformat(),
                "delivered_at": brought.isoformat(),
                "trace": "delivered",
            }
        ],
    }


class Adapter:
    """The calls of a shop's system."""

    name = "amends"
    fixture_name = "amends"

    def __init__(self) -> None:
        self.base_url = os.environ.get("AMENDS_URL", "http://127.0.0.1:8000")
        self.http_calls = 0
        self._idle: list[Any] = []
        self._all: list[Any] = []

    async def open(self, concurrency: int) -> None:
        """Connections are opened as they are needed."""

    async def close(self) -> None:
        """Close every connection."""
        for one in self._all:
            one.close()

    async def seed(self) -> None:
        """The shop is made when the server is set up."""

    async def _call(self, connection: Any, method: str, path: str, body: Any = None) -> Any:
        self.http_calls += 1
        return await connection.call(method, "/api/v1" + path, body, "" if method == "GET" else uuid.uuid4().hex)

    def _take(self) -> Any:
        if self._idle:
            return self._idle.pop()
        token = os.environ["AMENDS_TOKEN"]
        self._all.append(Connection(self.base_url, {"Authorization": f"Bearer {token}"}))
        return self._all[-1]

    async def create_order_fixture(self) -> str:
        """A new order; its number."""
        connection, number = self._take(), "B" + uuid.uuid4().hex[:16]
        await self._call(connection, "PUT", f"/shops/{SHOP}/orders/{number}", order())
        self._idle.append(connection)
        return number

    async def run_flow(self, fixture: Any) -> None:
        """Ask for a return of one line, approve, receive and inspect, record that it was paid back, read and check."""
        connection = self._take()
        wish = {
            "shop": SHOP,
            "order": fixture,
            "kind": "return_refund",
            "reason": "changed_mind",
            "lines": [{"id": "l1"}],
        }
        opened = await self._call(connection, "POST", "/cases", wish)
        case = f"/cases/{opened['id']}"
        await self._call(connection, "POST", f"{case}/approve", {})
        await self._call(connection, "POST", f"{case}/inspect", {"grade": "A"})
        await self._call(connection, "POST", f"{case}/proof", {"proof": f"BANK-{opened['id']}", "confirmed": True})
        read = await self._call(connection, "GET", case)
        payment, step = read["money"]["payments"][0], read["money"]["plans"][0]["steps"][0]
        if (payment["given_back"], step["state"], read["tracks"]["goods"]) != ("20.00", "succeeded", "inspected"):
            raise CallFailed(f"{case} did not end as it must: {payment} {step['state']} {read['tracks']}")
        self._idle.append(connection)

    async def list_cases(self, n: int) -> int:
        """The newest cases; how many came."""
        connection = self._take()
        found = await self._call(connection, "GET", f"/cases?limit={n}")
        self._idle.append(connection)
        return len(found["items"])

    def processes(self) -> dict[str, list[int]]:
        """Whose time counts."""
        groups = [part.split("=") for part in os.environ.get("PEER_PIDS", "").split(";") if part]
        return {name: [int(pid) for pid in pids.split(",") if pid] for name, pids in groups}
