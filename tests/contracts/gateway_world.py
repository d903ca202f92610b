"""A gateway, its fake behind real HTTP, the real wire, and an ear for webhooks: what the contract suite runs in."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from amends.basics.currencies import EXPONENTS
from amends.carry_out.runner import checked
from amends.carry_out.tokens import Tokens
from amends.carry_out.wire import UnableToReach, Wire
from amends.cli.tools import RunningFake
from amends.facts.wire import Gateway, Notice, Receipt, RefundOrder, Seal, UnableToTrustNotice
from amends.fakes.__main__ import FAKES
from amends.fakes.ledger import Payment
from amends.fakes.server import Server, serving
from amends.wiring.demo_money import demo_ways
from amends.wiring.ways import read_ways

NAMES = tuple(FAKES)
CURRENCY = {"wechat_pay": "CNY", "alipay": "CNY"}
PAID = 10_000


class Ear:
    """Hears webhooks and keeps them as they came."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        heard = self.heard

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hook"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def wait(self, many: int, seconds: float = 1.5) -> list[tuple[dict[str, str], bytes]]:
        """What was heard, once it is so many, or after so many seconds."""
        until = time.monotonic() + seconds
        while len(self.heard) < many and time.monotonic() < until:
            time.sleep(0.01)
        return list(self.heard)

    def stop(self) -> None:
        """Close the door."""
        self._server.shutdown()
        self._server.server_close()


@dataclass
class World:
    """One gateway with everything around it. Refunds that are taken in first end only by `finish`."""

    name: str
    server: Server
    gateway: Gateway
    wire: Wire
    tokens: Tokens
    ear: Ear
    keys: Iterator[str] = field(default_factory=lambda: iter(lambda: f"am{secrets.token_hex(15)}", ""))

    @property
    def currency(self) -> str:
        """What is paid in."""
        return CURRENCY.get(self.name, "EUR")

    def paid(self, amount: int = PAID) -> Payment:
        """A fresh payment at the fake."""
        return self.server.fake.pay(amount, self.currency)

    def order(self, payment: Payment, amount: int = 2_500, key: str | None = None) -> RefundOrder:
        """An order to pay back a part of it."""
        digits = EXPONENTS[self.currency]
        return RefundOrder(
            key or next(self.keys), amount, self.currency, digits, payment.id, payment.amount, "case 1", 1
        )

    def _ready(self) -> Gateway:
        return self.tokens.ready(self.gateway)

    def send(self, order: RefundOrder) -> Receipt:
        """The receipt of sending, as the runner reads it. Raises `UnableToReach`."""
        return checked(self.gateway.read_sent(order, self.wire.call(self._ready().send(order, seal()))), order)

    def ask(self, order: RefundOrder) -> Receipt:
        """The receipt of asking. Raises `UnableToReach`."""
        return checked(self.gateway.read_asked(order, self.wire.call(self._ready().ask(order, seal()))), order)

    def try_send(self, order: RefundOrder) -> Receipt:
        """As `send`; no answer is an unknown outcome."""
        try:
            return self.send(order)
        except UnableToReach as fault:
            return Receipt("unknown" if fault.sent else "absent", code="no_answer")

    def settle(self, order: RefundOrder, rounds: int = 8) -> Receipt:
        """Send, then finish what is pending, ask, and send again only where it is absent, as the runner would."""
        receipt = self.try_send(order)
        for _ in range(rounds):
            if receipt.outcome in ("succeeded", "failed"):
                break
            time.sleep(0.02)
            self.finish()
            if receipt.outcome == "absent":
                receipt = self.try_send(order)
                continue
            try:
                receipt = self.ask(replace(order, reference=receipt.reference or ""))
            except UnableToReach:
                receipt = Receipt("unknown")
            if receipt.outcome == "pending" and self.gateway.capabilities.by_webhook_only:
                receipt = self.heard_of(order) or receipt
        return receipt

    def heard_of(self, order: RefundOrder) -> Receipt | None:
        """The receipt of the last notice about an order."""
        found = [note for note in self.notices(1) if note.reference_of(order)]
        return found[-1].note.receipt if found else None

    def notices(self, many: int) -> list[Heard]:
        """Every notice heard so far that can be trusted, at least so many if they come."""
        found = []
        for headers, body in self.ear.wait(many):
            try:
                found += [Heard(note, self) for note in self.gateway.read_notice(headers, body, datetime.now(UTC))]
            except UnableToTrustNotice:
                continue
        return found

    def finish(self) -> None:
        """Bring everything pending to its end."""
        for refund in self.server.fake.ledger.refunds():
            if refund.state == "pending":
                self.server.fake.finish(refund.id, quietly=True)

    def balance(self, payment: Payment) -> dict[str, Any]:
        """The fake's own word on the payment."""
        with self.server.fake.lock:
            return self.server.fake.ledger.balance(payment.id)

    def fault(self, name: str, **settings: Any) -> None:
        """Make the fake misbehave."""
        self.server.fake.faults.set(name, **settings)


@dataclass(frozen=True)
class Heard:
    """A notice, and whether it is about an order."""

    note: Notice
    world: World

    def reference_of(self, order: RefundOrder) -> bool:
        """Whether the notice names our key, or a refund that the fake holds under it."""
        if self.note.key == order.key:
            return True
        held = self.world.server.fake.ledger.get(self.note.reference or "")
        return held is not None and held.payment == order.payment_reference


def seal() -> Seal:
    """Now, with a fresh nonce."""
    return Seal(datetime.now(UTC), secrets.token_hex(16))


@contextmanager
def world(name: str) -> Iterator[World]:
    """Everything up, for as long as the block lasts."""
    fake = FAKES[name]()
    fake.finish_ms = None
    ear = Ear()
    with serving(fake) as server:
        ways = read_ways(demo_ways([RunningFake(name, server.url, fake.config())], {}))
        fake.courier.aim(ear.url)
        wire = Wire(ways.hosts, seconds=3)
        gateway = ways.gateways[name]
        tokens = Tokens(wire, lambda: datetime.now(UTC))
        tokens.ready(gateway)  # type: ignore[arg-type] # so that faults strike the calls that are looked at
        try:
            yield World(name, server, gateway, wire, tokens, ear)  # type: ignore[arg-type]
        finally:
            wire.close()
            ear.stop()


def spoilt(gateway: Gateway, change: Callable[[Any], Any]) -> Gateway:
    """The gateway with its configuration changed."""
    return replace(gateway, config=change(gateway.config))  # type: ignore[type-var,attr-defined]
