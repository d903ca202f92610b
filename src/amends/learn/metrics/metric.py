"""What a metric is: data. Its words, what is counted over what, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from amends.facts.rulebook import Says

Unit = Literal["share", "seconds", "money", "score"]
Over = Literal["cases", "sales"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric. Its value is what `top` adds up to, divided by what `bottom` adds up to.

    `top`: an expression over a row of cases; `over`: whose rows `bottom` adds up, by the days of `day` (top) and `base_day` (bottom).
    `least`: below this base nothing is concluded. `pair`: what is always shown beside it. `group`: where it stands on the page.
    `ripens`: for so many days what lies in a day may still change its outcome, so that its points are not judged.
    `counted`: the words of the base. `rows`: the condition of the cases that the list behind it shows.
    """

    code: str
    group: Literal["rates", "speed", "platform", "automation", "money", "disputes", "follow"]
    name: Says
    formula: Says
    counted: Says
    top: str
    bottom: str
    rows: str
    day: str = "opened_day"
    over: Over = "cases"
    base_day: str = ""
    unit: Unit = "share"
    better: Literal["low", "high", ""] = "low"
    least: int = 30
    pair: str = ""
    ripens: int = 1

    @property
    def counts(self) -> bool:
        """Whether it is a share of things counted one by one, for which binomial limits hold."""
        return self.unit == "share" and "minor" not in self.top and "pieces" not in self.top

    def small(self, base: int) -> bool:
        """Whether a base is smaller than the least from which it says something."""
        return base < self.least

    @property
    def in_money(self) -> bool:
        """Whether it adds up amounts, so that it is of one currency."""
        return "minor" in self.top or "minor" in self.bottom

    @property
    def shows_money(self) -> bool:
        """Whether it says how much money went where, which not every role sees."""
        return self.group in ("money", "disputes")


OF_VALUE: Final = 300_000
"""The least base of a share of money, in minor units: below it a single case turns the share."""


def both(zh: str, en: str) -> Says:
    """Will give words in both languages."""
    return Says(en=en, zh=zh)


def flag(condition: str) -> str:
    """Will give the expression that is 1 where a condition holds, else 0."""
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def where(condition: str, value: str) -> str:
    """Will give the expression that is a value where a condition holds, else 0."""
    return f"CASE WHEN {condition} THEN {value} ELSE 0 END"


KNOWN: Final = "order_known = 1"
"""Only cases of orders that the shop told are counted over orders: others would stand above a base that lacks them."""
