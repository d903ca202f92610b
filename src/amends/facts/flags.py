"""What speaks for a closer look at a case: signs of it, reasons with their numbers, and the sum. Never a verdict, never a right less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

REASONS: Final = (
    "ring",
    "velocity",
    "refund_only",
    "waybill",
    "photo_reused",
    "photo_catalogue",
    "photo_contradicts",
    "wardrobing",
    "bracketing",
)
"""Every reason, as it is named; what each is worth stands in `amends.learn.flags.weights`."""
FRICTIONS: Final = ("photo", "inspect", "review")
"""What an agent may press because of a flag, from the lightest on: ask for a photo, look at the goods before money goes, a lead's look."""
APPEALS: Final = ("asked", "upheld", "lifted", "lapsed")
"""Where a buyer's wish stands that a person look again. `lapsed`: nobody answered in time, so the check is taken off."""
ANSWERS: Final = ("lifted", "upheld")
"""What a second person may answer."""
ANSWER_DAYS: Final = 3
"""Within how many days a buyer is answered who asked for another look."""
LONGEST_OBJECTION: Final = 4_000
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
KEEP_DAYS: Final = 365
LEAST_DAYS: Final = 30
MOST_DAYS: Final = 730
CAPS: Final = (5, 10, 20)
"""What share of cases may be flagged, in thousandths."""
CAP: Final = 10


class UnableToReadFlagTerms(ValueError):
    """A merchant's terms of flags cannot be kept; `field` names what is wrong, the message what would be right."""

    def __init__(self, field: str, wanted: str) -> None:
        super().__init__(f"{field}: {wanted}")
        self.field = field
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class FlagTerms:
    """How a merchant flags. `cap`: the share of cases that may be flagged, in thousandths; `days`: after how many a sign is forgotten."""

    cap: int = CAP
    days: int = KEEP_DAYS


def read_terms(cap: str, days: str) -> FlagTerms:
    """The terms of a form. Raises `UnableToReadFlagTerms`."""
    share, kept = _whole(cap), _whole(days)
    if share not in CAPS:
        raise UnableToReadFlagTerms("cap", f"one of {', '.join([str(one) for one in CAPS])} (thousandths)")
    if kept is None or not LEAST_DAYS <= kept <= MOST_DAYS:
        raise UnableToReadFlagTerms("days", f"a whole number from {LEAST_DAYS} to {MOST_DAYS}")
    return FlagTerms(share, kept)


def _whole(text: str) -> int | None:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 6 else None


@dataclass(frozen=True, slots=True)
class Signs:
    """What is kept of one case to be compared with others: digests, counts and codes, nothing that names anyone.

    `at`: when the buyer asked. `buyer`, `ties`: digests that are good within one merchant (`amends.facts.rings.TIES`); `buyer` is "" where
    no contact is known. `orders`: how many the buyer had placed by then within a year; None where the shop told none. `days`: from delivery
    to the request. `sizes`: how many variants of one style the order had; `back`: how many of those are asked about. `ended`: the case is
    closed; `confirmed`: with a finding against the buyer's telling (other goods, an empty parcel, a ruling for the shop). `lifted`: a lead
    took the flag away.
    """

    case: int
    at: datetime
    buyer: str
    kind: str
    ties: Mapping[str, str] = field(default_factory=dict)
    orders: int | None = None
    waybills: tuple[str, ...] = ()
    reused: int = 0
    catalogue: int = 0
    contradicting: int = 0
    grade: str = ""
    days: int | None = None
    sizes: int = 0
    back: int = 0
    ended: bool = False
    confirmed: bool = False
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: how much it counts, the numbers that it rests on by name, and the other cases that it rests on."""

    code: str
    points: int
    numbers: Mapping[str, int | str] = field(default_factory=dict)
    cases: tuple[int, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {"code": self.code, "points": self.points, "numbers": dict(self.numbers), "cases": list(self.cases)}


def read_reason(told: Mapping[str, Any]) -> Reason:
    """A reason as it was kept."""
    return Reason(told["code"], told["points"], told["numbers"], tuple(told["cases"]))


@dataclass(frozen=True, slots=True)
class Score:
    """The sum of the reasons of one case."""

    case: int
    reasons: tuple[Reason, ...] = ()

    @property
    def points(self) -> int:
        """The sum."""
        return sum([one.points for one in self.reasons])


@dataclass(frozen=True, slots=True)
class Judged:
    """A case of the past: its points as shown now, as they were when it came in, whether it ended, whether that was confirmed.

    `at`: when it came.
    """

    shown: int
    then: int
    ended: bool
    confirmed: bool
    at: datetime = EPOCH


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many points on a case is flagged, and what the merchant's own past says of that.

    `state`: set, few (too little is known to say how often it is right), wrong (it was more often wrong than right), none (nothing
    reaches the least, or the cap leaves room for no case). `cases`: the base; `flagged` of them reach the points; `ended` of those ended,
    `confirmed` with a finding. `precise`, `low`, `high`: that share and its 95 % interval (Wilson), in thousandths. `since`: where more
    cases have just these points than the cap allows, those that came after this instant (ISO 8601) are flagged; "" where all are.
    """

    state: str
    points: int | None = None
    cases: int = 0
    flagged: int = 0
    ended: int = 0
    confirmed: int = 0
    precise: int = 0
    low: int = 0
    high: int = 1000
    since: str = ""

    @property
    def flags(self) -> bool:
        """Whether cases are flagged; else their reasons alone are shown."""
        return self.state == "set"

    def marks(self, points: int, at: datetime | None) -> bool:
        """Whether a case of so many points that came then is flagged."""
        if not self.flags or self.points is None or points < self.points:
            return False
        newest = not self.since or at is None or at > datetime.fromisoformat(self.since)
        return newest or points > self.points


@dataclass(frozen=True, slots=True)
class Flag:
    """A case with its reasons as pages show it.

    `friction`: what was pressed because of it. `appeal`: where the buyer's wish stands that another person look again, `due`: until when
    that is answered; None where nothing waits.
    """

    case: int
    merchant: str
    points: int
    reasons: tuple[Reason, ...] = ()
    friction: str = ""
    friction_by: str = ""
    appeal: str = ""
    key: str = ""
    title: str = ""
    shop: str = ""
    open: bool = True
    due: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToldCheck:
    """What the buyer reads of a check that was asked for: nothing of reasons, points, or other people.

    `friction`: what was asked for; "" once it is taken off. `stands`: open (the buyer may object) or one of `APPEALS`.
    `text`: what the buyer wrote; `due`: until when that is answered.
    """

    friction: str
    stands: str
    text: str = ""
    due: datetime | None = None
