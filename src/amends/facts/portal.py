"""What a buyer is shown of an order and of a case: what can be asked for, what would follow, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from amends.basics.money import Minor
from amends.facts.rulebook import Says

Stage = Literal["unshipped", "under_way", "here"]
"""Where the goods are, as the buyer knows it: not sent yet, on their way, with the buyer."""

LONGEST_NUMBER: Final = 120
LONGEST_CONTACT: Final = 254


@dataclass(frozen=True, slots=True)
class LineLook:
    """A line of an order as its buyer sees it.

    `free`: pieces that no other open request is about; `taken_by`: the key of the case that the rest is in. `closed`: nothing can be
    asked for any more, for the reason `why`. `until`: until when it can be sent back without a reason; `over` that this has ended then.
    """

    id: str
    title: str
    sku: str
    quantity: int
    free: int
    paid: Minor
    stage: Stage
    closed: bool
    taken_by: str = ""
    why: Says | None = None
    until: datetime | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would follow from a wish, before it is sent.

    `refund_days`: whole days from the goods' return (or, where nothing comes back, from the shop's yes) until the money must be on its
    way; `refund_by`: the date, where it does not hang on that. `at_once`: no person has to look first. `why`: the rule that speaks.
    """

    kind: str
    outcome: str
    remedy: str
    currency: str
    total: Minor | None
    pays: tuple[tuple[str, Minor], ...] = ()
    deductions: tuple[tuple[str, Minor], ...] = ()
    back: bool = False
    freight: str | None = None
    ship_by: datetime | None = None
    refund_days: int | None = None
    refund_by: datetime | None = None
    answer_by: datetime | None = None
    at_once: bool = False
    missing: tuple[str, ...] = ()
    why: Says | None = None

    @property
    def can_be_sent(self) -> bool:
        """Whether it makes sense to ask: it would not be refused outright."""
        return self.outcome != "refuse"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a case's way: done, now or later. `at`: when it was done."""

    name: str
    state: Literal["done", "now", "later"]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next: who acts, what they do (a code of deadlines), until when."""

    who: str
    action: str
    due: datetime | None
