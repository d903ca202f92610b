"""A machine that does everything to money that can be done, in any order, in currencies of 0, 2 and 3 digits, with a plain model beside it.

After every step: parts equal the whole, nothing is above what was paid, the book balances and agrees with the steps. At the end: the same
receipts told again change nothing.
"""

from __future__ import annotations

import itertools
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from amends.basics.money import split
from amends.facts.inbox import KEPT_HEADERS
from amends.facts.payout import UnableToPromise
from amends.facts.people import Person
from amends.facts.plan import OPEN, RESERVING, LinePart, Plan, Step
from amends.facts.read_case import read_case
from amends.facts.steps import plan_digest, step_key
from amends.facts.wire import Notice, Receipt
from amends.prove.truths import check_truths
from tests.money_house import NOW, case_of, order_of

BOSS = Person("wu", "manager")
CURRENCIES = {"JPY": 0, "EUR": 2, "KWD": 3}
_CASES = itertools.count(1)


class Money(RuleBasedStateMachine):
    """One order at a time in a database of its own; `model` is what should be true, kept as plain numbers."""

    steps = Bundle("steps")

    def __init__(self) -> None:
        super().__init__()
        from tests.django_house import fresh_database

        self.folder = tempfile.TemporaryDirectory()
        fresh_database(Path(self.folder.name))
        from amends.store.inbox_book import DatabaseInbox
        from amends.store.money_payouts import DatabasePayouts
        from amends.store.money_till import DatabaseTill

        self.till, self.payouts, self.inbox = DatabaseTill(), DatabasePayouts(), DatabaseInbox()
        self.at = NOW
        self.told: list[tuple[int, Notice]] = []
        self.back: Counter[str] = Counter()
        self.waiting: dict[int, Step] = {}
        self.asked: Any = None
        self.names = itertools.count(1)

    @initialize(currency=st.sampled_from(sorted(CURRENCIES)), lines=st.lists(st.integers(1, 900), min_size=1, max_size=3),
                shipping=st.integers(0, 90), card=st.integers(0, 100))  # fmt: skip
    def order(self, currency: str, lines: list[int], shipping: int, card: int) -> None:
        """An order, paid by card and, for a share of it, by gift card."""
        digits = CURRENCIES[currency]
        self.currency, self.lines, self.shipping = currency, lines, shipping
        total = sum(lines) + shipping
        by_card = total * card // 100
        self.paid = {name: amount for name, amount in (("p1", by_card), ("p2", total - by_card)) if amount}
        raw = order_of(order="M")
        raw["order"] |= {
            "currency": currency,
            "shipping_paid": _text(shipping, digits),
            "lines": [
                {"id": f"l{n}", "quantity": 1, "paid": _text(amount, digits), "category": "other"}
                for n, amount in enumerate(lines)
            ],
            "payments": [
                {"id": name, "method": "card", "captured": _text(amount, digits), "reference": f"pi_{name}"}
                for name, amount in self.paid.items()
            ],
        }
        self.number = case_of(raw, key="M0")
        self.case = read_case({**raw, "case": "M0"})
        self.till.open_order("acme", self.case, self.at)

    def tick(self, seconds: int = 90) -> None:
        """Time goes on; leases run out."""
        self.at += timedelta(seconds=seconds)

    @rule(target=steps, payment=st.sampled_from(["p1", "p2"]), amount=st.integers(1, 1_200), kind=st.sampled_from(
        ["refund", "refund", "refund", "goodwill", "store_credit", "damages"]), spread=st.integers(0, 3), waits=st.booleans(),
          whole=st.booleans(), like=st.booleans())  # fmt: skip
    def promise(
        self, payment: str, amount: int, kind: Any, spread: int, waits: bool, whole: bool, like: bool
    ) -> int | None:
        """Ask for some money back in some form; the database says whether there is room. With `waits` a second person must say yes;
        `whole`: all that was paid for what it is about. `like`: the very same as was asked for last.
        """
        if like and self.asked:
            payment, amount, kind, spread, waits, whole = self.asked
        self.asked = (payment, amount, kind, spread, waits, whole)
        if payment not in self.paid:
            return None
        names: list[str | None] = [f"l{n}" for n in range(len(self.lines))] + [None]
        start = names[spread % len(names) :] + names[: spread % len(names)]
        chosen = start[: 1 + spread % 2]
        if whole:
            amount = sum(self.shipping if name is None else self.lines[int(name[1:])] for name in chosen) or 1
        parts = [
            LinePart(name, part) for name, part in zip(chosen, split(amount, [1] * len(chosen)), strict=True) if part
        ]
        number = next(_CASES)
        own = payment if kind == "refund" else None
        step = Step(
            step_key("acme", f"M{number}", 0, kind, own, amount, self.currency), kind, "bank", own, amount, self.currency,
            tuple(parts) if kind == "refund" else (),
        )  # fmt: skip
        row = case_of({**order_of(order="M"), "order": self.raw_order()}, key=f"M{number}")
        plan = Plan(f"M{number}", plan_digest([step]), self.currency, (step,))
        if waits:
            made = self.till.promise(row, 0, plan, Person("li", "agent"), "lead", self.at)
            self.waiting[made.number] = step
            return made.steps[0].number
        fits = self.has_room(step)
        try:
            made = self.till.promise(row, 0, plan, BOSS, "", self.at)
        except UnableToPromise:
            assert not fits, f"there was room for {step}"
            return None
        assert fits, f"there was no room for {step}"
        again = self.till.promise(row, 0, plan, BOSS, "", self.at)
        assert again.number == made.number
        return made.steps[0].number

    def raw_order(self) -> dict[str, Any]:
        from amends.store.models import CaseFile

        order: dict[str, Any] = CaseFile.objects.get(case_id=self.number).case_json["order"]
        return order

    def has_room(self, step: Step) -> bool:
        """What the plain model says: caps of the payment, each line, shipping, and the order over all forms."""
        from amends.store.models import PayStep, StepPart

        held = [row for row in PayStep.objects.select_related("payment") if row.state in RESERVING]
        outside = sum(self.back.values())
        if step.kind != "damages":
            counted = sum(row.amount_minor for row in held if row.kind != "damages") + outside
            if counted + step.amount > sum(self.paid.values()):
                return False
        if step.payment is None:
            return True
        of_payment = sum(row.amount_minor for row in held if row.payment and row.payment.name == step.payment)
        if of_payment + self.back[step.payment] + step.amount > self.paid[step.payment]:
            return False
        for part in step.parts:
            most = self.shipping if part.line is None else self.lines[int(part.line[1:])]
            rows = StepPart.objects.select_related("line", "step").filter(step__in=[row.pk for row in held])
            same = [row for row in rows if (row.line.name if row.line else None) == part.line]
            if sum(row.amount_minor for row in same) + part.amount > most:
                return False
        return True

    @rule(outcome=st.sampled_from(["succeeded", "failed", "pending", "unknown", "absent"]), lost=st.booleans())
    def work(self, outcome: Any, lost: bool) -> None:
        """A worker takes what is due; its answer comes, or the lease is lost before."""
        self.tick()
        for claim in self.payouts.claim("w", self.at, 60, 3, {}):
            call = self.payouts.sending if claim.may_send else self.payouts.asking
            if not call(claim, self.at):
                continue
            if lost:
                continue
            receipt = Receipt(outcome, f"R{claim.step.key}" if outcome == "succeeded" else None)
            again = None if outcome in ("succeeded", "failed") else self.at + timedelta(seconds=30)
            self.payouts.receive(claim, receipt, self.at, again)
            assert self.payouts.receive(claim, Receipt("failed"), self.at, None) is not None

    @rule(step=steps, outcome=st.sampled_from(["succeeded", "succeeded", "failed"]))
    def notice(self, step: int | None, outcome: Any) -> None:
        """The gateway tells of a step, of itself, possibly late."""
        if step is None:
            return
        from amends.store.models import PayStep

        row = PayStep.objects.get(pk=step)
        if row.state in ("proposed", "requested", "cancelled"):
            return
        note = Notice(
            f"n{next(self.names)}", "refund", row.key, f"R{row.key}", None, Receipt(outcome, f"R{row.key}"), None
        )
        self.tell(note)

    def tell(self, note: Notice) -> None:
        kept = self.inbox.put("bank", note.id, note.kind, dict.fromkeys(KEPT_HEADERS, ""), b"{}", self.at)
        self.inbox.apply(kept.number, note, self.at)
        self.told.append((kept.number, note))

    @precondition(lambda self: bool(self.told))
    @rule(data=st.data())
    def notice_again(self, data: st.DataObject) -> None:
        """An old notice comes once more."""
        number, note = data.draw(st.sampled_from(self.told))
        before = self.seen()
        kept = self.inbox.put("bank", note.id, note.kind, {}, b"{}", self.at)
        assert kept.number == number
        self.inbox.apply(number, note, self.at)
        assert self.seen() == before or kept.state == "exception"

    @rule(payment=st.sampled_from(["p1", "p2"]), amount=st.integers(1, 300))
    def outside(self, payment: str, amount: int) -> None:
        """Somebody refunds on the gateway's own console."""
        if payment not in self.paid:
            return
        from amends.store.models import PayStep

        held = PayStep.objects.filter(payment__name=payment, state__in=RESERVING)
        if sum(row.amount_minor for row in held) + self.back[payment] + amount > self.paid[payment]:
            return
        if self.counted() + amount > sum(self.paid.values()):
            return
        name = f"o{next(self.names)}"
        receipt = Receipt("succeeded", name, amount, self.currency)
        self.tell(Notice(name, "refund", None, name, f"pi_{payment}", receipt, None))
        self.back[payment] += amount

    def counted(self) -> int:
        from amends.store.models import PayStep

        held = PayStep.objects.filter(state__in=RESERVING).exclude(kind="damages")
        return sum(row.amount_minor for row in held) + sum(self.back.values())

    @precondition(lambda self: bool(self.waiting))
    @rule(data=st.data(), yes=st.booleans())
    def second_person(self, data: st.DataObject, yes: bool) -> None:
        """A second person says yes, which reserves the money now, or no, which reserves nothing."""
        plan = data.draw(st.sampled_from(sorted(self.waiting)))
        step = self.waiting[plan]
        if not yes:
            assert {one.state for one in self.till.refuse(plan, BOSS, "", self.at).steps} == {"cancelled"}
            del self.waiting[plan]
            return
        fits = self.has_room(step)
        try:
            made = self.till.approve(plan, BOSS, self.at)
        except UnableToPromise:
            assert not fits, f"there was room for {step}"
        else:
            assert fits, f"there was no room for {step}"
            assert [one.state for one in made.steps] == ["requested"]
            del self.waiting[plan]

    @rule(step=steps)
    def cancel(self, step: int | None) -> None:
        """A person cancels; only what was never sent can be."""
        if step is None:
            return
        from amends.store.models import PayStep

        before = PayStep.objects.get(pk=step)
        try:
            self.till.cancel(step, BOSS, self.at)
        except UnableToPromise:
            assert before.state != "requested" or before.sends
        else:
            assert before.state == "requested"

    def seen(self) -> Any:
        from amends.store.models import BookLineRow, PayStep

        lines = Counter(BookLineRow.objects.values_list("account", "amount_minor", "payment_id", "line"))
        return list(PayStep.objects.order_by("pk").values_list("pk", "state")), lines

    @invariant()
    def truths_hold(self) -> None:
        """Everything that must be true of the money is."""
        from amends.store.truth_reader import DatabaseLedger

        broken = [
            truth for truth in check_truths(DatabaseLedger(), self.at) if not truth.holds and truth.name != "no_silence"
        ]
        assert broken == []

    @invariant()
    def the_book_says_what_the_steps_say(self) -> None:
        """Balances are added up: what is refunded is what succeeded and was not turned back, and what went by other hands."""
        from django.db.models import Sum

        from amends.store.models import BookLineRow, PayStep

        if not hasattr(self, "paid"):
            return
        for name in self.paid:
            booked = BookLineRow.objects.filter(payment__name=name, account="refunded").aggregate(
                t=Sum("amount_minor")
            )["t"]
            ours = PayStep.objects.filter(payment__name=name, state="succeeded", kind="refund")
            assert (booked or 0) == sum(row.amount_minor for row in ours) + self.back[name]

    def teardown(self) -> None:
        from django.db import connection

        from amends.store.models import PayStep

        assert len(set(PayStep.objects.values_list("key", flat=True))) == PayStep.objects.count()
        assert all(state in RESERVING for state in OPEN)
        connection.close()
        self.folder.cleanup()


def _text(minor: int, digits: int) -> str:
    return f"{minor // 10**digits}.{minor % 10**digits:0{digits}}" if digits else str(minor)


TestMoney = Money.TestCase
TestMoney.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
