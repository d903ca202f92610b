"""Money taken in through a gateway: paid on its page, held, taken, let go. What goes over the wire about it, as plain values.

Three things are kept apart: the step (what we want done, once), the payment at the gateway (what became of the buyer's money), and the
charge (`amends.facts.charges`: what the buyer was asked for).
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal, Protocol, TypeVar, cast

from amends.basics.money import Minor
from amends.basics.moves import MoveTable
from amends.facts.wire import Outcome, Seal, WireAnswer, WireRequest

T = TypeVar("T")
Talk = Generator[WireRequest, WireAnswer, T]
CollectKind = Literal["link", "authorise", "capture", "release", "close"]
"""`link`: the gateway's page on which the buyer pays, or has money held. `authorise`: money held on the payment method that was saved
with an earlier payment, the buyer not being there. `capture`: what is held is taken. `release`: what is held is let go. `close`: the
page takes no payment any more."""
PaymentState = Literal["open", "approved", "authorised", "held", "paid", "cancelled", "declined", "unknown"]
"""What became of the buyer's money. `open`: nothing yet. `approved`: the buyer said yes, and the gateway waits for our word. `authorised`:
the bank said yes, which is `held` where a hold was asked for and `paid` where not. `cancelled`: nothing is held any more. `declined`:
tried, and refused."""
PAGE_ENDED: Final = "expired"
"""The code of a page that ended by itself, unpaid; nothing can come by it any more, and another may be made."""
PAGE_SHUT: Final = "deactivated"
"""The code of a page that was shut unpaid."""

COLLECTION: Final = MoveTable(
    "collection",
    "requested",
    {
        "requested": {"send": "sent", "cancel": "cancelled"},
        "sent": {"succeed": "succeeded", "fail": "failed", "doubt": "unknown", "shut": "closed"},
        "unknown": {"succeed": "succeeded", "fail": "failed", "send": "sent", "shut": "closed"},
        "succeeded": {"lapse": "lapsed"},
        "closed": {"succeed": "succeeded"},
        "failed": {},
        "cancelled": {},
        "lapsed": {},
    },
)
"""Every state of a step. `closed`: a page that was shut or ended unpaid; a payment that was on its way may still come. `lapsed`: what was
held is held no longer, and nobody of us let it go."""
OPEN_COLLECTIONS: Final = frozenset({"requested", "sent", "unknown"})
"""States in which something has to be done yet."""
HOLDING: Final = frozenset({"link", "authorise"})
"""Kinds that bring money in; the others are about what one of these brought."""


@dataclass(frozen=True, slots=True)
class CollectLimits:
    """What a gateway can do. `hold_days`: how long money is surely held where the buyer was there; `saved_days`: where he was not.
    None: it cannot. `parts`: less than what is held can be taken, the rest being let go. `method`: what the book calls such a payment."""

    method: str
    hold_days: int | None
    saved_days: int | None = None
    parts: bool = True


@dataclass(frozen=True, slots=True)
class CollectOrder:
    """What a gateway is told about one step.

    `key`: ours, made of facts, the same with every sending. `amount` in minor units; of a capture, what is taken of the `held` amount.
    `hold`: of a page, whether money is held and not paid. `text`: what the buyer reads. `earlier`: the gateway's id of the payment whose
    saved method is used (authorise). `about`: its id of the payment, or of the page, that this is about (capture, release, close);
    `page`: its id of the page on which that payment was made. `back_url`: where the buyer goes afterwards. `reference`: the gateway's id of
    what this made, once told. `wanted`: False once it was called off; then a question must not bring about what it asks for. `made_at`:
    when it was written down.
    """

    key: str
    kind: CollectKind
    amount: Minor
    currency: str
    digits: int
    text: str = ""
    hold: bool = False
    held: Minor = 0
    earlier: str = ""
    about: str = ""
    back_url: str = ""
    reference: str = ""
    first_sent_at: datetime | None = None
    page: str = ""
    wanted: bool = True
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of a step. `reference`: the gateway's id of what was made (a page, a hold); `payment`: of the buyer's payment;
    `link`: the page's address; `until`: when a hold ends by itself. `code` and `message`: the gateway's own words. `alarm`: a person
    must see it.
    """

    outcome: Outcome
    reference: str = ""
    payment: str = ""
    link: str = ""
    until: datetime | None = None
    amount: Minor | None = None
    currency: str | None = None
    code: str = ""
    message: str = ""
    retry_after: int | None = None
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class PaymentTold:
    """What a gateway says of a buyer's payment. `amount`: what is held, or what was taken. `page`: the page it was made on, if any.

    `hold`: the gateway's id of the hold that it was taken from, where that is another than the payment's. `step`: the kind of step that
    this alone is about, where it says nothing of the others.
    """

    state: PaymentState
    payment: str
    amount: Minor | None = None
    currency: str | None = None
    until: datetime | None = None
    code: str = ""
    page: str = ""
    hold: str = ""
    step: CollectKind | None = None

    @property
    def first(self) -> str:
        """The gateway's id of the payment as it was first told: of the hold, where it was taken from one."""
        return self.hold or self.payment


class Collecting(Protocol):
    """How a gateway takes money in. Pure: no network, clock or chance; a talk yields requests and is handed the answers."""

    @property
    def limits(self) -> CollectLimits:
        """What it can do."""
        ...

    def send(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Do it. Sent again with the same key it must not take, hold or ask twice."""
        ...

    def ask(self, order: CollectOrder, seal: Seal) -> Talk[Collected]:
        """Ask what became of it. `absent` only where sending it (again) can do no harm.

        It changes nothing, but for one thing: where a gateway wants our word before it takes what the buyer approved on a page, the word is
        given here, as long as the step is `wanted`.
        """
        ...


def collect_key(shop: str, case: str, charge: int, kind: CollectKind, turn: int, amount: Minor, currency: str) -> str:
    """The key of a step: the same facts always give the same key. `turn` counts the attempts that were made on purpose."""
    facts = "\x1f".join([shop, case, str(charge), "collect", kind, str(turn), str(amount), currency])
    return "am" + hashlib.sha256(facts.encode()).hexdigest()[:30]


def concluded(order: CollectOrder, told: PaymentTold) -> Collected:
    """What the state of a buyer's payment means for a step."""
    seen = Collected(
        "pending", payment=told.payment, until=told.until, amount=told.amount, currency=told.currency, code=told.code
    )
    if told.state == "unknown":
        return replace(seen, outcome="unknown", alarm=f"the gateway tells of a state that is not known: {told.code}")
    return {"capture": _capture, "release": _release}.get(order.kind, _brought)(order, told, seen)


def _capture(order: CollectOrder, told: PaymentTold, seen: Collected) -> Collected:
    if told.state == "paid":
        return agreeing(order, replace(seen, outcome="succeeded"))
    if told.state == "held":
        return Collected("absent", payment=told.payment)
    if told.state == "cancelled":
        return replace(seen, outcome="failed", code=told.code or "expired", message="nothing is held any more")
    if told.state == "declined":
        return replace(seen, outcome="failed", code=told.code or "declined", amount=None, currency=None)
    return replace(seen, outcome="unknown")


def _release(order: CollectOrder, told: PaymentTold, seen: Collected) -> Collected:
    if told.state == "cancelled":
        return replace(seen, outcome="succeeded", amount=None, currency=None)
    if told.state == "held":
        return Collected("absent", payment=told.payment)
    if told.state == "paid":
        alarm = "it was to be let go, but the money was taken; look at the gateway's own console"
        return replace(seen, outcome="failed", code="taken", alarm=alarm)
    if told.state == "declined" and told.step == "release":
        alarm = "the gateway does not let it go; look at its own console"
        return replace(seen, outcome="failed", code=told.code or "declined", amount=None, currency=None, alarm=alarm)
    return replace(seen, outcome="unknown")


def _brought(order: CollectOrder, told: PaymentTold, seen: Collected) -> Collected:
    wanted = "held" if order.hold or order.kind == "authorise" else "paid"
    if told.state in (wanted, "authorised"):
        return agreeing(order, replace(seen, outcome="succeeded"))
    if told.state == "paid":
        alarm = "it was to be held only, but the money was taken; look at the gateway's own console"
        return replace(seen, outcome="unknown", alarm=alarm)
    if order.kind == "authorise" and told.state in ("declined", "cancelled"):
        return replace(seen, outcome="failed", code=told.code or told.state, amount=None, currency=None)
    tried = told.state == "declined" and order.kind == "link"  # the next try on the page is another payment
    return replace(seen, amount=None, currency=None, payment="" if tried else seen.payment)


def agreeing(order: CollectOrder, found: Collected) -> Collected:
    """The same, unless it tells of another amount or currency than was asked for: then nothing is concluded from it."""
    differs = found.amount not in (None, order.amount) or found.currency not in (None, order.currency)
    if not differs or found.outcome not in ("succeeded", "pending"):
        return found
    alarm = f"the gateway tells of {found.amount} {found.currency}, asked for were {order.amount} {order.currency}"
    return replace(found, outcome="unknown", alarm=alarm)


def told_payment_json(told: PaymentTold) -> dict[str, Any]:
    """The value as it is kept in a notice."""
    return {
        "state": told.state,
        "payment": told.payment,
        "amount": told.amount,
        "currency": told.currency,
        "until": told.until.isoformat() if told.until else None,
        "code": told.code,
        "page": told.page,
        "hold": told.hold,
        "step": told.step,
    }


def read_told_payment(found: Mapping[str, Any]) -> PaymentTold:
    """The value out of a notice that this house made."""
    until = found.get("until")
    return PaymentTold(
        cast("PaymentState", found["state"]),
        str(found["payment"]),
        found.get("amount"),
        found.get("currency"),
        datetime.fromisoformat(until) if until else None,
        str(found.get("code") or ""),
        str(found.get("page") or ""),
        str(found.get("hold") or ""),
        found.get("step"),
    )
