"""After a case is over: whether its buyer was content, and what is done for those who were not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import Minor, UnableToReadAmount, read_minor, write_minor
from amends.facts.goodwill import OVERS, Over
from amends.facts.review_answers import bought_review_in
from amends.facts.reviews import ALWAYS, APPROVALS
from amends.facts.win_back import LONGEST_COUPON, WIN_RULES, WinRule, WinTerms

LEAST_HOURS: Final = 1
MOST_DELAY: Final = 24 * 30
MOST_CONTACT: Final = 200
SCORES: Final = (1, 2, 3, 4, 5)
UNHAPPY: Final = 2
"""Up to this answer a buyer is written or rung up a second time."""
CONTENT: Final = 4
"""From this answer on a buyer who was unhappy counts as won back, whatever the outcome that was noted."""
CHANGEABLE: Final = timedelta(days=7)
LONGEST_REMARK: Final = 1_000
LONGEST_NOTE: Final = 500
OUTCOMES: Final = ("recovered", "not_recovered", "not_reached")
"""What came of a second contact: content now, still not content, or nobody was reached."""
NOT_ASKED_AFTER: Final = frozenset({"duplicate", "mistake", "withdrawn"})
"""Reasons of closing after which there is nothing to ask about."""


class UnableToReadFollowUp(ValueError):
    """What was told of a shop's follow-up, an answer or a contact cannot be kept; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class FollowTerms:
    """How a shop follows up. `delay_hours`: from the close to the question. `contact_hours`: working hours until an unhappy
    buyer should be contacted. `since`: cases closed before are not asked about. `goodwill`: what may be given in a month on top of
    decisions, minor units of the shop's currency, None for no budget; `over`: what happens above it. `reviews`: answers to
    reviews with fewer stars wait for a second person. `win`: how buyers are won back.
    """

    asks: bool = False
    delay_hours: int = 24
    contact_hours: int = 8
    goodwill: Minor | None = None
    over: Over = "second"
    reviews: int = ALWAYS
    win: WinTerms = field(default_factory=WinTerms)
    since: datetime | None = None

    def kept(self) -> dict[str, Any]:
        """Will give everything but `since`, as it is kept."""
        told = asdict(self)
        del told["since"]
        return told


@dataclass(frozen=True, slots=True)
class FollowShop:
    """A shop with how it follows up. `reachable`: its buyers have a page that a message can lead to."""

    number: int
    name: str
    merchant: str
    currency: str
    terms: FollowTerms
    reachable: bool = True
    market: str = "CN"

    @property
    def win_cost_text(self) -> str:
        """Will give what a coupon costs as people write it."""
        return write_minor(self.terms.win.cost, EXPONENTS.get(self.currency, 2)) if self.terms.win.cost else ""

    @property
    def goodwill_text(self) -> str:
        """Will give the budget as people write it; "" where there is none."""
        kept = self.terms.goodwill
        return "" if kept is None else write_minor(kept, EXPONENTS.get(self.currency, 2))


@dataclass(frozen=True, slots=True)
class Survey:
    """The question about one case, its answer (`score`, None before), and the second contact where the answer was a bad one.

    `due`: until when the buyer should be contacted; None where nobody has to. `outcome`: "" before the contact.
    """

    case: int
    key: str
    shop: str
    merchant: str
    market: str
    buyer: str
    title: str
    asked_at: datetime
    score: int | None = None
    remark: str = ""
    answered_at: datetime | None = None
    changed_at: datetime | None = None
    due: datetime | None = None
    owner: str = ""
    contacted_at: datetime | None = None
    contacted_by: str = ""
    outcome: str = ""
    note: str = ""

    @property
    def unhappy(self) -> bool:
        """Whether the answer, as it stands, is a bad one."""
        return self.score is not None and self.score <= UNHAPPY

    @property
    def waits(self) -> bool:
        """Whether somebody should contact the buyer."""
        return self.unhappy and self.contacted_at is None

    @property
    def until(self) -> datetime | None:
        """Until when the answer may be changed; None before there is one."""
        return None if self.answered_at is None else self.answered_at + CHANGEABLE

    def can_answer(self, now: datetime) -> bool:
        """Whether an answer is still taken."""
        return self.until is None or now <= self.until


def read_terms(told: Mapping[str, str], before: FollowTerms, currency: str) -> FollowTerms:
    """Will read a form's fields `asks`, `delay_hours`, `contact_hours`, `goodwill` (an amount, or nothing), `over`,
    `reviews`, and those of win-back: `win`, `win_days`, `win_coupon`, `win_cost`, `win_span`, `win_control`.

    Raises `UnableToReadFollowUp`.
    """
    return FollowTerms(
        asks=told.get("asks") == "yes",
        delay_hours=_hours(told, "delay_hours", MOST_DELAY),
        contact_hours=_hours(told, "contact_hours", MOST_CONTACT),
        goodwill=_amount(told.get("goodwill", ""), currency),
        over=_over(told.get("over", OVERS[0])),
        reviews=_stars(told.get("reviews", str(ALWAYS))),
        win=_win(told, before.win, currency),
        since=before.since,
    )


def _amount(text: str, currency: str, field: str = "goodwill") -> Minor | None:
    if not text.strip():
        return None
    try:
        return read_minor(text.strip(), EXPONENTS.get(currency, 2))
    except UnableToReadAmount as fault:
        raise UnableToReadFollowUp(field) from fault


def _over(text: str) -> Over:
    found = next((one for one in OVERS if one == text), None)
    if found is None:
        raise UnableToReadFollowUp("over")
    return found


def _stars(text: str) -> int:
    found = next((one for one in APPROVALS if str(one) == text), None)
    if found is None:
        raise UnableToReadFollowUp("reviews")
    return found


def _win(told: Mapping[str, str], before: WinTerms, currency: str) -> WinTerms:
    """What is told of win-back; a field that is not told stays."""
    rule: WinRule | None = next((one for one in WIN_RULES if one == told.get("win", before.rule)), None)
    if rule is None:
        raise UnableToReadFollowUp("win")
    coupon = " ".join(told.get("win_coupon", before.coupon).split())
    cost = _amount(told["win_cost"], currency, "win_cost") if "win_cost" in told else before.cost
    if len(coupon) > LONGEST_COUPON or (rule != "off" and not coupon):
        raise UnableToReadFollowUp("win_coupon")
    if bought_review_in(coupon) is not None:
        raise UnableToReadFollowUp("win_coupon")
    if (rule != "off" and cost is None) or (cost or 0) < 0:
        raise UnableToReadFollowUp("win_cost")
    return WinTerms(
        rule,
        _whole(told.get("win_days", str(before.days)), "win_days", 1, 90),
        coupon,
        cost or 0,
        _whole(told.get("win_span", str(before.span)), "win_span", 30, 1095),
        _whole(told.get("win_control", str(before.control)), "win_control", 0, 90),
    )


def _whole(text: str, field: str, least: int, most: int) -> int:
    clean = text.strip()
    if not (clean.isascii() and clean.isdigit() and len(clean) < 6 and least <= int(clean) <= most):
        raise UnableToReadFollowUp(field)
    return int(clean)


def _hours(told: Mapping[str, str], field: str, most: int) -> int:
    return _whole(told.get(field, ""), field, LEAST_HOURS, most)
