"""What every fake is made of: routes, money, idempotency, faults, webhooks, a log and a clock of its own."""

from __future__ import annotations

import contextlib
import re
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from amends.basics.money import Minor
from amends.fakes.calls import Call, Reply, Route, Told, UnableToUnderstand, json_reply
from amends.fakes.courier import Courier
from amends.fakes.faults import Faults
from amends.fakes.later import Later
from amends.fakes.ledger import Ledger, Payment, Refund, RefundState, Shelf, UnableToMove


class Fake:
    """A stand-in for one provider. A subclass gives routes, shapes and signatures; money and mischief are here.

    `starts_pending`: refunds are taken in first and finish `finish_ms` later (None: only by hand).
    """

    name: ClassVar[str]
    starts_pending: ClassVar[bool] = False
    finish_ms: int | None = 30

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """`store`: an SQLite file in which the state survives this process; None keeps it in memory only."""
        self.lock = threading.RLock()
        self._log_lock = threading.Lock()
        self.shelf = Shelf(store)
        self.ledger = Ledger(self.shelf)
        self.faults = Faults(seed)
        self.latency_ms = latency_ms
        self.clock_offset = 0
        self.events: list[dict[str, Any]] = []
        self.later = Later(f"{self.name} later")
        self.courier = Courier(self.name, self._dress_at, self.faults, self.log)
        self._routes: list[tuple[str, re.Pattern[str], Any]] = [
            (method, re.compile(pattern), work) for method, pattern, work in self.routes()
        ]
        for refund in self.ledger.refunds():
            if refund.state == "pending":
                self._finish_later(refund, self.finish_ms, "succeeded")

    # What a subclass gives.

    def routes(self) -> list[Route]:
        """Method, whole-path pattern and handler of everything the provider answers. Handlers run under the lock."""
        raise NotImplementedError

    def config(self) -> dict[str, Any]:
        """What a gateway must be told to use this fake: base address aside, its ids, secrets and public keys."""
        raise NotImplementedError

    def told_refund(self, refund: Refund, late: bool) -> list[Told]:
        """The webhooks that say how a refund now stands; `late`: it had succeeded and is turned back."""
        raise NotImplementedError

    def told_dispute(self, payment: Payment, amount: Minor, stage: str, more: Mapping[str, Any]) -> list[Told]:
        """The webhooks about a dispute (`stage`: opened, won, lost); none where the provider has none."""
        return []

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """Headers and body of a webhook, signed as of `at` (seconds since 1970), wrongly if so wished."""
        raise NotImplementedError

    def dress_answer(self, call: Call, reply: Reply, wrong: bool) -> Reply:
        """The answer with the provider's signature, where it signs answers."""
        return reply

    def remember_error(self, call: Call, reply: Reply) -> None:
        """Keep an error that the provider would repeat for the same idempotency key."""

    def mark_underway(self, call: Call, underway: bool) -> None:
        """Note that a call is being worked on, for providers that refuse the same key meanwhile."""

    # What it does with a call.

    def serve(self, call: Call) -> Reply | None:
        """Answer a call of the provider's interface; None: hang up without an answer. Webhooks are left in the reply."""
        if self.latency_ms:
            time.sleep(self.latency_ms / 1000)
        struck = self.faults.draw(call.method, call.path)
        call = replace(call, faults=struck)
        self.log("call", method=call.method, target=call.target, faults=sorted(struck))
        early = self._refused_early(call)
        if early is not None:
            return early if early.status else None
        reply = self._done(call)
        if "webhook_first" in struck:
            for told in reply.notices:
                self.courier.deliver_first(told)
            reply = replace(reply, notices=())
        return self._spoilt(call, reply)

    def _refused_early(self, call: Call) -> Reply | None:
        """The answer of faults that strike before anything is done; status 0: hang up."""
        gone = Reply(0, b"")
        if fault := call.faults.get("hang_before"):
            time.sleep(fault.ms / 1000)
            return gone
        if "drop_before" in call.faults:
            return gone
        if fault := call.faults.get("throttle"):
            return self.error_reply(429, {"Retry-After": str(fault.seconds)})
        if fault := call.faults.get("error_before"):
            reply = self.error_reply(fault.status)
            with self.lock:
                self.remember_error(call, reply)
            return reply
        if fault := call.faults.get("commit_late"):
            with self.lock:
                self.mark_underway(call, True)
            self.later.after(fault.ms, lambda: self._commit_late(call))
            return self.error_reply(fault.status) if fault.status else gone
        return None

    def _commit_late(self, call: Call) -> None:
        with self.lock:
            self.mark_underway(call, False)
        self.send_notices(self._done(call).notices)

    def _done(self, call: Call) -> Reply:
        with self.lock, self.shelf.together():  # money and the memory of the key: a killed fake has both or neither
            reply = self._routed(call)
        if reply.refund and (fault := call.faults.get("reversal")):
            self._turn_back_later(reply.refund, fault.ms)
        return self.dress_answer(call, reply, "bad_signature" in call.faults)

    def _routed(self, call: Call) -> Reply:
        for method, pattern, work in self._routes:
            if method == call.method and (found := pattern.fullmatch(call.path)):
                try:
                    reply: Reply = work(replace(call, parts=found.groupdict()))
                except UnableToUnderstand as fault:
                    return self.error_reply(400, message=str(fault))
                return reply
        return self.error_reply(404, message=f"nothing answers {call.method} {call.path}")

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """A technical error in the provider's shape; a subclass overrides it where the shape matters."""
        return json_reply(status, {"error": {"type": "api_error", "message": message}}, headers)

    def _spoilt(self, call: Call, reply: Reply) -> Reply | None:
        """The answer as the faults after the deed leave it."""
        if fault := call.faults.get("drop_after"):
            self.send_notices(reply.notices)
            time.sleep(fault.ms / 1000)
            return None
        if fault := call.faults.get("error_after"):
            spoilt = self.error_reply(fault.status)
            with self.lock:
                self.remember_error(call, spoilt)
            return replace(spoilt, notices=reply.notices)
        if "malformed" in call.faults:
            reply = replace(reply, body=reply.body[: len(reply.body) // 2])
        if fault := call.faults.get("drip"):
            reply = replace(reply, drip_ms=max(fault.ms, 1))
        return reply

    # What it does with money.

    def now(self) -> int:
        """Seconds since 1970 by the fake's own clock."""
        return int(time.time()) + self.clock_offset

    def new_id(self, prefix: str, length: int = 24) -> str:
        """A fresh id that begins with `prefix`."""
        return prefix + uuid.uuid4().hex[:length]

    def pay(self, amount: Minor, currency: str, name: str | None = None) -> Payment:
        """Capture a payment, as if a buyer had paid."""
        with self.lock:
            return self.ledger.capture(Payment(name or self.new_id("pay_"), amount, currency, self.now()))

    def take_refund(self, call: Call, refund: Refund) -> Refund:
        """Move the money of a refund (now, or by and by), as faults have it. Raises `UnableToMove`; holds the lock."""
        pending, fail = call.faults.get("pending"), call.faults.get("fail")
        refund.state = "pending" if self.starts_pending or pending or fail else "succeeded"
        self.ledger.refund(refund)
        self.log("refund", id=refund.id, payment=refund.payment, amount=refund.amount, state=refund.state)
        if fail:
            self._finish_later(refund, fail.ms, "failed")
        elif pending:
            self._finish_later(refund, pending.ms or None, "succeeded")
        elif refund.state == "pending":
            self._finish_later(refund, self.finish_ms, "succeeded")
        return refund

    def _finish_later(self, refund: Refund, ms: int | None, state: RefundState) -> None:
        if ms is not None:
            self.later.after(ms, lambda: self.finish(refund.id, state, quietly=True))

    def _turn_back_later(self, name: str, ms: int) -> None:
        def turn_back() -> None:
            with contextlib.suppress(UnableToMove):  # it may have failed by itself meanwhile
                self.turn_back(name)

        self.later.after(ms, turn_back)

    def finish(self, name: str, state: RefundState = "succeeded", quietly: bool = False) -> Refund | None:
        """Bring a pending refund to its end and tell it. `quietly`: one that is not pending any more is left alone."""
        with self.lock:
            found = self.ledger.get(name)
            if quietly and (found is None or found.state != "pending"):
                return found
            refund = self.ledger.move(name, state)
            notices = self.told_refund(refund, late=False)
        self.log("finished", id=name, state=state)
        self.send_notices(tuple(notices))
        return refund

    def turn_back(self, name: str) -> Refund:
        """A refund that succeeded fails after all; a pending one is finished first. Raises `UnableToMove`."""
        with self.lock:
            found = self.ledger.get(name)
            if found is not None and found.state == "pending":
                self.finish(name)
            refund = self.ledger.move(name, "failed")
            notices = self.told_refund(refund, late=True)
        self.log("turned_back", id=name)
        self.send_notices(tuple(notices))
        return refund

    def refund_outside(self, payment: str, amount: Minor) -> Refund:
        """A refund made by a person on the provider's own console, with no number of ours. Raises `UnableToMove`."""
        with self.lock:
            paid = self.ledger.payment(payment)
            if paid is None:
                raise UnableToMove("no_payment", f"no payment has the id {payment}")
            refund = Refund(self.new_id("out_"), "", payment, amount, paid.currency, "succeeded", self.now())
            self.ledger.refund(refund)
            notices = self.told_refund(refund, late=False)
        self.send_notices(tuple(notices))
        return refund

    def dispute(self, payment: str, amount: Minor | None = None, stage: str = "opened", **more: Any) -> int:
        """Tell of a dispute about a payment; returns how many webhooks that made. Raises `UnableToMove`.

        `more`: what the dispute is (`amends.fakes.disputes`), for fakes that keep them.
        """
        with self.lock:
            paid = self.ledger.payment(payment)
            if paid is None:
                raise UnableToMove("no_payment", f"no payment has the id {payment}")
            paid.disputed = stage != "won"
            self.ledger.save_payment(paid)
            notices = self.told_dispute(paid, amount or paid.amount, stage, more)
        self.send_notices(tuple(notices))
        return len(notices)

    def send_notices(self, notices: tuple[Told, ...]) -> None:
        """Give webhooks to the courier."""
        for told in notices:
            self.courier.post(told)

    def log(self, what: str, **detail: Any) -> None:
        """Note what happened; `events` is read through the admin interface."""
        with self._log_lock:
            self.events.append({"n": len(self.events) + 1, "at": self.now(), "what": what, **detail})

    def shown_amount(self, call: Call, amount: Minor) -> Minor:
        """The amount that the answer names: another one if a fault has it so."""
        return amount + 1 if "wrong_amount" in call.faults else amount

    def shown_currency(self, call: Call, currency: str) -> str:
        """The currency that the answer names: another one if a fault has it so."""
        other = "EUR" if currency != "EUR" else "USD"
        return other if "wrong_currency" in call.faults else currency

    def end(self) -> None:
        """Stop its threads and let go of its file."""
        self.later.end()
        self.courier.end()
        with self.lock:
            self.shelf.close()

    def _dress_at(self, told: Told, seconds_ago: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        return self.dress(told, self.now() - seconds_ago, wrong)
