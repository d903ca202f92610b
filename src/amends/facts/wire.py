"""What goes over the wire and what comes back, as plain values: gateways translate, `carry_out` sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, Protocol, runtime_checkable

from amends.basics.money import Minor

Outcome = Literal["succeeded", "failed", "pending", "absent", "unknown"]
"""`pending`: taken in, no outcome yet. `absent`: the gateway has never heard of it. `unknown`: nothing can be concluded."""


@dataclass(frozen=True, slots=True)
class WireRequest:
    """An HTTP request. `url` is absolute; `body` as sent, byte for byte, since signatures cover it."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class WireAnswer:
    """An HTTP answer. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class UnableToReach(Exception):
    """No answer came. `sent`: whether the request may have got there; only where it surely did not, nothing can have happened."""

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent


class UnableToPost(Exception):
    """Nothing was answered by an address that a merchant gave, or it may not be called; the message says which."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the world says of a step: `reference` is the gateway's own id of the refund, `amount`/`currency` what it says it moved.

    `code` and `message` are the gateway's own words, kept for people. `retry_after`: seconds it asked us to wait.
    `alarm`: something that a person must see (an unknown status, an amount that disagrees).
    """

    outcome: Outcome
    reference: str | None = None
    amount: Minor | None = None
    currency: str | None = None
    code: str | None = None
    message: str | None = None
    retry_after: int | None = None
    alarm: str | None = None


BY_SHOP: Final = "shop"
"""The way of steps that go by the shop's own channel: its platform pays."""


@dataclass(frozen=True, slots=True)
class RefundPart:
    """What of a refund falls on an order line (None: on outbound shipping), and how many pieces of it were asked about."""

    line: str | None
    amount: Minor
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """What a gateway is told about one step: everything that it may need, nothing it must look up.

    `key`: our key, sent as the gateway's idempotency key or refund number. `payment_reference`: the gateway's own id of the
    payment. `payment_total`: what was captured by it. `attempt` counts from 1. `reference`: the gateway's own id of the refund,
    once it has told one. `first_sent_at`: when the order was first sent, None where it never was.

    For ways by the shop's own channel: `shop` by name, the platform's number of the `case` and of its order, the `kind` of request, the
    case's `version` there as it was last read, and the `parts`.
    """

    key: str
    amount: Minor
    currency: str
    digits: int
    payment_reference: str
    payment_total: Minor
    reason: str
    attempt: int
    reference: str = ""
    first_sent_at: datetime | None = None
    shop: str = ""
    case: str = ""
    order_number: str = ""
    kind: str = ""
    version: str = ""
    parts: tuple[RefundPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """Chance and time, handed in: the moment of the call and a nonce that is new for each."""

    at: datetime
    nonce: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a gateway can do, shown before the click. `None` where it sets no limit.

    `window_days`: after the payment. `most_partials`: refunds of one payment. `spacing_seconds`: between two refunds of one
    payment. `calls_per_second`: over all. `asks`: whether the outcome can be asked for. `by_webhook_only`: outcomes come
    only by themselves. `ask_after_seconds`: how long to wait before the first question. `fee_returned`: whether the
    original fee comes back. `currencies`: None means any.
    """

    partial: bool = True
    most_partials: int | None = None
    window_days: int | None = None
    spacing_seconds: int = 0
    calls_per_second: int | None = None
    concurrency: int | None = None
    asks: bool = True
    by_webhook_only: bool = False
    ask_after_seconds: int = 5
    fee_returned: bool | None = None
    currencies: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A webhook that was verified and understood. `id` is unique at its sender: the same notice twice has the same id.

    `key`: our key of the step, where the notice carries it; `reference`: the gateway's id of the refund. `kind`:
    ``refund`` (with a receipt), ``dispute``, ``collection`` (its `detail` has `told`: a `PaymentTold`), or ``other``. The `detail` of a
    dispute: `dispute` (its id), `stage` (opened, won, lost), `amount`, `currency`, and `moves`: whether the money has gone ``out`` or come
    ``back``; the same move may be told more than once.
    """

    id: str
    kind: Literal["refund", "dispute", "collection", "other"]
    key: str | None
    reference: str | None
    payment_reference: str | None
    receipt: Receipt | None
    at: datetime | None
    detail: Mapping[str, Any] = field(default_factory=dict)


class UnableToTrustNotice(ValueError):
    """A webhook does not prove where it comes from (signature, age, certificate); the message says what is wrong with it."""


class UnableToSend(ValueError):
    """A gateway cannot carry out this order at all (its currency, a payment without a reference); nothing was sent."""


class UnableToAsk(ValueError):
    """The question cannot be put without risk (the gateway may have forgotten our key); a person must look. Nothing was sent."""


@dataclass(frozen=True, slots=True)
class Token:
    """A key that a gateway gives for a while: `value` for `seconds`."""

    value: str
    seconds: int


class UnableToGetToken(ValueError):
    """The gateway gave no token; the message says what it answered."""


@runtime_checkable
class NeedsToken(Protocol):
    """A gateway whose calls carry a token that must be asked for first."""

    def token_request(self) -> WireRequest:
        """The request for a token."""
        ...

    def read_token(self, answer: WireAnswer) -> Token:
        """The token in the answer. Raises `UnableToGetToken`."""
        ...

    def with_token(self, value: str) -> Gateway:
        """The same gateway, its calls carrying the token."""
        ...


class Gateway(Protocol):
    """A stateless translator between our refunds and one provider. Pure: no network, clock or chance."""

    @property
    def name(self) -> str:
        """The name by which steps choose it."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    def send(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """The request that pays back. Sent again with the same key it must not pay twice. Raises `UnableToSend`."""
        ...

    def read_sent(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """What the answer to `send` means. Anything not understood is `unknown`, never a success and never a failure."""
        ...

    def ask(self, order: RefundOrder, seal: Seal) -> WireRequest:
        """The question what became of the refund with this key. Raises `UnableToAsk`."""
        ...

    def read_asked(self, order: RefundOrder, answer: WireAnswer) -> Receipt:
        """What the answer to `ask` means; `absent` only where the gateway surely never took it in."""
        ...

    def read_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Notice, ...]:
        """The notices in a webhook's body. Raises `UnableToTrustNotice` unless signature and age are right."""
        ...

    def answer_notice(self) -> WireAnswer:
        """What the sender wants to hear so that it does not send the notice again."""
        ...
