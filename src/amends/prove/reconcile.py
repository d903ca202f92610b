"""The book beside what gateways say: every difference, told once, with what of it must be taken into the book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from amends.basics.money import Minor
from amends.facts.plan import OPEN
from amends.facts.rulebook import Says
from amends.facts.statements import (
    BookPayment,
    BookStep,
    Comparison,
    Difference,
    DifferenceKind,
    KeptLine,
    StatementLine,
)

LATE_AFTER: Final = timedelta(days=2)
"""A refund that succeeded may stand on the statement of a later day; after so long it is missing."""


class _Index:
    """Steps and payments of a comparison by the names that statements use."""

    def __init__(self, given: Comparison) -> None:
        self.by_key = {step.key: step for step in given.steps}
        self.by_reference = {step.reference: step for step in given.steps if step.reference}
        refunds = [kept.line for kept in given.lines if kept.line.kind == "refund"]
        self.came_back = {line.reference for line in refunds if line.state == "failed"}
        """Refunds that a later line of their own says did not stay away: of those, that line speaks."""
        self.open_of: dict[int, list[BookStep]] = defaultdict(list)
        self.named: dict[str, list[BookPayment]] = defaultdict(list)
        for step in given.steps:
            if step.state in OPEN and step.payment is not None:
                self.open_of[step.payment].append(step)
        for payment in given.payments:
            if payment.reference:
                self.named[payment.reference].append(payment)

    def step(self, line: StatementLine) -> BookStep | None:
        return self.by_key.get(line.key) or self.by_reference.get(line.reference)

    def payment(self, line: StatementLine) -> BookPayment | None:
        """The payment, where exactly one of ours bears a name of the line's."""
        found = {one.number: one for name in line.payments for one in self.named.get(name, [])}
        return next(iter(found.values())) if len(found) == 1 else None


def compare(given: Comparison, now: datetime) -> tuple[Difference, ...]:
    """Every difference between the book and the lines, as of `now`."""
    index = _Index(given)
    found: list[Difference] = []
    seen: set[int] = set()
    for kept in given.lines:
        line = kept.line
        if line.kind == "refund":
            step, gone = index.step(line), line.state == "succeeded" and line.reference not in index.came_back
            if step is not None:
                if line.state == "succeeded":
                    seen.add(step.number)
                if gone or line.state != "succeeded":
                    found.extend(_ours(given.source, kept, step))
            elif gone:
                found.append(_others(given.source, kept, index))
        elif line.kind in ("dispute", "dispute_back"):
            found.extend(_dispute(given, kept, index))
    found.extend(_totals(given, index))
    found.extend(_unseen(given, seen, now))
    return tuple(found)


def _ours(source: str, kept: KeptLine, step: BookStep) -> Iterator[Difference]:
    """A line about a step of ours: the same amount, and the same end.

    Money that left for a step that the book holds for failed counts towards the cap at once: a repeat would pay it again.
    """
    line = kept.line

    def differs(kind: DifferenceKind, says: Says, take: Minor = 0) -> Difference:
        return Difference(
            kind,
            f"step:{step.key}",
            step.amount,
            line.amount,
            line.currency,
            says,
            kept.number,
            step.number,
            step.payment,
            take=take,
            take_key=f"{source}:{line.reference}" if take else "",
        )

    if line.state != "failed" and (line.amount, line.currency) != (step.amount, step.currency):
        says = Says(
            f"the statement says {line.amount} {line.currency}, the book {step.amount} {step.currency} (minor units)",
            f"账单为 {line.amount} {line.currency}，账上为 {step.amount} {step.currency}（最小单位）",
        )
        yield differs("amount", says)
    if line.state == "succeeded" and step.state in OPEN:
        says = Says(
            "the statement says it was paid, our step has no outcome yet; the runner goes on asking",
            "账单显示已退款，本系统该步骤尚无结果；系统会继续查询",
        )
        yield differs("unsettled", says)
    agrees = {"succeeded": (*OPEN, "succeeded", "reversed"), "failed": (*OPEN, "failed", "reversed"), "pending": OPEN}
    if step.state not in agrees[line.state] and not (line.state == "pending" and step.state == "succeeded"):
        says = Says(
            f"the statement says {line.state}, our step is {step.state}",
            f"账单状态为 {line.state}，本系统步骤为 {step.state}",
        )
        left = line.state == "succeeded" and step.state in ("failed", "cancelled") and line.currency == step.currency
        yield differs("state", says, line.amount if left else 0)


def _others(source: str, kept: KeptLine, index: _Index) -> Difference:
    """A refund that is no step of ours: made elsewhere, or ours before it knew its number."""
    line = kept.line
    payment = index.payment(line)
    subject = f"refund:{line.reference}:{kept.number}"
    if payment is None or payment.currency != line.currency:
        says = Says(
            f"a refund of {line.amount} {line.currency} (minor units) on a payment that is not ours or not in its currency: "
            f"{', '.join(line.payments) or 'none named'}",
            f"退款 {line.amount} {line.currency}（最小单位）对应的付款不在本系统或币种不符：{'、'.join(line.payments) or '未写明'}",
        )
        return Difference("unknown_payment", subject, None, line.amount, line.currency, says, kept.number)
    waiting = [step for step in index.open_of[payment.number] if step.amount == line.amount and not step.reference]
    if waiting:
        says = Says(
            "this may be our step without an outcome on the same payment; nothing is taken in until that is known",
            "可能是本系统同一付款上尚无结果的步骤；确认前不入账",
        )
        step = waiting[0]
        return Difference(
            "unsettled",
            subject,
            step.amount,
            line.amount,
            line.currency,
            says,
            kept.number,
            step.number,
            payment.number,
        )
    says = Says(
        "refunded outside Amends; taken into the book, it counts towards what may still go back",
        "在本系统之外退款；已入账并计入可退上限",
    )
    return Difference(
        "outside", subject, None, line.amount, line.currency, says, kept.number, None, payment.number,
        take=line.amount, take_key=f"{source}:{line.reference}",
    )  # fmt: skip


def _dispute(given: Comparison, kept: KeptLine, index: _Index) -> Iterator[Difference]:
    line, key = kept.line, f"{given.source}:{kept.line.reference}"
    back = line.kind == "dispute_back"
    if key in (given.disputes_back if back else given.disputes):
        return
    payment = index.payment(line)
    says = Says(
        f"a dispute {'gave back' if back else 'took'} this money; no notice of it came. It is taken into the book",
        f"拒付{'已退回' if back else '已扣走'}该款，但未收到通知；已入账",
    )
    if payment is None or payment.currency != line.currency:
        says = Says(
            f"a dispute moved {line.amount} {line.currency} (minor units) of a payment that is not ours or not in its currency",
            f"拒付涉及 {line.amount} {line.currency}（最小单位），对应的付款不在本系统或币种不符",
        )
    taken = payment is not None and payment.currency == line.currency
    amount = -line.amount if back else line.amount
    yield Difference(
        "dispute", f"{line.kind}:{line.reference}", None, line.amount, line.currency, says, kept.number, None,
        payment.number if payment else None, take=amount if taken else 0, take_key=key,
    )  # fmt: skip


def _totals(given: Comparison, index: _Index) -> Iterator[Difference]:
    """Files that tell only what went back of a payment so far: the latest, largest figure of each is compared."""
    largest: dict[int, tuple[KeptLine, BookPayment]] = {}
    for kept in given.lines:
        if kept.line.kind != "refunded_total":
            continue
        payment = index.payment(kept.line)
        if payment is None or payment.currency != kept.line.currency:
            continue
        before = largest.get(payment.number)
        if before is None or kept.line.amount >= before[0].line.amount:
            largest[payment.number] = (kept, payment)
    for kept, payment in largest.values():
        line, more = kept.line, kept.line.amount - payment.given_back
        subject = f"total:{line.reference}:{line.amount}"
        if more > payment.promised:
            outside = more - payment.promised
            says = Says(
                f"{outside} (minor units) more went back than the book knows; taken in, it counts towards the cap",
                f"账单累计退款比账上多 {outside}（最小单位）；已入账并计入可退上限",
            )
            yield Difference(
                "outside", subject, payment.given_back, line.amount, line.currency, says, kept.number, None,
                payment.number, take=outside, take_key=f"{given.source}:{line.reference}:{line.amount}",
            )  # fmt: skip


def _unseen(given: Comparison, seen: set[int], now: datetime) -> Iterator[Difference]:
    """Successes of ours that no statement shows, of the times that statements cover."""
    for step in given.steps:
        at = step.settled_at
        if step.state != "succeeded" or step.number in seen or at is None or not _covers(given.covered, at):
            continue
        late = now - at < LATE_AFTER
        says = Says(
            "not on a statement yet; it may come with the next"
            if late
            else "no statement shows this refund; ask the gateway",
            "账单上尚未出现，可能在下一份账单中" if late else "账单中没有这笔退款；请向通道核实",
        )
        yield Difference(
            "late" if late else "missing", f"step:{step.key}", step.amount, None, step.currency, says, None,
            step.number, step.payment,
        )  # fmt: skip


def _covers(covered: Iterable[tuple[datetime, datetime]], at: datetime) -> bool:
    return any(since <= at <= until for since, until in covered)
