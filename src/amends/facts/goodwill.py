"""What a shop may give out of goodwill in a month, and what of it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from amends.basics.money import Minor

Over = Literal["refuse", "second"]
OVERS: Final[tuple[Over, ...]] = ("second", "refuse")
"""What happens above the budget: a second person has to say yes, or it is refused."""


@dataclass(frozen=True, slots=True)
class Budget:
    """A shop's goodwill of a month, in minor units of `currency`. `used`: given or promised, and what waits for a second person."""

    total: Minor
    used: Minor
    currency: str
    over: Over = "second"

    @property
    def left(self) -> Minor:
        """Will give what may still be given; never below nothing."""
        return max(0, self.total - self.used)

    def fits(self, amount: Minor, currency: str) -> bool:
        """Whether an amount may be given without anybody else; one in other money cannot be weighed, and so does not fit."""
        return currency == self.currency and self.used + amount <= self.total
