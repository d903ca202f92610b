"""What a merchant does on a platform, and what the platform says to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from amends.basics.money import Minor

Action = Literal[
    "agree_refund",
    "agree_return",
    "refuse",
    "confirm_receipt",
    "ship_replacement",
    "message",
    "give_evidence",
    "extend",
    "intercept",
    "note",
]
"""What a merchant does on a platform. `agree_refund` is the one that moves money; `confirm_receipt`: the goods came back and were
looked at; `extend`: more time for the buyer to send back; `intercept`: the platform asks its carrier to stop the parcel."""

ACTIONS: tuple[Action, ...] = (
    "agree_refund",
    "agree_return",
    "refuse",
    "confirm_receipt",
    "ship_replacement",
    "message",
    "give_evidence",
    "extend",
    "intercept",
    "note",
)


@dataclass(frozen=True, slots=True)
class DeedLine:
    """A line of the order that a deed is about. `amount`: what goes back for it, minor units."""

    line: str
    quantity: int
    amount: Minor = 0


@dataclass(frozen=True, slots=True)
class DeedFile:
    """A file that goes with a deed: `name`, `kind` (``image/jpeg``) and what is in it; or the `url` at which it lies."""

    name: str
    kind: str
    content: bytes = b""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do on a platform. `key` is ours and the same for every repeat; `version`: the case's when it was decided on.

    `case`, `order`: the platform's numbers. `kind`: what was asked for (contract, `request.kind`). `amount` in minor units of `currency`
    (with `digits` decimals). `payment`: the platform's reference of the payment. `reason`: the platform's code. `address`: its id of
    the return address.
    """

    key: str
    action: Action
    case: str
    order: str = ""
    kind: str = ""
    version: str = ""
    amount: Minor | None = None
    currency: str = ""
    digits: int = 2
    payment: str = ""
    lines: tuple[DeedLine, ...] = ()
    shipping: Minor = 0
    reason: str = ""
    text: str = ""
    address: str = ""
    carrier: str = ""
    waybill: str = ""
    files: tuple[DeedFile, ...] = ()


DeedOutcome = Literal["done", "pending", "failed", "stale", "person", "absent", "unknown"]
"""`pending`: taken in, its effect comes later. `stale`: the case has changed there, nothing was done; read it and decide again.
`person`: the platform wants a person on its console. `absent`: surely not done. `unknown`: nothing can be concluded."""


@dataclass(frozen=True, slots=True)
class DeedReceipt:
    """What the platform says of a deed. `reference`: its id of what was made. `code`, `message`: its own words, for people."""

    outcome: DeedOutcome
    reference: str = ""
    amount: Minor | None = None
    currency: str | None = None
    code: str = ""
    message: str = ""
    retry_after: int | None = None
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class PlatformReason:
    """A reason to refuse from the platform's own list."""

    code: str
    text: str
    needs_proof: bool = False
    hint: str = ""
