"""What a gateway's statement says, in neutral words, and where it differs from the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from amends.basics.money import Minor, write_minor
from amends.facts.plan import StepState
from amends.facts.rulebook import Says

LineKind = Literal["payment", "refund", "fee", "chargeback", "other"]
Tells = Literal["move", "pending", "total"]
"""`move`: money that moved. `pending`: on its way. `total`: all that went back of a payment so far; a later statement may say more."""
DifferenceKind = Literal["missing", "extra", "different", "late"]
"""Of a statement against the book: not at the gateway, moved outside Amends, another amount, at another time."""


class UnableToReadStatement(ValueError):
    """The file is not the statement it is said to be, is cut off, or does not add up; `says` tells which in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a statement's file: the member's name and its lines with their line ends."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementFile:
    """A statement's file as opened."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement. `name`: the same for the same row in whichever file it comes.

    `amount` (minor units) is positive the usual way of its kind: a payment came in, a refund, fee or chargeback went out;
    negative is that way back. `fee`: what was kept of it. `reference`: the gateway's own id of the movement; `our_key`: ours,
    where the statement carries it; `payment_reference` and `other_reference`: the names by which the payment may be known.
    """

    name: str
    kind: LineKind
    tells: Tells
    our_key: str
    reference: str
    payment_reference: str
    other_reference: str
    amount: Minor
    currency: str
    fee: Minor
    at: datetime
    number: int
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that could not be read, with the reason; it is kept as given."""

    number: int
    says: Says
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Total:
    """A sum or count as the statement states it and as its rows give it; `digits` after the point, 0 for a count."""

    name: str
    told: int
    found: int
    digits: int

    @property
    def shown(self) -> str:
        """Both figures and their difference."""
        told, found, gap = [write_minor(one, self.digits) for one in (self.told, self.found, self.told - self.found)]
        return f"{told} - {found} = {gap}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as read. `since` to `until`: the time it covers. `itemised`: every refund of that time has a row of its own."""

    lines: tuple[StatementLine, ...]
    refused: tuple[RefusedRow, ...]
    totals: tuple[Total, ...]
    since: datetime
    until: datetime
    itemised: bool = True


class StatementReader(Protocol):
    """A translator of one vendor's statement. Pure."""

    def __call__(self, sheets: Sequence[Sheet]) -> Statement:
        """The statement in these sheets. Raises `UnableToReadStatement`."""
        ...


def must_agree(totals: Sequence[Total], refused: Sequence[RefusedRow]) -> None:
    """Raises `UnableToReadStatement` where a total is not what the rows give.

    Rows that cannot be read still count as rows; with such rows a sum proves nothing, its gap is what they hold.
    """
    for total in totals:
        if total.told != total.found and (total.digits == 0 or not refused):
            raise UnableToReadStatement(
                f"the statement does not add up: {total.name} says and its rows give {total.shown}; "
                "rows are missing or were changed; download it again",
                f"账单合计与明细不符：{total.name} 与明细相差 {total.shown}；明细可能缺失或被改动，请重新下载",
            )


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A kept row of a statement as comparing sees it."""

    number: int
    kind: LineKind
    tells: Tells
    reference: str
    payment_reference: str
    amount: Minor
    currency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OurStep:
    """A step as comparing sees it."""

    number: int
    key: str
    state: StepState
    amount: Minor
    currency: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class OurPayment:
    """A payment as comparing sees it: `given` is what the book says went back by it, `waiting` what was sent without an outcome."""

    number: int
    captured: Minor
    currency: str
    given: Minor
    waiting: Minor
    charged_back: Minor


@dataclass(frozen=True, slots=True)
class Pair:
    """What both sides say about one thing: a step with its rows, or a row without a step and its payment, if it is ours."""

    subject: str
    step: OurStep | None
    payment: OurPayment | None
    lines: tuple[ToldLine, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the two sides differ. `ours` and `theirs` in minor units of `currency`. `subject`: what it is about, one row each."""

    kind: DifferenceKind
    subject: str
    ours: Minor
    theirs: Minor
    currency: str
    at: datetime | None
    says: Says


@dataclass(frozen=True, slots=True)
class KeptDifference:
    """A difference in the work list. `state`: open or settled, by whom and with which note."""

    number: int
    source: str
    found: Difference
    state: Literal["open", "settled"]
    note: str
    by: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a statement's rows: new, known already, told anew (they were pending or a running total), not taken."""

    new: int
    known: int
    renewed: int
    refused: tuple[RefusedRow, ...]
